import type { Fact } from "../../model/claim.ts";
import type { CallOffMechanism } from "../../records/lot.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import { mapIn, mapsIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** The framework agreement that a tender or a lot is for (techniques extension); its object may say no more than that. */
export const frameworkOf = (tenderOrLot: PlainMap | undefined): PlainMap | undefined => {
  const techniques = tenderOrLot && mapIn(tenderOrLot, "techniques");
  if (techniques === undefined) return undefined;
  const stated = textIn(techniques, "hasFrameworkAgreement");
  const agreement = mapIn(techniques, "frameworkAgreement");
  return stated === "false" ? undefined : (agreement ?? (stated === "true" ? {} : undefined));
};

/** Whether the process is for a framework agreement, as a whole or in one of its lots. */
export const isFramework = (tender: PlainMap | undefined): boolean =>
  tender !== undefined &&
  (frameworkOf(tender) !== undefined || mapsIn(tender, "lots").some((lot) => frameworkOf(lot) !== undefined));

/** Whether it is a scheme of successive frameworks, under the United Kingdom's Procurement Act 2023. */
export const isOpenFramework = (tender: PlainMap | undefined): boolean => {
  const agreement = frameworkOf(tender);
  if (agreement === undefined) return false;
  return textIn(agreement, "isOpenFrameworkScheme") === "true" || textIn(agreement, "type") === "open";
};

/** Why the agreement that a tender or a lot is for may run for so long. */
export const reasonIn = (tenderOrLot: PlainMap, pointer: string, process: Process): Fact<string> | undefined => {
  const agreement = frameworkOf(tenderOrLot);
  const place = `${pointer}/techniques/frameworkAgreement`;
  return agreement && factOf(textIn(agreement, "periodRationale"), process.by(agreement, place, "/periodRationale"));
};

/** How orders are placed (L3); without reopened competition it depends on how many suppliers there are. */
export const callOffIn = (agreement: PlainMap | undefined, suppliers: number): CallOffMechanism | undefined => {
  switch (agreement && textIn(agreement, "method")) {
    case "withReopeningCompetition":
      return "reopened competition";
    case "withAndWithoutReopeningCompetition":
      return "mixed";
    case "withoutReopeningCompetition":
      return suppliers > 1 ? "cascade" : suppliers === 1 ? "sole supplier" : undefined;
    default:
      return undefined;
  }
};
