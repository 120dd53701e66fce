import type { Cell, Column, Report } from "../engine/report.ts";
import { type Amount, isKnown, minorDigits, unitOf } from "../model/money.ts";
import { type BoundedRatio, formatPercent, formatRatio, type Ratio } from "../model/ratio.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredTable, type StoredValue } from "../model/stored-table.ts";
import { cellLines, isEmpty } from "../output/cell-text.ts";
import { type LineParts, linesOf } from "../output/figure-fields.ts";

type ColumnType = Column<never>["type"];

/** The columns that go with an amount, which is itself in minor units of its currency. */
const OF_AMOUNTS: readonly StoredColumn[] = [
  { name: "currency", type: "text", says: "By which amounts may be added up: EUR, EUR incl. VAT, or a unit." },
  { name: "digits", type: "count", says: "How many digits of it are decimals." },
  { name: "bound", type: "text", says: "exactly, atLeast, atMost or between." },
  { name: "least", type: "minor", says: "The lower end of a range, of which the amount is the upper one." },
  { name: "state", type: "text", says: "known, missing or withheld." },
];

const OF_RATIOS: readonly StoredColumn[] = [
  { name: "bound", type: "text", says: "exactly, atLeast, atMost or between." },
  { name: "least", type: "ratio", says: "The lower end of a range, of which the figure is the upper one." },
  { name: "state", type: "text", says: "known or missing." },
];

/** The columns of a store for one column of an answer. A figure needs several (T8). */
const columnsOf = ({
  name,
  type,
  meaning,
}: Pick<Column<never>, "name" | "type" | "meaning">): readonly StoredColumn[] => {
  const own = (stored: StoredColumn["type"], others: readonly StoredColumn[] = []): readonly StoredColumn[] => [
    { name, type: stored, says: meaning },
    ...others.map((other) => ({ ...other, name: `${name}_${other.name}` })),
  ];
  switch (type) {
    case "count":
      return own("count");
    case "flag":
      return own("flag");
    case "percent":
    case "decimal":
      return own("ratio", OF_RATIOS);
    case "money":
    case "moneys":
      return own("minor", OF_AMOUNTS);
    case "texts":
    case "suppliers":
    case "notes":
    case "composites":
      return own("texts");
    default:
      return own("text");
  }
};

const NO_AMOUNT: readonly StoredValue[] = Array.from({ length: OF_AMOUNTS.length + 1 }, () => undefined);
const noAmount = (state: string): readonly StoredValue[] => [...NO_AMOUNT.slice(1), state];

const amountValues = (amount: Amount): readonly StoredValue[] => {
  if (!isKnown(amount)) return noAmount(amount);
  const { minor, currency, bound, least } = amount;
  const digits = String(minorDigits(currency));
  return [String(minor), unitOf(amount), digits, bound ?? "exactly", least?.toString(), "known"];
};

const ratioValues = (
  { value, bound, least }: BoundedRatio,
  format: (ratio: Ratio) => string,
): readonly StoredValue[] => [format(value), bound ?? "exactly", least && format(least), "known"];

const textsOf = (cell: Cell): readonly string[] => {
  if (isEmpty(cell)) return [];
  return cell.type === "suppliers" ? cell.value.map(({ id }) => id) : cellLines(cell);
};

/**
 * The values of a cell in the nth line of its row. Further lines give each further amount once, and repeat only texts
 * and flags.
 */
const valuesOf = (type: ColumnType, cell: Cell | undefined, nth: number): readonly StoredValue[] => {
  switch (type) {
    case "money":
    case "moneys": {
      const amounts = cell?.type === "money" ? [cell.value] : cell?.type === "moneys" ? cell.value : [];
      const amount = amounts[nth];
      if (amount !== undefined) return amountValues(amount);
      return nth === 0 ? noAmount("missing") : NO_AMOUNT;
    }
    case "percent":
    case "decimal":
      if (cell?.type === "percent" && nth === 0) return ratioValues(cell, formatPercent);
      if (cell?.type === "decimal" && nth === 0) return ratioValues(cell, formatRatio);
      return [undefined, undefined, undefined, nth === 0 ? "missing" : undefined];
    case "count":
      return [cell === undefined || nth > 0 ? undefined : String(cell.value)];
    case "texts":
    case "suppliers":
    case "notes":
    case "composites":
      return [cell && textsOf(cell).join(BETWEEN_TEXTS)];
    case "flag":
      return [cell?.type === "flag" ? String(cell.value) : undefined];
    default:
      return [cell && textsOf(cell).join("; ")];
  }
};

/**
 * An answer as a table of a store. Its columns have the names that they have in CSV, and amounts are in minor units
 * (N1). A total among its rows is left out, because it is not one of them.
 */
export const storedTable = <Row>(
  name: string,
  says: string,
  { columns, batches, summarised }: Report<Row>,
): StoredTable => {
  const valuesIn: LineParts<StoredValue> = ({ type }, cell, nth) => valuesOf(type, cell, nth);
  const rows = async function* () {
    for await (const batch of batches)
      yield batch.flatMap((row) => (summarised?.(row) === true ? [] : linesOf(columns, row, valuesIn)));
  };
  return { name, says, columns: columns.flatMap(columnsOf), rows: rows() };
};

/** A table of one column of texts. */
export const textTable = (name: string, column: string, texts: readonly string[]): StoredTable => ({
  name,
  says: "",
  columns: [{ name: column, type: "text", says: "" }],
  rows: oneBatch(texts.map((text) => [text])),
});

/** All rows at once. */
export async function* oneBatch<T>(batch: T): AsyncGenerator<T> {
  yield batch;
}
