import type { Contract, ProcedureType } from "../../records/contract.ts";
import { childOf, childrenOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import { type NoticeReading, valueIn } from "./reading.ts";

/** Codes of BT-105; what is kept secret is called `unpublished`, and is not known. */
const TYPES: ReadonlyMap<string, ProcedureType> = new Map([
  ["open", "open"],
  ["restricted", "restricted"],
  ["neg-w-call", "negotiated"],
  ["neg-wo-call", "direct"],
  ["comp-dial", "competitive dialogue"],
  ["innovation", "innovation partnership"],
  ["comp-tend", "competitive tendering"],
  ["oth-single", "other"],
  ["oth-mult", "other"],
]);

/** The kind of the procedure, and why there was no call where there was none. */
export const procedureOf = (
  root: XmlElement,
  reading: NoticeReading,
): Pick<Contract, "procedureType" | "directAward"> => {
  const process = childOf(root, "TenderingProcess");
  const reasons = childrenOf(process, "ProcessJustification")
    .flatMap((justification) => childrenOf(justification, "ProcessReasonCode"))
    .filter(({ attributes }) => attributes["listName"] === "direct-award-justification")
    .map(textOf)
    .filter((code) => code !== "" && code !== "unpublished");
  return {
    procedureType: reading.fact(TYPES.get(valueIn(process, "ProcedureCode") ?? ""), "BT-105"),
    directAward: reading.fact(reasons.length === 0 ? undefined : [...new Set(reasons)], "BT-136"),
  };
};
