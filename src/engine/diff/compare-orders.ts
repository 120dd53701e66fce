import type { Money } from "../../model/money.ts";
import type { TextSum } from "../../model/text-sum.ts";
import type { Contract } from "../../records/contract.ts";
import { measuresOf, type Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { Cell } from "../report.ts";
import { compareItem } from "./compare-items.ts";
import { type DiffRow, itemRow } from "./diff-row.ts";
import { contentOf, type Item, plain, plainText } from "./item.ts";
import { type Renames, renamed } from "./renames.ts";

/** A contract of a register, with what its lots are called now. */
interface OrdersOf {
  readonly register: Register;
  readonly contract: Contract;
  readonly lots: Renames;
}

const NONE: Renames = new Map();

const gistOf = (measured: readonly Money[]): Cell | undefined => {
  const [only, ...others] = measured;
  return only !== undefined && others.length === 0
    ? { type: "money", value: only }
    : { type: "moneys", value: measured };
};

const orderItem = (contract: Contract, order: Order, lots: Renames): Item => ({
  kind: "order",
  id: order.id,
  name: `${contract.id} ${order.id}`,
  statements: [
    ...plainText("lot", order.lot && renamed(order.lot, lots)),
    ...plainText("supplier", order.supplier),
    ...plainText("buyer", order.buyer),
    ...plain("date", order.date && { type: "date", value: order.date }),
    ...plain("amount", order.amount && { type: "money", value: order.amount }),
    ...plain("quantity", order.quantity && { type: "money", value: order.quantity }),
    ...plainText("description", order.description),
    ...plainText("declinedBy", order.declinedBy),
  ],
  gist: () => gistOf(measuresOf(order)),
});

async function* itemsOf({ register, contract, lots }: OrdersOf): AsyncGenerator<Item> {
  for await (const batch of register.orders(contract)) {
    for (const order of batch) yield orderItem(contract, order, lots);
  }
}

/** Adds the orders of a contract to a sum; most contracts have none. */
export const addOrders = async (sum: TextSum, register: Register, contract: Contract): Promise<void> => {
  for await (const item of itemsOf({ register, contract, lots: NONE }))
    sum.add(`order\0${item.id}\0${contentOf(item)}`);
};

/**
 * What changed in the orders of a contract. Only what they say in short is kept of each, and the whole of those that
 * changed.
 */
export async function* compareOrders(before: OrdersOf, after: OrdersOf): AsyncGenerator<DiffRow> {
  const old = new Map<string, string>();
  for await (const item of itemsOf(before)) old.set(item.id, contentOf(item));
  const changed = new Map<string, Item>();
  for await (const item of itemsOf(after)) {
    const content = old.get(item.id);
    if (content === undefined) yield itemRow("added", item);
    else if (content !== contentOf(item)) changed.set(item.id, item);
    if (content !== undefined && !changed.has(item.id)) old.delete(item.id);
  }
  if (old.size === 0) return;
  for await (const item of itemsOf(before)) {
    const now = changed.get(item.id);
    if (now !== undefined) yield* compareItem(item, now);
    else if (old.has(item.id)) yield itemRow("removed", item);
  }
}
