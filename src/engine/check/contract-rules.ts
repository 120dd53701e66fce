import { contractIn, measuresIn } from "../../query/measures.ts";
import { checkAssumptions } from "./assumptions.ts";
import { checkChildren } from "./children.ts";
import { checkClaims } from "./claims.ts";
import type { ContractRule } from "./contract-rule.ts";
import { checkOffers, checkSupplierCount } from "./counts.ts";
import { checkModificationDates } from "./dated-modifications.ts";
import { checkDeclaredAwards } from "./declared-awards.ts";
import { checkTotals } from "./declared-totals.ts";
import { checkContractLetters } from "./look-alikes.ts";
import { checkModifications } from "./modifications.ts";
import { checkReestimates } from "./reestimates.ts";
import { checkRenewals } from "./renewals.ts";
import { checkSplitLimits } from "./split-orders.ts";
import { checkStatedMaximum } from "./stated-maximum.ts";
import { checkBegin, checkEnd, checkLength, checkMaximum, checkReversed } from "./terms.ts";
import { checkUncertainGroups } from "./uncertain-groups.ts";
import { checkUnits } from "./units.ts";
import { checkValues } from "./values.ts";

/** A rule of ceilings holds for quantities, too (L4). */
const ofEachMeasure =
  (rule: ContractRule): ContractRule =>
  (contract, preference) => {
    const measures = measuresIn(contract);
    return measures.length === 1
      ? rule(contract, preference)
      : measures.flatMap((measure) => rule(contractIn(measure, contract), preference));
  };

/** What is looked for in each contract. */
export const CONTRACT_RULES: readonly ContractRule[] = [
  ofEachMeasure(checkTotals),
  ofEachMeasure(checkChildren),
  checkUnits,
  checkUncertainGroups,
  checkStatedMaximum,
  checkValues,
  checkDeclaredAwards,
  checkReestimates,
  checkSupplierCount,
  checkOffers,
  checkLength,
  checkMaximum,
  checkBegin,
  checkReversed,
  checkEnd,
  checkRenewals,
  checkModifications,
  checkModificationDates,
  checkContractLetters,
  checkSplitLimits,
  checkClaims,
  checkAssumptions,
];
