import { beginningOf, DataError, findingOf, type Position, withoutLine } from "../../model/errors.ts";
import type { Cell, MergedCells, SheetRow } from "../../syntax/sheet.ts";
import type { XmlElement } from "../../syntax/xml/element.ts";
import { readXml } from "../../syntax/xml.ts";
import { ArchiveProblem, Budget, LIMITS, type Limits } from "../archives/entry.ts";
import { zipEntries } from "../archives/unpack.ts";
import { allChunks, joined, textOfXml } from "../bytes.ts";

/**
 * The bounds of a workbook. They are narrower than those of archives: it is held in memory, and people keep no larger
 * ones.
 */
const WORKBOOK_LIMITS: Limits = { ...LIMITS, documentBytes: 64 * 2 ** 20, bytes: 256 * 2 ** 20, entries: 10_000 };

export const SAVE_ANEW = "save it as .xlsx or CSV";

export const notReadable = (file: string, message: string, hint: string): DataError =>
  new DataError([findingOf("F9", message, beginningOf(file), hint)]);

/** The parts that say what cells show, in workbooks of Excel and of LibreOffice. */
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
  // A line of such a document may be all of it, and is not shown.
  if ("findings" in read) throw new DataError(read.findings.map(withoutLine));
  return read.document.root;
};

/** Elements that are left out: guides to how words are spoken, comments, and all else that cells do not show. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ...["rPh", "phoneticPr", "rPr", "extLst", "cols", "sheetViews", "dxfs"],
  ...["annotation", "shapes", "forms", "frame", "font-face-decls", "named-expressions", "tracked-changes"],
]);
const isKept = (name: string): boolean => !LEFT_OUT.has(name);

/** Unpacks a workbook within bounds. Throws DataError if that cannot be done. */
export const workbookParts = async (bytes: Buffer, file: string, limits = WORKBOOK_LIMITS): Promise<WorkbookParts> => {
  const parts = new Map<string, Buffer>();
  const budget = new Budget(limits, bytes.length);
  try {
    for await (const entry of zipEntries(bytes, budget))
      if (WANTED.test(entry.name))
        parts.set(entry.name, joined(await allChunks(entry.bytes, (length) => budget.checkDocument(length))));
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

/** The limit that Excel has, too. */
const MOST_LETTERS_OF_CELL = 32_767;
/** How many letters the cells of a sheet may have together. A text that many cells share counts in each of them. */
const MOST_LETTERS = 2 ** 27;

/** The cells of a row by their columns, from 0. */
export type Cells = ReadonlyMap<number, Cell>;

export interface SheetContent {
  readonly rows: readonly SheetRow[];
  readonly merged: readonly MergedCells[];
}

/** The sheets of a workbook, in their order. */
export type Book = readonly {
  readonly name: string;
  readonly hidden: boolean;
  readonly read: () => SheetContent;
}[];

export class SheetRows {
  readonly rows: SheetRow[] = [];
  readonly #file: string;
  #letters = 0;

  constructor(file: string) {
    this.#file = file;
  }

  add(number: number, cells: Cells, hidden: boolean): void {
    for (const { text } of cells.values()) this.#letters += text.length;
    if (this.#letters > MOST_LETTERS)
      throw notReadable(this.#file, `the texts of its cells come to more than ${MOST_LETTERS} letters`, "divide it");
    if (cells.size === 0) return;
    const place = (column: number): Position => placeIn(number, cells, column, this.#file);
    this.rows.push({ number, cells, hidden, place });
  }
}

const BETWEEN = " | ";
/**
 * How much of a row is shown where one of its cells is meant: this many cells to each side, and this many letters of
 * each.
 */
const CELLS_AROUND = 20;
const LETTERS_SHOWN = 200;

/** The position of a cell: its row as a line of text, as far as it is shown, and its column in this line. */
const placeIn = (number: number, cells: Cells, column: number, file: string): Position => {
  const columns = [...cells.keys()];
  const index = columns.filter((at) => at < column).length;
  const around = columns.slice(Math.max(0, index - CELLS_AROUND), index + CELLS_AROUND);
  const texts = around.map((at) => (cells.get(at)?.text ?? "").slice(0, LETTERS_SHOWN).replace(/\s+/g, " "));
  const before = texts.slice(0, Math.min(index, CELLS_AROUND)).map((text) => text + BETWEEN);
  return { file, line: number, column: before.join("").length + 1, text: texts.join(BETWEEN) };
};

export const textCell = (text: string): Cell | undefined => {
  const trimmed = text.trim();
  if (trimmed.length > MOST_LETTERS_OF_CELL)
    return { text: `a text of more than ${MOST_LETTERS_OF_CELL} letters, which no cell can have`, kind: "fault" };
  return trimmed === "" ? undefined : { text: trimmed, kind: "text" };
};

export const flagCell = (isTrue: boolean): Cell => ({ text: isTrue ? "yes" : "no", kind: "text" });

export const errorCell = (error: string): Cell => ({ text: `the error ${error}`, kind: "fault" });

/** A formula whose result its program did not save. */
export const UNRECKONED: Cell = { text: "a formula without its result: open the workbook, and save it", kind: "fault" };

/** How many digits of a number spreadsheets show. They calculate in binary. */
const DIGITS = 15;

/** A number as its spreadsheet shows it: `0.30000000000000004` is 0.3. Undefined for what is not such a number. */
const decimalOf = (written: string): string | undefined => {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(written)) return undefined;
  if (/^-?\d{1,15}$/.test(written)) return String(BigInt(written));
  const number = Number(Number(written).toPrecision(DIGITS));
  if (Math.abs(number) >= 1e21) return undefined;
  const fixed = Math.abs(number) < 1e-6 ? number.toFixed(DIGITS) : String(number);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
};

/** A decimal times ten to the power of `places`: `1.5` and 3 give 1500. */
const enlarged = (decimal: string, places: number): string => {
  const [whole = "", fraction = ""] = decimal.split(".");
  const digits = fraction.padEnd(places, "0");
  const rest = digits.slice(places);
  return `${whole}${digits.slice(0, places)}${rest === "" ? "" : `.${rest}`}`.replace(/^(-?)0+(?=\d)/, "$1");
};

/**
 * The cell of a number, with the currency that it shows. `places` is the power of ten by which the number that it shows
 * is larger than the one that is kept. A number that is shown with zeros before it, up to a `width`, is an id and keeps
 * them.
 */
export const numberCell = (written: string, currency?: string, width = 0, places = 0): Cell => {
  const kept = decimalOf(written);
  const text = kept === undefined || places === 0 ? kept : enlarged(kept, places);
  if (text === undefined) return { text: `${written}, which is no number that a spreadsheet keeps`, kind: "fault" };
  if (/^\d+$/.test(text) && text.length < width) return { text: text.padStart(width, "0"), kind: "text" };
  return { text, kind: "number", ...(currency !== undefined && { currency }) };
};

/** The cell of a day, from a text that begins as ISO 8601 writes it. */
export const dayCell = (written: string): Cell => ({ text: written.slice(0, "2026-01-31".length), kind: "day" });
