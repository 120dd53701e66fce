import { DataError, type Finding } from "../../model/errors.ts";
import { type SelectedContract, type Selection, select } from "../../query/selection.ts";
import type { Register } from "../../records/register.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import { type ContractUse, type UseOptions, useOf } from "./contract-use.ts";

/** A contract that was asked for, with what is ordered under its ceilings. */
export interface SelectedUse {
  readonly selected: SelectedContract;
  readonly use: ContractUse;
}

/**
 * What is ordered under the ceilings of the selected contracts, contract by contract. What is wrong with the orders of
 * all of them, and with the register, is thrown together once all is read.
 */
export async function* contractUses(
  register: Register,
  selection: Selection,
  options: UseOptions,
): AsyncGenerator<SelectedUse> {
  const findings: Finding[] = [];
  try {
    for await (const batch of select(register, selection, "seat")) {
      for (const selected of batch) {
        const use = await useOf(register, selected, options).catch(findingsInto(findings));
        if (use !== undefined && findings.length === 0) yield { selected, use };
      }
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const finding of error.findings) findings.push(finding);
  }
  if (findings.length > 0) throw new DataError(findings);
}

const findingsInto =
  (findings: Finding[]) =>
  (error: unknown): undefined => {
    if (!(error instanceof DataError)) throw error;
    for (const finding of error.findings) findings.push(finding);
  };

/**
 * Whether a ceiling belongs to what was asked for: a contract's own always does, a group's with any of its lots, and that
 * of a seat which was given up where all seats of its lot are asked for.
 */
export const isAskedFor = ({ scope }: CeilingUse, { lots }: SelectedContract): boolean => {
  switch (scope.kind) {
    case "contract":
      return true;
    case "group":
      return lots.some(({ lot }) => scope.group.lots.includes(lot.id));
    case "lot":
      return lots.some(({ lot }) => lot.id === scope.lot.id);
    case "supplier":
      return lots.some(
        ({ lot, suppliers, matching }) =>
          lot.id === scope.lot.id &&
          (suppliers.includes(scope.supplier)
            ? matching.includes(scope.supplier)
            : matching.length === suppliers.length),
      );
  }
};
