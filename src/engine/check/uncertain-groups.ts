import { findingOf } from "../../model/errors.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

/** Groups of which it is open whether their ceiling is one for all their lots or one for each (T9). */
export const checkUncertainGroups: ContractRule = (contract) =>
  contract.groups.flatMap((group, index) => {
    if (group.certain) return [];
    const message = `group ${lotRef(contract, group)}: its lots may have one ceiling together or one each`;
    const position = contract.origin.locate(["groups", index, "certain"]);
    return [findingOf("T9-uncertain", message, position, "totals are a range until that is known")];
  });
