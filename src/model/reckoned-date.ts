import { comparePartialDates, formatPartialDate, type PartialDate } from "./partial-date.ts";

/** A date known only to lie between two months or days, both included. */
interface DateSpan {
  readonly earliest: PartialDate;
  readonly latest: PartialDate;
}

/** A date that follows from others: a bare year plus eighteen months lies in no one month nor year, nor does a month plus 100 days. */
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

/** Chronological by the earliest date that each may be, then by the latest. */
export const compareDates = (a: ReckonedDate, b: ReckonedDate): number =>
  comparePartialDates(earliestOf(a), earliestOf(b)) || comparePartialDates(latestOf(a), latestOf(b));
