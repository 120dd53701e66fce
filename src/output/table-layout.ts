import type { Cell, Column } from "../engine/report.ts";
import { flatMap, sum } from "../model/lists.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import type { Style, Surface } from "./format.ts";
import { safeLines, safeText } from "./safe-text.ts";
import { cutTo, isNarrow, type Measure, measureOf, wrap } from "./text-width.ts";
import { isKnownCell } from "./visible-columns.ts";

/**
 * Columns of names, which a narrow terminal shows as far as there is room. A column's name means the same in every
 * answer.
 */
const NAMES: ReadonlySet<string> = new Set(["title", "name", "buyer", "suppliers"]);

/** The turn in which a narrow terminal drops a column, because others beside it tell the same, or more. */
const TURNS: ReadonlyMap<string, number> = new Map([
  ...["service", "deployment", "kind", "difference", "facts", "alone"].map((name) => [name, 1] as const),
  ...["awardDate", "otherSource", "certainty", "organisations"].map((name) => [name, 2] as const),
  ...["buyer", "source", "sole", "awarded"].map((name) => [name, 3] as const),
]);

/** Whether its texts may end in `…`. */
const isCut = <Row>({ name, type }: Column<Row>): boolean =>
  NAMES.has(name) && (type === "text" || type === "suppliers");

/** The turn in which a table drops a column; undefined for one that was asked for, or says too much. */
const turnOf = <Row>({ name, shown, expendable }: Column<Row>): number | undefined =>
  shown === "asked" ? undefined : (expendable ?? TURNS.get(name));

/**
 * Columns of words, some of which show in colour that something is wrong or right. The same word looks the same
 * everywhere.
 */
const TOLD: ReadonlySet<string> = new Set(["use", "verdict", "fits", "severity", "decision"]);

type Tone = "good" | "warning" | "error";
const TONES: ReadonlyMap<string, Tone> = new Map([
  ...["breach", "exhausted", "contradicts", "no", "error"].map((word) => [word, "error"] as const),
  ...["warning", "unknown", "rounded", "cut", "names differ", "undecided"].map((word) => [word, "warning"] as const),
  ...["yes", "agrees"].map((word) => [word, "good"] as const),
]);

/**
 * The style of a cell: for ids, and for words that say something is wrong or right. Of several words, the gravest
 * decides.
 */
export const setOff = <Row>(
  { name, type }: Column<Row>,
  cell: Cell | undefined,
  style: Style,
): ((text: string) => string) => {
  if (type === "id") return style.id;
  const tone = TOLD.has(name) && cell?.type === "text" ? toneOf(cell.value) : undefined;
  return tone === undefined ? (text) => text : style[tone];
};

/** `open or warning` is as grave as a warning, `open to breach` as a breach. */
const toneOf = (text: string): Tone | undefined => {
  const tones = text.split(/ or | to /).map((word) => TONES.get(word));
  return (["error", "warning", "good"] as const).find((tone) => tones.includes(tone));
};

const CELLS = 10;
const FIGURE_WIDTH = 7;

/** A percentage with a bar before it, a cell for each whole tenth, for a terminal; anything else as it is. */
const linesWithBars = (cell: Cell | undefined): readonly string[] => {
  const lines = cellLines(cell);
  if (cell?.type !== "percent") return lines;
  const { numerator, denominator } = cell.value;
  const tenths = (numerator * BigInt(CELLS)) / (denominator * 100n);
  const filled = Math.max(0, Math.min(CELLS, Number(tenths)));
  return lines.map((line) => `${"█".repeat(filled)}${"░".repeat(CELLS - filled)} ${line.padStart(FIGURE_WIDTH)}`);
};

const GAPS = [2, 1] as const;
/** The narrowest terminal, in cells, for which a table drops columns to fit. */
const NARROWEST_TABLE = 50;
/** The narrowest column of texts, in cells; up to twice as wide if its longest word needs it. */
const LEAST_WIDTH = 8;
/**
 * How many cells a cut name keeps at least: the first number in general, the second in the first column as long as
 * other columns can be dropped, the third as long as bars or columns of the first turn are there.
 */
const LEAST_OF_NAME = 10;
const LEAST_OF_FIRST_NAME = 12;
const COMFORT_OF_NAME = 20;

/** The widest column, so that one long text does not make every row as long. A longer text is broken, or stands out. */
const WIDEST_COLUMN = 400;

/** The lines of a cell, and whether they may be broken: figures, dates and ids are not. */
interface CellText {
  readonly lines: readonly string[];
  readonly whole: boolean;
}

export type RowText = readonly CellText[];

export interface Drawn<Row> {
  readonly column: Column<Row>;
  readonly heading: readonly string[];
  readonly right: boolean;
  readonly width: number;
  readonly alignment: Alignment | undefined;
}

export interface Layout<Row> {
  readonly columns: readonly Drawn<Row>[];
  readonly gap: string;
  /** Whether ranges stand on two lines. */
  readonly split: boolean;
  readonly bars: boolean;
  readonly headed: boolean;
  readonly without: readonly string[];
}

const UNBROKEN: ReadonlySet<Cell["type"]> = new Set([
  "id",
  "count",
  "percent",
  "decimal",
  "date",
  "money",
  "moneys",
  "flag",
]);

export const textsOf = <Row>(columns: readonly Column<Row>[], row: Row, bars: boolean): RowText =>
  columns.map(({ cell: cellOf, bar = false }) => {
    const cell = cellOf(row);
    const lines = (bars && bar ? linesWithBars : cellLines)(cell).map((line) => safeLines(safeText(line)));
    return { lines, whole: cell === undefined || UNBROKEN.has(cell.type) };
  });

export const measureRows = (rows: readonly RowText[]): Promise<Measure> =>
  measureOf(rows.every((row) => row.every(({ lines }) => lines.every(isNarrow))));

interface View<Row> {
  readonly columns: readonly Column<Row>[];
  readonly bars: boolean;
  readonly split: boolean;
}

/**
 * The layout of a table that fits the surface, judged by its first rows, with as many columns as there is room for.
 * Bars go first. Then ranges are split, and columns that say least go one by one. Undefined for a terminal that is too
 * narrow for a table, and where columns were asked for by name and do not all fit.
 */
export const layOut = async <Row>(
  visible: readonly Column<Row>[],
  rows: readonly Row[],
  surface: Surface,
  headed: boolean,
): Promise<Layout<Row> | undefined> => {
  for (const view of viewsOf(visible, rows, surface)) {
    const layout = await layoutOf(view, rows, surface.width, headed);
    if (layout === undefined) continue;
    const without = visible.filter((column) => !view.columns.includes(column)).map(({ title, name }) => title || name);
    return { ...layout, without };
  }
  return undefined;
};

function* viewsOf<Row>(
  visible: readonly Column<Row>[],
  rows: readonly Row[],
  { terminal, width }: Surface,
): Generator<View<Row>> {
  if (visible.some(({ bar }) => bar === true) && terminal) yield { columns: visible, bars: true, split: false };
  let columns = visible;
  for (;;) {
    yield { columns, bars: false, split: false };
    yield { columns, bars: false, split: true };
    const least = (width ?? 0) < NARROWEST_TABLE ? undefined : leastOf(columns, rows);
    if (least === undefined) return;
    columns = columns.filter((column) => column !== least);
  }
}

/**
 * The column to drop next: of those whose turn it is, the one that says something in the fewest rows, or the last of
 * several such. If no column has a turn, it is the last. Columns that were asked for stay.
 */
const leastOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Column<Row> | undefined => {
  const turn = columns.reduce((least, column) => Math.min(least, turnOf(column) ?? least), Number.POSITIVE_INFINITY);
  const said = ({ cell }: Column<Row>) => rows.filter((row) => isKnownCell(cell(row))).length;
  const [least] = columns
    .filter((column) => turnOf(column) === turn)
    .reverse()
    .sort((a, b) => said(a) - said(b));
  return least ?? (columns.length > 2 ? columns.findLast(({ shown }) => shown !== "asked") : undefined);
};

const layoutOf = async <Row>(
  { columns, bars, split }: View<Row>,
  rows: readonly Row[],
  width: number | undefined,
  headed: boolean,
): Promise<Layout<Row> | undefined> => {
  const texts = rows.map((row) => textsOf(columns, row, bars));
  const measure = await measureRows(texts);
  const isLoose = bars || columns.some((column) => turnOf(column) === 1);
  const isTight = columns.every((column) => turnOf(column) === undefined);
  const leastOfName = (index: number): number => {
    if (isLoose) return COMFORT_OF_NAME;
    return isTight || index > 0 ? LEAST_OF_NAME : LEAST_OF_FIRST_NAME;
  };
  const natural = columns.map((column, index) =>
    drawnOf(
      column,
      texts.map((row) => row[index]),
      { headed, split, leastOfName: leastOfName(index), measure },
    ),
  );
  const fixed = { split, bars, headed, without: [] };
  if (width === undefined) return { ...fixed, gap: "  ", columns: natural.map(({ drawn }) => drawn) };
  for (const gap of bars ? GAPS.slice(0, 1) : GAPS) {
    const fitting = fitted(natural, width - gap * (columns.length - 1), measure);
    if (fitting !== undefined) return { ...fixed, gap: " ".repeat(gap), columns: fitting };
  }
  return undefined;
};

interface Natural<Row> {
  readonly drawn: Drawn<Row>;
  readonly least: number;
}

interface Tools extends Pick<Layout<unknown>, "headed" | "split"> {
  readonly leastOfName: number;
  readonly measure: Measure;
}

const drawnOf = <Row>(
  column: Column<Row>,
  cells: readonly (CellText | undefined)[],
  { headed, split, leastOfName, measure }: Tools,
): Natural<Row> => {
  const isAmount = column.type === "money" || column.type === "moneys";
  const lines = cells.map((cell) => (isAmount && split ? cell?.lines.flatMap(splitRange) : cell?.lines) ?? []);
  const alignment = isAmount ? alignmentOf(lines.flat()) : undefined;
  const heading = headed ? column.title : "";
  let [widest, unbroken, word] = [heading.length, widestOf(heading.split(" "), measure), 0];
  for (const [index, own] of lines.entries()) {
    const width = widestOf(
      own.map((line) => aligned(line, alignment)),
      measure,
    );
    widest = Math.max(widest, width);
    if (cells[index]?.whole !== false && !isCut(column)) unbroken = Math.max(unbroken, width);
    else for (const line of own) word = Math.max(word, widestOf(line.split(" "), measure));
  }
  const text = isCut(column) ? leastOfName : Math.max(LEAST_WIDTH, Math.min(word, 2 * LEAST_WIDTH));
  const least = Math.min(WIDEST_COLUMN, word === 0 ? unbroken : Math.min(widest, Math.max(unbroken, text)));
  return {
    drawn: {
      column,
      heading: [heading],
      right: isNumeric(column.type),
      width: Math.min(widest, WIDEST_COLUMN),
      alignment,
    },
    least,
  };
};

const widestOf = (lines: readonly string[], measure: Measure): number =>
  lines.reduce((most, line) => Math.max(most, measure(line)), 0);

/** Narrows the widest columns that can be narrower, until all fit; undefined where they cannot. */
const fitted = <Row>(
  natural: readonly Natural<Row>[],
  available: number,
  measure: Measure,
): readonly Drawn<Row>[] | undefined => {
  const widths = natural.map(({ drawn }) => drawn.width);
  let excess = sum(widths) - available;
  for (; excess > 0; excess--) {
    const spare = widths.map((width, index) => (width > (natural[index]?.least ?? 0) ? width : 0));
    const widest = spare.reduce((most, width) => Math.max(most, width), 0);
    if (widest === 0) return undefined;
    widths[spare.indexOf(widest)] = widest - 1;
  }
  return withHeadings(
    natural.map(({ drawn }, index) => ({ ...drawn, width: widths[index] ?? drawn.width })),
    measure,
  );
};

/** Wraps headings, and aligns them at the bottom with blank lines above. */
const withHeadings = <Row>(columns: readonly Drawn<Row>[], measure: Measure): readonly Drawn<Row>[] => {
  const wrapped = columns.map(({ heading, width }) => heading.flatMap((line) => wrap(line, width, measure)));
  const height = wrapped.reduce((most, lines) => Math.max(most, lines.length), 0);
  return columns.map((column, index) => {
    const lines = wrapped[index] ?? [];
    return { ...column, heading: [...Array.from({ length: height - lines.length }, () => ""), ...lines] };
  });
};

/** The lines of each cell of a row as they are drawn: whole, broken or cut to their column's width. */
export const linesOf = <Row>({ columns, split }: Layout<Row>, row: RowText, measure: Measure): readonly string[][] =>
  columns.map(({ column, width, alignment }, index) => {
    const { lines = [], whole = true } = row[index] ?? {};
    if (isCut(column) && !whole && width < WIDEST_COLUMN) return lines.map((line) => cutTo(line, width, measure));
    if (!whole) return flatMap(lines, (line) => wrap(line, width, measure));
    return (split ? flatMap(lines, splitRange) : lines).map((line) => aligned(line, alignment));
  });

/** The layout, made as wide as further rows need. It is for output without a terminal, which has no more room. */
export const widened = <Row>(layout: Layout<Row>, rows: readonly RowText[], measure: Measure): Layout<Row> => ({
  ...layout,
  columns: layout.columns.map((column, index) => {
    const { alignment, width } = column;
    const lines = flatMap(rows, (row) => row[index]?.lines ?? []).map((line) => aligned(line, alignment));
    return { ...column, width: Math.max(width, Math.min(WIDEST_COLUMN, widestOf(lines, measure))) };
  }),
});

export const rightEdge = <Row>({ columns, gap }: Layout<Row>, name: string): number => {
  const place = columns.findIndex(({ column }) => column.name === name);
  return columns.slice(0, place + 1).reduce((sum, { width }) => sum + width, 0) + gap.length * Math.max(0, place);
};

/** A figure as tables write it: everything up to its last whole digit, then its decimals, scale and tax. */
const FIGURE = /^(.*?\d[\d,]*?)((?:\.\d+)?(k|M|bn)?(?: incl\. VAT)?)$/;
const THOUSANDS = { k: 1, M: 2, bn: 3 } as const;
const GROUP = 4;

/**
 * Where a figure stands: how many groups of digits its scale (k, M, bn) stands for, and how many cells are to the right
 * of its last whole digit.
 */
interface Place {
  readonly groups: number;
  readonly after: number;
  /** Whether it is 0, which has no size and is aligned with the others. */
  readonly isZero: boolean;
}

const placeOf = (line: string): Place | undefined => {
  const [, before = "", after, unit] = FIGURE.exec(line) ?? [];
  if (after === undefined) return undefined;
  const groups = unit === "k" || unit === "M" || unit === "bn" ? THOUSANDS[unit] : 0;
  return { groups, after: after.length, isZero: groups === 0 && /(?:^|\D)0$/.test(before) && !after.startsWith(".") };
};

/**
 * How a column's figures are aligned: the fewest groups that any scale stands for, and the cells to the right of the
 * last whole digit.
 */
interface Alignment {
  readonly groups: number;
  readonly after: number;
}

/**
 * How to align figures of unlike precision so that digits of one size are below each other; undefined if they are
 * anyway.
 */
export const alignmentOf = (lines: readonly string[]): Alignment | undefined => {
  const places = lines.flatMap((line) => placeOf(line) ?? []);
  const sized = places.filter(({ isZero }) => !isZero);
  const groups = sized.reduce((least, place) => Math.min(least, place.groups), Number.POSITIVE_INFINITY);
  const after = sized.reduce((most, place) => Math.max(most, place.after - GROUP * (place.groups - groups)), 0);
  const isPlain = sized.every((place) => place.groups === groups && place.after === after);
  return sized.length === 0 || (isPlain && places.length === sized.length) ? undefined : { groups, after };
};

/** A line with the blanks after it that put its figure in place. Lines without a figure stay as they are. */
export const aligned = (line: string, alignment: Alignment | undefined): string => {
  const place = alignment && placeOf(line);
  if (alignment === undefined || place === undefined) return line;
  const groups = place.isZero ? 0 : place.groups - alignment.groups;
  return line + " ".repeat(Math.max(0, alignment.after + GROUP * groups - place.after));
};

/** A range on two lines, each with a whole amount. */
export const splitRange = (line: string): readonly string[] => {
  const [, least, most] = /^(.+ to) ([A-Z]{3} .+)$/.exec(line) ?? [];
  return least === undefined || most === undefined ? [line] : [least, most];
};
