import type { Position } from "../../model/errors.ts";
import type { Origin } from "../../model/origin.ts";
import { otherDocument } from "../../model/other-document.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { contractCodec } from "../../records/contract.ts";
import { type Lot, lotCodec } from "../../records/lot.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { readXml, type XmlDocument } from "../../syntax/xml.ts";
import { NO_LOT } from "../no-lot.ts";
import { Notes } from "../notes.ts";
import { CALLS, CORRECTS, type Notice, type NoticesRead, type ReadNotices } from "../notice.ts";
import { readNoticeDate } from "../notice-date.ts";
import { readRelease } from "../ocds/read-ocds.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import type { DescribedLot } from "./award.ts";
import { contractOf, type Say, sayer, timesOf } from "./contract.ts";
import { lotsIn, readForm2014 } from "./form-2014.ts";
import { readFormBefore } from "./form-before.ts";
import { followedBy, namesOf, publicationOf } from "./header.ts";
import { keepElement } from "./names.ts";
import { isOtherType, otherFormOf } from "./other-forms.ts";
import { codedFactsOf } from "./procedure.ts";
import { mayHaveUkForm, releaseOfForm, tellsOfAwards, ukFormOf } from "./uk-form.ts";
import { plainValue, textIn } from "./values.ts";

const FORM_2014 = /^F(?:03|06|13|15|18|2[0-35])_2014$/;
const FORM_BEFORE = /^CONTRACT_AWARD/;

/**
 * Reads an award notice of the forms that the Official Journal used before eForms: R2.0.9 (Implementing Regulation (EU)
 * 2015/1986), and R2.0.7 and R2.0.8. Of its language versions only the original is read (R-LANG).
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
  const origin = originOf(read.document);
  const said = FORM_2014.test(form.name) ? readForm2014(form, notes) : readFormBefore(form, notes);
  const contract = contractOf(said, { publication, notes, pool, origin, coded: codedFactsOf(root, form) });
  const links = { names: namesOf(root, publication), follows: followedBy(root, form) };
  if (form.name !== "F20_2014")
    return { notices: [{ contract, procedure: undefined, publication, role: "award", ...links }], findings: [] };
  // The award notice whose contract a modification changes: the two belong together by its number.
  const [procedure] = links.follows;
  return { notices: [{ contract, procedure, publication, role: "modification", ...links }], findings: [] };
};

/** The award notice in its original language; without one the first, which is said. */
const originalForm = (root: XmlElement, notes: Notes): XmlElement | undefined => {
  const forms = childrenOf(root, "FORM_SECTION")
    .flatMap(({ children }) => children)
    .filter(({ name }) => FORM_2014.test(name) || FORM_BEFORE.test(name));
  const original = forms.find(({ attributes }) => attributes["CATEGORY"] === "ORIGINAL");
  if (original !== undefined || forms.length === 0) return original;
  notes.add("R-LANG", "no version says that it is the original: the first is taken");
  return forms[0];
};

/** What a notice is that tells of no award; its form is kept by no reader, so that all of it is read once more. */
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
        announcement: () => announcementOf(root, form, file, originOf(read.document)),
      };
};

/** What a form tells of a procedure before its award. */
const announcementOf = (root: XmlElement, form: XmlElement, file: string, origin: Origin): Notice => {
  const publication = publicationOf(root, form, file);
  const object = childOf(form, "OBJECT_CONTRACT");
  const say = sayer(publication);
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

/** IV.2.2: by when tenders are due, as a corrigendum says anew. */
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

/** Worked out at once, and without its line: to keep the document for it would take far more memory than its contract. */
const originOf = ({ root, locate }: XmlDocument): Origin => {
  const { file, line, column } = locate(root);
  const place: Position = { file, line, column, text: "" };
  return { locate: () => place };
};
