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

/** An amount to which more may come, as a lower bound. */
export const asLeast = ({ least, ...sum }: Money): Money => ({ ...sum, minor: least ?? sum.minor, bound: "atLeast" });

/**
 * The value of several awards together: the sum of what is known, as a lower bound where the rest is secret or not
 * stated (T8). Where nothing is known, it is secret if any of it is, and else undefined.
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

/**
 * The maximum that is announced for the whole, else the sum of those that lots state. Undefined where these are in
 * several currencies.
 */
export const maximumTogether = (
  whole: StatedAmount | undefined,
  lots: readonly (StatedAmount | undefined)[],
): StatedAmount | undefined => {
  if (whole !== undefined) return whole;
  const known = lots.filter((lot) => typeof lot === "object");
  const together = valueTogether(known.length > 0 ? known : lots);
  return typeof together !== "object" ? together : together.length === 1 ? together[0] : undefined;
};

/**
 * The range of amounts in one unit of which one counts, or all do (T10a): from the least that may count to the most.
 * Undefined for none.
 */
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

/** The note on offers that are taken together. */
export const OFFERS = "several won one framework: their tenders are offers for the same volume";

/**
 * The value of tenders that several suppliers won for one lot of a framework agreement. They are offers for the same
 * volume, so their value is at least that of the largest. Where all are known, it is at most their sum (T10c).
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

/**
 * Divides awards into those of one lot only, by lot, and the values of those of several lots. The latter count once,
 * and in no lot (R-SHARED).
 */
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
