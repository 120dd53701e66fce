import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Duration,
  formatDuration,
  formatPeriods,
  formatTerm,
  longestPeriods,
  parseDuration,
  parseTerm,
  renewalPeriods,
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
    "4 decades",
    "4 yearss",
  ])("%s is refused", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  test("more than a hundred years is refused", () => {
    expect(parseDuration("101 years")).toBeUndefined();
    expect(parseDuration("1201 months")).toBeUndefined();
    expect(parseDuration("5219 weeks")).toBeUndefined();
    expect(parseDuration("36526 days")).toBeUndefined();
  });
});

test.each([
  ["1 day", { months: 0, days: 1 }],
  ["1000 days", { months: 0, days: 1000 }],
  ["14 days", { months: 0, days: 14 }],
  ["1 week", { months: 0, weeks: 1 }],
  ["26 weeks", { months: 0, weeks: 26 }],
])("D1b: %s keeps its unit", (text, duration) => {
  expect(parseDuration(text)).toEqual(duration);
  expect(formatDuration(duration)).toBe(text);
});

describe("D1: terms", () => {
  test("an initial period alone", () => {
    expect(term("4 years")).toEqual({ initial: { months: 48 }, renewals: [] });
    expect(longestPeriods(term("4 years"))).toEqual([{ months: 48 }]);
  });

  test("renewals of one period each", () => {
    const written = term("2 years + 2 renewals of 1 year");
    expect(written).toEqual({ initial: { months: 24 }, renewals: [{ months: 12 }, { months: 12 }] });
    expect(formatTerm(term("1 year + 1 renewal of 6 months"))).toBe("1 year + 1 renewal of 6 months");
  });

  test("renewals of different lengths, and tacit ones without end", () => {
    const written = term("3 years + 1 renewal of 1 year + 1 renewal of 6 months");
    expect(written).toEqual({ initial: { months: 36 }, renewals: [{ months: 12 }, { months: 6 }] });
    const tacit = term("1 year + 2 renewals of 4 weeks + tacit renewals of 90 days");
    expect(tacit.tacit).toEqual({ months: 0, days: 90 });
    expect(longestPeriods(tacit)).toBeUndefined();
    expect(formatTerm(tacit)).toBe("1 year + 2 renewals of 4 weeks + tacit renewals of 90 days");
    expect(formatTerm(term("2 years + 1 renewal of 1 year + 1 renewal of 1 year"))).toBe(
      "2 years + 2 renewals of 1 year",
    );
  });

  test("a hundred renewals at most", () => {
    expect(term("1 month + 100 renewals of 1 month").renewals).toHaveLength(100);
    expect(parseTerm("1 month + 60 renewals of 1 month + 60 renewals of 2 months")).toBeUndefined();
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
    "2 years + tacit renewals of 1 year + 1 renewal of 1 year",
    "2 years + tacit renewal of 1 year",
    "2 years + 2 tacit renewals of 1 year",
    "tacit renewals of 1 year",
    "2 years + perhaps 1 renewal of 1 year",
    "2 years + 1 renewal of 1 year\n",
    "soon + 1 renewal of 1 year",
  ])("%s is refused", (text) => {
    expect(parseTerm(text)).toBeUndefined();
  });

  test("property: reading what was written gives the same term", () => {
    const durations = fc.oneof(
      fc.integer({ min: 1, max: 1200 }).map((months): Duration => ({ months })),
      fc.integer({ min: 1, max: 5218 }).map((weeks): Duration => ({ months: 0, weeks })),
      fc.integer({ min: 1, max: 36_525 }).map((days): Duration => ({ months: 0, days })),
    );
    const terms = fc.record(
      { initial: durations, renewals: fc.array(durations, { maxLength: 6 }), tacit: durations },
      { requiredKeys: ["initial", "renewals"] },
    );
    fc.assert(
      fc.property(terms, (any) => {
        expect(parseTerm(formatTerm(any))).toEqual(any);
      }),
      seeded(200),
    );
  });
});

test("D1b: renewals from one number to another are those stated, and then tacit ones as often as is asked", () => {
  const renewals = [{ months: 1 }, { months: 2 }];
  const [initial, tacit] = [{ months: 12 }, { months: 9 }];
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 6 }), (from, to) => {
      const numbers = Array.from({ length: to }, (_, index) => index + 1).slice(from - 1);
      const stated = numbers.flatMap((number) => renewals[number - 1] ?? []);
      expect(renewalPeriods({ initial, renewals }, from, to)).toEqual(stated);
      const all = numbers.map((number) => renewals[number - 1] ?? tacit);
      expect(renewalPeriods({ initial, renewals, tacit }, from, to)).toEqual(all);
    }),
    seeded(200),
  );
});

test.each([
  [[{ months: 24 }, { months: 12 }], "3 years"],
  [
    [{ months: 12 }, { months: 0, weeks: 2 }, { months: 0, days: 3 }, { months: 6 }],
    "18 months and 2 weeks and 3 days",
  ],
  [
    [
      { months: 0, days: 100 },
      { months: 0, days: 1 },
    ],
    "101 days",
  ],
] as const)("%j together are %s", (periods, text) => {
  expect(formatPeriods(periods)).toBe(text);
});
