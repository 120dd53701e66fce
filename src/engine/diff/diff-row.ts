import { isKnown, type Money, subtractMoney } from "../../model/money.ts";
import { type BoundedRatio, percentOf } from "../../model/ratio.ts";
import { MEANING } from "../../query/fields.ts";
import { type Cell, type Column, column, whenVaried } from "../report.ts";
import type { Item, ItemKind, Statement } from "./item.ts";

export const CHANGES = ["added", "removed", "renamed", "changed"] as const;
export type Change = (typeof CHANGES)[number];

export interface DiffRow {
  readonly change: Change;
  readonly kind: ItemKind;
  /** The name of the record, such as `cloud-i/2`; where its id changed, with the new id. */
  readonly record: string;
  /** Undefined where a whole record was added or removed, or only its id changed. */
  readonly fact: string | undefined;
  readonly source: string | undefined;
  readonly before: Cell | undefined;
  readonly after: Cell | undefined;
  readonly difference: Money | undefined;
  readonly percent: BoundedRatio | undefined;
}

export const DIFF_COLUMNS: readonly Column<DiffRow>[] = [
  column.text("change", "What happened: added, removed, renamed or changed."),
  column.text("part", "What part of a register it happened to.", (row) => row.kind, "What"),
  column.text("record", MEANING.record, "Of"),
  column.text("fact", MEANING.fact),
  whenVaried(column.id("source", MEANING.source)),
  column.any("before", "What the old register says."),
  column.any("after", "What the new register says."),
  column.money("changedBy", "By how much an amount changed.", (row) => row.difference),
  column.percent("percent", "By how much, in percent of the amount before.", "In %"),
];

const moneyIn = (cell: Cell | undefined): Money | undefined => {
  if (cell?.type === "money") return isKnown(cell.value) ? cell.value : undefined;
  const [only, ...others] = cell?.type === "moneys" ? cell.value : [];
  return typeof only === "object" && others.length === 0 ? only : undefined;
};

/** An amount in percent of another one. Undefined where the other is not exact. */
const shareOf = ({ minor, bound, least }: Money, whole: Money): BoundedRatio | undefined => {
  const value = whole.bound === undefined ? percentOf(minor, whole.minor) : undefined;
  if (value === undefined) return undefined;
  const lowest = least === undefined ? undefined : percentOf(least, whole.minor);
  return { value, ...(bound !== undefined && { bound }), ...(lowest !== undefined && { least: lowest }) };
};

const amountsOf = (before: Cell | undefined, after: Cell | undefined): Pick<DiffRow, "difference" | "percent"> => {
  const [from, to] = [moneyIn(before), moneyIn(after)];
  const difference = from && to && subtractMoney(to, from);
  return { difference, percent: from && difference && shareOf(difference, from) };
};

export const itemRow = (change: "added" | "removed", { kind, name, gist }: Item): DiffRow => ({
  change,
  kind,
  record: name,
  fact: undefined,
  source: undefined,
  before: change === "removed" ? gist() : undefined,
  after: change === "added" ? gist() : undefined,
  difference: undefined,
  percent: undefined,
});

export const renamedRow = (kind: ItemKind, before: string, after: string): DiffRow => ({
  change: "renamed",
  kind,
  record: after,
  fact: undefined,
  source: undefined,
  before: { type: "id", value: before },
  after: { type: "id", value: after },
  difference: undefined,
  percent: undefined,
});

/** A row for one fact of an item. A statement is undefined where it is not made. */
export const factRow = (
  { kind, name }: Pick<Item, "kind" | "name">,
  before: Statement | undefined,
  after: Statement | undefined,
): DiffRow => ({
  change: before === undefined ? "added" : after === undefined ? "removed" : "changed",
  kind: (after ?? before)?.seat === undefined ? kind : "seat",
  record: name,
  fact: (after ?? before)?.fact,
  source: (after ?? before)?.by?.source,
  before: before?.cell,
  after: after?.cell,
  ...amountsOf(before?.cell, after?.cell),
});
