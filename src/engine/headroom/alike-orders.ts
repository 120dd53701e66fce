/**
 * Orders that are alike are added up. A caller that shows no orders, such as `headroom`, gives the reader a tally
 * (`records/order.ts`). Once an order of some lot, supplier, time and measure was looked at and there was nothing to
 * say of it, those like it are only added up in columns of numbers, and no objects are made of them. All others are
 * looked at one by one. A property test holds both ways to the same figures and findings.
 */

import type { DayRange } from "../../model/calendar.ts";
import { type Money, unitOf } from "../../model/money.ts";
import { type OrderTally, UNDATED } from "../../records/order.ts";
import type { Place } from "./order-places.ts";

/**
 * Orders that differ only in their ids, words and amounts, and in their days no further than matters. All of them add
 * to what is ordered, or all take from it.
 */
export interface AlikeOrders {
  readonly place: Place;
  readonly day: number | undefined;
  readonly count: number;
  readonly sum: Money;
}

/** Sums of numbers are put down as bigints once they are beyond this, while they are still exact. */
const MOST_EXACT = 2 ** 52;

/** How many places are told apart. At all others, each order is looked at. */
const MOST_PLACES = 10_000;
const MOST_MEASURES = 16;
const NEVER_LOOKED = -1;

/** Orders of one measure, time and sign, summed up by the number of their place. */
class AlikeSums {
  readonly #day: number | undefined;
  readonly #like: Money;
  readonly #counts = new Int32Array(MOST_PLACES).fill(NEVER_LOOKED);
  readonly #minors = new Float64Array(MOST_PLACES);
  /** What sums that grew too large for exact numbers came to until then. */
  readonly #settled = new Map<number, bigint>();

  constructor(day: number | undefined, like: Money) {
    this.#day = day;
    this.#like = like;
  }

  open(place: number): void {
    if (this.#counts[place] === NEVER_LOOKED) this.#counts[place] = 0;
  }

  /** Adds an order. Returns false where no order of its place was looked at before. */
  add(place: number, minor: number): boolean {
    const count = this.#counts[place] ?? NEVER_LOOKED;
    if (count === NEVER_LOOKED) return false;
    const sum = (this.#minors[place] ?? 0) + minor;
    this.#counts[place] = count + 1;
    this.#minors[place] = sum;
    if (sum > MOST_EXACT || sum < -MOST_EXACT) this.#settle(place, sum);
    return true;
  }

  #settle(place: number, sum: number): void {
    this.#settled.set(place, (this.#settled.get(place) ?? 0n) + BigInt(sum));
    this.#minors[place] = 0;
  }

  *alike(places: readonly Place[]): Generator<AlikeOrders> {
    for (const [number, place] of places.entries()) {
      const count = this.#counts[number] ?? 0;
      const minor = (this.#settled.get(number) ?? 0n) + BigInt(this.#minors[number] ?? 0);
      if (count > 0) yield { place, day: this.#day, count, sum: { ...this.#like, minor } };
    }
  }
}

interface Looking {
  /** Where orders belong, whatever their day is. Undefined where that depends on the day. */
  readonly placeOf: (lot: string | undefined, supplier: string | undefined) => Place | undefined;
  /** Whether a buyer may order. Undefined where anybody may. */
  readonly mayOrder: ((buyer: string) => boolean) | undefined;
  /** The days that an order may have without a remark on its date. */
  readonly daysOf: (place: Place) => DayRange;
  /** The last day that is asked about. */
  readonly lastDay: number;
  /** The first day that counts for the pace. */
  readonly recentFrom: number;
}

const TIMES = 4;

/** A day that nobody lives to see, or saw. */
const FAR = 2 ** 29;

/** Adds up orders that are like one that was looked at without anything to say of it. */
export class AlikeTally implements OrderTally {
  readonly #looking: Looking;
  readonly #places: Place[] = [];
  readonly #numbers = new Map<Place, number>();
  /** For each place, the first and the last day on which its orders need no look. */
  readonly #first = new Int32Array(MOST_PLACES);
  readonly #last = new Int32Array(MOST_PLACES);
  readonly #measures = new Map<string, number>();
  /** By measure, time and sign. */
  readonly #sums: (AlikeSums | undefined)[] = [];

  constructor(looking: Looking) {
    this.#looking = looking;
  }

  get tellsBuyers(): boolean {
    return this.#looking.mayOrder !== undefined;
  }

  placeOf(lot: string | undefined, supplier: string | undefined): number {
    if (this.#places.length === MOST_PLACES) return -1;
    const place = this.#looking.placeOf(lot, supplier);
    return place === undefined || place.problem !== undefined ? -1 : this.#numberOf(place);
  }

  #numberOf(place: Place): number {
    const known = this.#numbers.get(place);
    if (known !== undefined) return known;
    const number = this.#places.push(place) - 1;
    const { first, last } = this.#looking.daysOf(place);
    this.#first[number] = Math.max(first, -FAR);
    this.#last[number] = Math.min(last, FAR);
    this.#numbers.set(place, number);
    return number;
  }

  buyerOf(buyer: string | undefined): number {
    return buyer === undefined || this.#looking.mayOrder?.(buyer) !== false ? 0 : -1;
  }

  measureOf(like: Money): number {
    const key = `${like.precision} ${unitOf(like)}`;
    const known = this.#measures.get(key);
    if (known !== undefined || this.#measures.size === MOST_MEASURES) return known ?? -1;
    this.#measures.set(key, this.#measures.size);
    return this.#measures.size - 1;
  }

  add(place: number, _buyer: number, measure: number, day: number, minor: number): boolean {
    return this.#isOn(day, place) && this.#sums[this.#slotOf(measure, day, minor < 0)]?.add(place, minor) === true;
  }

  #isOn(day: number, place: number): boolean {
    return day === UNDATED || (day >= (this.#first[place] ?? FAR) && day <= (this.#last[place] ?? -FAR));
  }

  #slotOf(measure: number, day: number, isCredit: boolean): number {
    return (measure * TIMES + this.#timeOf(day)) * 2 + (isCredit ? 1 : 0);
  }

  #timeOf(day: number): number {
    if (day > this.#looking.lastDay) return 1;
    if (day >= this.#looking.recentFrom) return 2;
    return day === UNDATED ? 3 : 0;
  }

  /** Notes that an order was looked at, and that there is nothing to say of any that is like it. */
  looked(place: Place, day: number | undefined, amount: Money): void {
    const number = this.#numbers.get(place);
    if (number === undefined || !this.#isOn(day ?? UNDATED, number)) return;
    const measure = this.measureOf(amount);
    if (measure < 0) return;
    const slot = this.#slotOf(measure, day ?? UNDATED, amount.minor < 0n);
    const sums = this.#sums[slot] ?? new AlikeSums(day, amount);
    this.#sums[slot] = sums;
    sums.open(number);
  }

  *all(): Generator<AlikeOrders> {
    for (const sums of this.#sums) if (sums !== undefined) yield* sums.alike(this.#places);
  }
}
