import type { Origin } from "../../model/errors.ts";
import { addUnder } from "../../model/lists.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { type OtherKind, otherDocument, otherKind } from "../../model/publication.ts";
import { contractCodec } from "../../records/contract.ts";
import { type Lot, lotCodec } from "../../records/lot.ts";
import { isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { childOf, childrenOf, descend, plainText, type XmlElement } from "../../syntax/xml/element.ts";
import type { KeepElement } from "../../syntax/xml/names.ts";
import { readXml, type XmlDocument } from "../../syntax/xml.ts";
import {
  CALLS,
  CORRECTS,
  Notes,
  type Notice,
  type NoticesRead,
  originAt,
  type ReadNotices,
  type Say,
  sayer,
} from "../notice.ts";
import { readRelease } from "../ocds/read-ocds.ts";
import { NO_LOT, readNoticeDate } from "../stated-values.ts";
import { NoticeSuppliers, type SupplierPool } from "../supplier-pool.ts";
import { contractOf, timesOf } from "./contract.ts";
import { type DescribedLot, lotsIn, readForm2014, readFormBefore } from "./forms.ts";
import { codedFactsOf, DIRECT_AWARDS, followedBy, namesOf, publicationOf } from "./header.ts";
import { plainValue, textIn } from "./values.ts";

const FORM_2014 = /^F(?:03|06|13|15|18|2[0-35])_2014$/;
const FORM_BEFORE = /^CONTRACT_AWARD/;

/**
 * Reads an award notice in the forms that the Official Journal used before eForms: R2.0.9 (Implementing Regulation (EU)
 * 2015/1986), R2.0.8 and R2.0.7. Of its language versions, only the original is read (R-LANG).
 */
export const readTed: ReadNotices = (text, file, pool) => {
  if (mayHaveUkForm(text)) return readUkForm(text, file, pool);
  const read = readXml(text, file, keepElement);
  if ("findings" in read) return { notices: [], findings: read.findings };
  const { root } = read.document;
  const notes = new Notes();
  const form = originalForm(root, notes);
  if (form === undefined || isOtherType(form)) return noAward(text, file);
  const publication = publicationOf(root, form, file);
  const origin = originAt(read.document.locate(root));
  const said = FORM_2014.test(form.name) ? readForm2014(form, notes) : readFormBefore(form, notes);
  const contract = contractOf(said, {
    publication,
    notes,
    pool: new NoticeSuppliers(pool, (text, id) => notes.add("R-SUP", text, id)),
    origin,
    coded: codedFactsOf(root, form),
  });
  const links = { names: namesOf(root, publication), follows: followedBy(root, form) };
  if (form.name !== "F20_2014")
    return { notices: [{ contract, procedure: undefined, publication, role: "award", ...links }], findings: [] };
  // A modification names the award notice whose contract it changes. That number holds the two together.
  const [procedure] = links.follows;
  return { notices: [{ contract, procedure, publication, role: "modification", ...links }], findings: [] };
};

const originalForm = (root: XmlElement, notes: Notes): XmlElement | undefined => {
  const forms = childrenOf(root, "FORM_SECTION")
    .flatMap(({ children }) => children)
    .filter(({ name }) => FORM_2014.test(name) || FORM_BEFORE.test(name));
  const original = forms.find(({ attributes }) => attributes["CATEGORY"] === "ORIGINAL");
  if (original !== undefined || forms.length === 0) return original;
  notes.add("R-LANG", "no version says that it is the original: the first is taken");
  return forms[0];
};

/**
 * Says what a notice is that tells of no award. The reader keeps only elements of award notices, so the whole notice is
 * read once more.
 */
const noAward = (text: string, file: string): NoticesRead => {
  const read = readXml(text, file);
  if ("findings" in read) return { notices: [], findings: read.findings };
  const { root, locate } = read.document;
  const forms = childrenOf(root, "FORM_SECTION").flatMap(({ children }) => children);
  const form = forms.find(({ attributes }) => attributes["CATEGORY"] === "ORIGINAL") ?? forms[0];
  const besides = form === undefined ? "" : ` (${form.name.replace(/_20\d\d$/, "")})`;
  const other = otherDocument(otherFormOf(form), AWARD_FORMS, locate(root), besides);
  return form === undefined
    ? { notices: [], findings: [], other }
    : {
        notices: [],
        findings: [],
        other,
        announcement: () => announcementOf(root, form, file, originAt(read.document.locate(root))),
      };
};

const announcementOf = (root: XmlElement, form: XmlElement, file: string, origin: Origin): Notice => {
  const publication = publicationOf(root, form, file);
  const object = childOf(form, "OBJECT_CONTRACT");
  const say = sayer(publication.id);
  const notes = new Notes();
  const contract = contractCodec.of({
    id: publication.id,
    framework: descend(form, "PROCEDURE", "FRAMEWORK") !== undefined,
    title: textIn(object, "TITLE"),
    estimate: say(plainValue(childOf(object, "VAL_ESTIMATED_TOTAL"), notes), "VAL_ESTIMATED_TOTAL"),
    // IV.1.3 of the forms of 2014: calls say why a framework agreement is to run for more than four years.
    longTermReason: say(textIn(descend(form, "PROCEDURE", "FRAMEWORK"), "JUSTIFICATION"), "JUSTIFICATION"),
    lots: lotsIn(object, notes).map((lot) => announcedLot(lot, say)),
    notes: notes.all(),
    origin,
  });
  const kind = otherFormOf(form).one;
  return {
    contract,
    procedure: undefined,
    publication: {
      ...publication,
      did: /prior|planned|pipeline|engagement/.test(kind) ? "announces" : /corrigend/.test(kind) ? CORRECTS : CALLS,
      deadline:
        readNoticeDate(textIn(childOf(form, "PROCEDURE"), "DATE_RECEIPT_TENDERS") ?? "") ?? correctedDeadline(form),
    },
    role: "announcement",
    names: namesOf(root, publication),
    follows: followedBy(root, form),
  };
};

const announcedLot = (described: DescribedLot, say: Say): Lot =>
  lotCodec.of({
    id: described.number ?? NO_LOT,
    status: "no-result",
    title: described.title,
    cpv: say(described.cpv.length > 0 ? described.cpv : undefined, "CPV_ADDITIONAL"),
    estimate: say(described.estimate, "VAL_OBJECT"),
    ...timesOf(described, say),
  });

/** IV.2.2: when tenders are due, as a corrigendum says anew. */
const correctedDeadline = (form: XmlElement): PartialDate | undefined =>
  childrenOf(childOf(form, "CHANGES"), "CHANGE")
    .filter((change) => /^IV\.2\.2\b/.test(textIn(childOf(change, "WHERE"), "SECTION") ?? ""))
    .map((change) => readNoticeDate(textIn(childOf(change, "NEW_VALUE"), "DATE") ?? ""))
    .find((date) => date !== undefined);

const AWARD_FORMS =
  "award notices are the forms F03, F06, F13, F15, F18, F20 to F23, F25, CONTRACT_AWARD before them, and UK5 to UK12";

/** Reads a notice under the United Kingdom's Procurement Act, whose forms are releases of OCDS (F3). */
const readUkForm = (text: string, file: string, pool: SupplierPool): NoticesRead => {
  const read = readXml(text, file);
  if ("findings" in read) return { notices: [], findings: read.findings };
  const { root, locate } = read.document;
  const form = ukFormOf(read.document);
  if (form === undefined || !tellsOfAwards(form)) return noAward(text, file);
  const position = locate(form);
  return readRelease(releaseOfForm(form, root), position, pool);
};

const CALL = otherKind("a contract notice");
const PRIOR = otherKind("a prior information notice");

/** The forms that tell of no award: those of 2014 by their numbers, and the earlier ones by their names. */
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

const otherFormOf = (form: XmlElement | undefined): OtherKind => {
  if (form === undefined) return UNKNOWN;
  const name = form.name.replace(/_20\d\d$/, "");
  return noticeTypeOf(form) ?? KINDS.get(name) ?? UK_FORMS.get(name) ?? UNKNOWN;
};

/** Whether a form of several purposes (F21, F22, F23) says that its purpose is not an award. */
const isOtherType = (form: XmlElement): boolean => noticeTypeOf(form) !== undefined;

const noticeTypeOf = (form: XmlElement): OtherKind | undefined => {
  const type = childOf(form, "NOTICE")?.attributes["TYPE"] ?? "AWARD";
  if (/AWARD/.test(type)) return undefined;
  if (/^(?:PRI|PER)_/.test(type)) return PRIOR;
  return type.startsWith("QSU") ? KINDS.get("F07") : CALL;
};

/**
 * The elements that the reader asks for, by their local names, because the older forms use many namespaces for the same
 * elements.
 */
const ELEMENTS: ReadonlySet<string> = new Set(
  (
    "TED_EXPORT CODED_DATA_SECTION REF_OJS DATE_PUB NOTICE_DATA NO_DOC_OJS NO_DOC_EXT REF_NOTICE FORM_SECTION LEGAL_BASIS DIRECTIVE NOTICE " +
    "CODIF_DATA NC_CONTRACT_NATURE PR_PROC ISO_COUNTRY " +
    // The forms of 2014.
    "F03_2014 F06_2014 F13_2014 F15_2014 F18_2014 F20_2014 F21_2014 F22_2014 F23_2014 F24_2014 F25_2014 " +
    "CONTRACTING_BODY ADDRESS_CONTRACTING_BODY ADDRESS_CONTRACTING_BODY_ADDITIONAL OFFICIALNAME NATIONALID COUNTRY " +
    "OBJECT_CONTRACT TITLE P REFERENCE_NUMBER CPV_MAIN CPV_ADDITIONAL CPV_CODE VAL_TOTAL VAL_RANGE_TOTAL LOW HIGH " +
    "VAL_ESTIMATED_TOTAL OBJECT_DESCR LOT_NO PROCEDURE NOTICE_NUMBER_OJ FRAMEWORK AWARD_CONTRACT CONTRACT_NO AWARDED_CONTRACT " +
    "NO_AWARDED_CONTRACT DATE_CONCLUSION_CONTRACT CONTRACTORS CONTRACTOR ADDRESS_CONTRACTOR AWARDED_TO_GROUP VALUES VALUE " +
    "NB_TENDERS_RECEIVED TENDERS RESULTS AWARDED_PRIZE NO_AWARDED_PRIZE DATE_DECISION_JURY WINNERS WINNER ADDRESS_WINNER " +
    "VAL_PRIZE DATE_START DATE_END DURATION RENEWAL VAL_OBJECT MODIFICATIONS_CONTRACT INFO_MODIFICATIONS DESCRIPTION_PROCUREMENT " +
    "SME NO_SME DIRECTIVE_2009_81_EC DIRECTIVE_2014_23_EU DIRECTIVE_2014_24_EU DIRECTIVE_2014_25_EU " +
    "PT_AWARD_CONTRACT_WITHOUT_CALL PT_AWARD_CONTRACT_WITHOUT_PUBLICATION PT_NEGOTIATED_WITHOUT_PUBLICATION D_ACCORDANCE_ARTICLE " +
    `${Object.keys(DIRECT_AWARDS).join(" ")} ` +
    "VAL_TOTAL_BEFORE VAL_TOTAL_AFTER UNFORESEEN_CIRCUMSTANCE ADDITIONAL_NEED " +
    // The forms before.
    "CONTRACT_AWARD CONTRACT_AWARD_UTILITIES CONTRACT_AWARD_DEFENCE FD_CONTRACT_AWARD FD_CONTRACT_AWARD_UTILITIES " +
    "FD_CONTRACT_AWARD_DEFENCE CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD CONTRACTING_AUTHORITY_INFORMATION " +
    "CONTRACTING_AUTHORITY_INFORMATION_CONTRACT_AWARD_DEFENCE CONTRACTING_ENTITY_CONTRACT_AWARD_UTILITIES " +
    "NAME_ADDRESSES_CONTACT_CONTRACT_AWARD NAME_ADDRESSES_CONTACT_CONTRACT_AWARD_UTILITIES CA_CE_CONCESSIONAIRE_PROFILE " +
    "ORGANISATION OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE OBJECT_CONTRACT_INFORMATION_CONTRACT_AWARD_NOTICE_DEFENCE " +
    "OBJECT_CONTRACT_AWARD_UTILITIES DESCRIPTION_AWARD_NOTICE_INFORMATION DESCRIPTION_AWARD_NOTICE_INFORMATION_DEFENCE " +
    "DESCRIPTION_CONTRACT_AWARD_UTILITIES TITLE_CONTRACT NOTICE_INVOLVES_DESC NOTICE_INVOLVES_DESC_DEFENCE " +
    "CONCLUSION_FRAMEWORK_AGREEMENT CPV TOTAL_FINAL_VALUE AWARD_OF_CONTRACT AWARD_OF_CONTRACT_DEFENCE AWARD_CONTRACT_CONTRACT_AWARD_UTILITIES " +
    "AWARD_AND_CONTRACT_VALUE CONTRACT_NUMBER LOT_NUMBER CONTRACT_TITLE CONTRACT_AWARD_DATE DAY MONTH YEAR OFFERS_RECEIVED_NUMBER " +
    "ECONOMIC_OPERATOR_NAME_ADDRESS CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME CONTACT_DATA_WITHOUT_RESPONSIBLE_NAME_CHP " +
    "CONTRACT_VALUE_INFORMATION INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE " +
    "COSTS_RANGE_AND_CURRENCY VALUE_COST RANGE_VALUE_COST LOW_VALUE HIGH_VALUE INCLUDING_VAT"
  ).split(" "),
);

const keepElement: KeepElement = (name) => ELEMENTS.has(name);

/** A form of the United Kingdom's own, under the Procurement Act 2023. */
const UK_FORM = /^UK\d+_20\d\d$/;

const mayHaveUkForm = (text: string): boolean => /<(?:[\w.-]+:)?UK\d{1,2}_20\d\d[\s>]/.test(text);

/**
 * The forms that tell of awards and contracts: transparency, award, contract details, performance, change and
 * termination.
 */
const OF_AWARDS = /^UK(?:5|6|7|9|10|11|12)_/;

const ukFormOf = ({ root }: XmlDocument): XmlElement | undefined =>
  childrenOf(root, "FORM_SECTION")
    .flatMap(({ children }) => children)
    .find(({ name }) => UK_FORM.test(name));

const tellsOfAwards = ({ name }: XmlElement): boolean => OF_AWARDS.test(name);

/**
 * The release of OCDS that a form spells out element by element. What the form leaves to the notice around it is taken
 * from there.
 */
const releaseOfForm = (form: XmlElement, root: XmlElement): PlainMap => {
  const release = mapOf(form);
  const coded = childOf(root, "CODED_DATA_SECTION");
  const notice = descend(coded, "NOTICE_DATA");
  const id = textIn(notice, "NO_DOC_EXT") ?? textIn(notice, "NO_DOC_OJS") ?? root.attributes["DOC_ID"];
  const date = textIn(childOf(coded, "REF_OJS"), "DATE_PUB")?.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3");
  return {
    ...(id !== undefined && { id }),
    ...(date !== undefined && { date }),
    ...release,
    tender: { legalBasis: { scheme: "UKPGA", id: form.attributes["LEGAL_BASIS"] ?? "2023/54" }, ...tenderOf(release) },
  };
};

const tenderOf = ({ tender = null }: PlainMap): PlainMap => (isMap(tender) ? tender : {});

/** The members that are lists even where they have only one item. */
const LISTS: ReadonlySet<string> = new Set(
  (
    "tag parties roles awards contracts suppliers relatedLots items lots lotGroups documents relatedProcesses relationship " +
    "additionalClassifications amendments bids details statistics relatedBids additionalIdentifiers deliveryAddresses"
  ).split(" "),
);

const plainOf = (element: XmlElement): Plain =>
  element.children.length === 0 ? plainText(element.text) : mapOf(element);

const mapOf = (element: XmlElement): PlainMap => {
  const members = new Map<string, Plain[]>();
  for (const child of element.children) {
    const value = plainOf(child);
    if (value === "") continue;
    addUnder(members, child.name, value);
  }
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length > 1 || LISTS.has(name) ? values : (values[0] ?? null)]),
  );
};
