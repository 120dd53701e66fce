import { type DayRange, dayRange, firstDayNumber } from "../../model/calendar.ts";
import type { Finding } from "../../model/errors.ts";
import { unitOf } from "../../model/money.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { SelectedContract } from "../../query/selection.ts";
import type { Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import { type ContractCeilings, ceilingsOf } from "./contract-ceilings.ts";
import { OrderPlaces, type Place } from "./order-places.ts";
import { OrderProblems } from "./order-problems.ts";

/** What is ordered under a contract's ceilings by a day. */
export interface ContractUse extends ContractCeilings {
  /** Whether the register says anything of orders; without it nothing is known of what is left (T8). */
  readonly known: boolean;
  /** How many orders are dated after the day, and so do not count. */
  readonly later: number;
  /** How many have no date; they count on every day. */
  readonly undated: number;
  readonly findings: readonly Finding[];
}

export interface UseOptions {
  readonly day: PartialDate;
  /** The days whose orders count for the pace, too. */
  readonly recent?: DayRange | undefined;
}

/** Reads the orders of one contract into its ceilings. */
class Counting {
  readonly #places: OrderPlaces;
  readonly #problems: OrderProblems;
  readonly #lastDay: number;
  readonly #recent: DayRange | undefined;
  later = 0;
  undated = 0;

  constructor(places: OrderPlaces, contract: string, { day, recent }: UseOptions) {
    this.#places = places;
    this.#problems = new OrderProblems(contract);
    this.#lastDay = dayRange(day).last;
    this.#recent = recent;
  }

  get findings(): readonly Finding[] {
    return this.#problems.findings();
  }

  add(order: Order): void {
    const { date } = order;
    if (date === undefined) {
      this.undated++;
      this.#count(order, false);
      return;
    }
    const first = firstDayNumber(date);
    if (first > this.#lastDay) {
      this.later++;
      return;
    }
    const place = this.#count(order, this.#recent !== undefined && first >= this.#recent.first);
    this.#judgeDate(order, date, first, place);
  }

  /** Adds an order to what it uses up; gives where it belongs. */
  #count(order: Order, recent: boolean): Place {
    const { amount } = order;
    const place = this.#places.of(order.lot, order.supplier);
    const unit = unitOf(amount);
    let foreign = false;
    for (const use of place.uses) {
      use.add(amount);
      if (recent) use.addRecent(amount);
      if (!use.isIn(unit)) foreign = true;
    }
    place.maybe?.add(amount);
    if (place.problem !== undefined) this.#problems.add(place.problem, order, place.subject);
    if (foreign) this.#problems.add("currency", order, unit);
    return place;
  }

  #judgeDate(order: Order, date: PartialDate, first: number, { term, left, subject }: Place): void {
    if (left !== undefined && first > left.last) this.#problems.add("left", order, subject);
    if (term === undefined || (first >= term.first && first <= term.last)) return;
    if (first > term.last || dayRange(date).last < term.first) this.#problems.add("term", order);
  }
}

/** What is ordered under the ceilings of a contract. Throws a DataError for orders that cannot be read. */
export const useOf = async (
  register: Register,
  { contract, written }: Pick<SelectedContract, "contract" | "written">,
  options: UseOptions,
): Promise<ContractUse> => {
  const { preference, supplierNamed } = register;
  const ceilings = ceilingsOf(contract, preference);
  const places = new OrderPlaces({ written, contract, ceilings, day: options.day, preference, supplierNamed });
  const counting = new Counting(places, contract.id, options);
  for await (const batch of register.orders(written)) for (const order of batch) counting.add(order);
  return {
    ...ceilings,
    known: written.orders !== undefined || written.ledgers.length > 0,
    later: counting.later,
    undated: counting.undated,
    findings: counting.findings,
  };
};
