import { addUnder } from "../../model/lists.ts";
import { isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { childOf, childrenOf, descend, plainText, type XmlElement } from "../../syntax/xml/element.ts";
import type { XmlDocument } from "../../syntax/xml.ts";
import { textIn } from "./values.ts";

/** A form of the United Kingdom's own, under the Procurement Act 2023. */
const UK_FORM = /^UK\d+_20\d\d$/;

/** Whether a text may have such a form. */
export const mayHaveUkForm = (text: string): boolean => /<(?:[\w.-]+:)?UK\d{1,2}_20\d\d[\s>]/.test(text);

/** Those that tell of awards and contracts: transparency, award, contract details, performance, change and terminations. */
const OF_AWARDS = /^UK(?:5|6|7|9|10|11|12)_/;

export const ukFormOf = ({ root }: XmlDocument): XmlElement | undefined =>
  childrenOf(root, "FORM_SECTION")
    .flatMap(({ children }) => children)
    .find(({ name }) => UK_FORM.test(name));

export const tellsOfAwards = ({ name }: XmlElement): boolean => OF_AWARDS.test(name);

/** The release of OCDS that a form spells out, element by element; what it leaves to the notice is taken from there. */
export const releaseOfForm = (form: XmlElement, root: XmlElement): PlainMap => {
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

/** The members that are lists also where they have one item. */
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
