import type { Cell, Column, Report } from "../engine/report.ts";
import { codeOf, HIDDEN_CLASS } from "../model/hidden-characters.ts";
import { cellLines, isEmpty } from "./cell-text.ts";
import { figureFieldsOf, figuresIn, headingsOf, type LineParts, linesOf, NO_FIGURE } from "./figure-fields.ts";
import type { ExcelDialect, Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";

/** What a log overlooks within a command. */
const IGNORED = `(?:(?![\\t\\r\\n])[${HIDDEN_CLASS}])`;
/** What a spreadsheet overlooks before a formula, and a log before a command. */
const BLANK = `(?:(?![\\t\\r\\n])[\\s${HIDDEN_CLASS}])`;
const LEAD = `(?:${BLANK}|['"])*`;
const FORMULA = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;
/** What a log obeys where a line begins with it. */
const COMMAND = `(?::${IGNORED}*:|section_(?:start|end):)`;

/** An apostrophe behind the blanks, where a spreadsheet looks for it that drops them. */
const guardPart = (_: string, separator: string, blanks: string, rest: string): string =>
  `${separator}${blanks}'${rest}`;

/**
 * Whether there is nothing in a text to look at closely: it begins with a letter or digit, and behind what a spreadsheet may
 * split it at there is one, too. So are names, ids, days, places and most lists.
 */
const HARMLESS =
  /^(?!section_)(?:[a-z\d\u00c0-\u024f](?:[-+=@\w .()&/:\u00c0-\u024f]|[,;] ?(?=[a-z\d\u00c0-\u024f]))*)?$/i;

/**
 * Makes a text one that a spreadsheet shows instead of running it, and that a log shows instead of obeying it. It has an
 * apostrophe before each place where one of them would begin; taking these away gives it back. Raw, formulas stay as they
 * are: a file may be for no spreadsheet, but whatever is written may come into a log.
 */
const guardOf = (raw: boolean): ((text: string) => string) => {
  const beginning = raw ? COMMAND : `${FORMULA}|[\\t\\r]|${COMMAND}`;
  /** A cell that a spreadsheet would run as a formula, or a log obey where it begins a line. */
  const runs = new RegExp(`^[\\s${HIDDEN_CLASS}'"]*(?:${beginning})`, "iu");
  /** The same behind what some settings of spreadsheets split a cell at, quotes or not: European ones at semicolons. */
  const runsWithin = new RegExp(`([;,\\t\\r\\n])(${BLANK}*)((?:['"]${LEAD})?)(?=${FORMULA})`, "gu");
  /** A line of several within a cell that a log would obey, however the cell is quoted. */
  const obeyedWithin = new RegExp(`([\\r\\n])((?:${BLANK}|\\t)*)((?:['"](?:${BLANK}|['"\\t])*)?)(?=${COMMAND})`, "giu");
  /** What a log obeys anywhere in a line. */
  const obeyedAnywhere = new RegExp(`(#(?:${IGNORED}|')*)(?=#${IGNORED}*(?:\\[|vso|teamcity))`, "giu");
  return (text) => {
    if (HARMLESS.test(text)) return text;
    const calm = raw ? text : text.replace(runsWithin, guardPart);
    const within = calm.replace(obeyedWithin, guardPart).replace(obeyedAnywhere, "$1'");
    return runs.test(text) ? `'${within}` : within;
  };
};

/** Quotes also keep a field that begins with `::` from beginning a line so, which GitHub's log would obey. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^:.*:|^section_/;

const csvField = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const TSV_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);
const tsvField = (text: string): string => text.replace(/[\\\t\n\r]/g, (char) => TSV_ESCAPES.get(char) ?? char);

/** What is no figure, in one field. */
const plainText = (cell: Cell | undefined, guarded: (text: string) => string): string => {
  if (cell === undefined || isEmpty(cell)) return "";
  return cell.type === "count" ? String(cell.value) : guarded(cellLines(cell).join("; "));
};

/** The fields of one cell in the nth line of its row; further lines say each figure once, and repeat all else. */
const fieldsOf = (
  type: Column<never>["type"],
  cell: Cell | undefined,
  nth: number,
  guarded: (text: string) => string,
): readonly string[] => {
  const fields = figureFieldsOf(type);
  if (fields === undefined) return [nth > 0 && type === "count" ? "" : plainText(cell, guarded)];
  const figures = type === "any" && cell === undefined ? [NO_FIGURE] : figuresIn(cell);
  const figure = figures === undefined ? { ...NO_FIGURE, value: plainText(cell, guarded) } : figures[nth];
  return fields.map((field) => (figure ?? NO_FIGURE)[field]);
};

/** The same with the numbers of figures as Excel reads them in a language. */
const withDecimals =
  (decimal: string, parts: LineParts<string>): LineParts<string> =>
  (column, cell, nth) => {
    const texts = parts(column, cell, nth);
    const fields = figureFieldsOf(column.type) ?? [];
    if (texts[fields.indexOf("state")] !== "known") return texts;
    return texts.map((text, index) =>
      fields[index] === "value" || fields[index] === "least" ? text.replace(".", decimal) : text,
    );
  };

/** Half of a surrogate pair has no bytes: it is told by its code. */
const wellFormed = (text: string): string =>
  text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, (half) => `<${codeOf(half)}>`);

/** How lines are written. */
interface Notation extends ExcelDialect {
  readonly field: (text: string) => string;
  /** What the file begins with. */
  readonly mark: string;
}

async function* delimited<Row>(
  { columns, batches }: Report<Row>,
  { raw, terminal }: Surface,
  { separator, decimal, field, mark }: Notation,
): AsyncGenerator<string> {
  const guarded = guardOf(raw);
  const show = terminal ? safeText : wellFormed;
  const plain: LineParts<string> = ({ type }, cell, nth) => fieldsOf(type, cell, nth, guarded);
  const fieldsIn = decimal === "." ? plain : withDecimals(decimal, plain);
  const line = (fields: readonly string[]) => `${fields.map((text) => field(show(text))).join(separator)}\n`;
  yield mark + line(headingsOf(columns));
  for await (const batch of batches) {
    let text = "";
    for (const row of batch) for (const fields of linesOf(columns, row, fieldsIn)) text += line(fields);
    yield text;
  }
}

const CSV: Notation = { separator: ",", decimal: ".", field: csvField, mark: "" };
const TSV: Notation = { separator: "\t", decimal: ".", field: tsvField, mark: "" };

/** With the mark by which Excel knows UTF-8, and quotes about what its separators would cut. */
const excelNotation = (dialect: ExcelDialect): Notation => ({
  ...dialect,
  field: (text) => (text.includes(dialect.separator) && !NEEDS_QUOTES.test(text) ? `"${text}"` : csvField(text)),
  mark: "\uFEFF",
});

/**
 * Comma-separated values (RFC 4180, lines ended by a line feed). Several texts of one cell are joined by "; "; amounts in
 * several currencies take a line each, of which only the first has the other figures of the row, so that no sum counts
 * them twice. For Excel it begins with a byte order mark, and has the separator and the decimal mark of a language.
 */
export const formatCsv = <Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> =>
  delimited(report, surface, surface.excel === undefined ? CSV : excelNotation(surface.excel));

/** Tab-separated values; backslash, tab and line breaks inside a value are written \\, \t, \n and \r. */
export const formatTsv = <Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> =>
  delimited(report, surface, TSV);
