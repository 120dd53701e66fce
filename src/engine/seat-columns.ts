/**
 * Seats are added up in columns: most seats come to exact amounts in one unit by one source. These are kept as numbers
 * by supplier, and are added to a supplier's tallies when they are asked for. Otherwise each seat would fetch the
 * objects of one of thousands of suppliers from distant memory. All other seats go directly to the tallies.
 */

import { isKnown, type Money, type MoneySumParts, unitOf } from "../model/money.ts";
import type { SelectedLot } from "../query/selection.ts";
import type { Supplier } from "../records/supplier.ts";
import type { ContractCeiling, LotCeiling } from "./ceilings.ts";

export interface SeatSums {
  readonly lots: number;
  readonly awardsDue: number;
  readonly ordersDue: number;
  readonly sole: MoneySumParts | undefined;
  readonly shared: MoneySumParts | undefined;
  readonly source: string | undefined;
}

/** The columns of each table, whose rows are suppliers. */
const [LOTS, AWARDS_DUE, ORDERS_DUE, LAST_CONTRACT, COUNTS] = [0, 1, 2, 3, 4];
const [SOLE, SHARED, MANNERS] = [0, 1, 2];
const NEVER = 127;
/** Amounts and sums stay below this, so that adding an amount to a sum is still exact. */
const MOST = 2 ** 52;

export class SeatColumns {
  readonly #places = new Map<Supplier, number>();
  #counts = new Int32Array(COUNTS);
  #sums = new Float64Array(MANNERS);
  #coarsest = new Int8Array(MANNERS).fill(-NEVER);
  #finest = new Int8Array(MANNERS).fill(NEVER);
  /** What sums that grew too large came to until then. */
  readonly #carried = new Map<number, bigint>();
  /** An amount in the unit of the columns, and who stated it. */
  #usual: { readonly amount: Money; readonly source: string | undefined } | undefined;
  #contracts = 0;
  #areOrdersDue = false;

  /** All suppliers that were added or asked about, in that order. */
  get suppliers(): Iterable<Supplier> {
    return this.#places.keys();
  }

  /** Begins a contract. `areOrdersDue` says whether orders from its suppliers are due and unknown. */
  begin(areOrdersDue: boolean): void {
    this.#contracts++;
    this.#areOrdersDue = areOrdersDue;
  }

  /** Adds a lot without a stated award. Returns false and adds nothing where the lot does not fit into the columns. */
  add({ preferred }: ContractCeiling, { selected, counted, shared, by }: LotCeiling): boolean {
    if (counted === undefined || !isKnown(counted) || !(shared || selected.suppliers.length === 1)) return false;
    const { minor, bound, currency, called, vat, precision } = counted;
    if (bound !== undefined || called !== undefined) return false;
    this.#usual ??= { amount: counted, source: by?.source };
    const { amount, source } = this.#usual;
    if (by?.source !== source || (preferred !== undefined && preferred !== source)) return false;
    const figure = Number(minor);
    if (currency !== amount.currency || vat !== amount.vat || Math.abs(figure) >= MOST) return false;
    const due = selected.lot.status === "awarded" ? 1 : 0;
    for (const supplier of selected.matching) {
      const place = this.#placeOf(supplier);
      this.#count(place, LOTS, 1);
      this.#count(place, AWARDS_DUE, due);
      this.#sum(place * MANNERS + (shared ? SHARED : SOLE), figure, precision);
      this.#missOrders(place);
    }
    return true;
  }

  /** For a lot that is added elsewhere: adds only that orders from its suppliers are due, if they are. */
  missOrders({ matching }: SelectedLot): void {
    for (const supplier of matching) this.#missOrders(this.#placeOf(supplier));
  }

  /** Orders are due once per contract, however many of its lots a supplier holds. */
  #missOrders(place: number): void {
    if (!this.#areOrdersDue || this.#counts[place * COUNTS + LAST_CONTRACT] === this.#contracts) return;
    this.#counts[place * COUNTS + LAST_CONTRACT] = this.#contracts;
    this.#count(place, ORDERS_DUE, 1);
  }

  /** Takes out what was added for a supplier since the last call. Undefined where that is nothing. */
  take(supplier: Supplier): SeatSums | undefined {
    const place = this.#placeOf(supplier);
    const [lots, ordersDue] = [this.#takeCount(place, LOTS), this.#takeCount(place, ORDERS_DUE)];
    if (lots + ordersDue === 0) return undefined;
    const awardsDue = this.#takeCount(place, AWARDS_DUE);
    const [sole, shared] = [SOLE, SHARED].map((manner) => this.#takeSum(place * MANNERS + manner));
    return { lots, awardsDue, ordersDue, sole, shared, source: this.#usual?.source };
  }

  #takeCount(place: number, column: number): number {
    const count = this.#counts[place * COUNTS + column] ?? 0;
    this.#counts[place * COUNTS + column] = 0;
    return count;
  }

  #takeSum(at: number): MoneySumParts | undefined {
    const [coarsest = -NEVER, finest = NEVER] = [this.#coarsest[at], this.#finest[at]];
    if (coarsest < finest || this.#usual === undefined) return undefined;
    const minor = BigInt(this.#sums[at] ?? 0) + (this.#carried.get(at) ?? 0n);
    this.#sums[at] = 0;
    this.#carried.delete(at);
    this.#coarsest[at] = -NEVER;
    this.#finest[at] = NEVER;
    return { unit: unitOf(this.#usual.amount), minor, coarsest, finest };
  }

  #placeOf(supplier: Supplier): number {
    const known = this.#places.get(supplier);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(supplier, place);
    if (place * MANNERS === this.#sums.length) this.#grow();
    return place;
  }

  #grow(): void {
    this.#counts = grown(this.#counts, new Int32Array(this.#counts.length * 2));
    this.#sums = grown(this.#sums, new Float64Array(this.#sums.length * 2));
    this.#coarsest = grown(this.#coarsest, new Int8Array(this.#coarsest.length * 2).fill(-NEVER));
    this.#finest = grown(this.#finest, new Int8Array(this.#finest.length * 2).fill(NEVER));
  }

  #count(place: number, column: number, more: number): void {
    const at = place * COUNTS + column;
    this.#counts[at] = (this.#counts[at] ?? 0) + more;
  }

  #sum(at: number, figure: number, precision: number): void {
    const sum = (this.#sums[at] ?? 0) + figure;
    if (Math.abs(sum) < MOST) this.#sums[at] = sum;
    else this.#carry(at, sum);
    if (precision > (this.#coarsest[at] ?? NEVER)) this.#coarsest[at] = precision;
    if (precision < (this.#finest[at] ?? -NEVER)) this.#finest[at] = precision;
  }

  #carry(at: number, sum: number): void {
    this.#carried.set(at, (this.#carried.get(at) ?? 0n) + BigInt(sum));
    this.#sums[at] = 0;
  }
}

/** The same numbers at the beginning of longer columns. */
const grown = <T extends Int32Array | Float64Array | Int8Array>(columns: T, longer: T): T => {
  longer.set(columns);
  return longer;
};
