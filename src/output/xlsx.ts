import writeWorkbook, { type Feature, type Image, type Sheet, type Cell as SheetCell } from "write-excel-file/node";
import type { Cell, Closing, Column, Report, Summary } from "../engine/report.ts";
import { UsageError } from "../model/errors.ts";
import { isKnown, type Money, unitOf } from "../model/money.ts";
import { precisionOf, type ReckonedDate } from "../model/partial-date.ts";
import { cellLines, isEmpty } from "./cell-text.ts";
import { type FigureFields, figureFieldsOf, figuresIn, headingsOf, linesOf, NO_FIGURE } from "./figure-fields.ts";
import type { Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { isKnownCell } from "./visible-columns.ts";

type FileContent = Image["content"];
type SheetRow = SheetCell[];
type FieldName = keyof FigureFields;

const MOST_ROWS = 1_048_576;
const LONGEST_TEXT = 32_767;
/** Spreadsheets calculate in binary and keep no more digits than these. */
const MOST_DIGITS = 15;
/** Spreadsheets take 1900 for a leap year, so a day has one number only from here on. */
const FIRST_YEAR = 1901;

const WIDEST = 60;
const NARROWEST = 8;
/** What formatting adds to the width of a number: marks between thousands, and the currency behind it. */
const GROUPED = 4 / 3;
const CURRENCY = 4;

/** A text is never a formula here, whatever it begins with. */
const textCell = (text: string): SheetCell => {
  if (text === "") return null;
  const safe = safeText(text);
  return { type: String, value: safe.length > LONGEST_TEXT ? `${safe.slice(0, LONGEST_TEXT - 1)}…` : safe };
};

const headingCell = (text: string): SheetCell => ({ type: String, value: text, fontWeight: "bold" });
const digitsIn = (literal: string): number => literal.replace(/^-?0*|\./g, "").length;

const decimalsIn = (literal: string): string => {
  const [, decimals = ""] = literal.split(".");
  return decimals === "" ? "#,##0" : `#,##0.${"0".repeat(decimals.length)}`;
};

const unitFormat = (unit: string): string => {
  if (unit === "") return "";
  return /^[A-Z]{3}( incl\. VAT)?$/.test(unit) ? ` [$${unit.slice(0, 3)}]` : ` "${unit.replaceAll(/["\\]/g, "")}"`;
};

/** A number that a spreadsheet can add up, with its currency. One with more digits than it keeps becomes a text. */
const numberCell = (literal: string, currency: string): SheetCell => {
  if (literal === "") return null;
  if (digitsIn(literal) > MOST_DIGITS) return textCell(literal);
  const format = decimalsIn(literal) + unitFormat(currency);
  return { type: Number, value: Number(literal), format };
};

/** A spreadsheet stores 73.5 percent as 0.735, and shows 73.5%. */
const percentCell = (literal: string): SheetCell => {
  if (literal === "") return null;
  return { type: Number, value: Number(`${literal}e-2`), format: "0.0%" };
};

const dateCell = (date: ReckonedDate, text: string): SheetCell => {
  if (precisionOf(date) !== "day" || !("year" in date) || date.year < FIRST_YEAR) return textCell(text);
  const { year, month = 1, day = 1 } = date;
  return { type: Date, value: new Date(Date.UTC(year, month - 1, day)), format: "yyyy-mm-dd" };
};

const plainCell = (cell: Cell | undefined): SheetCell => {
  if (cell === undefined || isEmpty(cell)) return null;
  const text = cellLines(cell).join("; ");
  switch (cell.type) {
    case "count":
      return { type: Number, value: cell.value };
    case "date":
      return dateCell(cell.value, text);
    default:
      return textCell(text);
  }
};

const figureCell = (figure: FigureFields, field: FieldName, type?: Cell["type"]): SheetCell => {
  if (field !== "value" && field !== "least") return textCell(figure[field]);
  return type === "percent" ? percentCell(figure[field]) : numberCell(figure[field], figure.currency);
};

/**
 * The cells of a column, as in CSV: a figure takes several, and further lines of a row repeat everything but figures.
 */
const cellsOf = (type: Column<never>["type"], cell: Cell | undefined, nth: number): readonly SheetCell[] => {
  const fields = figureFieldsOf(type);
  if (fields === undefined) return [nth > 0 && type === "count" ? null : plainCell(cell)];
  const figures = type === "any" && cell === undefined ? [] : figuresIn(cell);
  if (figures === undefined) return [plainCell(cell), ...fields.slice(1).map(() => null)];
  return fields.map((field) => figureCell(figures[nth] ?? NO_FIGURE, field, cell?.type));
};

const rowsOf = <Row>(columns: readonly Column<Row>[], row: Row, repeating: readonly string[]): readonly SheetRow[] =>
  linesOf<Row, SheetCell>(columns, row, ({ name, type }, cell, nth) => {
    const shown = cellsOf(type, cell, nth);
    return repeating.includes(name) ? shown.map(asText) : shown;
  }).map((line) => [...line]);

/** A number as text, which a sum passes over. */
const asText = (cell: SheetCell): SheetCell => {
  if (typeof cell !== "object" || cell === null || !("value" in cell) || typeof cell.value !== "number") return cell;
  const decimals = /0\.(0+)/.exec(cell.format ?? "")?.[1]?.length ?? 0;
  const text = cell.value.toLocaleString("en", {
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, 4),
  });
  return { type: String, value: text, align: "right" };
};

/**
 * The rows of the table. Those that people see as totals below it have a sheet of their own, and are left out unless
 * there are no others.
 */
const readRows = async <Row>({ batches, summarised = () => false }: Report<Row>): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  const sums: Row[] = [];
  for await (const batch of batches) {
    for (const row of batch) (summarised(row) ? sums : rows).push(row);
    if (rows.length >= MOST_ROWS) {
      throw new UsageError(`a sheet has room for ${MOST_ROWS - 1} rows`, "use --limit, or --format csv");
    }
  }
  return rows.length > 0 ? rows : sums;
};

const amountsIn = (cell: Cell | undefined): readonly Money[] => {
  if (cell?.type === "money") return isKnown(cell.value) ? [cell.value] : [];
  return cell?.type === "moneys" ? cell.value.filter(isKnown) : [];
};

/** Amounts by unit, added up as a spreadsheet would. */
const sumsOf = (amounts: Iterable<Money>): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const amount of amounts) sums.set(unitOf(amount), (sums.get(unitOf(amount)) ?? 0n) + amount.minor);
  return sums;
};

/**
 * The columns whose sum would count more than once what their rows share (T1). Their sum is not the total, or, if there
 * is no total, they are declared as overlapping.
 */
const repeatingColumns = <Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { summaries }: Closing,
): readonly string[] =>
  columns
    .filter(({ name, overlapping = false, cell }) => {
      const totals = sumsOf(summaries.filter(({ column }) => column === name).flatMap(({ amounts }) => amounts));
      if (totals.size === 0) return overlapping && rows.length > 1;
      const sums = sumsOf(rows.flatMap((row) => amountsIn(cell(row))));
      return [...totals].some(([unit, total]) => sums.get(unit) !== total);
    })
    .map(({ name }) => name);

const totalRow = (name: string, { label, column, remark = "" }: Summary, figure: FigureFields): SheetRow => [
  ...[name, label, column].map(textCell),
  ...(["value", "currency", "bound", "least"] as const).map((field) => figureCell(figure, field)),
  textCell(remark),
];

const TOTAL_HEADINGS = ["sheet", "label", "column", "total", "total_currency", "total_bound", "total_least", "remark"];

const totalsOf = (name: string, { summaries }: Closing): SheetRow[] =>
  summaries.flatMap((summary) =>
    (figuresIn({ type: "moneys", value: summary.amounts }) ?? [])
      .filter(({ state }) => state === "known")
      .map((figure) => totalRow(name, summary, figure)),
  );

const notesOf = (name: string, { notes }: Closing, repeating: readonly string[]): SheetRow[] =>
  [...notes, ...repetitionNote(repeating)].map((note) => [name, note].map(textCell));

const repetitionNote = (repeating: readonly string[]): readonly string[] => {
  if (repeating.length === 0) return [];
  const [are, them] = repeating.length === 1 ? ["is text", "it"] : ["are text", "them"];
  return [`The rows repeat what they share: ${repeating.join(", ")} ${are}, so that no sum counts ${them} twice.`];
};

const lengthOf = (cell: SheetCell | undefined): number => {
  if (cell === null || cell === undefined || typeof cell !== "object" || !("value" in cell)) return 0;
  if (cell.value instanceof Date) return "2000-01-01".length;
  const { length } = String(cell.value);
  return typeof cell.value === "number" ? GROUPED * length + CURRENCY : length;
};

const widthsOf = (rows: readonly SheetRow[]): { readonly width: number }[] =>
  (rows[0] ?? []).map((_, index) => {
    const longest = rows.reduce((most, row) => Math.max(most, lengthOf(row[index])), 0);
    return { width: Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(longest) + 2)) };
  });

const sheetOf = (name: string, rows: SheetRow[]): Sheet<FileContent> => ({
  sheet: name,
  data: rows,
  columns: widthsOf(rows),
  stickyRowsCount: 1,
  orientation: "landscape",
});

const columnLetters = (index: number): string =>
  (index < 26 ? "" : columnLetters(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

/** Buttons in the headings by which people narrow the rows. */
const filters = (sheets: readonly Sheet<FileContent>[]): Feature<FileContent> => ({
  files: {
    transform: {
      "xl/worksheets/sheet{id}.xml": {
        insert: (_, { sheetIndex }) => {
          const rows = sheets[sheetIndex]?.data ?? [];
          return `<autoFilter ref="A1:${columnLetters((rows[0]?.length ?? 1) - 1)}${rows.length}"/>`;
        },
      },
    },
  },
});

/** The columns with any value, and those that were asked for; all columns of an answer without rows. */
const filledColumns = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly Column<Row>[] =>
  rows.length === 0
    ? columns
    : columns.filter(({ shown, cell }) => shown === "asked" || rows.some((row) => isKnownCell(cell(row))));

/**
 * For each column of cells, whether it stays even if it is empty: only the first of a column that was asked for does.
 */
const staysEmpty = <Row>(columns: readonly Column<Row>[]): readonly boolean[] =>
  columns.flatMap(({ type, shown }) =>
    (figureFieldsOf(type) ?? ["value"]).map((_, nth) => shown === "asked" && nth === 0),
  );

/** The lines of a table, the headings first, without what is empty in all of them. */
const withoutEmpty = (
  [headings = [], ...rows]: readonly SheetRow[],
  stays: readonly boolean[],
): { readonly lines: SheetRow[]; readonly left: readonly string[] } => {
  const isKept = headings.map(
    (_, at) => rows.length === 0 || stays[at] === true || rows.some((row) => row[at] !== null),
  );
  const left = headings.flatMap((heading, at) =>
    isKept[at] === true || typeof heading !== "object" || heading === null || !("value" in heading)
      ? []
      : [`${heading.value}`],
  );
  return { lines: [headings, ...rows].map((line) => line.filter((_, at) => isKept[at] === true)), left };
};

/** A table of a workbook: its sheet, and its lines on the sheets of totals and notes. */
interface Table {
  readonly rows: Sheet<FileContent>;
  readonly totals: readonly SheetRow[];
  readonly notes: readonly SheetRow[];
}

/**
 * A report as a sheet: rows with the fields of CSV, numbers as numbers and days as days. Text is what a spreadsheet cannot
 * hold exactly, and a column that no sum may add up.
 */
export const tableOf = async <Row>(
  name: string,
  report: Report<Row>,
  which: "all" | "filled" = "all",
): Promise<Table> => {
  const rows = await readRows(report);
  const columns = which === "all" ? report.columns : filledColumns(report.columns, rows);
  const closing = report.closing();
  const repeating = repeatingColumns(columns, rows, closing);
  const all = [headingsOf(columns).map(headingCell), ...rows.flatMap((row) => rowsOf(columns, row, repeating))];
  const { lines, left } = which === "all" ? { lines: all, left: [] } : withoutEmpty(all, staysEmpty(columns));
  const empty = [...report.columns.filter((column) => !columns.includes(column)).map((column) => column.name), ...left];
  return {
    rows: sheetOf(name, lines),
    totals: totalsOf(name, closing),
    notes: [
      ...notesOf(name, closing, repeating),
      ...(empty.length === 0
        ? []
        : [[name, `Columns that would be empty are left out: ${empty.join(", ")}.`].map(textCell)]),
    ],
  };
};

const remarksOf = (name: string, headings: readonly string[], rows: readonly SheetRow[]): Sheet<FileContent>[] =>
  rows.length === 0 ? [] : [sheetOf(name, withoutEmpty([headings.map(headingCell), ...rows], []).lines)];

/** Without a named font, LibreOffice uses one for headings and another for rows. */
const FONT = { fontFamily: "Calibri", fontSize: 11 };

/**
 * A workbook for Excel and LibreOffice with a sheet for each table; the totals and the notes of all have a sheet each.
 */
export const workbookOf = (tables: readonly Table[]): Promise<Uint8Array> => {
  const sheets = [
    ...tables.map(({ rows }) => rows),
    ...remarksOf(
      "Totals",
      TOTAL_HEADINGS,
      tables.flatMap(({ totals }) => totals),
    ),
    ...remarksOf(
      "Notes",
      ["sheet", "note"],
      tables.flatMap(({ notes }) => notes),
    ),
  ];
  return writeWorkbook(sheets, { ...FONT, features: [filters(sheets)] }).toBuffer();
};

export async function* formatXlsx<Row>(report: Report<Row>, { terminal }: Surface): AsyncGenerator<Uint8Array> {
  if (terminal) throw new UsageError("a spreadsheet is not for terminals", "write it to a file: > answer.xlsx");
  yield await workbookOf([await tableOf("Answer", report, "filled")]);
}
