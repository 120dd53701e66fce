import type { Position } from "../../model/errors.ts";
import type { Origin } from "../../model/origin.ts";
import { otherDocument } from "../../model/other-document.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import { readXml, type XmlDocument } from "../../syntax/xml.ts";
import { Notes } from "../notes.ts";
import type { NoticesRead, ReadNotices } from "../notice.ts";
import { readRelease } from "../ocds/read-ocds.ts";
import { publicationNumber } from "../publication-number.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { contractOf } from "./contract.ts";
import { readForm2014 } from "./form-2014.ts";
import { readFormBefore } from "./form-before.ts";
import { publicationOf } from "./header.ts";
import { keepElement } from "./names.ts";
import { isOtherType, otherFormOf } from "./other-forms.ts";
import { codedFactsOf } from "./procedure.ts";
import { mayHaveUkForm, releaseOfForm, tellsOfAwards, ukFormOf } from "./uk-form.ts";
import { textIn } from "./values.ts";

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
  if (form.name !== "F20_2014")
    return { notices: [{ contract, procedure: undefined, publication, role: "award" }], findings: [] };
  return { notices: [{ contract, procedure: modifiedNotice(form), publication, role: "modification" }], findings: [] };
};

/** The number of the award notice whose contract a modification (F20) changes: the two belong together by it. */
const modifiedNotice = (form: XmlElement): string | undefined =>
  publicationNumber(textIn(childOf(form, "PROCEDURE"), "NOTICE_NUMBER_OJ") ?? "");

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
  return { notices: [], findings: [], other: otherDocument(otherFormOf(form), AWARD_FORMS, locate(root), besides) };
};

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
