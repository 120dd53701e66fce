import type { Preference } from "../model/claim.ts";
import type { Amount, StatedAmount } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Quantity } from "../model/quantity.ts";
import type { Shown as ShownTrait } from "../records/field.ts";
import { isAmount, isDate, isQuantity, isText } from "../records/kinds.ts";
import { type NamedField, saidIn, type Table, type Values } from "../records/record.ts";
import { modelOf } from "../records/record-shapes.ts";
import { type Cell, type Column, column, hidden } from "./report.ts";
import { quantityCellOf } from "./value-cells.ts";

/** What a row holds for a field of each kind that tables show as a column. */
interface RowKinds {
  readonly id: string | undefined;
  readonly text: string | undefined;
  readonly texts: readonly string[];
  readonly date: PartialDate | undefined;
  readonly amount: Amount;
  readonly amounts: readonly StatedAmount[];
  readonly quantity: Quantity | undefined;
}
type RowKind = keyof RowKinds;

type NamesShown<F extends Table> = {
  [Name in keyof F]: F[Name] extends { readonly column: ShownTrait; readonly kind: RowKind } ? Name : never;
}[keyof F];

/** The part of a row that a table of records describes: the fields that it shows as columns. */
export type ShownOf<F extends Table> = {
  readonly [Name in NamesShown<F>]: F[Name] extends { readonly kind: infer K extends RowKind } ? RowKinds[K] : never;
};

/** How a kind is shown as a column. These are methods, so that each kind can be used as a `RowKindOf<unknown>`. */
interface RowKindOf<T> {
  /**
   * What a row holds for a stated value, or where none is stated: undefined, an empty list, or `missing` for an amount.
   */
  held(stated: unknown): T;
  column(name: string, meaning: string, value: (row: Row) => T, title: string): Column<Row>;
}

type Row = Readonly<Record<string, unknown>>;

const listOf = <T>(value: unknown, isItem: (item: unknown) => item is T): readonly T[] =>
  Array.isArray(value) ? value.filter(isItem) : isItem(value) ? [value] : [];

const text = (value: unknown): string | undefined => (isText(value) ? value : undefined);

const ROW_KINDS: { readonly [K in RowKind]: RowKindOf<RowKinds[K]> } = {
  id: { held: text, column: column.id },
  text: { held: text, column: column.text },
  texts: { held: (stated) => listOf(stated, isText), column: column.texts },
  date: { held: (stated) => (isDate(stated) ? stated : undefined), column: column.date },
  amount: { held: (stated) => (isAmount(stated) ? stated : "missing"), column: column.money },
  amounts: { held: (stated) => listOf(stated, isAmount), column: column.moneys },
  quantity: {
    held: (stated) => (isQuantity(stated) ? stated : undefined),
    column: (name, meaning, value, title) => column.any(name, meaning, (row) => quantityCell(value(row)), title),
  },
};

/** A quantity without a unit is shown as a number, so that other programs can calculate with it. */
const quantityCell = (quantity: Quantity | undefined): Cell | undefined => {
  if (quantity === undefined) return undefined;
  const { count, unit, approximate } = quantity;
  return unit === "" && !approximate ? { type: "count", value: count } : quantityCellOf(quantity);
};

const isRowKind = (kind: string | undefined): kind is RowKind => kind !== undefined && kind in ROW_KINDS;

interface ShownField {
  readonly field: NamedField;
  readonly kind: RowKindOf<unknown>;
  readonly trait: ShownTrait;
}

const SHOW = { known: <R>(shown: Column<R>) => shown, never: hidden };

const shownIn = (fields: readonly NamedField[]): readonly ShownField[] =>
  fields.flatMap((field) => {
    if (field.column === undefined) return [];
    if (!isRowKind(field.kind)) throw new TypeError(`no column shows ${field.name}`);
    return [{ field, kind: ROW_KINDS[field.kind], trait: field.column }];
  });

const isRowPart = <F extends Table>(_row: object): _row is ShownOf<F> => true;

/** The columns that a table of records describes, and what rows hold for them. */
export class TableColumns<F extends Table> {
  readonly #shown: readonly ShownField[];
  #model: Values | undefined;

  constructor({ fields }: { readonly fields: readonly NamedField[] }) {
    this.#shown = shownIn(fields);
  }

  /** All columns except those that an answer has its own version of. */
  without(names: readonly string[]): readonly Column<Row>[] {
    return this.#shown.filter(({ field }) => !names.includes(field.name)).map((one) => columnOf(one));
  }

  named(name: keyof ShownOf<F> & string): Column<Row> {
    const shown = this.#shown.find(({ field }) => field.name === name);
    if (shown === undefined) throw new TypeError(`no column ${name}`);
    return columnOf(shown);
  }

  /** The part of a row that tells what the preferred source says of a record. */
  rowOf(record: Row, preference: Preference): ShownOf<F> {
    this.#model ??= modelOf(this.#shown.map(({ field }) => field.name));
    const row: Values = { ...this.#model };
    for (const { field, kind } of this.#shown) row[field.name] = kind.held(saidIn(field, record, preference));
    if (!isRowPart<F>(row)) throw new TypeError("a table describes its rows");
    return row;
  }
}

const columnOf = ({ field: { name, says, meaning = says }, kind, trait }: ShownField): Column<Row> =>
  SHOW[trait.shown](kind.column(name, meaning, (row) => row[name], trait.title));
