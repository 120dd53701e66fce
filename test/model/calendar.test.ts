import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfDay, dayNumber, dayRange, periodsOf, shiftDay, wholeMonths } from "../../src/model/calendar.ts";
import { addMonths } from "../../src/model/partial-date.ts";
import { seeded } from "../seeded.ts";

const MS_A_DAY = 86_400_000;
const days = fc.integer({ min: dayNumber(1, 1, 1), max: dayNumber(9999, 12, 31) });

describe("the calendar", () => {
  test("agrees with the platform's own, in both directions", () => {
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: ofMonth } = dateOfDay(day);
        const platform = new Date(day * MS_A_DAY);
        expect([year, month, ofMonth]).toEqual([
          platform.getUTCFullYear(),
          platform.getUTCMonth() + 1,
          platform.getUTCDate(),
        ]);
        expect(dayNumber(year, month, ofMonth)).toBe(day);
      }),
      seeded(200),
    );
  });

  test("knows the first and the last day of every year", () => {
    for (let year = 1800; year <= 2200; year++) {
      expect(dateOfDay(dayNumber(year, 1, 1))).toEqual({ year, month: 1, day: 1 });
      expect(dateOfDay(dayNumber(year + 1, 1, 1) - 1)).toEqual({ year, month: 12, day: 31 });
    }
  });

  test("knows the days that a date may stand for", () => {
    const range = (first: number, last: number) => ({ first, last });
    expect(dayRange({ year: 2016 })).toEqual(range(dayNumber(2016, 1, 1), dayNumber(2016, 12, 31)));
    expect(dayRange({ year: 2016, month: 2 })).toEqual(range(dayNumber(2016, 2, 1), dayNumber(2016, 2, 29)));
    expect(dayRange({ year: 2016, month: 2, day: 3 })).toEqual(range(dayNumber(2016, 2, 3), dayNumber(2016, 2, 3)));
    expect(dayRange({ earliest: { year: 2016, month: 7 }, latest: { year: 2017, month: 6 } })).toEqual(
      range(dayNumber(2016, 7, 1), dayNumber(2017, 6, 30)),
    );
  });

  test("moves by days, weeks, months and years; a short month ends the count", () => {
    const from = dayNumber(2016, 1, 31);
    expect(dateOfDay(shiftDay(from, 1, "d"))).toEqual({ year: 2016, month: 2, day: 1 });
    expect(dateOfDay(shiftDay(from, -1, "w"))).toEqual({ year: 2016, month: 1, day: 24 });
    expect(dateOfDay(shiftDay(from, 1, "m"))).toEqual({ year: 2016, month: 2, day: 29 });
    expect(dateOfDay(shiftDay(from, -2, "m"))).toEqual({ year: 2015, month: 11, day: 30 });
    expect(dateOfDay(shiftDay(from, 1, "y"))).toEqual({ year: 2017, month: 1, day: 31 });
  });

  test("adds months as counting them one by one does", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 12 }), fc.nat(400), (year, month, n) => {
        let counted = { year, month };
        for (let step = 0; step < n; step++) {
          counted =
            counted.month === 12 ? { year: counted.year + 1, month: 1 } : { ...counted, month: counted.month + 1 };
        }
        expect(addMonths({ year, month }, n)).toEqual(counted);
        expect(addMonths(counted, -n)).toEqual({ year, month });
      }),
      seeded(200),
    );
  });

  test("counts whole months as trying one after the other does", () => {
    fc.assert(
      fc.property(days, fc.nat(2000), (from, distance) => {
        let months = 0;
        while (shiftDay(from, months + 1, "m") <= from + distance) months++;
        expect(wholeMonths(from, from + distance)).toBe(months);
      }),
      seeded(200),
    );
  });
});

test.each([
  [{ year: 2024, month: 5, day: 7 }, 1, ["2024"], ["2024-Q2"], ["2024-05"]],
  [{ year: 2024, month: 5 }, 4, ["2024/25"], ["2024/25-Q1"], ["2024-05"]],
  [{ year: 2024, month: 3 }, 4, ["2023/24"], ["2023/24-Q4"], ["2024-03"]],
  [{ year: 1999, month: 12 }, 12, ["1999/00"], ["1999/00-Q1"], ["1999-12"]],
  [{ year: 2024, month: 11 }, 12, ["2023/24"], ["2023/24-Q4"], ["2024-11"]],
  [{ year: 987, month: 5 }, 1, ["0987"], ["0987-Q2"], ["0987-05"]],
])("%j lies in periods of years that begin with month %i", (date, start, years, quarters, months) => {
  expect(periodsOf(date, "year", start)).toEqual(years);
  expect(periodsOf(date, "quarter", start)).toEqual(quarters);
  expect(periodsOf(date, "month", start)).toEqual(months);
});

test("a year lies in each period that a day of it lies in", () => {
  expect(periodsOf({ year: 2024 }, "year", 4)).toEqual(["2023/24", "2024/25"]);
  expect(periodsOf({ year: 2024 }, "quarter")).toEqual(["2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]);
  expect(periodsOf({ year: 2024 }, "month")).toHaveLength(12);
});
