import { DataError, type Finding, findingOf, type Position } from "../model/errors.ts";
import { CURRENCY_SIGNS } from "../model/meant-amount.ts";
import { dayOfSerial } from "../model/serial-day.ts";
import { type Cell, cellName, cellNamed, type MergedCells, type Sheet, type SheetRow } from "../syntax/sheet.ts";
import { childOf, childrenOf, type XmlElement } from "../syntax/xml/element.ts";
import { readXml } from "../syntax/xml.ts";
import { ArchiveProblem, Budget, LIMITS, type Limits } from "./archives/limits.ts";
import { zipEntries } from "./archives/unpack.ts";
import { textOfXml } from "./text-of-bytes.ts";

/** A workbook is held in memory, and people keep no larger ones: these bounds are narrower than those of archives. */
const WORKBOOK_LIMITS: Limits = { ...LIMITS, documentBytes: 64 * 2 ** 20, bytes: 256 * 2 ** 20, entries: 10_000 };

/** A workbook, of which the sheets are read when they are asked for. */
export interface Workbook {
  /** The sheet of a name; the first that is not hidden where none is given. Throws DataError where there is none. */
  readonly sheet: (name: string | undefined) => Sheet;
}

/**
 * Reads a workbook of Excel or LibreOffice (Office Open XML): what its cells show, never how it is reckoned. Its parts are
 * unpacked within bounds, and read as all XML is. Throws DataError where it is none, or damaged.
 */
export const readWorkbook = async (bytes: Buffer, file: string): Promise<Workbook> => {
  const parts = await partsOf(bytes, file);
  const workbook = parts.document("xl/workbook.xml");
  const relations = parts.document("xl/_rels/workbook.xml.rels");
  if (workbook === undefined || relations === undefined) throw notReadable(file, "it is no XLSX workbook", IS_XLSX);
  const targets = new Map(
    childrenOf(relations, "Relationship").map(({ attributes }) => [attributes["Id"], attributes["Target"] ?? ""]),
  );
  const from1904 = isOn(childOf(workbook, "workbookPr")?.attributes["date1904"]);
  const texts = sharedTexts(parts.document("xl/sharedStrings.xml"));
  const formats = formatsOf(parts.document("xl/styles.xml"));
  const sheets = childrenOf(childOf(workbook, "sheets"), "sheet").map(({ attributes }) => {
    const { name = "", state } = attributes;
    const path = partPath(targets.get(relationOf(attributes)) ?? "");
    return { name, path, hidden: state === "hidden" || state === "veryHidden" };
  });
  const sheet = (wanted: string | undefined): Sheet => {
    const found = sheets.find(({ name, hidden }) => (wanted === undefined ? !hidden : name === wanted));
    const names = sheets.map(({ name, hidden }) => (hidden ? `${name} (hidden)` : name));
    if (found === undefined)
      throw notReadable(file, `it has no sheet "${wanted ?? ""}"`, `its sheets are ${names.join(", ")}`);
    const root = parts.document(found.path);
    if (root === undefined) throw notReadable(file, `its sheet "${found.name}" is missing`, IS_XLSX);
    const others = names.filter((_, index) => sheets[index] !== found);
    const notes = others.length === 0 ? [] : [`of its sheets, ${found.name} is read, and not ${others.join(", ")}`];
    return { file, name: found.name, ...sheetOf(root, { file, texts, formats, from1904 }), notes };
  };
  return { sheet };
};

const IS_XLSX = "save it as .xlsx or CSV";

const notReadable = (file: string, message: string, hint: string): DataError =>
  new DataError([findingOf("F9", message, { file, line: 1, column: 1, text: "" }, hint)]);

/** The name under which a sheet finds its part has a prefix that each program chooses. */
const relationOf = (attributes: XmlElement["attributes"]): string | undefined =>
  Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1];

/** Targets are named from the folder of the workbook, or from the top. */
const partPath = (target: string): string => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);

const WANTED = /^xl\/(?:workbook|sharedStrings|styles|worksheets\/[^/]+)\.xml$|^xl\/_rels\/workbook\.xml\.rels$/;

/** The parts of a workbook that say what its cells show. */
class Parts {
  readonly #bytes: ReadonlyMap<string, Buffer>;
  readonly #file: string;

  constructor(bytes: ReadonlyMap<string, Buffer>, file: string) {
    this.#bytes = bytes;
    this.#file = file;
  }

  document(name: string): XmlElement | undefined {
    const bytes = this.#bytes.get(name);
    if (bytes === undefined) return undefined;
    const file = `${this.#file}!/${name}`;
    const text = textOfXml(bytes, file);
    if (typeof text !== "string") throw new DataError([text]);
    const read = readXml(text, file, isKept);
    if ("findings" in read) throw new DataError(read.findings.map(withoutText));
    return read.document.root;
  }
}

/** The line of such a document may be all of it. */
const withoutText = (finding: Finding): Finding =>
  finding.position === undefined ? finding : { ...finding, position: { ...finding.position, text: "" } };

/** Pictures of how words are spoken, and all that cells do not show, are left out. */
const LEFT_OUT: ReadonlySet<string> = new Set(["rPh", "phoneticPr", "rPr", "extLst", "cols", "sheetViews", "dxfs"]);
const isKept = (name: string): boolean => !LEFT_OUT.has(name);

const partsOf = async (bytes: Buffer, file: string): Promise<Parts> => {
  const parts = new Map<string, Buffer>();
  const budget = new Budget(WORKBOOK_LIMITS, bytes.length);
  try {
    for await (const entry of zipEntries(bytes, budget))
      if (WANTED.test(entry.name)) parts.set(entry.name, await bytesOf(entry.bytes, budget));
  } catch (error) {
    if (error instanceof ArchiveProblem) throw notReadable(file, error.message, error.hint);
    throw error;
  }
  return new Parts(parts, file);
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

const isOn = (flag: string | undefined): boolean => flag === "1" || flag === "true";

/** A text of one piece, or of several that look unlike; `_x000D_` is a character that XML has no other way to write. */
const richText = (element: XmlElement): string =>
  [...childrenOf(element, "t"), ...childrenOf(element, "r").flatMap((run) => childrenOf(run, "t"))]
    .map(({ text }) => text)
    .join("")
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** Each is read once, however many cells show it. */
const sharedTexts = (root: XmlElement | undefined): readonly (Cell | undefined)[] =>
  childrenOf(root, "si").map((element) => textCell(richText(element)));

/** What a number's format says of it. */
interface NumberFormat {
  readonly isDay: boolean;
  readonly currency: string | undefined;
}

const PLAIN: NumberFormat = { isDay: false, currency: undefined };
/** Formats of days that have a number of their own (ECMA-376, part 1, 18.8.30), those of East Asia among them. */
const DAY_FORMATS = /^(?:1[4-7]|22|2[7-9]|3[0-6]|5[0-8])$/;

const formatsOf = (styles: XmlElement | undefined): readonly NumberFormat[] => {
  const codes = new Map(
    childrenOf(childOf(styles, "numFmts"), "numFmt").map(({ attributes }) => [
      attributes["numFmtId"],
      attributes["formatCode"] ?? "",
    ]),
  );
  return childrenOf(childOf(styles, "cellXfs"), "xf").map(({ attributes: { numFmtId = "0" } }) => {
    const code = codes.get(numFmtId);
    return code === undefined ? { ...PLAIN, isDay: DAY_FORMATS.test(numFmtId) } : formatOf(code);
  });
};

/** Texts in quotes, single letters behind a sign, and conditions and colours in brackets say nothing of days. */
const formatOf = (code: string): NumberFormat => {
  const letters = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "");
  return { isDay: /[yd]/i.test(letters) && !/[0#?]/.test(letters), currency: currencyIn(code) };
};

const currencyIn = (code: string): string | undefined => {
  const sign = /\[\$([^\]-]+)/.exec(code)?.[1]?.trim() ?? /[\u20ac\u00a3]/.exec(code)?.[0] ?? "";
  return CURRENCY_SIGNS.get(sign) ?? (/^[A-Z]{3}$/.test(sign) ? sign : undefined);
};

/** What the cells of a sheet are read with. */
interface Reading {
  readonly file: string;
  readonly texts: readonly (Cell | undefined)[];
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

/** Excel's own bounds (its specifications and limits): rows and columns of a sheet, and letters of a cell. */
const MOST_ROWS = 1_048_576;
const MOST_COLUMNS = 16_384;
const MOST_LETTERS_OF_CELL = 32_767;
/** So many letters the cells of a sheet may come to: a text that many cells share is read in each of them. */
const MOST_LETTERS = 2 ** 27;

const sheetOf = (root: XmlElement, reading: Reading): Pick<Sheet, "rows" | "merged"> => {
  const rows: SheetRow[] = [];
  let number = 0;
  let letters = 0;
  for (const row of childrenOf(childOf(root, "sheetData"), "row")) {
    number = rowNumber(row, number, reading);
    const cells = cellsOf(row, number, reading);
    for (const { text } of cells.values()) letters += text.length;
    if (letters > MOST_LETTERS)
      throw notReadable(reading.file, `the texts of its cells come to more than ${MOST_LETTERS} letters`, "divide it");
    if (cells.size > 0) rows.push(rowOf(number, cells, isOn(row.attributes["hidden"]), reading));
  }
  const merged = childrenOf(childOf(root, "mergeCells"), "mergeCell").flatMap(({ attributes }) =>
    rangeOf(attributes["ref"]),
  );
  return { rows, merged };
};

const DAMAGED = "two programs may read it as unlike sheets: open it in a spreadsheet, and save it";

/** Rows stand in the order of their numbers, each once; those that say none follow the one before. */
const rowNumber = ({ attributes: { r: written } }: XmlElement, before: number, { file }: Reading): number => {
  const number = written === undefined ? before + 1 : Number(written);
  if (!Number.isInteger(number) || number < 1 || number > MOST_ROWS)
    throw notReadable(
      file,
      `its row "${written ?? number}" is none that a sheet has: they end at ${MOST_ROWS}`,
      DAMAGED,
    );
  if (number <= before) throw notReadable(file, `its row ${number} stands twice, or below row ${before}`, DAMAGED);
  return number;
};

type Cells = ReadonlyMap<number, Cell>;

const rowOf = (number: number, cells: Cells, hidden: boolean, { file }: Reading): SheetRow => ({
  number,
  cells,
  hidden,
  place: (column) => placeIn(number, cells, column, file),
});

const BETWEEN = " | ";
/** So much of a row is shown where one of its cells is meant: so many cells to each side, and letters of each. */
const CELLS_AROUND = 20;
const LETTERS_SHOWN = 200;

/** A row as a line of text, as far as it is shown, and a cell of it as a place there. */
const placeIn = (number: number, cells: Cells, column: number, file: string): Position => {
  const columns = [...cells.keys()];
  const index = columns.filter((at) => at < column).length;
  const around = columns.slice(Math.max(0, index - CELLS_AROUND), index + CELLS_AROUND);
  const texts = around.map((at) => (cells.get(at)?.text ?? "").slice(0, LETTERS_SHOWN).replace(/\s+/g, " "));
  const before = texts.slice(0, Math.min(index, CELLS_AROUND)).map((text) => text + BETWEEN);
  return { file, line: number, column: before.join("").length + 1, text: texts.join(BETWEEN) };
};

/** Few of the columns that a sheet has room for are used: those that are, in their order. */
const cellsOf = (row: XmlElement, number: number, reading: Reading): Cells => {
  const cells = new Map<number, Cell>();
  let before = -1;
  for (const element of childrenOf(row, "c")) {
    before = columnOf(element, number, before, reading);
    const cell = cellOf(element, reading);
    if (cell !== undefined) cells.set(before, cell);
  }
  return cells;
};

/** Cells are named by their row and column, stand in the order of these, and each once; those without a name follow the one before. */
const columnOf = ({ attributes: { r: name } }: XmlElement, row: number, before: number, { file }: Reading): number => {
  const named = name === undefined ? { row, column: before + 1 } : cellNamed(name);
  if (named?.row !== row || named.column >= MOST_COLUMNS)
    throw notReadable(file, `its row ${row} has a cell "${name ?? "without a name"}", and can have none`, DAMAGED);
  if (named.column <= before)
    throw notReadable(file, `its cell ${cellName(row, named.column)} stands twice, or behind another`, DAMAGED);
  return named.column;
};

const textCell = (text: string): Cell | undefined => {
  const trimmed = text.trim();
  if (trimmed.length > MOST_LETTERS_OF_CELL)
    return { text: `a text of more than ${MOST_LETTERS_OF_CELL} letters, which no cell can have`, kind: "fault" };
  return trimmed === "" ? undefined : { text: trimmed, kind: "text" };
};

const cellOf = (element: XmlElement, reading: Reading): Cell | undefined => {
  const { t: type = "n", s: style = "" } = element.attributes;
  if (type === "inlineStr") return textCell(richText(childOf(element, "is") ?? element));
  const written = childOf(element, "v")?.text.trim();
  if (written === undefined || written === "")
    return childOf(element, "f") === undefined
      ? undefined
      : { text: "a formula without its result: open the workbook, and save it", kind: "fault" };
  switch (type) {
    case "s":
      return reading.texts[Number(written)];
    case "b":
      return { text: written === "1" ? "yes" : "no", kind: "text" };
    case "e":
      return { text: `the error ${written}`, kind: "fault" };
    case "d":
      return { text: written.slice(0, "2026-01-31".length), kind: "day" };
    case "n":
      return numberCell(written, reading.formats[Number(style)] ?? PLAIN, reading.from1904);
    default:
      return textCell(written);
  }
};

const numberCell = (written: string, { isDay, currency }: NumberFormat, from1904: boolean): Cell => {
  const text = decimalOf(written);
  if (text === undefined) return { text: `${written}, which is no number that a spreadsheet keeps`, kind: "fault" };
  if (!isDay) return { text, kind: "number", ...(currency !== undefined && { currency }) };
  const day = dayOfSerial(text, from1904);
  return day === undefined ? { text: `${text}, which is no day`, kind: "fault" } : { text: day, kind: "day" };
};

/** Spreadsheets reckon in binary, and show so many digits. */
const DIGITS = 15;

/** A number as its spreadsheet shows it: `0.30000000000000004` is 0.3. */
const decimalOf = (written: string): string | undefined => {
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?$/.test(written)) return undefined;
  if (/^-?\d{1,15}$/.test(written)) return String(BigInt(written));
  const number = Number(Number(written).toPrecision(DIGITS));
  if (Math.abs(number) >= 1e21) return undefined;
  const fixed = Math.abs(number) < 1e-6 ? number.toFixed(DIGITS) : String(number);
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
};

const rangeOf = (reference = ""): readonly MergedCells[] => {
  const [first, last] = reference.split(":").map(cellNamed);
  if (first === undefined || last === undefined) return [];
  return [{ firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column }];
};
