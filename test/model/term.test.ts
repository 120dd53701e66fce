import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  formatDuration,
  formatTerm,
  longestMonths,
  parseDuration,
  parseTerm,
  type Term,
} from "../../src/model/term.ts";
import { seeded } from "../seeded.ts";

const term = (text: string): Term => {
  const parsed = parseTerm(text);
  if (parsed === undefined) throw new Error(`${text} is no term`);
  return parsed;
};

describe("D1: durations", () => {
  test.each([
    ["1 year", 12],
    ["4 years", 48],
    ["1 month", 1],
    ["18 months", 18],
    ["1200 months", 1200],
    ["100 years", 1200],
  ])("%s", (text, months) => {
    expect(parseDuration(text)).toEqual({ months });
    expect(formatDuration({ months })).toBe(
      months % 12 === 0 ? `${months / 12} year${months === 12 ? "" : "s"}` : text,
    );
  });

  test.each([
    "",
    "4",
    "years",
    "0 years",
    "04 years",
    "4.5 years",
    "-1 year",
    "4  years",
    "4 Years",
    "4 weeks",
    "4 yearss",
  ])("%s is refused", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("more than a hundred years is refused", () => {
    expect(parseDuration("101 years")).toBeUndefined();
    expect(parseDuration("1201 months")).toBeUndefined();
  });
});

describe("D1: terms", () => {
  test("an initial period alone", () => {
    expect(term("4 years")).toEqual({ initial: { months: 48 }, renewals: 0, renewalPeriod: { months: 0 } });
    expect(longestMonths(term("4 years"))).toBe(48);
  });

  test("renewals of one period each", () => {
    const written = term("2 years + 2 renewals of 1 year");
    expect(written).toEqual({ initial: { months: 24 }, renewals: 2, renewalPeriod: { months: 12 } });
    expect(longestMonths(written)).toBe(48);
    expect(formatTerm(term("1 year + 1 renewal of 6 months"))).toBe("1 year + 1 renewal of 6 months");
  });

  test("a hundred renewals at most", () => {
    expect(term("1 month + 100 renewals of 1 month").renewals).toBe(100);
    expect(parseTerm("1 month + 101 renewals of 1 month")).toBeUndefined();
  });

  test.each([
    "",
    "2 years + ",
    "2 years + 2 renewals",
    "2 years + 0 renewals of 1 year",
    "2 years + 2 renewals of 0 years",
    "2 years + 2 renewals of a year",
    "2 years + renewals of 1 year",
    "2 years+2 renewals of 1 year",
    "2 years + 1 renewal of 1 year + 1 renewal of 1 year",
    "2 years + perhaps 1 renewal of 1 year",
    "2 years + 1 renewal of 1 year\n",
    "soon + 1 renewal of 1 year",
  ])("%s is refused", (text) => {
    expect(parseTerm(text)).toBeUndefined();
  });

  test("property: reading what was written gives the same term", () => {
    const months = fc.integer({ min: 1, max: 1200 });
    const terms = fc.oneof(
      months.map((initial): Term => ({ initial: { months: initial }, renewals: 0, renewalPeriod: { months: 0 } })),
      fc.tuple(months, fc.integer({ min: 1, max: 100 }), months).map(
        ([initial, renewals, period]): Term => ({
          initial: { months: initial },
          renewals,
          renewalPeriod: { months: period },
        }),
      ),
    );
    fc.assert(
      fc.property(terms, (any) => {
        expect(parseTerm(formatTerm(any))).toEqual(any);
      }),
      seeded(200),
    );
  });
});
