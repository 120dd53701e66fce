import { unitOfHeading } from "../../model/amount-unit.ts";
import { SUFFIX_EXPONENT } from "../../model/money.ts";
import { dayOfSerial } from "../../model/serial-day.ts";
import { type Cell, cellName, cellNamed, type MergedCells, MOST_COLUMNS, MOST_ROWS } from "../../syntax/sheet.ts";
import { childOf, childrenOf, type XmlElement } from "../../syntax/xml/element.ts";
import {
  type Book,
  type Cells,
  dayCell,
  errorCell,
  flagCell,
  notReadable,
  numberCell,
  SAVE_ANEW,
  type SheetContent,
  SheetRows,
  textCell,
  UNRECKONED,
  type WorkbookParts,
} from "./workbook-parts.ts";

/** The sheets of a workbook of Excel (Office Open XML); undefined for any other. */
export const xlsxBook = (parts: WorkbookParts): Book | undefined => {
  const workbook = parts.document("xl/workbook.xml");
  const relations = parts.document("xl/_rels/workbook.xml.rels");
  if (workbook === undefined || relations === undefined) return undefined;
  const targets = new Map(
    childrenOf(relations, "Relationship").map(({ attributes }) => [attributes["Id"], attributes["Target"] ?? ""]),
  );
  const { file } = parts;
  const from1904 = isOn(childOf(workbook, "workbookPr")?.attributes["date1904"]);
  const texts = sharedTexts(parts.document("xl/sharedStrings.xml"));
  const formats = formatsOf(parts.document("xl/styles.xml"));
  return childrenOf(childOf(workbook, "sheets"), "sheet").map(({ attributes }) => {
    const { name = "", state } = attributes;
    const path = partPath(targets.get(relationOf(attributes)) ?? "");
    const read = (): SheetContent => {
      const root = parts.document(path);
      if (root === undefined) throw notReadable(file, `its sheet "${name}" is missing`, SAVE_ANEW);
      return sheetOf(root, { file, texts, formats, from1904 });
    };
    return { name, hidden: state === "hidden" || state === "veryHidden", read };
  });
};

/**
 * The id of the relation by which a sheet finds its part. Each program chooses a prefix of its own for this attribute.
 */
const relationOf = (attributes: XmlElement["attributes"]): string | undefined =>
  Object.entries(attributes).find(([name]) => /:id$/.test(name))?.[1];

/** The path of a part in the archive. Targets are named from the folder of the workbook, or from the top. */
const partPath = (target: string): string => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);

const isOn = (flag: string | undefined): boolean => flag === "1" || flag === "true";

/** A text of one piece, or of several in different styles. `_x000D_` is a character that XML cannot write otherwise. */
const richText = (element: XmlElement): string =>
  [...childrenOf(element, "t"), ...childrenOf(element, "r").flatMap((run) => childrenOf(run, "t"))]
    .map(({ text }) => text)
    .join("")
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** The texts that cells share. Each is read once, however many cells show it. */
const sharedTexts = (root: XmlElement | undefined): readonly (Cell | undefined)[] =>
  childrenOf(root, "si").map((element) => textCell(richText(element)));

interface NumberFormat {
  readonly isDay: boolean;
  readonly currency: string | undefined;
  /** The power of ten by which its numbers are larger than they are kept: 3 if `k€` stands behind them. */
  readonly places: number;
  /** The least number of digits that it shows, if it shows only digits; otherwise 0. */
  readonly width: number;
}

const PLAIN: NumberFormat = { isDay: false, currency: undefined, places: 0, width: 0 };
/** The built-in numbers of formats of days (ECMA-376, part 1, 18.8.30), with those of East Asia. */
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

/**
 * What the code of a format says. Texts in quotes, single letters behind a sign, and conditions and colours in brackets
 * say nothing of days.
 */
const formatOf = (code: string): NumberFormat => {
  const letters = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "");
  const width = /^0+$/.test(code) ? code.length : 0;
  const isDay = /[yd]/i.test(letters) && !/[0#?]/.test(letters);
  return { isDay, width, ...(isDay ? { currency: undefined, places: 0 } : unitIn(code)) };
};

/** The first section of a format, which is for numbers above zero and stands for all. */
const FIRST_SECTION = /^(?:"[^"]*"|\\.|[^;"])*/;
const SIGN_OR_WORD = /\[\$([^\]-]*)[^\]]*\]|"([^"]*)"|\\(.)|([\u20ac\u00a3])|[^"\\]/g;
/** Commas behind the last digit: the cell shows thousands of what is kept. */
const SHOWN_IN_THOUSANDS = /[0#?],+(?![0#?,])/;

/** The currency and scale that a format writes beside its numbers: `"EUR"`, `[$\u20ac-407]`, `"k\u20ac"`. */
const unitIn = (code: string): Pick<NumberFormat, "currency" | "places"> => {
  const [section = ""] = FIRST_SECTION.exec(code) ?? [];
  const [, code3, sign, place = ""] = /\[\$(?:([A-Z]{3})|([^\]-]+))(?:-([^\]]*))?\]/.exec(section) ?? [];
  const beside = section.replace(SIGN_OR_WORD, (_, ...[a, b, c, d]: (string | undefined)[]) => a ?? b ?? c ?? d ?? " ");
  const { currency, scale } = unitOfHeading(beside.replace(/\s+/g, " ").trim());
  return {
    currency: code3 ?? currency ?? (sign && SHARED_SIGNS.get(`${sign.trim()} ${place.toUpperCase()}`)),
    places: SHOWN_IN_THOUSANDS.test(section) ? 0 : (SUFFIX_EXPONENT.get(scale) ?? 0),
  };
};

/** The currencies of signs that several have, by the sign and the number of the place that a format names (MS-LCID). */
const SHARED_SIGNS: ReadonlyMap<string, string> = new Map([
  ["$ 409", "USD"],
  ["$ 1009", "CAD"],
  ["$ C0C", "CAD"],
  ["$ C09", "AUD"],
  ["kr 41D", "SEK"],
  ["kr 414", "NOK"],
  ["kr 406", "DKK"],
  ["\u00a5 411", "JPY"],
  ["\u00a5 804", "CNY"],
]);

interface Reading {
  readonly file: string;
  readonly texts: readonly (Cell | undefined)[];
  readonly formats: readonly NumberFormat[];
  readonly from1904: boolean;
}

const sheetOf = (root: XmlElement, reading: Reading): SheetContent => {
  const found = new SheetRows(reading.file);
  let number = 0;
  for (const row of childrenOf(childOf(root, "sheetData"), "row")) {
    number = rowNumber(row, number, reading);
    found.add(number, cellsOf(row, number, reading), isOn(row.attributes["hidden"]));
  }
  const merged = childrenOf(childOf(root, "mergeCells"), "mergeCell").flatMap(({ attributes }) =>
    rangeOf(attributes["ref"]),
  );
  return { rows: found.rows, merged };
};

const DAMAGED = "two programs may read it as different sheets: open it in a spreadsheet, and save it";

/**
 * The number of a row. Rows stand in the order of their numbers, each once. One that states none follows the one
 * before. Throws DataError for a row that breaks this.
 */
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

/** The cells of a row, in their order. Few of the columns that a sheet has room for are used. */
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

/**
 * The column of a cell. Cells are named by their row and column, and stand in this order, each once. One without a name
 * follows the one before. Throws DataError for a cell that breaks this.
 */
const columnOf = ({ attributes: { r: name } }: XmlElement, row: number, before: number, { file }: Reading): number => {
  const named = name === undefined ? { row, column: before + 1 } : cellNamed(name);
  if (named?.row !== row || named.column >= MOST_COLUMNS)
    throw notReadable(file, `its row ${row} has a cell "${name ?? "without a name"}", and can have none`, DAMAGED);
  if (named.column <= before)
    throw notReadable(file, `its cell ${cellName(row, named.column)} stands twice, or behind another`, DAMAGED);
  return named.column;
};

const cellOf = (element: XmlElement, reading: Reading): Cell | undefined => {
  const { t: type = "n", s: style = "" } = element.attributes;
  if (type === "inlineStr") return textCell(richText(childOf(element, "is") ?? element));
  const written = childOf(element, "v")?.text.trim();
  // A formula that comes to an empty text has a result, which is empty.
  if (written === "" && type === "str") return undefined;
  if (written === undefined || written === "") return childOf(element, "f") === undefined ? undefined : UNRECKONED;
  switch (type) {
    case "s":
      return reading.texts[Number(written)];
    case "b":
      return flagCell(written === "1");
    case "e":
      return errorCell(written);
    case "d":
      return dayCell(written);
    case "n":
      return formattedCell(written, reading.formats[Number(style)] ?? PLAIN, reading.from1904);
    default:
      return textCell(written);
  }
};

const formattedCell = (written: string, format: NumberFormat, from1904: boolean): Cell => {
  const { isDay, currency, width, places } = format;
  const number = numberCell(written, currency, width, places);
  if (!isDay || number.kind === "fault") return number;
  const day = dayOfSerial(number.text, from1904);
  return day === undefined ? { text: `${number.text}, which is no day`, kind: "fault" } : dayCell(day);
};

const rangeOf = (reference = ""): readonly MergedCells[] => {
  const [first, last] = reference.split(":").map(cellNamed);
  if (first === undefined || last === undefined) return [];
  return [{ firstRow: first.row, lastRow: last.row, firstColumn: first.column, lastColumn: last.column }];
};
