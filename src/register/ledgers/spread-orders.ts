import { type Money, MoneySum, unitOf } from "../../model/money.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { heldOrder, type Order } from "../../records/order.ts";

/**
 * The orders of a ledger in which one order may have several rows (`lines: sum`). Rows with one id that differ only in
 * what they come to and in their description are one order, which stands where the first of them does. All orders are
 * held in memory until the last row is read.
 */
export class SpreadOrders {
  readonly #orders = new Map<
    string,
    { readonly order: Order; readonly amount: MoneySum | undefined; readonly quantity: MoneySum | undefined }
  >();

  add(row: Order): void {
    const key = keyOf(row);
    const known = this.#orders.get(key);
    if (known === undefined) {
      const { amount, quantity } = row;
      this.#orders.set(key, { order: heldOrder(row), amount: sumFrom(amount), quantity: sumFrom(quantity) });
      return;
    }
    if (row.amount !== undefined) known.amount?.add(row.amount);
    if (row.quantity !== undefined) known.quantity?.add(row.quantity);
  }

  orders(): readonly Order[] {
    return Array.from(this.#orders.values(), ({ order, amount, quantity }) => ({
      ...order,
      amount: amount?.value(),
      quantity: quantity?.value(),
    }));
  }
}

const sumFrom = (money: Money | undefined): MoneySum | undefined => {
  if (money === undefined) return undefined;
  const sum = new MoneySum(unitOf(money));
  sum.add(money);
  return sum;
};

/** A key that is the same for rows of one order. Unlike units are never added (T7, L4). */
const keyOf = ({ id, lot, supplier, buyer, date, amount, quantity, declinedBy }: Order): string =>
  JSON.stringify([
    id,
    lot,
    supplier,
    buyer,
    date && formatPartialDate(date),
    amount && unitOf(amount),
    quantity && unitOf(quantity),
    declinedBy,
  ]);
