import { findingOf } from "../../model/errors.ts";
import type { RuleId } from "../../model/rule.ts";
import type { ContractRule } from "./contract-rule.ts";

/** Notes of these rules tell of what is wrong with the data, and are findings of their own. */
const GRAVE: readonly RuleId[] = ["T10-reference"];

/** Under which assumptions a contract answers: what a notice leaves open, or its register says. */
export const checkAssumptions: ContractRule = ({ id, notes, origin }) =>
  notes.map(({ rule, text }, index) => {
    const place = origin.locate(["notes", index]);
    const grave = GRAVE.find((one) => one === rule);
    return grave === undefined
      ? findingOf("N3-assumed", `${id}: assumed by ${rule}: ${text}`, place)
      : findingOf(grave, `${id}: ${text}`, place);
  });
