import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addMonths,
  compareDates,
  comparePartialDates,
  containsDate,
  daysInMonth,
  formatDate,
  formatPartialDate,
  type PartialDate,
  parsePartialDate,
  precisionOf,
  type ReckonedDate,
} from "../../src/model/partial-date.ts";
import { seeded } from "../seeded.ts";

const date = (text: string): PartialDate => {
  const parsed = parsePartialDate(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
};

const anyDay = fc
  .record({ year: fc.integer({ min: 1, max: 9000 }), month: fc.integer({ min: 1, max: 12 }) })
  .chain(({ year, month }) =>
    fc.integer({ min: 1, max: daysInMonth(year, month) }).map((day): PartialDate => ({ year, month, day })),
  );
const anyDate = anyDay.chain(({ year, month = 1, day = 1 }) =>
  fc.constantFrom<PartialDate>(
    { year },
    { year, month },
    { year, month, day },
    { year, month, day, offset: "+02:00" },
    { year, month, day, offset: "Z" },
  ),
);

describe("N4: dates of ISO 8601 keep the precision with which they were written", () => {
  test.each([
    ["2015", { year: 2015 }],
    ["2015-12", { year: 2015, month: 12 }],
    ["2015-12-18", { year: 2015, month: 12, day: 18 }],
    ["2023-03-24+02:00", { year: 2023, month: 3, day: 24, offset: "+02:00" }],
    ["2023-03-24-11:30", { year: 2023, month: 3, day: 24, offset: "-11:30" }],
    ["2023-03-24+14:00", { year: 2023, month: 3, day: 24, offset: "+14:00" }],
    ["2023-03-24Z", { year: 2023, month: 3, day: 24, offset: "Z" }],
    ["2016-02-29", { year: 2016, month: 2, day: 29 }],
    ["2000-02-29", { year: 2000, month: 2, day: 29 }],
    ["0001", { year: 1 }],
  ])("%s", (text, expected) => {
    expect(parsePartialDate(text)).toStrictEqual(expected);
    expect(formatPartialDate(date(text))).toBe(text);
  });

  test.each([
    ["2015-02-29", "no leap year"],
    ["1900-02-29", "a century is no leap year"],
    ["2016-02-30", "February never has 30 days"],
    ["2015-04-31", "April has 30 days"],
    ["2015-06-31", "June has 30 days"],
    ["2015-09-31", "September has 30 days"],
    ["2015-11-31", "November has 30 days"],
    ["2015-12-32", "no month has 32 days"],
    ["2015-12-00", "there is no day 0"],
    ["2015-00", "there is not a month 0"],
    ["2015-13", "there is not a month 13"],
    ["2015-13-01", "there is not a month 13"],
    ["0000", "there is no year 0"],
    ["0000-01-01", "there is no year 0"],
    ["15-12-18", "two-digit year"],
    ["2015-1", "one-digit month"],
    ["2015-12-1", "one-digit day"],
    ["2015/12/18", "slashes"],
    ["18.12.2015", "points"],
    ["20151218", "basic format"],
    ["+2015", "a sign"],
    ["2015-12Z", "an offset on a month"],
    ["2015Z", "an offset on a year"],
    ["2015-12-18+2:00", "a one-digit offset"],
    ["2015-12-18+15:00", "an offset that no place has"],
    ["2015-12-18+02:60", "sixty minutes"],
    ["2015-12-18+0200", "an offset without a colon"],
    ["2015-12-18T00:00:00", "a time"],
    ["2015-W51", "a week"],
    ["2015-12-18 ", "a space"],
    ["2015-12-18\n", "a line break"],
    ["２０１５", "full-width digits"],
    ["", "nothing"],
  ])("%s is refused: %s", (text) => {
    expect(parsePartialDate(text)).toBeUndefined();
  });

  test("property: reading what was written gives the same date", () => {
    fc.assert(
      fc.property(anyDate, (any) => {
        expect(parsePartialDate(formatPartialDate(any))).toEqual(any);
      }),
      seeded(300),
    );
  });

  test("property: the days that exist are those of the proleptic Gregorian calendar", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const lastDay = new Date(0);
        lastDay.setUTCFullYear(year, month, 0);
        expect(daysInMonth(year, month)).toBe(lastDay.getUTCDate());
      }),
      seeded(300),
    );
  });
});

describe("N4: order", () => {
  test("by the first day that a date may stand for, the coarser first", () => {
    const sorted = ["2014", "2015", "2015-01", "2015-01-01", "2015-01-02", "2015-02", "2016"];
    expect([...sorted].reverse().map(date).sort(comparePartialDates).map(formatPartialDate)).toEqual(sorted);
    sorted.forEach((earlier, index) => {
      for (const later of sorted.slice(index + 1)) {
        expect(comparePartialDates(date(earlier), date(later))).toBeLessThan(0);
        expect(comparePartialDates(date(later), date(earlier))).toBeGreaterThan(0);
      }
    });
  });

  test("an offset shifts nothing", () => {
    expect(comparePartialDates(date("2023-03-24+14:00"), date("2023-03-24-11:00"))).toBe(0);
  });

  test("a coarse date contains the finer ones within it", () => {
    expect(containsDate(date("2015"), date("2015-12"))).toBe(true);
    expect(containsDate(date("2015-12"), date("2015-12-18"))).toBe(true);
    expect(containsDate(date("2015-12-18"), date("2015-12-18"))).toBe(true);
    expect(containsDate(date("2015-12"), date("2015"))).toBe(false);
    expect(containsDate(date("2015-12"), date("2015-11-18"))).toBe(false);
    expect(containsDate(date("2015-12-18"), date("2015-12-19"))).toBe(false);
    expect(containsDate(date("2015"), date("2016-01"))).toBe(false);
  });
});

describe("N4, D1: months are added to months", () => {
  test.each([
    [2015, 12, 24, 2017, 12],
    [2015, 12, 1, 2016, 1],
    [2015, 1, -1, 2014, 12],
    [2015, 6, 0, 2015, 6],
  ])("%i-%i and %i months", (year, month, months, thenYear, thenMonth) => {
    expect(addMonths({ year, month }, months)).toEqual({ year: thenYear, month: thenMonth });
  });

  test("property: adding in two steps is adding at once", () => {
    const months = fc.integer({ min: -600, max: 600 });
    const begin = fc.record({ year: fc.integer({ min: 1900, max: 2100 }), month: fc.integer({ min: 1, max: 12 }) });
    fc.assert(
      fc.property(begin, months, months, (from, first, second) => {
        expect(addMonths(addMonths(from, first), second)).toEqual(addMonths(from, first + second));
      }),
      seeded(200),
    );
  });
});

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
