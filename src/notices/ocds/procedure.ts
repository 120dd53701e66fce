import { type Contract, type Nature, PROCEDURE_TYPES, type ProcedureType } from "../../records/contract.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import { textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** Codes of procurementMethod. */
const METHODS: ReadonlyMap<string, ProcedureType> = new Map([
  ["open", "open"],
  ["selective", "restricted"],
  ["limited", "limited"],
  ["direct", "direct"],
]);

/** Codes of mainProcurementCategory. */
const CATEGORIES: ReadonlyMap<string, Nature> = new Map([
  ["works", "works"],
  ["goods", "supplies"],
  ["services", "services"],
]);

/**
 * The kind of a procedure: by its details where these are one of the kinds (as packages that lotbook writes have them), else
 * by its method; why nobody else was asked, and what is bought.
 */
export const procedureOf = (
  tender: PlainMap,
  process: Process,
): Pick<Contract, "procedureType" | "directAward" | "nature"> => {
  const by = (member: string) => process.by(tender, "/tender", `/${member}`);
  const details = textIn(tender, "procurementMethodDetails");
  const method = METHODS.get(textIn(tender, "procurementMethod")?.toLowerCase() ?? "");
  const type = PROCEDURE_TYPES.find((each) => each === details) ?? method;
  const isOwn = type !== undefined && type === details;
  const rationale =
    isOwn || type === "direct" || type === "limited" ? textIn(tender, "procurementMethodRationale") : undefined;
  const reasons = rationale === undefined || !isOwn ? rationale : rationale.split("; ");
  const nature = CATEGORIES.get(textIn(tender, "mainProcurementCategory")?.toLowerCase() ?? "");
  return {
    procedureType: factOf(type, by("procurementMethod")),
    directAward: factOf(typeof reasons === "string" ? [reasons] : reasons, by("procurementMethodRationale")),
    nature: factOf(nature, by("mainProcurementCategory")),
  };
};
