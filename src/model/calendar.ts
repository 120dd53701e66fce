import { addMonths, daysInMonth, earliestOf, latestOf, type PartialDate, type ReckonedDate } from "./partial-date.ts";

export type Day = Required<Omit<PartialDate, "offset">>;

/** A day of the calendar as the number of days since 1970-01-01. It is exact for every year, and has no time zone. */
export const dayNumber = (year: number, month: number, day: number): number => {
  // Counting years from March puts the leap day last (the civil-calendar method of H. Hinnant).
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

export const dateOfDay = (days: number): Day => {
  // With years of average length, the result may be one year too late. So the search begins a year earlier.
  let year = 1969 + Math.floor(days / 365.2425);
  while (dayNumber(year + 1, 1, 1) <= days) year++;
  let month = 1;
  // A thirteenth month counts as the next January.
  while (dayNumber(year, month + 1, 1) <= days) month++;
  return { year, month, day: days - dayNumber(year, month, 1) + 1 };
};

/** The present day of UTC, so that the answer does not depend on where the machine stands. */
export const presentDay = (): PartialDate => {
  const now = new Date();
  return { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() };
};

const firstDayOf = ({ year, month = 1, day = 1 }: PartialDate): Day => ({ year, month, day });

export const lastDayOf = ({ year, month = 12, day = daysInMonth(year, month) }: PartialDate): Day => ({
  year,
  month,
  day,
});

export interface DayRange {
  readonly first: number;
  readonly last: number;
}

const numberOf = ({ year, month, day }: Day): number => dayNumber(year, month, day);
export const firstDayNumber = ({ year, month = 1, day = 1 }: PartialDate): number => dayNumber(year, month, day);

export const dayRange = (date: ReckonedDate): DayRange => ({
  first: numberOf(firstDayOf(earliestOf(date))),
  last: numberOf(lastDayOf(latestOf(date))),
});

/**
 * The day at a distance of whole days, weeks, months or years, back where `count` is negative. Where the month that is
 * reached is too short, it is that month's last day.
 */
export const shiftDay = (days: number, count: number, unit: "d" | "w" | "m" | "y"): number => {
  if (unit === "d" || unit === "w") return days + count * (unit === "w" ? 7 : 1);
  const date = dateOfDay(days);
  const { year, month } = addMonths(date, count * (unit === "y" ? 12 : 1));
  return dayNumber(year, month, Math.min(date.day, daysInMonth(year, month)));
};

/** How many whole months lie between two days. The second must not be before the first. */
export const wholeMonths = (from: number, to: number): number => {
  const [a, b] = [dateOfDay(from), dateOfDay(to)];
  const months = (b.year - a.year) * 12 + b.month - a.month;
  return shiftDay(from, months, "m") > to ? months - 1 : months;
};

export const PERIODS = ["year", "quarter", "month"] as const;
export type PeriodName = (typeof PERIODS)[number];

export const isPeriod = (name: string): name is PeriodName => PERIODS.some((period) => period === name);
const two = (value: number): string => String(value).padStart(2, "0");

/**
 * The name of the period that a month lies in. Months are counted from January of the year 0, and `start` (1 to 12) is
 * the month in which years begin.
 */
const periodOfMonth = (month: number, period: PeriodName, start: number): string => {
  const [year, ofYear] = [Math.floor(month / 12), (month % 12) + 1];
  if (period === "month") return `${String(year).padStart(4, "0")}-${two(ofYear)}`;
  const begun = ofYear >= start ? year : year - 1;
  const name = String(begun).padStart(4, "0") + (start === 1 ? "" : `/${two((begun + 1) % 100)}`);
  return period === "year" ? name : `${name}-Q${Math.floor(((ofYear - start + 12) % 12) / 3) + 1}`;
};

/**
 * The periods that a date may lie in, only one where the date is known well enough: `2024`, `2024-Q2` and `2024-05`.
 * Where years do not begin in January: `2024/25` and `2024/25-Q1`.
 */
export const periodsOf = (date: PartialDate, period: PeriodName, start = 1): readonly string[] => {
  const first = date.year * 12 + (date.month ?? 1) - 1;
  const count = date.month === undefined ? 12 : 1;
  return [...new Set(Array.from({ length: count }, (_, index) => periodOfMonth(first + index, period, start)))];
};
