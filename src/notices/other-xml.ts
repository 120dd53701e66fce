import { type ForeignFormat, foreignOf } from "../inputs/foreign.ts";
import { type OtherKind, otherKind } from "../model/other-document.ts";

/** What a document in XML is that tells of no award. */
interface OtherXml {
  readonly kind: OtherKind;
  /** What else to say of it. */
  readonly besides?: string;
  readonly hint?: string;
}

const CALL = ", which tells what is sought and not who won";
const NO_AWARD = ", which is not about an award";

/** Documents of the same publishers, by their root elements. */
const ROOTS: ReadonlyMap<string, OtherXml> = new Map([
  ["ContractNotice", { kind: otherKind("a contract notice"), besides: CALL }],
  ["PriorInformationNotice", { kind: otherKind("a prior information notice"), besides: NO_AWARD }],
  [
    "BusinessRegistrationInformationNotice",
    { kind: otherKind("a notice about a business", "notices about businesses"), besides: NO_AWARD },
  ],
]);

/** Notices of one root element that people call otherwise, by BT-02. */
const TYPES: ReadonlyMap<string, OtherXml> = new Map([
  ["cn-desg", { kind: otherKind("a design contest"), besides: CALL }],
  ["qu-sy", { kind: otherKind("a qualification system"), besides: CALL }],
  ["subco", { kind: otherKind("a subcontract notice"), besides: CALL }],
  ["pmc", { kind: otherKind("a market consultation"), besides: NO_AWARD }],
]);

/** Feeds and files of other publishers. */
const FOREIGN: readonly (readonly [root: string, contains: string, format: ForeignFormat])[] = [
  ["feed", "ContractFolderStatus", "placsp"],
  ["marches", "<marche", "decp-xml"],
  ["html", "", "html"],
];

/** How far to look for what tells kinds apart. */
const HEAD = 1 << 16;

/** What a document of this root element is; undefined for one that nothing is known of. */
export const otherXmlKind = (root: string, text: string): OtherXml | undefined => {
  const format = foreignXml(root, text);
  if (format !== undefined) return foreignOf(format);
  const known = ROOTS.get(root);
  const type = /NoticeTypeCode[^>]*>\s*([\w-]+)/.exec(text.slice(0, HEAD))?.[1];
  return known && (TYPES.get(type ?? "") ?? known);
};

const foreignXml = (root: string, text: string): ForeignFormat | undefined =>
  FOREIGN.find(([name, contains]) => name === root.toLowerCase() && text.includes(contains))?.[2];

export const OTHER_ROOTS: readonly string[] = [...ROOTS.keys()];

/** Whether a document is told by what it says, whatever its name: one of a publisher, and no page of anybody's. */
export const isKnownDocument = (root: string, text: string): boolean =>
  ROOTS.has(root) || ![undefined, "html"].includes(foreignXml(root, text));
