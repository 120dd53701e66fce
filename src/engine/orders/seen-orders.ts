import { dayOf, type SelectedContract, type Selection } from "../../query/selection.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type CountedOrder, OrderCount } from "../headroom/contract-use.ts";
import { isOnlyCallOff, ofContracts, type SelectedUse } from "../headroom/contract-uses.ts";
import { ordersUnder } from "../headroom/orders-under.ts";
import { OrderTest } from "./order-test.ts";
import { type OrderView, OrderViewing, type OrderViews } from "./order-views.ts";
import { ordersByDate } from "./orders-by-date.ts";

/** An order that was asked for, at the moment when it has been counted against its ceilings. */
export interface SeenOrder {
  readonly selected: SelectedContract;
  readonly order: Order;
  readonly counted: CountedOrder;
  /** All ways to understand it, and which of them were asked for. */
  readonly views: OrderViews;
  readonly matching: "all" | readonly OrderView[];
  /** Whether it was certainly placed by the day, and is certainly among what was asked for. */
  readonly certain: boolean;
}

interface Seeing<T> {
  /**
   * Whether the orders of a contract come in the order of their dates, which takes a second reading, and are counted against
   * its ceilings, as balances need it.
   */
  readonly byDate: boolean;
  /** Looks at an order while the ceilings are as they are after it, if they are counted. */
  readonly see: (seen: SeenOrder) => T;
  /** Hears, after the orders of a contract, what all of them come to. */
  readonly done?: (use: SelectedUse) => void;
}

/**
 * What is to be said of the orders that were placed by the day and that a selection asks for, contract by contract. Throws
 * DataError for orders that cannot be read, and UsageError for amounts that cannot be compared, once all is read.
 */
export async function* seenOrders<T>(
  register: Register,
  selection: Selection,
  { byDate, see, done }: Seeing<T>,
): AsyncGenerator<readonly T[]> {
  const test = new OrderTest(register, selection);
  const callOffs = await register.callOffs();
  yield* ofContracts(register, selection, "order", async function* (selected) {
    const { contract, written } = selected;
    const orders = byDate ? ordersByDate : ordersUnder;
    const count = new OrderCount(register, selected, { day: dayOf(selection), onlyPlaces: !byDate });
    const viewing = new OrderViewing(register, contract);
    for await (const batch of orders(register, written, count.beside)) {
      const found: T[] = [];
      for (const order of batch) {
        const counted = count.add(order);
        if (counted.timing === "later") continue;
        const views = viewing.of(order, counted.place);
        const matching = test.matching(views, order);
        if (matching === "none") continue;
        const certain = counted.timing === "by then" && matching === "all";
        found.push(see({ selected, order, counted, views, matching, certain }));
      }
      if (!test.refuses) yield found;
    }
    const use = { selected, use: count.finish() };
    if (!isOnlyCallOff(use, callOffs)) done?.(use);
  });
  test.finish();
}

/** As {@link seenOrders}, for those who look and need no answer. */
export const seeOrders = async (register: Register, selection: Selection, seeing: Seeing<void>): Promise<void> => {
  const seen = seenOrders(register, selection, seeing);
  while ((await seen.next()).done !== true);
};
