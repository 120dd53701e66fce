import { DataError } from "../../model/errors.ts";
import { madeUnder } from "../../model/lists.ts";
import { compileQuery } from "../../query/compile-query.ts";
import { isEverything } from "../../query/query.ts";
import { dayOf, queryOf, type SelectedContract, type Selection, select } from "../../query/selection.ts";
import type { Subject } from "../../query/subject.ts";
import { CurrencyWatch } from "../../query/watches.ts";
import { type CallOffs, NO_CALL_OFFS } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type CountedOrder, OrderCount, ordersUnder } from "../headroom/contract-use.ts";
import { isOnlyCallOff, ofContracts, type SelectedUse } from "../headroom/contract-uses.ts";
import { type OrderSeat, type OrderView, OrderViewing, type OrderViews } from "./order-views.ts";
import { ordersByDate } from "./orders-by-date.ts";

interface Asked {
  lot: boolean;
  seat: boolean;
  buyer: boolean;
  order: boolean;
}

const watched = ({ seat, buyer }: OrderView, order: Order, asked: Asked): Subject => ({
  contract: seat.contract,
  get lot() {
    asked.lot = true;
    return seat.asked;
  },
  get seat() {
    asked.seat = true;
    return seat.supplier;
  },
  order: {
    get buyer() {
      asked.buyer = true;
      return buyer;
    },
    get order() {
      asked.order = true;
      return order;
    },
  },
});

/** Of which of the ways to understand an order a query is true: all, none, or these. */
type Matching = "all" | "none" | readonly OrderView[];

/** Asks a query of orders. */
class OrderTest {
  readonly #test: ((subject: Subject) => boolean) | undefined;
  readonly #watch: CurrencyWatch | undefined;
  readonly #answers = new WeakMap<OrderViews["seats"], WeakMap<OrderViews["buyers"], Matching>>();
  /** Of lots among which orders may be, those of which the query is true, where that hangs on nothing else. */
  readonly #lots = new WeakMap<Lots, Lots>();

  constructor(register: Register, selection: Selection) {
    const { preference } = register;
    const query = queryOf(selection, register.suppliers, "orders");
    this.#test = isEverything(query) ? undefined : compileQuery(query, { preference, today: dayOf(selection) });
    const watch = new CurrencyWatch(query, preference);
    this.#watch = watch.watching ? watch : undefined;
  }

  matching(views: OrderViews, order: Order): Matching {
    const test = this.#test;
    if (test === undefined) return "all";
    const asked: Asked = { lot: false, seat: false, buyer: false, order: false };
    const [first] = this.#watch === undefined ? [] : viewsOf(views, views.seats);
    if (first !== undefined) this.#watch?.seeOrders([watched(first, order, asked)]);
    const known = this.#answers.get(views.seats)?.get(views.buyers);
    if (known !== undefined) return known;
    const lots = this.#lots.get(views.seats.lots);
    if (lots !== undefined) return onLots(views, lots);
    asked.order = asked.buyer = false;
    const answer = matchingOf(views, asked, (view) => test(watched(view, order, asked)));
    if (!asked.order) this.#remember(views, answer);
    if (!asked.order && !asked.buyer && !asked.seat) this.#lots.set(views.seats.lots, lotsOf(views, answer));
    return answer;
  }

  /** What does not hang on what the order itself states is the answer for all that may be in the same places. */
  #remember({ seats, buyers }: OrderViews, answer: Matching): void {
    madeUnder(this.#answers, seats, () => new WeakMap<OrderViews["buyers"], Matching>()).set(buyers, answer);
  }

  get asksAll(): boolean {
    return this.#test === undefined;
  }

  /** Whether the amounts that were met cannot be compared with those asked for. */
  get refuses(): boolean {
    return this.#watch?.refuses === true;
  }

  /** Throws UsageError for an amount without a currency where the orders have several. */
  finish(): void {
    this.#watch?.finish();
  }
}

type Lots = OrderViews["seats"]["lots"];

const lotsOf = ({ seats }: OrderViews, answer: Matching): Lots => {
  if (typeof answer === "string") return answer === "all" ? seats.lots : [];
  return [...new Set(answer.map(({ seat }) => seat.lot))];
};

const onLots = (views: OrderViews, lots: Lots): Matching => {
  if (lots.length === 0) return "none";
  if (lots === views.seats.lots || lots.length === views.seats.lots.length) return "all";
  return lots.flatMap((lot) => [...viewsOf(views, views.seats.on(lot))]);
};

function* viewsOf({ buyers }: OrderViews, seats: Iterable<OrderSeat>): Generator<OrderView> {
  for (const seat of seats) for (const buyer of buyers) yield { seat, buyer };
}

/** Of many lots, one is enough where the answer hangs neither on the lot nor on who holds it. */
const matchingOf = (views: OrderViews, asked: Asked, test: (view: OrderView) => boolean): Matching => {
  const { lots, deliverers } = views.seats;
  const [lot] = lots;
  const onFirst = matchingIn(viewsOf(views, views.seats.on(lot)), test);
  const isAlike = !asked.lot && (!asked.seat || typeof deliverers !== "function");
  return lots.length === 1 || (isAlike && typeof onFirst === "string")
    ? onFirst
    : matchingIn(viewsOf(views, views.seats), test);
};

const matchingIn = (views: Iterable<OrderView>, test: (view: OrderView) => boolean): Matching => {
  const matching: OrderView[] = [];
  let count = 0;
  for (const view of views) {
    count++;
    if (test(view)) matching.push(view);
  }
  return matching.length === 0 ? "none" : matching.length === count ? "all" : matching;
};

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
  /** Whether it is placed under a call-off that certainly is, too, and lies within that (T11). */
  readonly isWithin: boolean;
  /** Whether it is that same order, which a framework agreement lists, too: its call-off says nothing of what it is worth. */
  readonly isAgain: boolean;
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
  const above = callOffs === NO_CALL_OFFS ? NOTHING : await seenAbove(register, selection, callOffs);
  yield* ofContracts(register, selection, "order", async function* (selected) {
    const { contract, written } = selected;
    const orders = byDate ? ordersByDate : ordersUnder;
    const count = new OrderCount(register, selected, { day: dayOf(selection), onlyPlaces: !byDate });
    const viewing = new OrderViewing(register, contract);
    const depth = depthOf(written.id, callOffs);
    for await (const batch of orders(register, written, count.beside)) {
      const found: T[] = [];
      for (const order of batch) {
        const counted = count.add(order);
        if (counted.timing === "later") continue;
        const views = viewing.of(order, counted.place);
        const matching = test.matching(views, order);
        if (matching === "none") continue;
        const certain = counted.timing === "by then" && matching === "all";
        const called = count.asCalled(order, counted);
        const isAgain = listedAt(order, written.id, above) < depth;
        const isWithin = isAgain || above.callOffs.has(written.id);
        found.push(see({ selected, order: called, counted, views, matching, certain, isWithin, isAgain }));
      }
      if (!test.refuses) yield found;
    }
    const use = { selected, use: count.finish() };
    if (!isOnlyCallOff(use, callOffs)) done?.(use);
  });
  test.finish();
}

/** What frameworks list that are asked for, of what their call-offs list as well. */
interface SeenAbove {
  /** The call-offs, contracts of their own, that certainly are among the orders. */
  readonly callOffs: ReadonlySet<string>;
  /** By the contract that states them, how far down the first framework is that lists orders, by their ids or all of them. */
  readonly orders: ReadonlyMap<string, ReadonlyMap<string | undefined, number>>;
}

const NOTHING: SeenAbove = { callOffs: new Set(), orders: new Map() };

/** How many frameworks are above a contract. */
const depthOf = (id: string, { frameworkOf }: CallOffs): number => {
  let depth = 0;
  for (let at = frameworkOf({ id }); at !== undefined; at = frameworkOf({ id: at })) depth++;
  return depth;
};

/** How far down the first framework is that lists an order. */
const listedAt = ({ id, callOff }: Order, contract: string, { orders }: SeenAbove): number => {
  const placed = callOff === undefined ? { contract, order: id } : callOff.placed;
  const listed = placed && orders.get(placed.contract);
  return listed?.get(placed?.order) ?? listed?.get(undefined) ?? Number.POSITIVE_INFINITY;
};

const seenAbove = async (register: Register, selection: Selection, callOffs: CallOffs): Promise<SeenAbove> => {
  const test = new OrderTest(register, selection);
  const found = { callOffs: new Set<string>(), orders: new Map<string, Map<string | undefined, number>>() };
  for await (const batch of select(register, selection, "order")) {
    for (const selected of batch) {
      const { contract, written } = selected;
      const own = callOffs.under(written, register.preference);
      if (own.length === 0) continue;
      const depth = depthOf(written.id, callOffs);
      const count = new OrderCount(register, selected, { day: dayOf(selection), onlyPlaces: true });
      const viewing = new OrderViewing(register, contract);
      const timingOf = (order: Order) => {
        const { timing, place } = count.add(order);
        return timing !== "later" && test.matching(viewing.of(order, place), order) === "all" ? timing : undefined;
      };
      for (const order of own) if (timingOf(order) === "by then") found.callOffs.add(order.id);
      for (const { contract: below, asUnder } of callOffs.orderedUnder(written, register.preference)) {
        const listed = madeUnder(found.orders, below.id, () => new Map<string | undefined, number>());
        const list = (id: string | undefined) => listed.set(id, Math.min(depth, listed.get(id) ?? depth));
        if (test.asksAll) list(undefined);
        else
          for await (const id of listedIn(register, below, (order) => timingOf(asUnder(order)) !== undefined)) list(id);
      }
    }
  }
  return found;
};

/** The ids of the orders of a contract of which something is so; what is wrong with them is told where they are shown. */
async function* listedIn(
  register: Register,
  contract: Contract,
  isListed: (order: Order) => boolean,
): AsyncGenerator<string> {
  try {
    for await (const batch of register.orders(contract)) for (const order of batch) if (isListed(order)) yield order.id;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
}

/** As {@link seenOrders}, for those who look and need no answer. */
export const seeOrders = async (register: Register, selection: Selection, seeing: Seeing<void>): Promise<void> => {
  const seen = seenOrders(register, selection, seeing);
  while ((await seen.next()).done !== true);
};
