import { type PartialDate, parsePartialDate } from "../../model/partial-date.ts";
import type { Nature, ProcedureType, Regime } from "../../records/contract.ts";
import type { Publication } from "../../records/history.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode, LEGAL_ACTS, noticeName, publicationNumber } from "../stated-values.ts";
import { textIn } from "./values.ts";

export const publicationOf = (root: XmlElement, form: XmlElement, file: string): Publication => {
  const coded = childOf(root, "CODED_DATA_SECTION");
  const number = textIn(descend(coded, "NOTICE_DATA"), "NO_DOC_OJS") ?? root.attributes["DOC_ID"] ?? "";
  return {
    id: publicationNumber(number) ?? publicationNumber(root.attributes["DOC_ID"] ?? "") ?? fileName(file),
    date: dateOf(textIn(childOf(coded, "REF_OJS"), "DATE_PUB")),
    kind: form.name.replace(/_2014$/, ""),
    file,
  };
};

/** The names that others have for a notice: its number in the Official Journal, and its sender's number for it. */
export const namesOf = (root: XmlElement, { id }: Publication): readonly string[] => {
  const external = textIn(descend(childOf(root, "CODED_DATA_SECTION"), "NOTICE_DATA"), "NO_DOC_EXT");
  return external === undefined ? [id] : [id, noticeName(external)];
};

/** The notices that a notice says it follows: in its form, and in what the Official Journal notes of it. */
export const followedBy = (root: XmlElement, form: XmlElement): readonly string[] => {
  const data = descend(childOf(root, "CODED_DATA_SECTION"), "NOTICE_DATA");
  const procedure = childOf(form, "PROCEDURE");
  const named = [
    textIn(procedure, "NOTICE_NUMBER_OJ"),
    ...childrenOf(data, "REF_NOTICE").flatMap((reference) => [
      textIn(reference, "NO_DOC_OJS"),
      textIn(reference, "NO_DOC_EXT"),
    ]),
  ];
  return [...new Set(named.flatMap((name) => (name === undefined ? [] : [noticeName(name)])))];
};

const fileName = (file: string): string => file.replace(/^.*[\\/]/, "").replace(/\.xml$/i, "");

/** `20201030`. */
const dateOf = (text: string | undefined): PartialDate | undefined =>
  parsePartialDate((text ?? "").replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"));

/** What is coded in every notice of TED, whatever its form, and why there was no call where there was none. */
export interface CodedFacts {
  readonly procedureType: ProcedureType | undefined;
  readonly nature: Nature | undefined;
  /** ISO 3166-1, two letters. */
  readonly buyerCountry: string | undefined;
  readonly directAward: readonly string[] | undefined;
  /** The rules that a form for several directives says it is under. */
  readonly regime: Regime | undefined;
}

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

/** The elements by which the forms of 2014 say why there was no call, with the codes of eForms where there are any. */
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
    regime: LEGAL_ACTS.get((childOf(form, "LEGAL_BASIS") ?? childOf(form, "DIRECTIVE"))?.attributes["VALUE"] ?? ""),
  };
};

/** Finds the reasons, which stand at different depths under different directives. */
const reasonsIn = (element: XmlElement | undefined): readonly string[] =>
  (element?.children ?? []).flatMap((child) => DIRECT_AWARDS[child.name] ?? reasonsIn(child));
