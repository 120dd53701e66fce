import {
  type Amount,
  exactLiteral,
  formatMoney,
  isQuantity,
  type Money,
  moneyLiteral,
  type StatedAmount,
} from "../model/money.ts";
import { formatDate, type ReckonedDate } from "../model/partial-date.ts";
import { type BoundedRatio, formatPercent, formatRatio } from "../model/ratio.ts";
import type { Note } from "../records/history.ts";
import type { SupplierKind } from "../records/supplier.ts";

/** A value that JSON and JavaScript can both hold. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** An amount for people; what is unknown is named, never left blank. */
export const amountText = (amount: Amount): string => {
  if (amount === "missing") return "not stated";
  return amount === "withheld" ? "withheld" : formatMoney(amount);
};

/** A bound and its lower end, where there is one. */
const limitsOf = (
  bound: string | undefined,
  least: PlainValue | undefined,
): { readonly [name: string]: PlainValue } => ({
  ...(bound !== undefined && { bound }),
  ...(least !== undefined && { least }),
});

/** An amount with its figure as a text, because no number of JavaScript holds all of its digits (N1). */
const plainAmount = (amount: Amount): PlainValue => {
  if (amount === "missing") return null;
  return amount === "withheld" ? { withheld: true } : plainMoney(amount);
};

const plainMoney = (money: Money): PlainValue => {
  const { currency, called = currency, precision, vat, bound, least } = money;
  const limits = limitsOf(bound, least === undefined ? undefined : moneyLiteral({ minor: least, currency, precision }));
  if (isQuantity(money)) return { quantity: moneyLiteral(money), unit: called, ...limits };
  return { amount: exactLiteral(money), currency, ...(vat !== undefined && { vat }), ...limits };
};

/** A ratio as it is shown: to one decimal, which is as precisely as it is known. */
const plainRatio = (
  name: "percent" | "number",
  format: (ratio: BoundedRatio["value"]) => string,
  ratio: BoundedRatio,
) => ({
  [name]: Number(format(ratio.value)),
  ...limitsOf(ratio.bound, ratio.least && Number(format(ratio.least))),
});

const plainComposite = ({ fields }: Composite): PlainValue =>
  Object.fromEntries(fields.map(([name, cell]) => [name, plainCell(cell)]));

const plainCell = (cell: Cell | undefined): PlainValue => {
  if (cell === undefined) return null;
  switch (cell.type) {
    case "percent":
      return plainRatio("percent", formatPercent, cell);
    case "decimal":
      return plainRatio("number", formatRatio, cell);
    case "date":
      return formatDate(cell.value);
    case "money":
      return plainAmount(cell.value);
    case "moneys":
      return cell.value.map(plainAmount);
    case "composite":
      return plainComposite(cell.value);
    case "composites":
      return cell.value.map(plainComposite);
    case "suppliers":
      return cell.value.map(({ id, name, kind, organisations }) => ({ id, name, kind, organisations }));
    case "notes":
      return cell.value.map(({ rule, text }) => ({ rule, text }));
    default:
      return cell.value;
  }
};

/** A row as `--json` writes it, except that amounts are texts. */
export const plainRow = <Row>(columns: readonly Column<Row>[], row: Row): PlainValue =>
  Object.fromEntries(columns.map(({ name, cell }) => [name, plainCell(cell(row))]));

const say = (what: object, toJSON: () => PlainValue): void => {
  Object.defineProperty(what, "toJSON", { value: toJSON, configurable: true, writable: true });
};

const isMoney = (value: unknown): value is Money =>
  typeof value === "object" && value !== null && "minor" in value && typeof value.minor === "bigint";

/** Makes a row, and the amounts in it, writable by `JSON.stringify`, and returns the same row. */
export const writable = <Row>(columns: readonly Column<Row>[], row: Row): Row => {
  if (typeof row !== "object" || row === null) return row;
  for (const value of Object.values(row))
    for (const amount of Array.isArray(value) ? value : [value])
      if (isMoney(amount)) say(amount, () => plainMoney(amount));
  say(row, () => plainRow(columns, row));
  return row;
};

/** A supplier as a row shows it; a company's only organisation is itself. */
export interface SupplierCell {
  readonly id: string;
  readonly name: string;
  readonly kind: SupplierKind;
  readonly organisations: readonly string[];
}

/** Several fields that are one value: machines read the fields, people the text. */
export interface Composite {
  readonly text: string;
  /** Each field that says something, by its name in the register. */
  readonly fields: readonly (readonly [name: string, cell: Cell])[];
}

/** A value and its kind; how it looks is for the output to say. */
export type Cell =
  | { readonly type: "id" | "text"; readonly value: string }
  | { readonly type: "count"; readonly value: number }
  | ({ readonly type: "percent" | "decimal" } & BoundedRatio)
  | { readonly type: "date"; readonly value: ReckonedDate }
  | { readonly type: "money"; readonly value: Amount }
  /** One amount for each currency, or "withheld" alone. */
  | { readonly type: "moneys"; readonly value: readonly StatedAmount[] }
  | { readonly type: "texts"; readonly value: readonly string[] }
  | { readonly type: "suppliers"; readonly value: readonly SupplierCell[] }
  | { readonly type: "notes"; readonly value: readonly Note[] }
  | { readonly type: "flag"; readonly value: boolean }
  | { readonly type: "composite"; readonly value: Composite }
  | { readonly type: "composites"; readonly value: readonly Composite[] };

export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  readonly type: Cell["type"] | "any";
  /** What the column says, for the documentation and the JSON Schema. */
  readonly meaning: string;
  /**
   * When tables show it: "asked", because it was asked for by name, even where it is empty; otherwise "never", only
   * when its values differ from row to row ("varied"), or when some row has a value ("known").
   */
  readonly shown: "asked" | "never" | "varied" | "known";
  /**
   * The turn in which tables leave it out on a terminal that is too narrow, unless it was asked for by name. Set where
   * that depends on the columns beside it, and not on its name alone.
   */
  readonly expendable?: number;
  /** Whether rows repeat figures that they share, so that adding them up would count these more than once. */
  readonly overlapping?: boolean;
  /** Whether its percentages are parts of a whole, which a bar may show. */
  readonly bar?: boolean;
  readonly cell: (row: Row) => Cell | undefined;
}

const spoken = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** Makes a column of the value that rows hold under its name, or of another value of theirs. */
interface ColumnOf<T> {
  <Name extends string>(name: Name, meaning: string, title?: string): Column<{ readonly [_ in Name]?: T | undefined }>;
  <Row>(name: string, meaning: string, value: (row: Row) => T | undefined, title?: string): Column<Row>;
}

type Held<T> = Readonly<Record<string, T | undefined>>;

const columnOf =
  <T>(type: Column<never>["type"], cellOf: (value: T) => Cell): ColumnOf<T> =>
  (
    name: string,
    meaning: string,
    second?: string | ((row: Held<T>) => T | undefined),
    third?: string,
  ): Column<Held<T>> => {
    const [value, title = spoken(name)] =
      typeof second === "function" ? [second, third] : [(row: Held<T>) => row[name], second];
    const cell = (row: Held<T>): Cell | undefined => {
      const known = value(row);
      return known === undefined ? undefined : cellOf(known);
    };
    return { type, name, title, meaning, shown: "known", cell };
  };

/**
 * Builds columns. Their headings are their names unless a title is given, and tables show them if some row has a value.
 */
export const column = {
  id: columnOf("id", (value: string) => ({ type: "id", value })),
  text: columnOf("text", (value: string) => ({ type: "text", value })),
  count: columnOf("count", (value: number) => ({ type: "count", value })),
  percent: columnOf("percent", (ratio: BoundedRatio) => ({ type: "percent", ...ratio })),
  decimal: columnOf("decimal", (ratio: BoundedRatio) => ({ type: "decimal", ...ratio })),
  date: columnOf("date", (value: ReckonedDate) => ({ type: "date", value })),
  money: columnOf("money", (value: Amount) => ({ type: "money", value })),
  moneys: columnOf("moneys", (value: readonly StatedAmount[]) => ({ type: "moneys", value })),
  texts: columnOf("texts", (value: readonly string[]) => ({ type: "texts", value })),
  suppliers: columnOf("suppliers", (value: readonly SupplierCell[]) => ({ type: "suppliers", value })),
  notes: columnOf("notes", (value: readonly Note[]) => ({ type: "notes", value })),
  any: columnOf("any", (value: Cell) => value),
};

export const hidden = <Row>(shownColumn: Column<Row>): Column<Row> => ({ ...shownColumn, shown: "never" });
export const whenVaried = <Row>(shownColumn: Column<Row>): Column<Row> => ({ ...shownColumn, shown: "varied" });

/** The same column, left out of tables for which a terminal has no room: the lower its turn, the sooner. */
export const whenRoom = <Row>(shownColumn: Column<Row>, turn = 1): Column<Row> => ({
  ...shownColumn,
  expendable: turn,
});

export const withBar = <Row>(shownColumn: Column<Row>): Column<Row> => ({ ...shownColumn, bar: true });
export const overlapping = <Row>(shownColumn: Column<Row>): Column<Row> => ({ ...shownColumn, overlapping: true });
