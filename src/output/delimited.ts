import type { Cell, Column, Report } from "../engine/report.ts";
import { codeOf, HIDDEN_CLASS } from "../model/hidden-characters.ts";
import { exactLiteral, isKnown, unitOf } from "../model/money.ts";
import { formatRatio } from "../model/ratio.ts";
import { cellLines } from "./cell-text.ts";
import type { Surface } from "./format.ts";
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

/** Whether there is nothing in a text to look at closely. */
const HARMLESS = /^[\w .()&/\u00c0-\u024f]*$/;

/**
 * Makes a text one that a spreadsheet shows instead of running it, and that a log shows instead of obeying it. It has an
 * apostrophe before each place where one of them would begin; taking these away gives it back. The patterns are made only
 * where there is something to guard.
 */
const guardOf = (): ((text: string) => string) => {
  /** A cell that a spreadsheet would run as a formula, or a log obey where it begins a line. */
  const runs = new RegExp(`^[\\s${HIDDEN_CLASS}'"]*(?:${FORMULA}|[\\t\\r]|${COMMAND})`, "iu");
  /** The same behind what some settings of spreadsheets split a cell at, quotes or not: European ones at semicolons. */
  const runsWithin = new RegExp(`([;,\\t\\r\\n])(${BLANK}*)((?:['"]${LEAD})?)(?=${FORMULA})`, "gu");
  /** A line of several within a cell that a log would obey, however the cell is quoted. */
  const obeyedWithin = new RegExp(`([\\r\\n])(${BLANK}*)((?:['"]${LEAD})?)(?=${COMMAND})`, "giu");
  /** What a log obeys anywhere in a line. */
  const obeyedAnywhere = new RegExp(`(#(?:${IGNORED}|')*)(?=#${IGNORED}*(?:\\[|vso|teamcity))`, "giu");
  return (text) => {
    if (HARMLESS.test(text)) return text;
    const within = text.replace(runsWithin, guardPart).replace(obeyedWithin, guardPart).replace(obeyedAnywhere, "$1'");
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

/** A money column is two: the figure, which stays a number, and its unit, by which like amounts may be added up. */
const headings = <Row>({ name, type }: Column<Row>): string[] =>
  type === "money" ? [name, `${name}_currency`] : [name];

const texts = <Row>({ type, cell }: Column<Row>, row: Row, guarded: (text: string) => string): string[] => {
  const value = cell(row);
  if (type === "money") return moneyTexts(value);
  if (value === undefined) return [""];
  if (value.type === "count") return [String(value.value)];
  if (value.type === "percent" || value.type === "decimal") return [formatRatio(value.value)];
  if (value.type === "money") return [moneyTexts(value).join(" ").trim()];
  return [isEmpty(value) ? "" : guarded(cellLines(value).join("; "))];
};

/** Half of a surrogate pair has no bytes: it is told by its code. */
const wellFormed = (text: string): string =>
  text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, (half) => `<${codeOf(half)}>`);

const isEmpty = (cell: Cell): boolean => Array.isArray(cell.value) && cell.value.length === 0;

const moneyTexts = (cell: Cell | undefined): string[] => {
  if (cell?.type !== "money" || cell.value === "missing") return ["", ""];
  return isKnown(cell.value) ? [exactLiteral(cell.value), unitOf(cell.value)] : ["withheld", ""];
};

const formatDelimited = (separator: string, field: (text: string) => string) =>
  async function* <Row>({ columns, batches }: Report<Row>, { raw, terminal }: Surface): AsyncGenerator<string> {
    const guarded = raw ? (text: string) => text : guardOf();
    const show = terminal ? safeText : wellFormed;
    const line = (fields: readonly string[]) => `${fields.map((text) => field(show(text))).join(separator)}\n`;
    yield line(columns.flatMap(headings));
    for await (const batch of batches) {
      let text = "";
      for (const row of batch) text += line(columns.flatMap((column) => texts(column, row, guarded)));
      yield text;
    }
  };

/** Comma-separated values (RFC 4180, lines ended by a line feed); several values of one cell are joined by "; ". */
export const formatCsv = formatDelimited(",", csvField);

/** Tab-separated values; backslash, tab and line breaks inside a value are written \\, \t, \n and \r. */
export const formatTsv = formatDelimited("\t", tsvField);
