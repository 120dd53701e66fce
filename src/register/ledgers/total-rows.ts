import { unitOf } from "../../model/money.ts";
import { measuresOf, type Order, type RowKind } from "../../records/order.ts";
import { isPlainTotal, saysTotal } from "./dialect.ts";

type Sums = Map<string, bigint>;

const addTo = (sums: Sums, unit: string, minor: bigint): void => {
  sums.set(unit, (sums.get(unit) ?? 0n) + minor);
};

/**
 * Tells orders from rows that sum up those above them, in one list or ledger from its first row on. A row that is
 * called a total is no order if it comes to what the orders since the last total come to, or all orders so far. Nor is
 * it one if it is only called so, and names no day, lot or supplier.
 */
export class TotalRows {
  #since: Sums = new Map();
  readonly #before: Sums = new Map();

  /** What a row is, if it is not certainly an order: `doubt` counts as one all the same. Undefined for an order. */
  kindOf(order: Order): RowKind | undefined {
    if (order.noOrder !== undefined) return order.noOrder;
    const kind = saysTotal(order.id) ? this.#judge(order) : undefined;
    if (kind === "total" || kind === "sum") this.#begin();
    else for (const money of measuresOf(order)) addTo(this.#since, unitOf(money), money.minor);
    return kind;
  }

  /** Adds the sum of orders that are not called totals, and that stand before the next row. */
  add(unit: string, minor: bigint): void {
    addTo(this.#since, unit, minor);
  }

  #judge(order: Order): RowKind {
    if (this.#isSum(order)) return "sum";
    return isPlainTotal(order) ? "total" : "doubt";
  }

  #isSum(order: Order): boolean {
    const measures = measuresOf(order);
    const isAll = (sumIn: (unit: string) => bigint | undefined) =>
      measures.every((money) => sumIn(unitOf(money)) === money.minor);
    return isAll((unit) => this.#since.get(unit)) || isAll((unit) => this.#soFar(unit));
  }

  #soFar(unit: string): bigint | undefined {
    const [before, since] = [this.#before.get(unit), this.#since.get(unit)];
    return before === undefined ? since : before + (since ?? 0n);
  }

  #begin(): void {
    for (const [unit, minor] of this.#since) addTo(this.#before, unit, minor);
    this.#since = new Map();
  }
}
