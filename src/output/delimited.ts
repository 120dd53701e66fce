import type { Cell, Column, Report } from "../engine/report.ts";
import { codeOf, HIDDEN_CLASS } from "../model/hidden-characters.ts";
import { cellLines, isEmpty } from "./cell-text.ts";
import { type FigureFields, figureFieldsOf, figuresIn, headingsOf, linesNeeded } from "./figure-fields.ts";
import type { ExcelDialect, Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";

/** Characters that a log ignores within a command. */
const IGNORED = `(?:(?![\\t\\r\\n])[${HIDDEN_CLASS}])`;
/** Characters that a spreadsheet ignores before a formula, and a log before a command. */
const BLANK = `(?:(?![\\t\\r\\n])[\\s${HIDDEN_CLASS}])`;
const LEAD = `(?:${BLANK}|['"])*`;
const FORMULA = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;
const COMMAND = `(?::${IGNORED}*:|section_(?:start|end):)`;

/** Puts an apostrophe after the blanks, where a spreadsheet that drops blanks looks for it. */
const guardPart = (_: string, separator: string, blanks: string, rest: string): string =>
  `${separator}${blanks}'${rest}`;

/**
 * Matches texts that need no guard: they begin with a letter or digit, and have one wherever a spreadsheet may split
 * them. Names, ids, days, places and most lists are such texts.
 */
const HARMLESS =
  /^(?!section_)(?:[a-z\d\u00c0-\u024f](?:[-+=@\w .()&/:\u00c0-\u024f]|[,;] ?(?=[a-z\d\u00c0-\u024f]))*)?$/i;

/**
 * Guards a text so that a spreadsheet shows it instead of running it, and a log shows it instead of obeying it. An
 * apostrophe goes before each place where a formula or command would begin. Taking these away restores the text. If
 * `raw`, formulas stay as they are, because the file may be for no spreadsheet, but any output may end up in a log.
 */
const guardOf = (raw: boolean): ((text: string) => string) => {
  const beginning = raw ? COMMAND : `${FORMULA}|[\\t\\r]|${COMMAND}`;
  /** A cell that a spreadsheet would run as a formula, or that a log would obey at the beginning of a line. */
  const runs = new RegExp(`^[\\s${HIDDEN_CLASS}'"]*(?:${beginning})`, "iu");
  /**
   * A formula after a character at which some settings of spreadsheets split a cell, quoted or not. European ones split
   * at semicolons.
   */
  const runsWithin = new RegExp(`([;,\\t\\r\\n])(${BLANK}*)((?:['"]${LEAD})?)(?=${FORMULA})`, "gu");
  /** A further line within a cell that a log would obey, however the cell is quoted. */
  const obeyedWithin = new RegExp(`([\\r\\n])((?:${BLANK}|\\t)*)((?:['"](?:${BLANK}|['"\\t])*)?)(?=${COMMAND})`, "giu");
  /** A command that a log obeys anywhere in a line. */
  const obeyedAnywhere = new RegExp(`(#(?:${IGNORED}|')*)(?=#${IGNORED}*(?:\\[|vso|teamcity))`, "giu");
  return (text) => {
    if (HARMLESS.test(text)) return text;
    const calm = raw ? text : text.replace(runsWithin, guardPart);
    const within = calm.replace(obeyedWithin, guardPart).replace(obeyedAnywhere, "$1'");
    return runs.test(text) ? `'${within}` : within;
  };
};

/** Quotes also keep a line from beginning with `::`, which GitHub's log would obey. */
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$|^:.*:|^section_/;

const csvField = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const TSV_ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\t", "\\t"],
  ["\n", "\\n"],
  ["\r", "\\r"],
]);
const tsvField = (text: string): string => text.replace(/[\\\t\n\r]/g, (char) => TSV_ESCAPES.get(char) ?? char);

/** A cell without figures, as one field. */
const plainText = (cell: Cell | undefined): string => {
  if (cell === undefined || isEmpty(cell)) return "";
  return cell.type === "count" ? String(cell.value) : cellLines(cell).join("; ");
};

/** Shows half of a surrogate pair by its code, because it has no bytes in UTF-8. */
const wellFormed = (text: string): string =>
  text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, (half) => `<${codeOf(half)}>`);

interface Notation extends ExcelDialect {
  readonly field: (text: string) => string;
  readonly mark: string;
}

/** Writes the fields of a cell for the nth line of its row. Further lines repeat everything but figures. */
type CellWriter = (cell: Cell | undefined, nth: number) => string;

/** How fields are written: those of texts, which are guarded, and those of figures. */
interface FieldWriter {
  readonly ofText: (text: string) => string;
  readonly ofFigure: (text: string) => string;
  readonly separator: string;
  readonly decimal: string;
}

const figureWriter = (
  type: Column<never>["type"],
  fields: readonly (keyof FigureFields)[],
  to: FieldWriter,
): CellWriter => {
  const { separator, decimal, ofText, ofFigure } = to;
  /** A field of a figure, with its numbers as Excel reads them in the language. */
  const fieldIn = (figure: FigureFields, field: keyof FigureFields): string =>
    decimal !== "." && figure.state === "known" && (field === "value" || field === "least")
      ? ofFigure(figure[field].replace(".", decimal))
      : ofFigure(figure[field]);
  const written = (figure: FigureFields): string => {
    let text = "";
    for (const field of fields) text += field === "value" ? fieldIn(figure, field) : separator + fieldIn(figure, field);
    return text;
  };
  const empty = separator.repeat(fields.length - 1);
  return (cell, nth) => {
    if (cell === undefined && type === "any") return empty;
    const figures = figuresIn(cell);
    if (figures === undefined) return ofText(plainText(cell)) + empty;
    const figure = figures[nth];
    return figure === undefined ? empty : written(figure);
  };
};

const cellWriter = (type: Column<never>["type"], to: FieldWriter): CellWriter => {
  const fields = figureFieldsOf(type);
  if (fields !== undefined) return figureWriter(type, fields, to);
  return (cell, nth) => (nth > 0 && type === "count" ? "" : to.ofText(plainText(cell)));
};

async function* delimited<Row>(
  { columns, batches }: Report<Row>,
  { raw, terminal }: Surface,
  { separator, decimal, field, mark }: Notation,
): AsyncGenerator<string> {
  const guarded = guardOf(raw);
  const show = terminal ? safeText : wellFormed;
  const ofFigure = (text: string) => field(show(text));
  const ofText = (text: string) => field(show(guarded(text)));
  const writers = columns.map(({ type }) => cellWriter(type, { ofText, ofFigure, separator, decimal }));
  yield `${mark}${headingsOf(columns).map(ofFigure).join(separator)}\n`;
  for await (const batch of batches) {
    let text = "";
    for (const row of batch) {
      const cells = columns.map(({ cell }) => cell(row));
      const lines = linesNeeded(cells);
      for (let nth = 0; nth < lines; nth++) {
        writers.forEach((write, index) => {
          text += index === 0 ? write(cells[index], nth) : separator + write(cells[index], nth);
        });
        text += "\n";
      }
    }
    yield text;
  }
}

const CSV: Notation = { separator: ",", decimal: ".", field: csvField, mark: "" };
const TSV: Notation = { separator: "\t", decimal: ".", field: tsvField, mark: "" };

/** Adds the byte order mark by which Excel recognises UTF-8, and quotes around fields that its separator would cut. */
const excelNotation = (dialect: ExcelDialect): Notation => ({
  ...dialect,
  field: (text) => (text.includes(dialect.separator) && !NEEDS_QUOTES.test(text) ? `"${text}"` : csvField(text)),
  mark: "\uFEFF",
});

/**
 * Comma-separated values (RFC 4180, lines ended by a line feed). Several texts of one cell are joined by "; ". Amounts
 * in several currencies take a line each. Only the first of these lines has the other figures of the row, so that no
 * sum counts them twice. For Excel, the file begins with a byte order mark, and has the separator and the decimal mark
 * of a language.
 */
export const formatCsv = <Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> =>
  delimited(report, surface, surface.excel === undefined ? CSV : excelNotation(surface.excel));

/** Tab-separated values; backslash, tab and line breaks inside a value are written \\, \t, \n and \r. */
export const formatTsv = <Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> =>
  delimited(report, surface, TSV);
