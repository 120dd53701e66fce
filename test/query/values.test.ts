import { expect, test } from "vitest";
import { formatPartialDate, type PartialDate } from "../../src/model/partial-date.ts";
import { dayAsked, isEarlier, isValueProblem, parseAskedDate, parsePeriod } from "../../src/query/values.ts";

test.each<[string, PartialDate, string]>([
  ["2026-03", { year: 2020 }, "2026-03"],
  ["today", { year: 2026, month: 3, day: 31 }, "2026-03-31"],
  ["today", { year: 2026, month: 3 }, "2026-03"],
  ["today", { year: 2026 }, "2026"],
  ["+0m", { year: 2026 }, "2026"],
  ["+1d", { year: 2026, month: 2, day: 28 }, "2026-03-01"],
  ["today-1m", { year: 2026, month: 3, day: 31 }, "2026-02-28"],
  // Of several days, the last: who asks for what is true by then asks for what is certain.
  ["+1w", { year: 2026, month: 2 }, "2026-03-07"],
  ["-1y", { year: 2026 }, "2025-12-31"],
])("%s from %j on is %s", (text, today, day) => {
  const asked = dayAsked(text, today);
  expect(isValueProblem(asked) ? asked : formatPartialDate(asked)).toBe(day);
});

test.each([
  ["in 6 months", "+6m"],
  ["6 months ago", "-6m"],
  ["3 Days", "+3d"],
  ["P2Y", "+2y"],
  ["+2 weeks", "+2w"],
  ["-1 year", "-1y"],
  ["Now", "today"],
  ["yesterday", "-1d"],
  ["tomorrow", "+1d"],
])("%s is no day, and is told with what would be", (text, meant) => {
  expect(dayAsked(text, { year: 2026 })).toEqual({ problem: `"${text}" is not a date`, expected: `write ${meant}` });
});

test.each([
  ["180d", { count: 180, unit: "d" }],
  ["0d", { count: 0, unit: "d" }],
  ["1y", { count: 1, unit: "y" }],
])("%s is a length of time", (text, period) => {
  expect(parsePeriod(text)).toEqual(period);
});

const FORMS = "write 180d, 26w, 6m or 1y";

test.each([
  ["", FORMS],
  ["6", "write 6d"],
  ["m", FORMS],
  ["-6m", FORMS],
  ["6 m", "write 6m"],
  ["6 months", "write 6m"],
  ["1Year", "write 1y"],
  ["P26W", "write 26w"],
  ["6q", FORMS],
  ["99999d", FORMS],
  ["today+6m", FORMS],
])("%j is none", (text, expected) => {
  expect(parsePeriod(text)).toEqual({ problem: `"${text}" is not a length of time`, expected });
});

test.each(["2024-01-01+1y", "xtoday+1d", "today+1dx", "today+99999d", "today+", "+1q", "today1d"])(
  "%j is no date",
  (text) => {
    expect(parseAskedDate(text)).toHaveProperty("problem");
  },
);

test.each<[string, string, boolean]>([
  ["1m", "2m", true],
  ["1m", "1m", false],
  ["27d", "1m", true],
  ["30d", "1m", false],
  ["1m", "32d", true],
  ["-1m", "-27d", true],
  ["-1m", "-30d", false],
  ["1y", "13m", false],
  ["1y", "14m", true],
])("%s from today ends before %s whatever day today is: %s", (a, b, is) => {
  const distance = (text: string) => {
    const [, count = "", unit = ""] = /^(-?\d+)(\w)$/.exec(text) ?? [];
    return { kind: "relative", count: Number(count), unit: unit === "d" || unit === "m" ? unit : "y" } as const;
  };
  expect(isEarlier(distance(a), distance(b))).toBe(is);
});
