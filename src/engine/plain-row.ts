import { type Amount, exactLiteral, isQuantity, type Money, moneyLiteral } from "../model/money.ts";
import { type BoundedRatio, formatPercent, formatRatio } from "../model/ratio.ts";
import { formatDate } from "../model/reckoned-date.ts";
import type { Cell, Column, Composite } from "./column.ts";

/** What JSON can hold, and JavaScript too. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** A bound and its lower end, where there is one. */
const limitsOf = (
  bound: string | undefined,
  least: PlainValue | undefined,
): { readonly [name: string]: PlainValue } => ({
  ...(bound !== undefined && { bound }),
  ...(least !== undefined && { least }),
});

/** An amount, its figure as a text: no number of JavaScript holds all of its digits (N1). */
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

/** A ratio as it is shown: of one decimal, which is what it is known to. */
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

/** A row as `--json` has it, but that amounts are texts. */
export const plainRow = <Row>(columns: readonly Column<Row>[], row: Row): PlainValue =>
  Object.fromEntries(columns.map(({ name, cell }) => [name, plainCell(cell(row))]));

const say = (what: object, toJSON: () => PlainValue): void => {
  Object.defineProperty(what, "toJSON", { value: toJSON, configurable: true, writable: true });
};

const isMoney = (value: unknown): value is Money =>
  typeof value === "object" && value !== null && "minor" in value && typeof value.minor === "bigint";

/** The same row, which `JSON.stringify` can write, as it can the amounts in it. */
export const writable = <Row>(columns: readonly Column<Row>[], row: Row): Row => {
  if (typeof row !== "object" || row === null) return row;
  for (const value of Object.values(row))
    for (const amount of Array.isArray(value) ? value : [value])
      if (isMoney(amount)) say(amount, () => plainMoney(amount));
  say(row, () => plainRow(columns, row));
  return row;
};
