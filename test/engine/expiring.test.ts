import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExpiringRow, expiring } from "../../src/engine/expiring.ts";
import { linesOfTermed, titleOfTermed } from "../../src/engine/terms.ts";
import { dateOfDay, dayRange, shiftDay } from "../../src/model/calendar.ts";
import { formatPartialDate, type PartialDate } from "../../src/model/partial-date.ts";
import { phasesOf } from "../../src/model/phases.ts";
import { formatTerm, type Term } from "../../src/model/term.ts";
import { isValueProblem, parsePeriod } from "../../src/query/values.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

const contract = (begin: string, term: string): string =>
  `{ contract: ${begin}, startDate: ${begin}, term: ${term}, lots: [{ lot: 1, ceiling: EUR 1 }] }`;

const registerOf = (...contracts: readonly string[]) => openText(`contracts: [${contracts.join(", ")}]`);

describe("what ends when", () => {
  const FIELDS = ["contract", "what", "end", "in", "certainty"];
  const at: PartialDate = { year: 2017, month: 6, day: 30 };

  test("the soonest first; of what may end on the same day first, what ends sooner at most", async () => {
    const register = await registerOf(
      contract("2016-09", "1 year"),
      contract("2015-07-01", "2 years"),
      contract("2016-08-01", "1 year"),
      contract("2015-07-02", "2 years + 1 renewal of 1 month"),
      contract("2016-09-01", "1 year"),
      contract("2015-06-30", "2 years"),
    );
    expect(await linesOf(expiring(register, { at }, { renewals: true }), ...FIELDS)).toEqual([
      "2015-07-01 | firm | 2017-06-30 | today | certain",
      "2015-07-02 | firm | 2017-07-01 | in 1 day | certain",
      "2016-08-01 | firm | 2017-07-31 | in 31 days | certain",
      "2015-07-02 | latest | 2017-08-01 | in 1–2 months | certain",
      "2016-09-01 | firm | 2017-08-31 | in 2–3 months | certain",
      "2016-09 | firm | 2017-09 | in 2–3 months | certain",
    ]);
  });

  test("D3: an end that is over, unless it is this very day", async () => {
    const register = await registerOf(contract("2015", "18 months"));
    expect(await linesOf(expiring(register, { at }), "end", "in", "certainty")).toEqual([
      "2016-07..2017-06 | over, or today | possible",
    ]);
  });

  test("a whole number of months is one", async () => {
    const register = await registerOf(contract("2015-10-31", "2 years"));
    const ahead = async (month: number) => linesOf(expiring(register, { at: { year: 2017, month, day: 30 } }), "in");
    expect(await ahead(6)).toEqual(["in 4 months"]);
    expect(await ahead(9)).toEqual(["in 30 days"]);
  });

  test("only firm parts, unless renewals are asked for; the last renewal is the latest end", async () => {
    const register = await registerOf(contract("2016-01-01", "2 years + 2 renewals of 1 year"));
    const whatEnds = async (renewals?: boolean) =>
      linesOf(expiring(register, { at }, renewals === undefined ? {} : { renewals }), "what", "end");
    expect(await whatEnds()).toEqual(["firm | 2017-12-31"]);
    expect(await whatEnds(true)).toEqual(["firm | 2017-12-31", "renewal 1 | 2018-12-31", "latest | 2019-12-31"]);
  });

  test("contracts without a term are named, and how ends are reckoned only where one is shown", async () => {
    const register = await registerOf(
      "{ contract: a, awardDate: 2015, term: 1 year, lots: [{ lot: 1 }] }",
      "{ contract: b, awardDate: 2015, lots: [{ lot: 1 }] }",
      "{ contract: c, term: 1 year, lots: [{ lot: 1 }] }",
    );
    const ended = expiring(register, { at });
    expect(await rowsOf(ended)).toEqual([]);
    expect(ended.closing().notes).toEqual(["Left out: 2 contracts whose end is unknown."]);
    const open = expiring(register, { at: { year: 2016 } });
    expect(await rowsOf(open)).toHaveLength(1);
    expect(open.closing().notes).toHaveLength(2);
  });
});

describe("within a time, certainly or possibly", () => {
  const days = fc.integer({ min: 16_000, max: 18_500 }).map(dateOfDay);
  const dates = fc
    .tuple(days, fc.constantFrom("year", "month", "day"))
    .map(([{ year, month, day }, precision]): PartialDate => {
      if (precision === "year") return { year };
      return precision === "month" ? { year, month } : { year, month, day };
    });
  const term: Term = { initial: { months: 18 }, renewals: [{ months: 7 }, { months: 7 }] };

  /** Tries every day that the day asked about and the end may be. */
  const byTrying = (begin: PartialDate, at: PartialDate, within: string): string[] => {
    const period = parsePeriod(within);
    if (isValueProblem(period)) throw new Error(within);
    const [firm, ...renewals] = phasesOf({ begin, term });
    const { first: from, last: to } = dayRange(at);
    const over = firm !== undefined && firm.lastDays.last < from && from <= (renewals.at(-1)?.lastDays.last ?? 0);
    return phasesOf({ begin, term }).flatMap(({ lastDays, firstDays, name }, index) => {
      if (over && index === 0) return ["firm: certain"];
      if (over && firstDays.first <= to) return [`${name}: possible`];
      const seen = new Set<boolean>();
      for (let day = dayRange(at).first; day <= dayRange(at).last; day++) {
        const last = shiftDay(day, period.count, period.unit);
        for (let end = lastDays.first; end <= lastDays.last; end++) seen.add(day <= end && end <= last);
      }
      const what = ["firm", "renewal 1", "latest"][index];
      return seen.has(true) ? [`${what}: ${seen.has(false) ? "possible" : "certain"}`] : [];
    });
  };

  test("property: as trying every day gives", async () => {
    await fc.assert(
      fc.asyncProperty(dates, dates, fc.constantFrom("0d", "10d", "4w", "6m", "2y"), async (begin, at, within) => {
        const register = await registerOf(contract(formatPartialDate(begin), formatTerm(term)));
        const period = parsePeriod(within);
        if (isValueProblem(period)) throw new Error(within);
        const rows = await rowsOf(expiring(register, { at }, { within: period, renewals: true }));
        const shown = ({ what, certainty }: ExpiringRow) => `${what}: ${certainty}`;
        expect(rows.map(shown)).toEqual(byTrying(begin, at, within));
      }),
      seeded(100),
    );
  });

  test("property: the days at least and at most hold the distance of every pair of days", async () => {
    await fc.assert(
      fc.asyncProperty(dates, dates, async (begin, at) => {
        const register = await registerOf(contract(formatPartialDate(begin), formatTerm(term)));
        for (const row of await rowsOf(expiring(register, { at }, { renewals: true }))) {
          const day = dayRange(at);
          expect(row.daysAtLeast).toBe(row.lastDays.first - day.last);
          expect(row.daysAtMost).toBe(row.lastDays.last - day.first);
          // What is over is listed only while a renewal could run that nobody decided.
          if (row.daysAtMost < 0) expect(row.state).toMatch(/^ended(,| or) .*renewal/);
          expect(row.in.startsWith("over")).toBe(row.daysAtLeast < 0);
          expect(row.in === "over").toBe(row.daysAtMost < 0);
        }
      }),
      seeded(100),
    );
  });
});

test("a term is told with what is known of its lot, or else its contract", () => {
  const all = { contract: "k", lot: "1", title: "Roads", buyer: "City" };
  expect(linesOfTermed(all)).toEqual(["Contract: k", "Lot: 1", "Title: Roads", "Buyer: City"]);
  expect(titleOfTermed(all)).toBe("k/1, Roads");
  const least = { contract: "k", lot: undefined, title: undefined, buyer: undefined };
  expect(linesOfTermed(least)).toEqual(["Contract: k"]);
  expect(titleOfTermed(least)).toBe("k");
});
