import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { firstAndMore } from "../../model/first-few.ts";
import { fold } from "../../model/fold.ts";
import { nearest } from "../../model/nearest.ts";
import type { ImportMap } from "../../records/import-map.ts";
import { type Cell, cellName, columnName, type Sheet, type SheetRow } from "../../syntax/sheet.ts";

/** A heading of a sheet, and where its column is. */
export interface Heading {
  readonly text: string;
  readonly column: number;
}

/** A sheet with its headings found. */
export interface Table {
  readonly sheet: Sheet;
  /** The row of the headings; undefined where the sheet is empty. */
  readonly head: SheetRow | undefined;
  readonly headings: readonly Heading[];
  /** What stands below the headings. */
  readonly rows: readonly SheetRow[];
  /** How many rows of titles stand above them. */
  readonly titles: number;
}

/** Headings are broken over lines as their columns are narrow: what is left says whether two are one. */
export const headingKey = (text: string): string => fold(text.replace(/\s+/g, " "));

const headingsOf = ({ cells }: SheetRow): readonly Heading[] =>
  [...cells].map(([column, { text }]) => ({ text: text.replace(/\s+/g, " "), column }));

const MOST_TITLES = 50;

/** The row with the most of the headings that are looked for, of the first ones; of several the uppermost. */
const headRow = (sheet: Sheet, isWanted: (key: string) => boolean, skip: number): SheetRow | undefined => {
  const rows = sheet.rows.filter(({ number }) => number > skip).slice(0, skip > 0 ? 1 : MOST_TITLES);
  let best: { row: SheetRow; count: number } | undefined;
  for (const row of rows) {
    const count = headingsOf(row).filter(({ text }) => isWanted(headingKey(text))).length;
    if (best === undefined || count > best.count) best = { row, count };
  }
  return best?.row;
};

/** Finds the headings of a sheet: below the rows that are to be skipped, or by what they are. */
export const tableOf = (sheet: Sheet, isWanted: (key: string) => boolean, skip = 0): Table => {
  const head = headRow(sheet, isWanted, skip);
  const below = sheet.rows.filter(({ number }) => number > (head?.number ?? 0));
  const titles = sheet.rows.length - below.length - (head === undefined ? 0 : 1);
  return { sheet, head, headings: head === undefined ? [] : headingsOf(head), rows: below, titles };
};

/** By which a map names the columns of a table. */
export interface Columns {
  /** The columns of each thing that the map names. */
  readonly byField: ReadonlyMap<string, readonly Heading[]>;
  readonly rowsBy: Heading | undefined;
  /** Those that the map says nothing of, with how many cells of theirs are not empty. */
  readonly leftOut: readonly { readonly name: string; readonly filled: number }[];
}

const placeOfHead = ({ head, sheet }: Table): Position =>
  head?.place(0) ?? { file: sheet.file, line: 1, column: 1, text: "" };

/** Finds the columns that a map names; what it names in vain, and what stands twice, is added to the findings. */
export const columnsOf = (table: Table, map: ImportMap, findings: Finding[]): Columns => {
  const { headings } = table;
  const find = (name: string, as: string): Heading | undefined => {
    const exact = headings.filter(({ text }) => text === name);
    const found = exact.length > 0 ? exact : headings.filter(({ text }) => headingKey(text) === headingKey(name));
    if (found.length > 1) findings.push(twice(name, found, table));
    else if (found.length === 0) findings.push(missing(name, as, table));
    return found[0];
  };
  const byField = new Map(
    [...(map.columns ?? [])].map(
      ([field, names]) => [field, names.flatMap((name) => find(name, field) ?? [])] as const,
    ),
  );
  const rowsBy = typeof map.rows === "object" ? find(map.rows.column, "rows") : undefined;
  const known = new Set([...byField.values()].flat().map(({ column }) => column));
  if (rowsBy !== undefined) known.add(rowsBy.column);
  return { byField, rowsBy, leftOut: leftOutOf(table, map, known) };
};

const leftOutOf = (
  { headings, rows }: Table,
  { leave = [] }: ImportMap,
  known: ReadonlySet<number>,
): Columns["leftOut"] => {
  const left = new Set(leave.map(headingKey));
  const counts = new Map<number, number>();
  for (const { cells } of rows)
    for (const column of cells.keys()) if (!known.has(column)) counts.set(column, (counts.get(column) ?? 0) + 1);
  for (const { column } of headings) if (!known.has(column) && !counts.has(column)) counts.set(column, 0);
  const called = new Map(headings.map(({ text, column }) => [column, text]));
  return [...counts].flatMap(([column, filled]) => {
    const text = called.get(column);
    if (text !== undefined && left.has(headingKey(text))) return [];
    return [{ name: text ?? `column ${columnName(column)}, which has no heading`, filled }];
  });
};

const MOST_NAMED = 12;

const missing = (name: string, as: string, table: Table): Finding => {
  const texts = table.headings.map(({ text }) => text);
  const [near] = nearest(name, texts);
  const hint = near === undefined ? `its headings are ${firstAndMore(texts, MOST_NAMED)}` : `did you mean "${near}"?`;
  return findingOf("F5", `there is no column "${name}", which the map has for ${as}`, placeOfHead(table), hint);
};

const twice = (name: string, found: readonly Heading[], table: Table): Finding => {
  const where = found.map(({ column }) => cellName(table.head?.number ?? 1, column)).join(" and ");
  return findingOf("F4", `two columns are headed "${name}": ${where}`, placeOfHead(table), "rename one");
};

/** What a row shows in a column: its own cell, or that of the cells that it is shown as one with. */
export type CellAt = (row: SheetRow, column: number) => Cell | undefined;

/** What a hostile workbook asks for beyond that is not done; sheets that people keep are far from it. */
const MOST_SPREAD = 1_000_000;

/** Cells that are shown as one have a value in the first of their rows only, and mean it in all. */
export const cellsWithMerged = ({ sheet, rows }: Table): CellAt => {
  const spread = new Map<string, Cell>();
  const places = new Map(rows.map(({ number }, index) => [number, index]));
  let left = MOST_SPREAD;
  for (const { firstRow, lastRow, firstColumn } of sheet.merged) {
    const from = places.get(firstRow) ?? rows.length;
    const cell = rows[from]?.cells.get(firstColumn);
    if (cell === undefined) continue;
    for (const { number } of rows.slice(from + 1, from + 1 + Math.min(lastRow - firstRow, left))) {
      if (number > lastRow) break;
      left--;
      spread.set(cellName(number, firstColumn), cell);
    }
  }
  if (spread.size === 0) return (row, column) => row.cells.get(column);
  return (row, column) => row.cells.get(column) ?? spread.get(cellName(row.number, column));
};
