import { firstDayNumber } from "../../model/calendar.ts";
import { addUnder } from "../../model/lists.ts";
import type { Contract } from "../../records/contract.ts";
import { type BesideOrders, heldOrder, type Order, type OrderTally, UNDATED } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { ordersUnder } from "../headroom/contract-use.ts";

/** How many orders are held and sorted at a time. Longer ledgers have several pages, each of which reads all of it. */
const MOST_HELD = 131_072;
const BATCH = 1024;

/** The first day that an order may be from. Orders without a date come last. */
const dayOf = ({ date }: Order): number => (date === undefined ? Number.POSITIVE_INFINITY : firstDayNumber(date));

interface Days {
  readonly counts: ReadonlyMap<number, number>;
  readonly inOrder: boolean;
}

/**
 * Counts the orders of each day. A reader tallies plain rows of ledgers before it yields the other orders of a part.
 */
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

/** A tally that takes the rows of ledgers on certain days, before orders are made of them. */
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

/** The orders of one page by their days. Those of one day keep the sequence in which they stand. */
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
    // The orders of a single day are in sequence already, however many there are.
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
 * The orders of a contract as in a statement of account: by the first day that each may be from. Those of one day keep
 * their sequence, and those without a date come last. At most `most` orders are held at a time. A ledger that is
 * not sorted so is read once more for every `most` of its orders. `beside` is told once of what is no order.
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
