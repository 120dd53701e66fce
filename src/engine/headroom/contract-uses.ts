import { DataError, type Finding } from "../../model/errors.ts";
import { addAll } from "../../model/lists.ts";
import {
  type FormerSeats,
  type SelectedContract,
  type SelectedLot,
  type Selection,
  select,
  type Unit,
} from "../../query/selection.ts";
import { type CallOffs, statesNoCeiling } from "../../records/call-offs.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { type CeilingUse, isOver } from "./ceiling-use.ts";
import { type ContractUse, type CountedOrder, type UseOptions, useOf } from "./contract-use.ts";

export interface SelectedUse {
  readonly selected: SelectedContract;
  readonly use: ContractUse;
}

/**
 * What is said of the selected contracts, one after the other. What is wrong with the orders of all of them, and with the
 * register, is thrown together once all is read.
 */
export async function* ofContracts<T>(
  register: Register,
  selection: Selection,
  unit: Unit,
  said: (selected: SelectedContract) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const findings: Finding[] = [];
  try {
    for await (const batch of select(register, selection, unit)) {
      for (const selected of batch) {
        try {
          for await (const each of said(selected)) if (findings.length === 0) yield each;
        } catch (error) {
          addTo(findings, error);
        }
      }
    }
  } catch (error) {
    addTo(findings, error);
  }
  if (findings.length > 0) throw new DataError(findings);
}

const addTo = (findings: Finding[], error: unknown): void => {
  if (!(error instanceof DataError)) throw error;
  addAll(findings, error.findings);
};

export type Watching = (selected: SelectedContract) => (order: Order, counted: CountedOrder) => void;

export const contractUses = (
  register: Register,
  selection: Selection,
  options: UseOptions,
  watching?: Watching,
): AsyncGenerator<SelectedUse> =>
  ofContracts(register, selection, "ceiling", async function* (selected) {
    yield { selected, use: await useOf(register, selected, options, watching?.(selected)) };
  });

/** Whether it is a call-off from which nothing can be ordered in its turn. */
export const isOnlyCallOff = ({ selected: { written }, use }: SelectedUse, { frameworkOf }: CallOffs): boolean =>
  !use.known && statesNoCeiling(written) && frameworkOf(written) !== undefined;

/**
 * Whether a ceiling belongs to what was asked for: a contract's own always does, a group's with any of its lots, and that
 * of a seat which was given up where it is asked for, as such or with all seats of its lot.
 */
export const isAskedFor = ({ scope }: CeilingUse, { lots }: SelectedContract): boolean =>
  scope.kind === "contract" ||
  lots.some((one) => isOver(scope, one.lot.id) && (scope.kind !== "supplier" || isSeatAskedFor(scope.supplier, one)));

const isSeatAskedFor = (supplier: Supplier, { suppliers, matching, former }: SelectedLot): boolean => {
  if (suppliers.includes(supplier)) return matching.includes(supplier);
  return former === undefined || leaversOf(former).includes(supplier);
};

/** Who gave up a seat that is asked for. */
export const leaversOf = ({ seats }: FormerSeats): readonly Supplier[] =>
  seats.flatMap((seat) => ("leaver" in seat ? [seat.leaver.supplier] : []));
