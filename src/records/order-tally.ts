import type { Money } from "../model/money.ts";

/** In the place of the number of a day, of an order without a date. */
export const UNDATED = -(2 ** 30);

/**
 * Adds up orders of ledgers that differ from others in nothing but their ids, their words and their amounts, so that nobody
 * makes an order of each. What they have in common is asked once, and called by a number from then on.
 */
export interface OrderTally {
  /** Whether it matters who buys; else the number of all buyers is 0. */
  readonly tellsBuyers: boolean;
  /** The number of what names a lot and a supplier; below 0 where each such order is to be looked at. */
  placeOf(lot: string | undefined, supplier: string | undefined): number;
  /** The number of a buyer; below 0 likewise. */
  buyerOf(buyer: string | undefined): number;
  /** The number of amounts in one currency that are written to one precision; below 0 likewise. */
  measureOf(like: Money): number;
  /**
   * Adds an order of so many minor units, placed on a day by its number or {@link UNDATED}; false where it is to be looked
   * at, as the first of its like are.
   */
  add(place: number, buyer: number, measure: number, day: number, minor: number): boolean;
}
