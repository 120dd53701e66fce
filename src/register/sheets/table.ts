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
 * A heading of a sheet, and where its column is. Under one that several share, it may be called with that:
 * `Supplier Name`.
 */
export interface Heading {
  readonly text: string;
  readonly column: number;
}

/** How much a heading, as `headingKey` has it, is looked for: not at all is 0. */
export type Weigh = (key: string) => number;

export interface Table {
  readonly sheet: Sheet;
  /** The row of the headings; undefined where the sheet is empty. */
  readonly head: SheetRow | undefined;
  readonly headings: readonly Heading[];
  /** Those below the headings, without what repeats these. */
  readonly rows: readonly SheetRow[];
  readonly titles: number;
  /** The numbers of the rows that repeat the headings. */
  readonly repeated: readonly number[];
}

/** Headings are broken over lines as their columns are narrow: what is left says whether two are one. */
const textIn = ({ text }: Cell): string => text.replace(/\s+/g, " ");

/** By column, what several columns share in the row above. */
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
 * By column, what several columns share in the row above where no cells are shown as one, as in CSV: what stands before
 * columns without any. Only above headings that are looked for, for data have empty cells above them, too.
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

/** A row of headings with what stands above it. */
interface HeadRow {
  readonly row: SheetRow;
  readonly above: SheetRow | undefined;
  readonly groups: ReadonlyMap<number, string>;
}

/** A title over all is no heading that some share. */
const headRowOf = (sheet: Sheet, row: SheetRow, weigh: Weigh): HeadRow => {
  const above = sheet.rows.find(({ number }) => number === row.number - 1);
  const merged = groupsAbove(sheet, above);
  const groups = merged.size > 0 ? merged : groupsBefore(row, above, weigh);
  const isTitle = above?.cells.size === 1 && [...row.cells.keys()].every((column) => groups.has(column));
  return { row, above, groups: isTitle ? new Map() : groups };
};

/** Whether a row has nothing but headings under those that several of its columns share. */
const isUnderGroups = ({ row, groups }: HeadRow): boolean =>
  groups.size > 0 && [...row.cells.keys()].every((column) => groups.has(column));

/** Whether cells that are shown as one reach into a row from above: what lies below is not shown. */
const isFromAbove = ({ firstRow, lastRow }: MergedCells, number: number): boolean =>
  firstRow < number && lastRow >= number;

/**
 * What stands in a row of headings, with those that are shown as one with it from rows above; where the row above has
 * headings that several columns share, also with those of other columns that have none below.
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

/** By column, what stands above a row of headings, where some of that is shared. */
const sharedHeadings = (
  { merged }: Sheet,
  { row: { number, cells }, above, groups }: HeadRow,
): ReadonlyMap<number, string> => {
  if (above === undefined || groups.size === 0) return groups;
  const isOne = new Set(merged.filter((one) => isFromAbove(one, number)).map(({ firstColumn }) => firstColumn));
  const alone = [...above.cells].filter(([column]) => cells.has(column) && !isOne.has(column));
  return new Map([...alone.map(([column, cell]) => [column, textIn(cell)] as const), ...groups]);
};

/** Where others have the same heading, or it is looked for so, one is called with what it shares above. */
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
 * The row with the most of the headings that are looked for, of the first ones; of several the uppermost, or what
 * stands under it and is headings alone.
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

/** How many rows of a sheet are neither headings nor below them; a row with what headings share is read, too. */
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

/** Whether a row has the same headings once more: where several exports stand one below the other. */
const repeats = ({ cells }: SheetRow, head: SheetRow): boolean =>
  cells.size > 1 && [...cells].every(([column, { text }]) => head.cells.get(column)?.text === text);

/**
 * The columns that stand beside one of figures that lotbook wrote, each under its heading and a word:
 * `ceiling_currency`.
 */
export interface Beside {
  readonly currency: number;
  readonly bound: number;
  /** Left out of workbooks where nothing lies between. */
  readonly least: number | undefined;
  readonly state: number | undefined;
}

const BESIDE = ["currency", "bound", "least", "state"];

/** By the columns of figures that lotbook wrote, what stands beside them. */
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
  /** By their columns, what stands beside figures. */
  readonly besides: ReadonlyMap<number, Beside>;
  readonly rowsBy: Heading | undefined;
  /** Those that the map says nothing of, with how many cells of theirs are not empty. */
  readonly leftOut: readonly { readonly name: string; readonly filled: number }[];
}

const placeOfHead = ({ head, sheet }: Table): Position => head?.place(0) ?? beginningOf(sheet.file);

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

/** What a row shows in a column: its own cell, or that of the cells that it is shown as one with. */
export type CellAt = (row: SheetRow, column: number) => Cell | undefined;

/** What a hostile workbook asks for beyond that is not done; sheets that people keep are far from it. */
const MOST_SPREAD = 1_000_000;

/** Cells that are shown as one have a value in the first of their rows only, and mean it in all. */
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
