import type { NoticeDocument } from "../inputs/archives/documents.ts";
import { textOfJson, textOfXml } from "../inputs/bytes.ts";
import { type ForeignFormat, foreignOf } from "../inputs/foreign.ts";
import { type Finding, withoutLine } from "../model/errors.ts";
import { type OtherDocument, type OtherKind, otherDocument, otherKind } from "../model/publication.ts";
import { positionsIn } from "../syntax/plain.ts";
import { finderOf, findRoot, type Root } from "../syntax/xml/peek.ts";
import { readXml } from "../syntax/xml.ts";
import { readDecp, readDecpLines, readDecpTable } from "./decp/read-decp.ts";
import { readEforms, readEformsAnnouncement } from "./eforms/read-eforms.ts";
import type { NoticesRead, ReadNotices } from "./notice.ts";
import { ocidsIn, readOcds, readOcdsLines, readOcdsPiece } from "./ocds/read-ocds.ts";
import { noticeName, publicationNumber } from "./stated-values.ts";
import type { SupplierPool } from "./supplier-pool.ts";
import { readTed } from "./ted/read-ted.ts";

const NOTHING: NoticesRead = { notices: [], findings: [] };

export const readDocument = (document: NoticeDocument, suppliers: SupplierPool): NoticesRead => {
  suppliers.startDocument(document.file);
  const { bytes, file } = document;
  switch (document.kind) {
    case "xml":
      return readXmlDocument(bytes, file, document.named, suppliers);
    case "ocds":
      return readReleases(bytes, file, suppliers);
    case "ocds-piece":
      return pieceOf(readOcdsPiece(document, file, suppliers));
    case "ocds-lines":
      return readOcdsLines(bytes, file, suppliers, document.firstLine);
    case "decp":
      return readDecp(textOfJson(bytes).text, file, suppliers);
    case "decp-piece":
      return pieceOf(readDecp(textOfJson(bytes).text, file, suppliers, document));
    case "decp-lines":
      return readDecpLines(textOfJson(bytes).text, file, suppliers, document.firstLine);
    case "decp-csv":
      return readDecpTable(textOfJson(bytes).text, file, suppliers);
    case "decp-csv-piece":
      return pieceOf(readDecpTable(textOfJson(bytes).text, file, suppliers, document.line));
  }
};

/** Drops what is said of the file as a whole, of which a piece tells nothing. */
const pieceOf = ({ notices, findings }: NoticesRead): NoticesRead => ({ notices, findings });

const isXmlName = (name: string): boolean => /\.xml$/i.test(name);

const readXmlDocument = (bytes: Buffer, file: string, named: boolean, suppliers: SupplierPool): NoticesRead => {
  const text = textOfXml(bytes, file);
  if (typeof text !== "string") return { notices: [], findings: [text] };
  const root = findRoot(text);
  const format = root && XML_FORMATS.get(root.name);
  if (format !== undefined) return format.read(text, file, suppliers);
  // Pages and pictures may be XML, too. Only what somebody named, or what is called `.xml`, is expected to be data.
  const expected = named || isXmlName(file);
  if (root === undefined) return { notices: [], findings: expected ? faultsOf(text, file) : [] };
  if (!expected && !isKnownDocument(root.name, text)) return NOTHING;
  const other = otherXml(root, text, file);
  return XML_ANNOUNCEMENTS.has(root.name)
    ? { ...NOTHING, other, announcement: () => readEformsAnnouncement(text, file) }
    : { ...NOTHING, other };
};

/**
 * What is wrong with a text. No line of it is shown unless it looks like a notice: a link in a stranger's folder may
 * lead to any file.
 */
const faultsOf = (text: string, file: string): readonly Finding[] => {
  const findings = faultsIn(text, file);
  return looksLikeNotice(text) ? findings : findings.map(withoutLine);
};

const looksLikeNotice = (text: string): boolean =>
  [...XML_FORMATS.keys(), ...OTHER_ROOTS].some((name) => text.includes(name));

const faultsIn = (text: string, file: string): readonly Finding[] => {
  const read = readXml(text, file);
  return "findings" in read ? read.findings : [];
};

const otherXml = ({ name, offset }: Root, text: string, file: string): OtherDocument => {
  const position = positionsIn(text, file)(offset);
  const known = otherXmlKind(name, text);
  if (known !== undefined) return otherDocument(known.kind, known.hint ?? AWARD_NOTICES, position, known.besides);
  const { finding } = otherDocument(otherKind(`a document <${name}>`), AWARD_NOTICES, position);
  return { kind: UNKNOWN, finding: looksLikeNotice(text) ? finding : withoutLine(finding) };
};

const AWARD_NOTICES = "award notices are eForms (ContractAwardNotice), TED_EXPORT or OCDS";
const UNKNOWN = otherKind("a document of another kind", "documents of other kinds");

const readReleases = (bytes: Buffer, file: string, suppliers: SupplierPool): NoticesRead => {
  const { text, windows1252 } = textOfJson(bytes);
  return OCDS_FORMAT.read(text, file, suppliers, { firstLine: 1, windows1252 });
};

interface OtherXml {
  readonly kind: OtherKind;
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

/** Notices that share a root element with others but have a name of their own, by BT-02. */
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

const otherXmlKind = (root: string, text: string): OtherXml | undefined => {
  const format = foreignXml(root, text);
  if (format !== undefined) return foreignOf(format);
  const known = ROOTS.get(root);
  const type = /NoticeTypeCode[^>]*>\s*([\w-]+)/.exec(text.slice(0, HEAD))?.[1];
  return known && (TYPES.get(type ?? "") ?? known);
};

const foreignXml = (root: string, text: string): ForeignFormat | undefined =>
  FOREIGN.find(([name, contains]) => name === root.toLowerCase() && text.includes(contains))?.[2];

const OTHER_ROOTS: readonly string[] = [...ROOTS.keys()];

/**
 * Whether the content shows, whatever the document's name, that it is a publisher's document and not just any web page.
 */
const isKnownDocument = (root: string, text: string): boolean =>
  ROOTS.has(root) || ![undefined, "html"].includes(foreignXml(root, text));

interface NoticeFormat {
  readonly read: ReadNotices;
  /**
   * Texts that may be the numbers of the procedures in a document, as bytes of UTF-8, found without reading it. One too
   * many only costs memory. One that is missing keeps notices of one procedure apart.
   */
  readonly procedures: (document: Buffer) => Iterable<Buffer>;
}

/** Where a notice of eForms names its procedure, itself and others: BT-04, BT-701, OPP-010, BT-758 and BT-1501. */
const namedInEforms = finderOf({
  ContractFolderID: 1,
  '"notice-id"': 1,
  NoticePublicationID: 1,
  ChangedNoticeIdentifier: 1,
  NoticeDocumentReference: 2,
});

const EFORMS: NoticeFormat = {
  read: readEforms,
  procedures: (document) =>
    Array.from(namedInEforms(document), ([name, text]) =>
      name === "ContractFolderID" ? text : Buffer.from(noticeName(text.toString())),
    ),
};

/**
 * Most notices of TED have no number for the procedure. Those that modify others name them by their numbers in the
 * Official Journal. The United Kingdom's own forms are releases of OCDS, and have an ocid.
 */
const namedInTed = finderOf({ NO_DOC_OJS: 1, NOTICE_NUMBER_OJ: 1, NO_DOC_EXT: 1, ocid: 1 });

const TED: NoticeFormat = {
  read: readTed,
  procedures: (document) =>
    Array.from(namedInTed(document), ([name, text]) =>
      name.includes("OJ") ? Buffer.from(publicationNumber(text.toString()) ?? "") : text,
    ),
};

const XML_FORMATS: ReadonlyMap<string, NoticeFormat> = new Map([
  ["ContractAwardNotice", EFORMS],
  ["TED_EXPORT", TED],
]);

/** Documents in XML that tell what is sought: steps before the award of their procedure, where there is one. */
const XML_ANNOUNCEMENTS: ReadonlySet<string> = new Set(["ContractNotice", "PriorInformationNotice"]);

/** The numbers of procedures and notices in a document in XML, by its root element. */
export const numbersInXml = (root: string, document: Buffer): Iterable<Buffer> =>
  (XML_FORMATS.get(root) ?? (XML_ANNOUNCEMENTS.has(root) ? EFORMS : undefined))?.procedures(document) ?? [];

/** OCDS: releases, records and packages of them, as one document or one on each line. */
export const OCDS_FORMAT: NoticeFormat = { read: readOcds, procedures: ocidsIn };
