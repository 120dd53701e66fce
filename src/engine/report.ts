import type { DayRange } from "../model/calendar.ts";
import { type Finding, UsageError } from "../model/errors.ts";
import { compareNatural } from "../model/fold.ts";
import { type Amount, isKnown, isQuantity, type Money, unitOf } from "../model/money.ts";
import { nearest } from "../model/nearest.ts";
import { compareDates, type PartialDate, type ReckonedDate } from "../model/partial-date.ts";
import type { Phase } from "../model/phases.ts";
import { compareRatios, type Ratio } from "../model/ratio.ts";
import { type Cell, type Column, writable } from "./column.ts";

export * from "./column.ts";

export interface Bar {
  readonly contract: string;
  readonly title: string | undefined;
  readonly phase: Phase;
  readonly state: string | undefined;
}

/** How rows are shown to people as bars on a common time scale. */
export interface Drawing<Row> {
  readonly kind: "drawing";
  readonly day: PartialDate;
  readonly bar: (row: Row) => Bar;
}

/** What a calendar shows of a row. */
export interface CalendarEvent {
  /** Identifies the event when it is written again, even where it is then on another day. */
  readonly key: readonly (string | undefined)[];
  readonly title: string;
  readonly lines: readonly string[];
  readonly days: DayRange;
  readonly certain: boolean;
  /** How many days before its first day each reminder comes. */
  readonly alarms: readonly number[];
}

/** How rows become events of a calendar. */
interface Events<Row> {
  readonly title: string;
  readonly day: DayRange;
  readonly of: (row: Row) => CalendarEvent;
}

export interface Passage {
  readonly title: string;
  readonly remark: string;
  readonly paragraphs: readonly string[];
  readonly example: string;
}

/** How people see the rows of a report, where it is not a table with headings. */
type Shape<Row> =
  /** One thing's facts, a line each. */
  | { readonly kind: "card" }
  | Drawing<Row>
  | { readonly kind: "passages"; readonly passage: (row: Row) => Passage }
  /** Each finding with its place, the line and a caret. */
  | { readonly kind: "findings"; readonly finding: (row: Row) => Finding };

/** A line below a table: a label and, per currency, an amount that belongs under one of the columns. */
export interface Summary {
  readonly label: string;
  readonly column: string;
  readonly amounts: readonly Money[];
  readonly remark: string | undefined;
}

/** What is known when all rows have been read. */
export interface Closing {
  readonly summaries: readonly Summary[];
  /** Sentences that the reader of the answer must know: what is missing, withheld or assumed. */
  readonly notes: readonly string[];
  /** What is wrong with the data, though an answer could be given. It is told beside the answer. */
  readonly findings?: readonly Finding[];
}

export const NOTHING_TO_ADD: Closing = { summaries: [], notes: [] };

/** An answer: typed rows, in batches as they are read, and how to see them. Reading the rows once spends it. */
export interface Report<Row> extends AsyncIterable<Row> {
  readonly columns: readonly Column<Row>[];
  readonly batches: AsyncIterable<readonly Row[]>;
  /** Complete only after the last row. */
  readonly closing: () => Closing;
  /** Tells the rows that people see in a summary below the table. They come last, whatever the order or limit. */
  readonly summarised?: (row: Row) => boolean;
  readonly shape?: Shape<Row>;
  readonly events?: Events<Row>;
}

export const reportOf = <Row>(
  columns: readonly Column<Row>[],
  batches: AsyncIterable<readonly Row[]>,
  closing: () => Closing = () => NOTHING_TO_ADD,
  summarised?: (row: Row) => boolean,
): Report<Row> => ({
  columns,
  batches,
  closing,
  ...(summarised === undefined ? {} : { summarised }),
  // `this`, because the report that is iterated may be a copy of this one with other columns or rows.
  async *[Symbol.asyncIterator]() {
    for await (const batch of this.batches) for (const row of batch) yield writable(this.columns, row);
  },
});

/** The same report. `look` sees every row as it is read. */
export const watched = <Row>(report: Report<Row>, look: (row: Row) => void): Report<Row> => {
  const batches = async function* () {
    for await (const batch of report.batches) {
      for (const row of batch) look(row);
      yield batch;
    }
  };
  return { ...report, batches: batches() };
};

export const reportLater = <Row>(
  columns: readonly Column<Row>[],
  compute: () => Promise<{
    readonly rows: readonly Row[];
    readonly closing: Closing;
  }>,
  summarised?: (row: Row) => boolean,
): Report<Row> => {
  let closing = NOTHING_TO_ADD;
  const batches = async function* () {
    const computed = await compute();
    closing = computed.closing;
    yield computed.rows;
  };
  return reportOf(columns, batches(), () => closing, summarised);
};

export interface Arrangement {
  /** Column names, in the order in which to show them. */
  readonly fields?: readonly string[];
  /** Column names; `-name` sorts downwards. */
  readonly sort?: readonly string[];
  readonly limit?: number;
}

/** A hint for a name that is no column here; undefined where it is known nowhere else either. */
export type Elsewhere = (name: string) => string | undefined;

const NOWHERE: Elsewhere = () => undefined;

const columnNamed = <Row>(columns: readonly Column<Row>[], name: string, elsewhere: Elsewhere): Column<Row> => {
  const found = columns.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const names = columns.map((candidate) => candidate.name);
  const near = nearest(name, names);
  throw new UsageError(
    `there is no field "${name}" here`,
    elsewhere(name) ?? (near.length > 0 ? `did you mean ${near.join(" or ")}?` : `fields: ${names.join(", ")}`),
  );
};

/** The report with other columns, another order, or fewer rows. Throws UsageError for a field that it does not have. */
export const arrange = <Row>(
  report: Report<Row>,
  { fields, sort, limit }: Arrangement,
  elsewhere: Elsewhere = NOWHERE,
): Report<Row> => {
  const named = (name: string) => columnNamed(report.columns, name, elsewhere);
  const columns = fields?.map((name) => ({ ...named(name), shown: "asked" as const })) ?? report.columns;
  const keys = (sort ?? []).map((key) => {
    const down = key.startsWith("-");
    return { column: named(down ? key.slice(1) : key), down };
  });
  const counted: Counted = { shown: 0, all: 0, mixed: [] };
  const batches = keys.length === 0 && limit === undefined ? report.batches : arrangeRows(report, keys, counted, limit);
  const closing = (): Closing => {
    const closed = report.closing();
    const notes = [
      ...(counted.shown < counted.all ? [`${counted.shown} of ${counted.all} shown.`] : []),
      ...counted.mixed.map(({ name, units }) => `Sorted by ${name} within each unit: ${units.join(", ")}.`),
    ];
    return notes.length === 0 ? closed : { ...closed, notes: [...notes, ...closed.notes] };
  };
  const { shape, ...plain } = report;
  // Whoever names fields wants to read them in a table. Only a card shows them in its own shape.
  const isShaped = shape !== undefined && (fields === undefined || shape.kind === "card");
  return { ...plain, columns, batches, closing, ...(isShaped && { shape }) };
};

/** What `arrangeRows` finds out about the rows. */
interface Counted {
  shown: number;
  all: number;
  /** The columns whose amounts have several units, between which there is no order (T7). */
  mixed: readonly { readonly name: string; readonly units: readonly string[] }[];
}

interface SortField<Row> {
  readonly column: Column<Row>;
  readonly down: boolean;
}

/** Sorts and limits rows. Reads to the end in any case, so that totals and findings stay those of the whole. */
async function* arrangeRows<Row>(
  { batches, summarised = () => false }: Report<Row>,
  keys: readonly SortField<Row>[],
  counted: Counted,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Row[]> {
  const kept: Row[] = [];
  const last: Row[] = [];
  let left = limit;
  for await (const batch of batches) {
    const rows = batch.filter((row) => !summarised(row));
    counted.all += rows.length;
    counted.shown = Math.min(limit, counted.all);
    for (const row of batch) if (summarised(row)) last.push(row);
    if (keys.length > 0) {
      for (const row of rows) kept.push(row);
      continue;
    }
    if (left > 0) yield rows.slice(0, left);
    left -= Math.min(left, rows.length);
  }
  counted.mixed = keys.flatMap(({ column }) => {
    const units = unitsIn(column, kept);
    return units.length > 1 ? [{ name: column.name, units }] : [];
  });
  if (limit < kept.length) refuseMixed(counted.mixed);
  yield [...sortRows(kept, keys).slice(0, limit), ...last];
}

const unitsIn = <Row>({ cell }: Column<Row>, rows: readonly Row[]): readonly string[] => {
  const units = new Set<string>();
  for (const row of rows) {
    const key = sortKeyOf(cell(row));
    if (key?.kind === "amount") units.add(unitOf(key.value));
  }
  return [...units].sort();
};

/**
 * Throws UsageError for the first rows of a column in several units: all of them would be in one unit, whatever the
 * others are worth.
 */
const refuseMixed = ([first]: Counted["mixed"]): void => {
  if (first === undefined) return;
  throw new UsageError(
    `${first.name} is in ${first.units.join(" and ")}, which cannot be compared: no rows come first`,
    `${oneOf(first.units)}leave out --limit`,
  );
};

/** The beginning of a hint that says how to ask for amounts of one unit. */
const oneOf = (units: readonly string[]): string => {
  const currencies = new Set(units.map((unit) => unit.slice(0, "EUR".length)));
  if (currencies.size < units.length) return "ask for vat:included or vat:excluded, or ";
  const [unit = ""] = units;
  return isQuantity({ currency: unit }) ? "" : `ask for one: currency:${unit}; or `;
};

const sortRows = <Row>(rows: readonly Row[], fields: readonly SortField<Row>[]): readonly Row[] =>
  rows
    .map((row) => ({ row, keys: fields.map((field) => sortKeyOf(field.column.cell(row))) }))
    .sort((a, b) => {
      for (const [index, { down }] of fields.entries()) {
        const order = compareKeys(a.keys[index], b.keys[index], down);
        if (order !== 0) return order;
      }
      return 0;
    })
    .map(({ row }) => row);

/**
 * Orders two cells of one column. Cells without a value, missing or withheld, come last whichever way the sort runs.
 */
export const compareCells = (a: Cell | undefined, b: Cell | undefined, down: boolean): number =>
  compareKeys(sortKeyOf(a), sortKeyOf(b), down);

/** What a cell is ordered by. Cells of different kinds are ordered by their kind. */
type SortKey =
  | { readonly kind: "amount"; readonly value: Money }
  | { readonly kind: "count"; readonly value: number }
  | { readonly kind: "ratio"; readonly value: Ratio }
  | { readonly kind: "date"; readonly value: ReckonedDate }
  | { readonly kind: "text"; readonly value: string };

const sortKeyOf = (cell: Cell | undefined): SortKey | undefined => {
  if (cell === undefined) return undefined;
  switch (cell.type) {
    case "count":
      return { kind: "count", value: cell.value };
    case "percent":
    case "decimal":
      return { kind: "ratio", value: cell.value };
    case "date":
      return { kind: "date", value: cell.value };
    case "money":
      return amountKey([cell.value]);
    case "moneys":
      return amountKey(cell.value);
    case "notes":
      return textKey(cell.value.map(({ rule }) => rule));
    case "texts":
      return textKey(cell.value);
    case "suppliers":
      return textKey(cell.value.map(({ name }) => name));
    case "composite":
      return textKey([cell.value.text]);
    case "composites":
      return textKey(cell.value.map(({ text }) => text));
    default:
      return textKey([String(cell.value)]);
  }
};

const amountKey = (amounts: readonly Amount[]): SortKey | undefined => {
  const known = amounts.find(isKnown);
  return known && { kind: "amount", value: known };
};

const textKey = (texts: readonly string[]): SortKey | undefined =>
  texts.length === 0 ? undefined : { kind: "text", value: texts.join("\n") };

const compareKeys = (a: SortKey | undefined, b: SortKey | undefined, down: boolean): number => {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  const order = comparePresent(a, b);
  return down ? -order : order;
};

const comparePresent = (a: SortKey, b: SortKey): number => {
  if (a.kind === "text" && b.kind === "text") return compareNatural(a.value, b.value);
  if (a.kind === "amount" && b.kind === "amount") return compareAmounts(a.value, b.value);
  if (a.kind === "count" && b.kind === "count") return a.value - b.value;
  if (a.kind === "ratio" && b.kind === "ratio") return compareRatios(a.value, b.value);
  if (a.kind === "date" && b.kind === "date") return compareDates(a.value, b.value);
  return a.kind < b.kind ? -1 : 1;
};

const compareAmounts = (a: Money, b: Money): number => {
  const [unitA, unitB] = [unitOf(a), unitOf(b)];
  if (unitA !== unitB) return unitA < unitB ? -1 : 1;
  return a.minor < b.minor ? -1 : a.minor > b.minor ? 1 : 0;
};
