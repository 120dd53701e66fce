import type { Regime } from "../../model/regime.ts";
import type { Nature, ProcedureType } from "../../records/contract.ts";
import { childOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode } from "../country-code.ts";

/** What every notice of TED is coded as, whatever its form, and why there was no call where there was none. */
export interface CodedFacts {
  readonly procedureType: ProcedureType | undefined;
  readonly nature: Nature | undefined;
  /** ISO 3166-1, two letters. */
  readonly buyerCountry: string | undefined;
  readonly directAward: readonly string[] | undefined;
  /** What a form that is for several directives says of its own. */
  readonly regime: Regime | undefined;
}

/** How forms name a directive: by its number, and later by that of CELEX. */
const DIRECTIVES: ReadonlyMap<string, Regime> = new Map([
  ["2014/24/EU", "classic"],
  ["32014L0024", "classic"],
  ["2014/25/EU", "utilities"],
  ["32014L0025", "utilities"],
  ["2014/23/EU", "concession"],
  ["32014L0023", "concession"],
  ["2009/81/EC", "defence"],
  ["32009L0081", "defence"],
]);

/** Codes of PR_PROC. */
const TYPES: ReadonlyMap<string, ProcedureType> = new Map([
  ["1", "open"],
  ["2", "restricted"],
  ["3", "restricted"],
  ["4", "negotiated"],
  ["6", "negotiated"],
  ["B", "negotiated"],
  ["C", "competitive dialogue"],
  ["E", "other"],
  ["F", "direct"],
  ["G", "innovation partnership"],
  ["T", "direct"],
  ["V", "direct"],
]);

/** Codes of NC_CONTRACT_NATURE. */
const NATURES: ReadonlyMap<string, Nature> = new Map([
  ["1", "works"],
  ["2", "supplies"],
  ["4", "services"],
]);

/** Elements of the forms of 2014 by which they say why there was no call, as codes of eForms where there is one. */
export const DIRECT_AWARDS: Readonly<Record<string, string>> = {
  D_PROC_OPEN: "unsuitable",
  D_PROC_RESTRICTED: "unsuitable",
  D_PROC_NEGOTIATED_PRIOR_CALL_COMPETITION: "unsuitable",
  D_NO_TENDERS_REQUESTS: "unsuitable",
  D_PURE_RESEARCH: "research",
  D_MANUF_FOR_RESEARCH: "research",
  D_TECHNICAL: "technical",
  D_ARTISTIC: "artistic",
  D_PROTECT_RIGHTS: "exclusive",
  D_EXCLUSIVE_RIGHT: "exclusive",
  D_EXTREME_URGENCY: "urgency",
  D_ADD_DELIVERIES_ORDERED: "additional",
  D_REPETITION_EXISTING: "repetition",
  D_CONTRACT_AWARDED_DESIGN_CONTEST: "contest",
  D_COMMODITY_MARKET: "commodity",
  D_FROM_WINDING_PROVIDER: "closure",
  D_FROM_LIQUIDATOR_CREDITOR: "bankruptcy",
  D_BARGAIN_PURCHASE: "bargain",
  D_OUTSIDE_SCOPE: "outside the scope",
};

export const codedFactsOf = (root: XmlElement, form: XmlElement): CodedFacts => {
  const coded = childOf(root, "CODED_DATA_SECTION");
  const code = (name: string): string => descend(coded, "CODIF_DATA", name)?.attributes["CODE"] ?? "";
  const reasons = reasonsIn(childOf(form, "PROCEDURE"));
  return {
    procedureType: TYPES.get(code("PR_PROC")),
    nature: NATURES.get(code("NC_CONTRACT_NATURE")),
    buyerCountry: countryCode(descend(coded, "NOTICE_DATA", "ISO_COUNTRY")?.attributes["VALUE"] ?? ""),
    directAward: reasons.length === 0 ? undefined : [...new Set(reasons)],
    regime: DIRECTIVES.get((childOf(form, "LEGAL_BASIS") ?? childOf(form, "DIRECTIVE"))?.attributes["VALUE"] ?? ""),
  };
};

/** The reasons stand at unlike depths under unlike directives. */
const reasonsIn = (element: XmlElement | undefined): readonly string[] =>
  (element?.children ?? []).flatMap((child) => DIRECT_AWARDS[child.name] ?? reasonsIn(child));
