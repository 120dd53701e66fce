import type { NoticeDocument } from "../inputs/archives/documents.ts";
import { textOfJson, textOfXml } from "../inputs/text-of-bytes.ts";
import { type Finding, withoutLine } from "../model/errors.ts";
import { positionsIn } from "../syntax/plain.ts";
import { findRoot, type Root } from "../syntax/xml/root-name.ts";
import { readXml } from "../syntax/xml.ts";
import { OCDS_FORMAT, OTHER_DOCUMENTS, XML_FORMATS } from "./formats.ts";
import type { NoticesRead } from "./notice.ts";
import { readOcdsLines } from "./ocds/read-ocds.ts";
import type { SupplierPool } from "./supplier-pool.ts";

const NOTHING: NoticesRead = { notices: [], findings: [] };

/** The notices in a document; what is none is a finding, or nothing where nobody said that it is one. */
export const readDocument = (document: NoticeDocument, suppliers: SupplierPool): NoticesRead => {
  suppliers.startDocument(document.file);
  switch (document.kind) {
    case "xml":
      return readXmlDocument(document.bytes, document.file, document.named, suppliers);
    case "ocds":
      return readReleases(document.bytes, document.file, suppliers);
    case "lines":
      return readOcdsLines(document.bytes, document.file, suppliers, document.firstLine);
  }
};

const readXmlDocument = (bytes: Buffer, file: string, named: boolean, suppliers: SupplierPool): NoticesRead => {
  const text = textOfXml(bytes, file);
  if (typeof text !== "string") return { notices: [], findings: [text] };
  const root = findRoot(text);
  const format = root && XML_FORMATS.get(root.name);
  if (format !== undefined) return withOther(format.read(text, file, suppliers), named);
  if (!named && !OTHER_DOCUMENTS.has(root?.name ?? "")) return NOTHING;
  const findings = root === undefined ? faultsIn(text, file) : [noNotice(root, text, file)];
  return { notices: [], findings: looksLikeNotice(text) ? findings : findings.map(withoutLine) };
};

/** What tells of no award is an error where somebody named it. */
const withOther = (read: NoticesRead, named: boolean): NoticesRead =>
  read.other === undefined || !named ? read : { ...read, findings: [...read.findings, read.other.finding] };

/** Of any other text, no line is shown where something is wrong: a link of a stranger's folder may lead to any file. */
const looksLikeNotice = (text: string): boolean =>
  [...XML_FORMATS.keys(), ...OTHER_DOCUMENTS.keys()].some((name) => text.includes(name));

const faultsIn = (text: string, file: string): readonly Finding[] => {
  const read = readXml(text, file);
  return "findings" in read ? read.findings : [];
};

const noNotice = ({ name, offset }: Root, text: string, file: string): Finding => ({
  rule: "F2",
  severity: "error",
  message: `this is no award notice: it is ${OTHER_DOCUMENTS.get(name) ?? `a document <${name}>`}`,
  hint: "award notices are eForms (ContractAwardNotice), TED_EXPORT or OCDS",
  position: positionsIn(text, file)(offset),
});

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
