import { beginningOf, type Finding, findingOf, type Position } from "../../model/errors.ts";
import { firstAndMore } from "../../model/phrases.ts";
import { hintFor } from "../../records/codec.ts";
import { headingKey, type ImportMap } from "../../records/import-map.ts";
import {
  type Cell,
  cellName,
  columnName,
  type MergedCells,
  MOST_COLUMNS,
  type Sheet,
  type SheetRow,
} from "../../syntax/sheet.ts";

/**
 * A heading of a sheet, and its column. Its text may include a heading above it that several columns share:
 * `Supplier Name`.
 */
export interface Heading {
  readonly text: string;
  readonly column: number;
}

/** How much a heading, in the form that `headingKey` gives it, is looked for. 0 means not at all. */
export type Weigh = (key: string) => number;

export interface Table {
  readonly sheet: Sheet;
  /** The row of the headings; undefined where the sheet is empty. */
  readonly head: SheetRow | undefined;
  readonly headings: readonly Heading[];
  /** The rows below the headings, without those that repeat them. */
  readonly rows: readonly SheetRow[];
  readonly titles: number;
  /** The numbers of the rows that repeat the headings. */
  readonly repeated: readonly number[];
}

/** The text of a heading on one line. Headings in narrow columns are broken over lines, which makes no difference. */
const textIn = ({ text }: Cell): string => text.replace(/\s+/g, " ");

/** The headings in the row above that several columns share, as merged cells show, by column. */
const groupsAbove = ({ merged }: Sheet, above: SheetRow | undefined): ReadonlyMap<number, string> => {
  const groups = new Map<number, string>();
  if (above === undefined) return groups;
  for (const { firstRow, lastRow, firstColumn, lastColumn } of merged) {
    const cell = above.cells.get(firstColumn);
    if (cell === undefined || firstRow !== above.number || lastRow !== firstRow || groups.has(firstColumn)) continue;
    for (let column = firstColumn; column <= Math.min(lastColumn, MOST_COLUMNS); column++)
      groups.set(column, textIn(cell));
  }
  return groups;
};

/**
 * Like {@link groupsAbove}, where no cells are merged, as in CSV: a heading in the row above is shared by the columns
 * after it that have nothing above them. This holds only above headings that are looked for, because data have empty
 * cells above them, too.
 */
const groupsBefore = ({ cells }: SheetRow, above: SheetRow | undefined, weigh: Weigh): ReadonlyMap<number, string> => {
  const groups = new Map<number, string>();
  const texts = [...cells.values()].map(textIn);
  const known = texts.filter((text) => weigh(headingKey(text)) > 0);
  if (above === undefined || known.length < 2 || !texts.every((text) => /\p{L}/u.test(text))) return groups;
  for (const [first, cell] of above.cells) {
    let last = first;
    while (cells.has(last) && cells.has(last + 1) && !above.cells.has(last + 1)) last++;
    for (let column = first; last > first && column <= last; column++) groups.set(column, textIn(cell));
  }
  return groups;
};

interface HeadRow {
  readonly row: SheetRow;
  readonly above: SheetRow | undefined;
  readonly groups: ReadonlyMap<number, string>;
}

/** A row of headings with what stands above it. A title over all columns is not a heading that some of them share. */
const headRowOf = (sheet: Sheet, row: SheetRow, weigh: Weigh): HeadRow => {
  const above = sheet.rows.find(({ number }) => number === row.number - 1);
  const merged = groupsAbove(sheet, above);
  const groups = merged.size > 0 ? merged : groupsBefore(row, above, weigh);
  const isTitle = above?.cells.size === 1 && [...row.cells.keys()].every((column) => groups.has(column));
  return { row, above, groups: isTitle ? new Map() : groups };
};

/** Whether a row has nothing but headings under others that several columns share. */
const isUnderGroups = ({ row, groups }: HeadRow): boolean =>
  groups.size > 0 && [...row.cells.keys()].every((column) => groups.has(column));

/** Whether merged cells reach into a row from above. What the row itself has there is not shown. */
const isFromAbove = ({ firstRow, lastRow }: MergedCells, number: number): boolean =>
  firstRow < number && lastRow >= number;

/**
 * The headings in a row, with those of merged cells that reach into it from above. If the row above has headings that
 * several columns share, its other headings are added for columns that have none of their own.
 */
const ownHeadings = (
  { rows, merged }: Sheet,
  { row: { number, cells }, above, groups }: HeadRow,
): readonly Heading[] => {
  const all = new Map(cells);
  for (const one of merged) {
    if (!isFromAbove(one, number)) continue;
    const cell = rows.find((row) => row.number === one.firstRow)?.cells.get(one.firstColumn);
    if (cell !== undefined) all.set(one.firstColumn, cell);
  }
  if (groups.size > 0)
    for (const [column, cell] of above?.cells ?? []) if (!all.has(column) && !groups.has(column)) all.set(column, cell);
  return [...all].sort(([one], [other]) => one - other).map(([column, cell]) => ({ text: textIn(cell), column }));
};

/** What stands above a row of headings, by column, if several columns share some of it. */
const sharedHeadings = (
  { merged }: Sheet,
  { row: { number, cells }, above, groups }: HeadRow,
): ReadonlyMap<number, string> => {
  if (above === undefined || groups.size === 0) return groups;
  const isOne = new Set(merged.filter((one) => isFromAbove(one, number)).map(({ firstColumn }) => firstColumn));
  const alone = [...above.cells].filter(([column]) => cells.has(column) && !isOne.has(column));
  return new Map([...alone.map(([column, cell]) => [column, textIn(cell)] as const), ...groups]);
};

/**
 * The headings of a sheet. One has what stands above it before its own text if other columns have the same text, or if
 * it is rather looked for in that form.
 */
const headingsOf = (sheet: Sheet, head: HeadRow, weigh: Weigh): readonly Heading[] => {
  const own = ownHeadings(sheet, head);
  const shared = sharedHeadings(sheet, head);
  if (shared.size === 0) return own;
  const counts = new Map<string, number>();
  for (const { text } of own) counts.set(headingKey(text), (counts.get(headingKey(text)) ?? 0) + 1);
  return own.map(({ text, column }) => {
    const full = `${shared.get(column) ?? ""} ${text}`.trim();
    const isDoubtful = (counts.get(headingKey(text)) ?? 0) > 1;
    return { column, text: isDoubtful || weigh(headingKey(full)) > weigh(headingKey(text)) ? full : text };
  });
};

const MOST_TITLES = 50;

/**
 * The row with the most headings that are looked for, among the first rows. Of several such rows it is the uppermost,
 * or the one right below that if it has nothing but headings under shared ones.
 */
const headRow = (sheet: Sheet, weigh: Weigh, skip: number): HeadRow | undefined => {
  const rows = sheet.rows.filter(({ number }) => number > skip).slice(0, skip > 0 ? 1 : MOST_TITLES);
  let best: { readonly head: HeadRow; readonly count: number } | undefined;
  for (const row of rows) {
    const head = headRowOf(sheet, row, weigh);
    const count = headingsOf(sheet, head, weigh).filter(({ text }) => weigh(headingKey(text)) > 0).length;
    const isBelow = best !== undefined && head.above === best.head.row && isUnderGroups(head);
    if (best === undefined || count > best.count || (count === best.count && isBelow)) best = { head, count };
  }
  return best?.head;
};

/** How many rows above the headings are not read. The row right above is read if headings take any text from it. */
const titlesAbove = ({ rows }: Sheet, headings: readonly Heading[], { number, cells }: SheetRow): number => {
  const isRead = headings.some(({ column, text }) => textIn(cells.get(column) ?? NOTHING) !== text);
  return rows.filter((row) => row.number < (isRead ? number - 1 : number)).length;
};

const NOTHING: Cell = { kind: "text", text: "" };

/** Finds the headings of a sheet: below the rows that are to be skipped, or by what they are. */
export const tableOf = (sheet: Sheet, weigh: Weigh, skip = 0): Table => {
  const found = headRow(sheet, weigh, skip);
  if (found === undefined) return { sheet, head: undefined, headings: [], rows: sheet.rows, titles: 0, repeated: [] };
  const head = found.row;
  const headings = headingsOf(sheet, found, weigh);
  const below = sheet.rows.filter(({ number }) => number > head.number);
  const rows = below.filter((row) => !repeats(row, head));
  const repeated = below.filter((row) => repeats(row, head)).map(({ number }) => number);
  return { sheet, head, headings, rows, titles: titlesAbove(sheet, headings, head), repeated };
};

/** Whether a row has the same headings once more, as where several exports stand one below the other. */
const repeats = ({ cells }: SheetRow, head: SheetRow): boolean =>
  cells.size > 1 && [...cells].every(([column, { text }]) => head.cells.get(column)?.text === text);

/**
 * The columns beside a column of figures that lotbook wrote. The heading of each is that of the figures and a word:
 * `ceiling_currency`.
 */
export interface Beside {
  readonly currency: number;
  readonly bound: number;
  /** Left out of workbooks where no figure of the column is a range. */
  readonly least: number | undefined;
  readonly state: number | undefined;
}

const BESIDE = ["currency", "bound", "least", "state"];

/** The columns beside the figures that lotbook wrote, by the columns of these. */
export const besideFigures = (headings: readonly Heading[]): ReadonlyMap<number, Beside> => {
  const columns = new Map(headings.map(({ text, column }) => [headingKey(text), column]));
  const besides = new Map<number, Beside>();
  for (const [key, column] of columns) {
    const [currency, bound, least, state] = BESIDE.map((part) => columns.get(`${key}_${part}`));
    if (currency !== undefined && bound !== undefined) besides.set(column, { currency, bound, least, state });
  }
  return besides;
};

export interface Columns {
  readonly byField: ReadonlyMap<string, readonly Heading[]>;
  /** The columns beside figures, by the columns of these. */
  readonly besides: ReadonlyMap<number, Beside>;
  readonly rowsBy: Heading | undefined;
  /** The columns that the map says nothing of, each with the number of its cells that are not empty. */
  readonly leftOut: readonly { readonly name: string; readonly filled: number }[];
}

const placeOfHead = ({ head, sheet }: Table): Position => head?.place(0) ?? beginningOf(sheet.file);

/** Finds the columns that a map names. Names that no column has, or several have, are added to the findings. */
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
  const named = [...byField.values()].flat();
  const besides = besideFigures(headings);
  const known = new Set(named.flatMap(({ column }) => [column, ...Object.values(besides.get(column) ?? {})]));
  if (rowsBy !== undefined) known.add(rowsBy.column);
  return { byField, besides, rowsBy, leftOut: leftOutOf(table, map, known) };
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
  const { hint = `its headings are ${firstAndMore(texts, MOST_NAMED)}` } = hintFor(name, texts);
  return findingOf("F5", `there is no column "${name}", which the map has for ${as}`, placeOfHead(table), hint);
};

const twice = (name: string, found: readonly Heading[], table: Table): Finding => {
  const where = found.map(({ column }) => cellName(table.head?.number ?? 1, column)).join(" and ");
  return findingOf("F4", `two columns are headed "${name}": ${where}`, placeOfHead(table), "rename one");
};

/** What a row shows in a column: its own cell, or that of merged cells which reach into it. */
export type CellAt = (row: SheetRow, column: number) => Cell | undefined;

/**
 * The most cells to fill from merged ones. A hostile workbook may ask for more, sheets that people keep need far fewer.
 */
const MOST_SPREAD = 1_000_000;

/** Finds cells, merged ones included: these have a value in the first of their rows only, and mean it in all. */
export const cellsWithMerged = ({ sheet, rows }: Pick<Table, "sheet" | "rows">, most = MOST_SPREAD): CellAt => {
  const spread = new Map<string, Cell>();
  const places = new Map(rows.map(({ number }, index) => [number, index]));
  let left = most;
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
