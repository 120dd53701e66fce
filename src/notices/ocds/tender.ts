import type { Fact } from "../../model/claim.ts";
import { flatMap } from "../../model/lists.ts";
import {
  type Contract,
  type Nature,
  PROCEDURE_TYPES,
  type ProcedureType,
  type Regime,
} from "../../records/contract.ts";
import type { CallOffMechanism } from "../../records/lot.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import { isCpv, LEGAL_ACTS } from "../stated-values.ts";
import { lotsOfItem, mapIn, mapsIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/**
 * The framework agreement that a tender or a lot is for (techniques extension). The object may be empty, and then says
 * only that there is one.
 */
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

/**
 * Whether it is a scheme of successive frameworks (an open framework) under the United Kingdom's Procurement Act 2023.
 */
export const isOpenFramework = (tender: PlainMap | undefined): boolean => {
  const agreement = frameworkOf(tender);
  if (agreement === undefined) return false;
  return textIn(agreement, "isOpenFrameworkScheme") === "true" || textIn(agreement, "type") === "open";
};

/**
 * The rules that a tender is under, by the number of its legal basis (legal basis extension): in CELEX, or among the
 * United Kingdom's acts.
 */
export const regimeOf = (tender: PlainMap): Regime | undefined => {
  const basis = mapIn(tender, "legalBasis") ?? {};
  return (
    LEGAL_ACTS.get(textIn(basis, "id") ?? "") ??
    LEGAL_ACTS.get(textIn(mapIn(basis, "wasDerivedFrom") ?? {}, "id") ?? "")
  );
};

/**
 * Whether the values of a framework agreement are only estimates, as under the United Kingdom's Procurement Act 2023.
 */
export const statesEstimatesOnly = (tender: PlainMap): boolean => isFramework(tender) && regimeOf(tender) === "uk-2023";

/** Why the framework agreement of a tender or a lot may run for so long. */
export const reasonIn = (tenderOrLot: PlainMap, pointer: string, process: Process): Fact<string> | undefined => {
  const agreement = frameworkOf(tenderOrLot);
  const place = `${pointer}/techniques/frameworkAgreement`;
  return agreement && factOf(textIn(agreement, "periodRationale"), process.by(agreement, place, "/periodRationale"));
};

/** How orders are placed (L3). Without reopened competition, this depends on how many suppliers there are. */
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

const codeIn = (classification: PlainMap): string | undefined => {
  const code = textIn(classification, "id");
  const isOfCpv = textIn(classification, "scheme")?.toUpperCase() === "CPV";
  return isOfCpv && code !== undefined && isCpv(code) ? code : undefined;
};

/**
 * The CPV codes of each lot of a tender, and without a lot those of the tender as a whole. The main ones come first.
 */
export const cpvCodesIn = (tender: PlainMap): ((lot?: string) => readonly string[] | undefined) => {
  const codes = new Map<string | undefined, Set<string>>();
  const add = (lot: string | undefined, classifications: readonly PlainMap[]): void => {
    const own = flatMap(classifications, (classification) => codeIn(classification) ?? []);
    if (own.length > 0) codes.set(lot, new Set([...(codes.get(lot) ?? []), ...own]));
  };
  add(undefined, mapsIn(tender, "classification"));
  for (const list of ["classification", "additionalClassifications"]) {
    for (const item of mapsIn(tender, "items")) {
      const lots = lotsOfItem(item);
      for (const lot of lots.length === 0 ? [undefined] : lots) add(lot, mapsIn(item, list));
    }
  }
  return (lot) => {
    const own = codes.get(lot);
    return own && [...own];
  };
};

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
 * The kind of a procedure, why nobody else was asked, and what is bought. The kind is that of the details where these
 * name one (as in packages that lotbook writes), else that of the method.
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
