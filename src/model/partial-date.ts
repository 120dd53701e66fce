/** A calendar date of ISO 8601 that is known to the year, the month or the day. An offset is kept as written. */
export interface PartialDate {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  /** `Z` or `+02:00`, as notices write it. It never shifts the day. */
  readonly offset?: string;
}

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?$/;

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

/**
 * Reads `2015`, `2015-12`, `2015-12-18` or `2023-03-24+02:00`. Undefined for any other text and for days that do not
 * exist.
 */
export const parsePartialDate = (text: string): PartialDate | undefined => {
  const match = DATE.exec(text);
  if (match === null) return undefined;
  const [, yearText, monthText, dayText, offset] = match;
  const year = Number(yearText);
  if (year === 0) return undefined;
  if (monthText === undefined) return { year };
  const month = Number(monthText);
  if (month < 1 || month > 12) return undefined;
  if (dayText === undefined) return { year, month };
  const day = Number(dayText);
  if (day < 1 || day > daysInMonth(year, month)) return undefined;
  return offset === undefined ? { year, month, day } : { year, month, day, offset };
};

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

export const formatPartialDate = ({ year, month, day, offset = "" }: PartialDate): string => {
  if (month === undefined) return pad(year, 4);
  if (day === undefined) return `${pad(year, 4)}-${pad(month, 2)}`;
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}${offset}`;
};

/** Compares dates by the first day that each may stand for. Of two that begin together, the coarser comes first. */
export const comparePartialDates = (a: PartialDate, b: PartialDate): number =>
  a.year - b.year || (a.month ?? 0) - (b.month ?? 0) || (a.day ?? 0) - (b.day ?? 0);

/** The earliest of the dates that are known. */
export const firstDateIn = (dates: readonly (PartialDate | undefined)[]): PartialDate | undefined =>
  dates.filter((date) => date !== undefined).sort(comparePartialDates)[0];

/** Whether the finer date lies within the coarser one: `2015-12` contains `2015-12-18`. */
export const containsDate = (coarse: PartialDate, fine: PartialDate): boolean =>
  coarse.year === fine.year &&
  (coarse.month === undefined || coarse.month === fine.month) &&
  (coarse.day === undefined || coarse.day === fine.day);

export const addMonths = (
  { year, month }: { readonly year: number; readonly month: number },
  months: number,
): { readonly year: number; readonly month: number } => {
  const index = year * 12 + month - 1 + months;
  const newYear = Math.floor(index / 12);
  return { year: newYear, month: index - newYear * 12 + 1 };
};

/** A date known only to lie between two months or days, both included. */
interface DateSpan {
  readonly earliest: PartialDate;
  readonly latest: PartialDate;
}

/**
 * A date that is calculated from others. A bare year plus eighteen months lies in no single month or year, and neither
 * does a month plus 100 days.
 */
export type ReckonedDate = PartialDate | DateSpan;

const PRECISIONS = ["year", "month", "day", "between"] as const;
type Precision = (typeof PRECISIONS)[number];

const isSpan = (date: ReckonedDate): date is DateSpan => "earliest" in date;
export const earliestOf = (date: ReckonedDate): PartialDate => (isSpan(date) ? date.earliest : date);
export const latestOf = (date: ReckonedDate): PartialDate => (isSpan(date) ? date.latest : date);

export const precisionOf = (date: ReckonedDate): Precision => {
  if (isSpan(date)) return "between";
  if (date.month === undefined) return "year";
  return date.day === undefined ? "month" : "day";
};

/** `2017`, `2017-12` or `2017-12-18`; `2016-07..2017-06` where it lies between two months. */
export const formatDate = (date: ReckonedDate): string =>
  isSpan(date) ? `${formatPartialDate(date.earliest)}..${formatPartialDate(date.latest)}` : formatPartialDate(date);

/** Compares dates by the earliest date that each may be, then by the latest. */
export const compareDates = (a: ReckonedDate, b: ReckonedDate): number =>
  comparePartialDates(earliestOf(a), earliestOf(b)) || comparePartialDates(latestOf(a), latestOf(b));
