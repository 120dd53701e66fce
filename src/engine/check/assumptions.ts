import { findingOf } from "../../model/errors.ts";
import type { ContractRule } from "./contract-rule.ts";

/** Under which assumptions a contract answers: what a notice leaves open, or its register says. */
export const checkAssumptions: ContractRule = ({ id, notes, origin }) =>
  notes.map(({ rule, text }, index) =>
    findingOf("N3-assumed", `${id}: assumed by ${rule}: ${text}`, origin.locate(["notes", index])),
  );
