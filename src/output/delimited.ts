import type { Cell, Column, Report } from "../engine/report.ts";
import { exactLiteral, isKnown, unitOf } from "../model/money.ts";
import { formatRatio } from "../model/ratio.ts";
import { cellLines } from "./cell-text.ts";
import type { Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";

/** What a spreadsheet would run as a formula, also behind spaces and apostrophes. */
const FORMULA = /^'*\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A text that a spreadsheet shows instead of running; taking away the one apostrophe gives it back. */
const guardFormula = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

const csvField = (text: string): string => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

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

const texts = <Row>({ type, cell }: Column<Row>, row: Row, guard: (text: string) => string): string[] => {
  const value = cell(row);
  if (type === "money") return moneyTexts(value);
  if (value === undefined) return [""];
  if (value.type === "count") return [String(value.value)];
  if (value.type === "percent" || value.type === "decimal") return [formatRatio(value.value)];
  if (value.type === "money") return [moneyTexts(value).join(" ").trim()];
  return [guard(isEmpty(value) ? "" : cellLines(value).join("; "))];
};

const isEmpty = (cell: Cell): boolean => Array.isArray(cell.value) && cell.value.length === 0;

const moneyTexts = (cell: Cell | undefined): string[] => {
  if (cell?.type !== "money" || cell.value === "missing") return ["", ""];
  return isKnown(cell.value) ? [exactLiteral(cell.value), unitOf(cell.value)] : ["withheld", ""];
};

const formatDelimited = (separator: string, field: (text: string) => string) =>
  async function* <Row>({ columns, batches }: Report<Row>, { raw, terminal }: Surface): AsyncGenerator<string> {
    const guard = raw ? (text: string) => text : guardFormula;
    const show = terminal ? (text: string) => field(safeText(text)) : field;
    const line = (fields: readonly string[]) => `${fields.map(show).join(separator)}\n`;
    yield line(columns.flatMap(headings));
    for await (const batch of batches) {
      let text = "";
      for (const row of batch) text += line(columns.flatMap((column) => texts(column, row, guard)));
      yield text;
    }
  };

/** Comma-separated values (RFC 4180, lines ended by a line feed); several values of one cell are joined by "; ". */
export const formatCsv = formatDelimited(",", csvField);

/** Tab-separated values; backslash, tab and line breaks inside a value are written \\, \t, \n and \r. */
export const formatTsv = formatDelimited("\t", tsvField);
