import { DataError } from "../../model/errors.ts";
import { madeUnder } from "../../model/lists.ts";
import { compileQuery } from "../../query/compile-query.ts";
import { isEverything } from "../../query/query.ts";
import { dayOf, queryOf, type SelectedContract, type Selection, select } from "../../query/selection.ts";
import type { Subject } from "../../query/subject.ts";
import { CurrencyWatch } from "../../query/watches.ts";
import { type CallOffs, frameworksAbove, NO_CALL_OFFS } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import type { Order, Placed } from "../../records/order.ts";
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

/** The ways to understand an order for which a query is true: all, none, or these. */
type Matching = "all" | "none" | readonly OrderView[];

class OrderTest {
  readonly #test: ((subject: Subject) => boolean) | undefined;
  readonly #watch: CurrencyWatch | undefined;
  readonly #answers = new WeakMap<OrderViews["seats"], WeakMap<OrderViews["buyers"], Matching>>();
  /** For lots on which orders may be: those for which the query is true, where that depends on nothing else. */
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

  /** An answer that does not depend on the order itself holds for all orders with the same seats and buyers. */
  #remember({ seats, buyers }: OrderViews, answer: Matching): void {
    madeUnder(this.#answers, seats, () => new WeakMap<OrderViews["buyers"], Matching>()).set(buyers, answer);
  }

  get asksAll(): boolean {
    return this.#test === undefined;
  }

  /** Whether the amounts so far cannot be compared with those asked for. */
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

/** Asks only the first of several lots where the answer depends neither on the lot nor on who holds it. */
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
  /** Whether it was certainly placed by the day and is certainly among what was asked for. */
  readonly certain: boolean;
  /**
   * The call-off that it lies within, where that is certainly asked for, too, or lists it where it counts (T11).
   */
  readonly within: string | undefined;
  /**
   * Whether this is the same order again, which counts as another contract lists it: the orders of a call-off that
   * states no value are listed in its framework, too.
   */
  readonly isAgain: boolean;
}

interface Seeing<T> {
  /**
   * Whether the orders of a contract come by their dates, which takes a second reading, and are counted against its
   * ceilings, as balances need it.
   */
  readonly byDate: boolean;
  /** Looks at an order right after it was counted against its ceilings, if it is. */
  readonly see: (seen: SeenOrder) => T;
  /** Is told what all orders of a contract come to, after the last of them. */
  readonly done?: (use: SelectedUse) => void;
}

/**
 * What `see` says of the orders that a selection asks for and that were placed by the day, contract by contract. Once
 * all is read, throws DataError for orders that cannot be read, and UsageError for amounts that cannot be compared.
 */
export async function* seenOrders<T>(
  register: Register,
  selection: Selection,
  { byDate, see, done }: Seeing<T>,
): AsyncGenerator<readonly T[]> {
  const test = new OrderTest(register, selection);
  const callOffs = await register.callOffs();
  const listed = callOffs === NO_CALL_OFFS ? NOTHING : await listedIn(register, selection, callOffs);
  yield* ofContracts(register, selection, "order", async function* (selected) {
    const { contract, written } = selected;
    const orders = byDate ? ordersByDate : ordersUnder;
    const count = new OrderCount(register, selected, { day: dayOf(selection), onlyPlaces: !byDate });
    const viewing = new OrderViewing(register, contract);
    const depth = frameworksAbove(written.id, callOffs).length;
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
        const { depth: counting = depth } = listingOf(order, written.id, listed) ?? {};
        const isAgain = counting !== depth;
        const callOff = isAgain || listed.callOffs.has(written.id) ? written.id : undefined;
        const within = counting > depth ? order.callOff?.placed?.contract : callOff;
        found.push(see({ selected, order: called, counted, views, matching, certain, within, isAgain }));
      }
      if (!test.refuses) yield found;
    }
    const use = { selected, use: count.finish() };
    if (!isOnlyCallOff(use, callOffs)) done?.(use);
  });
  test.finish();
}

/** What a selection asks for that may be listed in several contracts of one family: a framework and its call-offs. */
interface Listed {
  /** The call-offs that are contracts of their own, and are certainly among the orders. */
  readonly callOffs: Set<string>;
  /** Where orders count: by the contract that states them, and by their ids, or undefined for all of them. */
  readonly orders: Map<string, Map<string | undefined, Listing>>;
}

/** An order as a contract lists it. `depth` is how far that contract is below the topmost framework. */
interface Listing {
  readonly depth: number;
  /** Whether it is certainly among what is asked for, as it is listed there. */
  readonly isCertain: boolean;
}

const NOTHING: Listed = { callOffs: new Set(), orders: new Map() };

/** The contract and the id under which an order was placed. Undefined for a call-off that is a contract of its own. */
const placedAs = ({ id, callOff }: Order, contract: string): Placed | undefined =>
  callOff === undefined ? { contract, order: id } : callOff.placed;

/** Where an order counts that a contract lists. */
const listingOf = (order: Order, contract: string, { orders }: Listed): Listing | undefined => {
  const placed = placedAs(order, contract);
  const all = placed && orders.get(placed.contract);
  return all?.get(placed?.order) ?? all?.get(undefined);
};

const isBefore = (one: Listing, other: Listing): boolean =>
  one.isCertain === other.isCertain ? one.depth < other.depth : one.isCertain;

/** Finds where orders count: where they are certain and, among such contracts, as far up as they are listed. */
const listedIn = async (register: Register, selection: Selection, callOffs: CallOffs): Promise<Listed> => {
  const test = new OrderTest(register, selection);
  const found: Listed = { callOffs: new Set(), orders: new Map() };
  const list = (contract: string, order: string | undefined, listing: Listing): void => {
    const all = madeUnder(found.orders, contract, () => new Map<string | undefined, Listing>());
    const other = all.get(order);
    if (other === undefined || isBefore(listing, other)) all.set(order, listing);
  };
  for await (const selected of relatedIn(register, selection, callOffs)) {
    const { contract, written } = selected;
    const depth = frameworksAbove(written.id, callOffs).length;
    const count = new OrderCount(register, selected, { day: dayOf(selection), onlyPlaces: true });
    const viewing = new OrderViewing(register, contract);
    const see = (order: Order): void => {
      const { timing, place } = count.add(order);
      const matching = timing === "later" ? "none" : test.matching(viewing.of(order, place), order);
      const placed = placedAs(order, written.id);
      const isCertain = matching === "all";
      if (placed !== undefined && matching !== "none") list(placed.contract, placed.order, { depth, isCertain });
      else if (isCertain && timing === "by then") found.callOffs.add(order.id);
    };
    if (test.asksAll) {
      for (const order of callOffs.under(written, register.preference)) see(order);
      for (const below of callOffs.orderedUnder(written, register.preference))
        list(below.contract.id, undefined, { depth, isCertain: true });
    } else await seeAll(register, written, see);
  }
  return found;
};

async function* relatedIn(
  register: Register,
  selection: Selection,
  { isRelated }: CallOffs,
): AsyncGenerator<SelectedContract> {
  for await (const batch of select(register, selection, "order"))
    for (const selected of batch) if (isRelated(selected.written)) yield selected;
}

/** Looks at all orders of a contract. What is wrong with them is told where they are shown. */
const seeAll = async (register: Register, written: Contract, see: (order: Order) => void): Promise<void> => {
  try {
    for await (const batch of ordersUnder(register, written)) for (const order of batch) see(order);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
};

/** As {@link seenOrders}, for callers that only look. */
export const seeOrders = async (register: Register, selection: Selection, seeing: Seeing<void>): Promise<void> => {
  const seen = seenOrders(register, selection, seeing);
  while ((await seen.next()).done !== true);
};
