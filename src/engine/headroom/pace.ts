import { type DayRange, dateOfDay, dayRange, shiftDay } from "../../model/calendar.ts";
import { type Amount, isKnown, type Money, toMinorPrecision } from "../../model/money.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import type { BoundedRatio, Ratio } from "../../model/ratio.ts";
import type { Period } from "../../query/values.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import { leftRange } from "./use-figures.ts";

/** A length of time up to a day, whose orders give the pace. */
export interface PaceWindow {
  readonly days: DayRange;
  readonly months: Ratio;
}

/** How fast a ceiling is being used up, and how long it lasts at that pace. */
export interface Pace {
  /** What was ordered a month, cut to the smallest unit of its currency. */
  readonly pace: Money;
  /** Undefined where nothing was ordered, or nothing is known of what is left. */
  readonly monthsLeft: BoundedRatio | undefined;
  /** The number of the day on which the rest runs out, at the earliest; undefined likewise. */
  readonly runsOut: number | undefined;
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

export const paceOf = (use: CeilingUse, ceiling: Amount, unit: string, { months, days }: PaceWindow): Pace => {
  const recent = use.recent(unit);
  const { numerator, denominator } = months;
  const pace = { ...toMinorPrecision(use.sum(unit)), minor: (recent * denominator) / numerator };
  const unknown = { pace, monthsLeft: undefined, runsOut: undefined };
  if (!isKnown(ceiling) || recent <= 0n) return unknown;
  const { low, high } = leftRange(use.range(unit), ceiling);
  const left = low ?? high;
  if (left === undefined) return unknown;
  const rest = left < 0n ? 0n : left;
  const value = { numerator: rest * numerator, denominator: recent * denominator };
  const runsOut = runsOutOn(rest, recent, days);
  if (low === high) return { pace, monthsLeft: { value }, runsOut };
  return { pace, monthsLeft: { value, bound: low === undefined ? "atMost" : "atLeast" }, runsOut };
};

/** The last day of the calendar that is told of: at a slow pace a ceiling lasts for longer than that. */
const LAST_DAY = dayRange({ year: 9999 }).last;

/** On which day so much is ordered, if as much is ordered in days of the same number as in the window. */
const runsOutOn = (rest: bigint, recent: bigint, { first, last }: DayRange): number => {
  const days = (rest * BigInt(last - first + 1)) / recent;
  return days > BigInt(LAST_DAY - last) ? LAST_DAY : last + Number(days);
};

/** How the pace is reckoned, for the reader. */
export const methodOf = ({ days }: PaceWindow): string => {
  const [first, last] = [days.first, days.last].map((day) => formatPartialDate(dateOfDay(day)));
  return `The pace is what was ordered from ${first} to ${last}, a month on average; months left are how long the rest lasts at that pace. It is no forecast.`;
};
