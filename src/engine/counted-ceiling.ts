import type { Preference } from "../model/claim.ts";
import { type Amount, isKnown, isQuantity, type Money, unitOf, zeroLike } from "../model/money.ts";
import { ceilingOfLot } from "../query/lot-ceiling.ts";
import type { Measure } from "../query/measures.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";

/** By lot that came to nothing, what was ordered on it all the same; lots on which nothing was are left out. */
export type OrderedInVain = ReadonlyMap<string, readonly Money[]>;

/** What of it is money, or quantities. */
export const orderedIn = (measure: Measure, inVain: OrderedInVain): OrderedInVain =>
  new Map(
    [...inVain].map(([lot, ordered]) => [
      lot,
      ordered.filter((money) => isQuantity(money) === (measure === "quantity")),
    ]),
  );

/** A lot of which nothing comes any more: it was cancelled, or closed without a winner. */
export const cameToNothing = ({ status }: Lot): boolean => status === "cancelled" || status === "closed-no-winner";

/** What an amount still counts for where only so much was ordered; undefined where nothing is known of either. */
const upTo = (amount: Amount, ordered: readonly Money[]): Amount | undefined => {
  if (!isKnown(amount)) return ordered.length > 1 ? "missing" : ordered[0];
  const sum = ordered.find((money) => unitOf(money) === unitOf(amount));
  if (sum === undefined) return zeroLike(amount);
  if (sum.minor <= amount.minor) return sum;
  const { least = sum.minor } = sum;
  return least < amount.minor ? { ...amount, bound: "between", least } : amount;
};

const NOTHING: readonly Money[] = [];

/**
 * What suppliers of a lot together may reach, as it counts in totals: of a lot that came to nothing what was ordered on it
 * (T4g), and undefined where that is nothing at all.
 */
export const countedCeiling = (
  lot: Lot,
  suppliers: readonly Supplier[],
  preference: Preference,
  inVain: OrderedInVain | undefined,
): Amount | undefined => {
  const amount = ceilingOfLot(lot, suppliers, preference);
  return cameToNothing(lot) ? upTo(amount, inVain?.get(lot.id) ?? NOTHING) : amount;
};
