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
  /** What was ordered a month, rounded to the smallest unit of its currency. */
  readonly pace: Amount;
  /** Undefined where nothing is known of what is left, or certainly nothing was ordered while something is left. */
  readonly monthsLeft: BoundedRatio | undefined;
  /** The numbers of the days on one of which the rest runs out; undefined likewise. */
  readonly runsOut: DayRange | undefined;
}

/** A month has so many days on average: 400 years have 146,097 days and 4,800 months. */
const [MONTHS, DAYS] = [4800n, 146_097n];

const monthsIn = ({ count, unit }: Period): Ratio => {
  const counted = BigInt(count);
  if (unit === "m") return { numerator: counted, denominator: 1n };
  if (unit === "y") return { numerator: counted * 12n, denominator: 1n };
  return { numerator: counted * (unit === "w" ? 7n : 1n) * MONTHS, denominator: DAYS };
};

/** The period that ends with a day; of a month or a year with its last. */
export const windowTo = (day: PartialDate, period: Period): PaceWindow => {
  const { last } = dayRange(day);
  return { days: { first: shiftDay(last + 1, -period.count, period.unit), last }, months: monthsIn(period) };
};

/**
 * The pace of a ceiling and how long it lasts, from the least to the most: where the most was ordered of late, the least is
 * left, so that the ends of one go with those of the other.
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

/** Whether certainly nothing was ordered of late, or more was given back: then nothing more runs out. */
const isOfNothing = ({ high }: OrderedRange): boolean => high !== undefined && high <= 0n;

/** Whether something is certainly left: what has run out needs no pace. */
const isSurelyLeft = ({ low }: OrderedRange): boolean => low !== undefined && low > 0n;

const monthly = ({ low, high }: OrderedRange, sum: Money, { numerator, denominator }: Ratio): Amount => {
  const aMonth = (minor: bigint | undefined) => minor && dividedRounded(minor * denominator, numerator);
  const range = { low: aMonth(low), high: aMonth(high) };
  return amountBetween(range, { ...toMinorPrecision(sum), minor: range.low ?? range.high ?? 0n });
};

/** To the nearest whole number; of two that are as near, to the one further from zero. */
const dividedRounded = (part: bigint, whole: bigint): bigint => {
  const half = part < 0n ? -whole : whole;
  return (2n * part + half) / (2n * whole);
};

const NO_TIME: Ratio = { numerator: 0n, denominator: 1n };

/**
 * So many times as much as was ordered of late is left; nothing of a ceiling that is used up, at whatever pace. Undefined
 * where it may last for ever, or nothing says for how long.
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

/** The last day of the calendar that is told of: at a slow pace a ceiling lasts for longer than that. */
const LAST_DAY = dayRange({ year: 9999 }).last;

/** On which day so much is ordered, if as much is ordered in days of the same number as in the window. */
const runsOutOn = ({ numerator, denominator }: Ratio, { first, last }: DayRange): number => {
  const days = (numerator * BigInt(last - first + 1)) / denominator;
  return days > BigInt(LAST_DAY - last) ? LAST_DAY : last + Number(days);
};

export const methodOf = ({ days }: PaceWindow): string => {
  const [first, last] = [days.first, days.last].map((day) => formatPartialDate(dateOfDay(day)));
  return `The pace is what was ordered from ${first} to ${last}, on average per month; months left say how long the rest lasts at that pace. This is not a forecast.`;
};
