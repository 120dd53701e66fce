import { expect, test } from "vitest";
import { compareDates, formatDate, precisionOf, type ReckonedDate } from "../../src/model/partial-date.ts";

test.each<readonly [string, ReckonedDate, string]>([
  ["2017", { year: 2017 }, "year"],
  ["2017-12", { year: 2017, month: 12 }, "month"],
  ["2017-12-18", { year: 2017, month: 12, day: 18 }, "day"],
  ["2016-07..2017-06", { earliest: { year: 2016, month: 7 }, latest: { year: 2017, month: 6 } }, "between"],
])("%s is written as it is known", (text, date, precision) => {
  expect(formatDate(date)).toBe(text);
  expect(precisionOf(date)).toBe(precision);
});

test("dates order by the earliest that they may be, then by the latest", () => {
  const span = (latest: number) => ({ earliest: { year: 2016, month: 7 }, latest: { year: 2017, month: latest } });
  expect(compareDates({ year: 2016, month: 8 }, span(6))).toBeGreaterThan(0);
  expect(compareDates(span(5), span(6))).toBeLessThan(0);
  expect(compareDates({ year: 2016, month: 7 }, span(6))).toBeLessThan(0);
});
