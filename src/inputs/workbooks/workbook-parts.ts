import { beginningOf, DataError, findingOf, withoutLine } from "../../model/errors.ts";
import type { XmlElement } from "../../syntax/xml/element.ts";
import { readXml } from "../../syntax/xml.ts";
import { ArchiveProblem, Budget, LIMITS, type Limits } from "../archives/limits.ts";
import { zipEntries } from "../archives/unpack.ts";
import { textOfXml } from "../text-of-bytes.ts";

/** A workbook is held in memory, and people keep no larger ones: these bounds are narrower than those of archives. */
const WORKBOOK_LIMITS: Limits = { ...LIMITS, documentBytes: 64 * 2 ** 20, bytes: 256 * 2 ** 20, entries: 10_000 };

export const SAVE_ANEW = "save it as .xlsx or CSV";

export const notReadable = (file: string, message: string, hint: string): DataError =>
  new DataError([findingOf("F9", message, beginningOf(file), hint)]);

/** The parts that say what cells show: of Excel's workbooks, and of LibreOffice's. */
const WANTED =
  /^xl\/(?:workbook|sharedStrings|styles|worksheets\/[^/]+)\.xml$|^xl\/_rels\/workbook\.xml\.rels$|^content\.xml$|^META-INF\/manifest\.xml$/;

export interface WorkbookParts {
  readonly file: string;
  readonly has: (name: string) => boolean;
  /** A part; undefined where there is none of that name. Throws DataError for one that cannot be read. */
  readonly document: (name: string) => XmlElement | undefined;
}

const documentOf = (bytes: Buffer, file: string): XmlElement => {
  const text = textOfXml(bytes, file);
  if (typeof text !== "string") throw new DataError([text]);
  const read = readXml(text, file, isKept);
  // The line of such a document may be all of it.
  if ("findings" in read) throw new DataError(read.findings.map(withoutLine));
  return read.document.root;
};

/** Pictures of how words are spoken, comments, and all that cells do not show, are left out. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...["rPh", "phoneticPr", "rPr", "extLst", "cols", "sheetViews", "dxfs"],
  ...["annotation", "shapes", "forms", "frame", "font-face-decls", "named-expressions", "tracked-changes"],
]);
const isKept = (name: string): boolean => !LEFT_OUT.has(name);

/** Unpacks a workbook within bounds. Throws DataError where that cannot be done. */
export const workbookParts = async (bytes: Buffer, file: string): Promise<WorkbookParts> => {
  const parts = new Map<string, Buffer>();
  const budget = new Budget(WORKBOOK_LIMITS, bytes.length);
  try {
    for await (const entry of zipEntries(bytes, budget))
      if (WANTED.test(entry.name)) parts.set(entry.name, await bytesOf(entry.bytes, budget));
  } catch (error) {
    if (error instanceof ArchiveProblem) throw notReadable(file, error.message, error.hint);
    throw error;
  }
  const document = (name: string): XmlElement | undefined => {
    const part = parts.get(name);
    return part && documentOf(part, `${file}!/${name}`);
  };
  return { file, has: (name) => parts.has(name), document };
};

const bytesOf = async (stream: AsyncIterable<Buffer>, budget: Budget): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    budget.checkDocument(length);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};
