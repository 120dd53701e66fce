import { findingOf } from "../../model/errors.ts";
import { formatMoney } from "../../model/money.ts";
import { suppliersOf } from "../../query/subject.ts";
import { differingAwards } from "../awarded.ts";
import type { ContractRule } from "./contract-rule.ts";

/** The declared value of all contracts awarded against what its parts come to (T10b; BT-161 against the BT-720 of a notice). */
export const checkDeclaredAwards: ContractRule = (contract, preference) => {
  const lots = contract.lots.map((lot) => {
    const suppliers = suppliersOf(lot, preference);
    return { lot, suppliers, matching: suppliers };
  });
  const differing = differingAwards({ contract, lots }, preference);
  if (differing === undefined) return [];
  const { declared, sum } = differing;
  const message = `${contract.id} declares ${formatMoney(declared)} awarded in all; its parts come to ${formatMoney(sum)}`;
  return [
    findingOf("T10-declared", message, contract.origin.locate(["awarded"]), "totals give the range between the two"),
  ];
};
