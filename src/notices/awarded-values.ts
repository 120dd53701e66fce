import { addUnder } from "../model/lists.ts";
import { type Money, rangeTo, type StatedAmount, type StatedAmounts, sumByUnit, unitOf } from "../model/money.ts";
import type { SharedAward } from "../records/history.ts";

/** One award, and what was said of its value. */
export interface Win {
  readonly lots: readonly string[];
  readonly value: StatedAmount | undefined;
}

/** The sum per unit, bounded as its parts are: at least, or between two ends. */
export const sumOfBounded = (amounts: readonly Money[]): readonly Money[] => {
  const [first] = amounts;
  if (amounts.length === 1 && first?.bound === undefined && first?.written === undefined) return amounts;
  const sums = sumByUnit(amounts);
  if (amounts.every(({ bound }) => bound === undefined)) return sums;
  return sums.map((sum) => {
    const parts = amounts.filter((amount) => unitOf(amount) === unitOf(sum));
    const least = parts.reduce((total, { minor, least: own = minor }) => total + own, 0n);
    if (parts.some(({ bound }) => bound === "atLeast")) return { ...sum, minor: least, bound: "atLeast" };
    return least < sum.minor ? rangeTo(sum, least) : sum;
  });
};

/** Of what more may come: that much at least. */
export const asLeast = ({ least, ...sum }: Money): Money => ({ ...sum, minor: least ?? sum.minor, bound: "atLeast" });

/**
 * The value of several awards together: what is known of it, and at least that where the rest is secret or not said (T8);
 * else that it is secret; undefined where nothing is said.
 */
export const valueTogether = (values: readonly (StatedAmount | undefined)[]): StatedAmounts | undefined => {
  const [only] = values;
  if (values.length === 1) return typeof only === "object" ? [only] : only;
  const known = values.filter((value) => typeof value === "object");
  const sums = sumOfBounded(known);
  const [first, ...others] = known.length < values.length ? sums.map(asLeast) : sums;
  if (first !== undefined) return [first, ...others];
  return values.includes("withheld") ? "withheld" : undefined;
};

/** The maximum that is announced for the whole, else for all lots that state one; undefined where it is in several currencies. */
export const maximumTogether = (
  whole: StatedAmount | undefined,
  lots: readonly (StatedAmount | undefined)[],
): StatedAmount | undefined => {
  if (whole !== undefined) return whole;
  const known = lots.filter((lot) => typeof lot === "object");
  const together = valueTogether(known.length > 0 ? known : lots);
  return typeof together !== "object" ? together : together.length === 1 ? together[0] : undefined;
};

/** One of several amounts of one unit, or all (T10a): from the least that may count to the most; undefined for none. */
export const oneOrAll = (amounts: readonly Money[]): Money | undefined => {
  const [sum] = sumByUnit(amounts);
  if (sum === undefined || amounts.length === 1) return amounts[0];
  const ends = [sum.minor, ...amounts.map(({ minor }) => minor)];
  const most = ends.reduce((largest, minor) => (minor > largest ? minor : largest));
  return rangeTo(
    { ...sum, minor: most },
    ends.reduce((least, minor) => (minor < least ? minor : least)),
  );
};

/** How a reader is told of that. */
export const OFFERS = "several won one framework: their tenders are offers for the same volume";

/**
 * The value of tenders that several suppliers won for one lot of a framework agreement: offers for the same volume, which
 * come to the largest of them at least, and, where all are known, to all of them at most (T10c).
 */
export const offersTogether = (values: readonly (StatedAmount | undefined)[]): StatedAmounts | undefined => {
  const sum = valueTogether(values);
  if (sum === undefined || sum === "withheld") return sum;
  const known = values.filter((value) => typeof value === "object");
  const asRange = (total: Money): Money => {
    const offers = known.filter((value) => unitOf(value) === unitOf(total));
    const ends = offers.map(({ minor, least = minor }) => least);
    const largest = ends.reduce((most, minor) => (minor > most ? minor : most), ends[0] ?? 0n);
    if (total.bound === "atLeast") return { ...total, minor: largest };
    return largest < total.minor ? rangeTo(total, largest) : total;
  };
  const [first, ...others] = sum;
  return [asRange(first), ...others.map(asRange)];
};

/** The awards that won one lot only, by lot; and the values of those that won several: they count once, in no lot (R-SHARED). */
export const divideWins = (
  wins: readonly Win[],
): { readonly byLot: ReadonlyMap<string, readonly Win[]>; readonly shared: readonly SharedAward[] } => {
  const byLot = new Map<string, Win[]>();
  const shared: SharedAward[] = [];
  for (const win of wins) {
    const [lot, ...others] = win.lots;
    if (lot === undefined) continue;
    if (others.length === 0) {
      addUnder(byLot, lot, win);
      continue;
    }
    const value = valueTogether([win.value]);
    if (value !== undefined) shared.push({ lots: win.lots, value });
  }
  return { byLot, shared };
};
