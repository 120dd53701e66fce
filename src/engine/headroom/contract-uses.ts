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
 * What `said` gives for the selected contracts, one after the other. Throws one DataError, once all is read, for all
 * that is wrong with the register and with the orders of these contracts. Nothing more is given after the first fault.
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

/** Whether a contract is a call-off under which nothing can be ordered. */
export const isOnlyCallOff = ({ selected: { written }, use }: SelectedUse, { frameworkOf }: CallOffs): boolean =>
  !use.known && statesNoCeiling(written) && frameworkOf(written) !== undefined;

/**
 * Whether a ceiling belongs to what was asked for. A contract's own always does, and a group's does with any of its
 * lots. That of a seat which was given up does where the seat is asked for, as such or with all seats of its lot.
 */
export const isAskedFor = ({ scope }: CeilingUse, { lots }: SelectedContract): boolean =>
  scope.kind === "contract" ||
  lots.some((one) => isOver(scope, one.lot.id) && (scope.kind !== "supplier" || isSeatAskedFor(scope.supplier, one)));

const isSeatAskedFor = (supplier: Supplier, { suppliers, matching, former }: SelectedLot): boolean => {
  if (suppliers.includes(supplier)) return matching.includes(supplier);
  return former === undefined || leaversOf(former).includes(supplier);
};

/** The suppliers that gave up a seat that is asked for. */
export const leaversOf = ({ seats }: FormerSeats): readonly Supplier[] =>
  seats.flatMap((seat) => ("leaver" in seat ? [seat.leaver.supplier] : []));
