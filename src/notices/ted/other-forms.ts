import { type OtherKind, otherKind } from "../../model/other-document.ts";
import { childOf, type XmlElement } from "../../syntax/xml/element.ts";

const CALL = otherKind("a contract notice");
const PRIOR = otherKind("a prior information notice");

/** The forms that tell of no award, those of 2014 by their numbers and those before by their names. */
const FORMS: readonly (readonly [OtherKind, string])[] = [
  [PRIOR, "F01 F04 F16 PRIOR_INFORMATION PRIOR_INFORMATION_DEFENCE PERIODIC_INDICATIVE_UTILITIES"],
  [CALL, "F02 F05 F17 CONTRACT CONTRACT_UTILITIES CONTRACT_DEFENCE SIMPLIFIED_CONTRACT"],
  [otherKind("a qualification system", "qualification systems"), "F07 QUALIFICATION_SYSTEM_UTILITIES"],
  [otherKind("a notice on a buyer profile", "notices on buyer profiles"), "F08 BUYER_PROFILE"],
  [otherKind("a design contest"), "F12 DESIGN_CONTEST"],
  [otherKind("a corrigendum", "corrigenda"), "F14 ADDITIONAL_INFORMATION_CORRIGENDUM"],
  [otherKind("a subcontract notice"), "F19 CONTRACT_CONCESSIONAIRE"],
  [otherKind("a concession notice"), "F24 CONCESSION"],
  [otherKind("a notice on public transport", "notices on public transport"), "T01 T02"],
  [otherKind("a notice on an economic interest grouping", "notices on economic interest groupings"), "EEIG"],
];

const KINDS: ReadonlyMap<string, OtherKind> = new Map(
  FORMS.flatMap(([kind, forms]) => forms.split(" ").map((form) => [form, kind] as const)),
);

const UNKNOWN = otherKind("a notice of another form", "notices of other forms");

/** The forms of the Procurement Act 2023, which tell of no award. */
const UK_FORMS: ReadonlyMap<string, OtherKind> = new Map(
  (
    [
      [1, otherKind("a UK pipeline notice")],
      [2, otherKind("a UK preliminary market engagement notice")],
      [3, otherKind("a UK planned procurement notice")],
      [4, otherKind("a UK tender notice")],
      [8, otherKind("a UK payments compliance notice")],
      [13, otherKind("a UK dynamic market intention notice")],
      [14, otherKind("a UK dynamic market establishment notice")],
      [15, otherKind("a UK dynamic market modification notice")],
      [16, otherKind("a UK dynamic market cessation notice")],
    ] as const
  ).map(([number, kind]) => [`UK${number}`, kind]),
);

/** What a form that tells of no award is. */
export const otherFormOf = (form: XmlElement | undefined): OtherKind => {
  if (form === undefined) return UNKNOWN;
  const name = form.name.replace(/_20\d\d$/, "");
  return noticeTypeOf(form) ?? KINDS.get(name) ?? UK_FORMS.get(name) ?? UNKNOWN;
};

/** Whether a form of several purposes (F21, F22, F23) says that its purpose is not an award. */
export const isOtherType = (form: XmlElement): boolean => noticeTypeOf(form) !== undefined;

const noticeTypeOf = (form: XmlElement): OtherKind | undefined => {
  const type = childOf(form, "NOTICE")?.attributes["TYPE"] ?? "AWARD";
  if (/AWARD/.test(type)) return undefined;
  if (/^(?:PRI|PER)_/.test(type)) return PRIOR;
  return type.startsWith("QSU") ? KINDS.get("F07") : CALL;
};
