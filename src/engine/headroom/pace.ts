import { type DayRange, dateOfDay, dayRange, shiftDay } from "../../model/calendar.ts";
import { type Amount, isKnown, type Money, toMinorPrecision } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { type BoundedRatio, compareRatios, type Ratio } from "../../model/ratio.ts";
import type { Period } from "../../query/values.ts";
import type { CeilingUse, OrderedRange } from "./ceiling-use.ts";
import { amountBetween, leftRange } from "./use-figures.ts";

/** A length of time up to a day, whose orders give the pace. */
export interface PaceWindow {
  readonly days: DayRange;
  readonly months: Ratio;
}

export interface Pace {
  /** What was ordered per month, rounded to the smallest unit of its currency. */
  readonly pace: Amount;
  /** Undefined where it is not known what is left, or something is left and certainly nothing was ordered. */
  readonly monthsLeft: BoundedRatio | undefined;
  /** The numbers of the days on one of which the rest runs out. Undefined in the same cases. */
  readonly runsOut: DayRange | undefined;
}

/** For the average length of a month: 400 years have 146,097 days and 4,800 months. */
const [MONTHS, DAYS] = [4800n, 146_097n];

const monthsIn = ({ count, unit }: Period): Ratio => {
  const counted = BigInt(count);
  if (unit === "m") return { numerator: counted, denominator: 1n };
  if (unit === "y") return { numerator: counted * 12n, denominator: 1n };
  return { numerator: counted * (unit === "w" ? 7n : 1n) * MONTHS, denominator: DAYS };
};

/** The period that ends with a day, or with the last day of a month or a year. */
export const windowTo = (day: PartialDate, period: Period): PaceWindow => {
  const { last } = dayRange(day);
  return { days: { first: shiftDay(last + 1, -period.count, period.unit), last }, months: monthsIn(period) };
};

/**
 * The pace of a ceiling and how long the rest lasts, from the least to the most. Where the most was ordered recently,
 * the least is left: so the lower end of one is combined with the upper end of the other.
 */
export const paceOf = (use: CeilingUse, ceiling: Amount, unit: string, { months, days }: PaceWindow): Pace => {
  const recent = use.recentRange(unit);
  const pace = monthly(recent, use.sum(unit), months);
  const left = isKnown(ceiling) ? leftRange(use.range(unit), ceiling) : UNKNOWN;
  const soon = times(left.low, recent.high);
  const late = times(left.high, recent.low);
  if ((isOfNothing(recent) && isSurelyLeft(left)) || (soon === undefined && late === undefined))
    return { pace, monthsLeft: undefined, runsOut: undefined };
  const runsOut = {
    first: soon === undefined ? days.last : runsOutOn(soon, days),
    last: late === undefined ? LAST_DAY : runsOutOn(late, days),
  };
  return { pace, monthsLeft: between(inMonths(soon, months), inMonths(late, months)), runsOut };
};

const UNKNOWN: OrderedRange = { low: undefined, high: undefined };

/** Whether recently certainly nothing was ordered, or more was given back: then nothing more runs out. */
const isOfNothing = ({ high }: OrderedRange): boolean => high !== undefined && high <= 0n;

/** Whether something is certainly left. What has run out needs no pace. */
const isSurelyLeft = ({ low }: OrderedRange): boolean => low !== undefined && low > 0n;

const monthly = ({ low, high }: OrderedRange, sum: Money, { numerator, denominator }: Ratio): Amount => {
  const aMonth = (minor: bigint | undefined) => minor && dividedRounded(minor * denominator, numerator);
  const range = { low: aMonth(low), high: aMonth(high) };
  return amountBetween(range, { ...toMinorPrecision(sum), minor: range.low ?? range.high ?? 0n });
};

/** Rounds to the nearest whole number, and halves away from zero. */
const dividedRounded = (part: bigint, whole: bigint): bigint => {
  const half = part < 0n ? -whole : whole;
  return (2n * part + half) / (2n * whole);
};

const NO_TIME: Ratio = { numerator: 0n, denominator: 1n };

/**
 * How many times what was recently ordered is left. Zero for a ceiling that is used up, at whatever pace. Undefined
 * where the rest may last for ever, or where it is not known for how long.
 */
const times = (rest: bigint | undefined, recent: bigint | undefined): Ratio | undefined => {
  if (rest === undefined) return undefined;
  if (rest <= 0n) return NO_TIME;
  return recent === undefined || recent <= 0n ? undefined : { numerator: rest, denominator: recent };
};

const inMonths = (lasts: Ratio | undefined, { numerator, denominator }: Ratio): Ratio | undefined =>
  lasts && { numerator: lasts.numerator * numerator, denominator: lasts.denominator * denominator };

const between = (least: Ratio | undefined, most: Ratio | undefined): BoundedRatio | undefined => {
  if (most === undefined) return least && { value: least, bound: "atLeast" };
  if (least === undefined) return { value: most, bound: "atMost" };
  return compareRatios(least, most) === 0 ? { value: most } : { value: most, bound: "between", least };
};

/** The last day that is shown. At a slow pace, a ceiling lasts longer than that. */
const LAST_DAY = dayRange({ year: 9999 }).last;

/** The day on which the rest is ordered, if every period as long as the window has as many orders as the window. */
const runsOutOn = ({ numerator, denominator }: Ratio, { first, last }: DayRange): number => {
  const days = (numerator * BigInt(last - first + 1)) / denominator;
  return days > BigInt(LAST_DAY - last) ? LAST_DAY : last + Number(days);
};

export const methodOf = ({ days }: PaceWindow): string => {
  const [first, last] = [days.first, days.last].map((day) => formatPartialDate(dateOfDay(day)));
  return `The pace is what was ordered from ${first} to ${last}, on average per month; months left say how long the rest lasts at that pace. This is not a forecast.`;
};
