import { firstDayNumber } from "../../model/calendar.ts";
import { addUnder } from "../../model/lists.ts";
import type { Contract } from "../../records/contract.ts";
import { type BesideOrders, heldOrder, type Order, type OrderTally, UNDATED } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { ordersUnder } from "../headroom/contract-use.ts";

/** So many orders are held and sorted at a time: of longer ledgers some pages, as it were, each read out of all of it. */
const MOST_HELD = 131_072;
const BATCH = 1024;

/** The first day that an order may be from; those without a date come last. */
const dayOf = ({ date }: Order): number => (date === undefined ? Number.POSITIVE_INFINITY : firstDayNumber(date));

interface Days {
  readonly counts: ReadonlyMap<number, number>;
  readonly inOrder: boolean;
}

/** Counts the orders of each day. Rows of ledgers that it is told of at once come before the others of their part. */
class DayCount {
  readonly counts = new Map<number, number>();
  #last = Number.NEGATIVE_INFINITY;
  #isAscending = true;
  #isMixed = false;
  #rows = 0;

  readonly tally = passing((day) => {
    this.#rows++;
    this.#add(day);
    return true;
  });

  add(order: Order): void {
    if (this.#rows > 0) this.#isMixed = true;
    this.#add(dayOf(order));
  }

  #add(day: number): void {
    if (day < this.#last) this.#isAscending = false;
    this.#last = day;
    this.counts.set(day, (this.counts.get(day) ?? 0) + 1);
  }

  get inOrder(): boolean {
    return this.#isAscending && !this.#isMixed;
  }
}

/** Takes the rows of ledgers that are of such days, before anybody makes orders of them. */
const passing = (isTaken: (day: number) => boolean): OrderTally => ({
  tellsBuyers: false,
  placeOf: () => 0,
  buyerOf: () => 0,
  measureOf: () => 0,
  add: (_place, _buyer, _measure, day) => isTaken(day === UNDATED ? Number.POSITIVE_INFINITY : day),
});

const daysOf = async (register: Register, contract: Contract, beside: BesideOrders | undefined): Promise<Days> => {
  const days = new DayCount();
  for await (const batch of ordersUnder(register, contract, { ...beside, tally: days.tally }))
    for (const order of batch) days.add(order);
  return days;
};

interface Page {
  readonly first: number;
  last: number;
  count: number;
}

const pagesOf = (counts: Days["counts"], most: number): readonly Page[] => {
  const pages: Page[] = [];
  for (const [day, count] of [...counts].sort(([a], [b]) => a - b)) {
    const page = pages.at(-1);
    if (page === undefined || page.count + count > most) pages.push({ first: day, last: day, count });
    else Object.assign(page, { last: day, count: page.count + count });
  }
  return pages;
};

/** The orders of one page in the order of their days; those of one day in the order in which they stand. */
async function* ordersOn(
  register: Register,
  contract: Contract,
  { first, last }: Page,
  isAll: boolean,
): AsyncGenerator<readonly Order[]> {
  const byDay = new Map<number, Order[]>();
  const tally = passing((day) => day < first || day > last);
  for await (const batch of ordersUnder(register, contract, { tally })) {
    const own = batch.filter((order) => dayOf(order) >= first && dayOf(order) <= last);
    // Those of a single day are in order already, however many they are.
    if (first === last) yield own;
    else for (const order of own) hold(byDay, isAll ? order : heldOrder(order));
  }
  for (const [, orders] of [...byDay].sort(([a], [b]) => a - b))
    for (let at = 0; at < orders.length; at += BATCH) yield orders.slice(at, at + BATCH);
}

const hold = (byDay: Map<number, Order[]>, order: Order): void => {
  addUnder(byDay, dayOf(order), order);
};

/**
 * The orders of a contract as a statement of account has them: by the first day that each may be from, those of one day as
 * they stand, and those without a date at the end. However many there are, only so many are held at a time; a ledger that
 * is not in this order is read once for every so many of its orders. What is no order is told of once.
 */
export async function* ordersByDate(
  register: Register,
  contract: Contract,
  beside?: BesideOrders,
  most = MOST_HELD,
): AsyncGenerator<readonly Order[]> {
  const { counts, inOrder } = await daysOf(register, contract, beside);
  if (inOrder) yield* ordersUnder(register, contract);
  else {
    const pages = pagesOf(counts, most);
    for (const page of pages) yield* ordersOn(register, contract, page, pages.length === 1);
  }
}
