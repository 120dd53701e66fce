import type { NoticeDocument } from "../inputs/archives/documents.ts";
import { textOfJson, textOfXml } from "../inputs/text-of-bytes.ts";
import { type Finding, withoutLine } from "../model/errors.ts";
import { type OtherDocument, otherDocument, otherKind } from "../model/other-document.ts";
import { positionsIn } from "../syntax/plain.ts";
import { findRoot, type Root } from "../syntax/xml/root-name.ts";
import { readXml } from "../syntax/xml.ts";
import { readDecp, readDecpLines, readDecpTable } from "./decp/read-decp.ts";
import { readEformsAnnouncement } from "./eforms/announcement.ts";
import { OCDS_FORMAT, XML_ANNOUNCEMENTS, XML_FORMATS } from "./formats.ts";
import type { NoticesRead } from "./notice.ts";
import { readOcdsLines, readOcdsPiece } from "./ocds/read-ocds.ts";
import { isKnownDocument, OTHER_ROOTS, otherXmlKind } from "./other-xml.ts";
import type { SupplierPool } from "./supplier-pool.ts";

const NOTHING: NoticesRead = { notices: [], findings: [] };

/** The notices in a document, or what it is where it tells of no award. */
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

/** A piece of a file tells nothing of the file as a whole. */
const pieceOf = ({ notices, findings }: NoticesRead): NoticesRead => ({ notices, findings });

const isXmlName = (name: string): boolean => /\.xml$/i.test(name);

const readXmlDocument = (bytes: Buffer, file: string, named: boolean, suppliers: SupplierPool): NoticesRead => {
  const text = textOfXml(bytes, file);
  if (typeof text !== "string") return { notices: [], findings: [text] };
  const root = findRoot(text);
  const format = root && XML_FORMATS.get(root.name);
  if (format !== undefined) return format.read(text, file, suppliers);
  // A page or a picture may be XML, too; what is called so is expected to be data.
  const expected = named || isXmlName(file);
  if (root === undefined) return { notices: [], findings: expected ? faultsOf(text, file) : [] };
  if (!expected && !isKnownDocument(root.name, text)) return NOTHING;
  const other = otherXml(root, text, file);
  return XML_ANNOUNCEMENTS.has(root.name)
    ? { ...NOTHING, other, announcement: () => readEformsAnnouncement(text, file) }
    : { ...NOTHING, other };
};

/** Of a text that is no notice, no line is shown where something is wrong: a link of a stranger's folder may lead to any file. */
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

const LINE_FEED = 10;

/** Each line, without its end. */
export function* linesIn(bytes: Buffer): Generator<Buffer> {
  for (let start = 0, end = 0; start < bytes.length; start = end + 1) {
    end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) end = bytes.length;
    yield bytes.subarray(start, end);
  }
}
