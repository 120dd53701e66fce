import { type PartialDate, parsePartialDate } from "../../model/partial-date.ts";
import type { Publication } from "../../records/history.ts";
import { childOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { publicationNumber } from "../publication-number.ts";
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

const fileName = (file: string): string => file.replace(/^.*[\\/]/, "").replace(/\.xml$/i, "");

/** `20201030`. */
const dateOf = (text: string | undefined): PartialDate | undefined =>
  parsePartialDate((text ?? "").replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3"));
