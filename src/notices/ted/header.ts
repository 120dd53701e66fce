import { type PartialDate, parsePartialDate } from "../../model/partial-date.ts";
import type { Publication } from "../../records/history.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { noticeName, publicationNumber } from "../publication-number.ts";
import { textIn } from "./values.ts";

/** The publication that a document is; `form` is the name of its form. */
export const publicationOf = (root: XmlElement, form: XmlElement, file: string): Publication => {
  const coded = childOf(root, "CODED_DATA_SECTION");
  const number = textIn(descend(coded, "NOTICE_DATA"), "NO_DOC_OJS") ?? root.attributes["DOC_ID"] ?? "";
  return {
    id: publicationNumber(number) ?? publicationNumber(root.attributes["DOC_ID"] ?? "") ?? fileName(file),
    version: undefined,
    date: dateOf(textIn(childOf(coded, "REF_OJS"), "DATE_PUB")),
    kind: form.name.replace(/_2014$/, ""),
    file,
  };
};

/** By what others call a notice: its number in the Official Journal, and that of its sender. */
export const namesOf = (root: XmlElement, { id }: Publication): readonly string[] => {
  const external = textIn(descend(childOf(root, "CODED_DATA_SECTION"), "NOTICE_DATA"), "NO_DOC_EXT");
  return external === undefined ? [id] : [id, noticeName(external)];
};

/** The notice that it says to come after: in its form, else in what the Official Journal notes of it. */
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
