import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfDay, dayNumber, dayRange } from "../../src/model/calendar.ts";
import {
  formatDate,
  formatPartialDate,
  type PartialDate,
  parsePartialDate,
  precisionOf,
} from "../../src/model/partial-date.ts";
import {
  dayAfter as dayAfterAll,
  formatStates,
  leaving,
  type Phase,
  phasesOf,
  standingAt,
} from "../../src/model/phases.ts";
import { parseTerm, type Term } from "../../src/model/term.ts";
import { seeded } from "../seeded.ts";

const date = (text: string): PartialDate => {
  const parsed = parsePartialDate(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

const term = (text: string): Term => {
  const parsed = parseTerm(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

const shown = (begin: string, terms: string): string[] =>
  phasesOf({ begin: date(begin), term: term(terms) }).map(
    (phase) => `${phase.name}: ${phase.begin && formatDate(phase.begin)} – ${phase.end && formatDate(phase.end)}`,
  );

const standing = (begin: string, terms: string, at: string) =>
  standingAt(phasesOf({ begin: date(begin), term: term(terms) }), date(at));

const states = (begin: string, terms: string, at: string) => formatStates(standing(begin, terms, at));

test.each([
  ["2016-01-01", "2 years", "2017-09-30"],
  ["2015-12", "2 years", "2017-09"],
  ["2015", "2 years", "2016-10..2017-09"],
])("the last day that leaves three months is as coarse as the end: from %s, %s: %s", (begin, terms, expected) => {
  const [phase] = phasesOf({ begin: date(begin), term: term(terms) });
  const left = phase && leaving(phase, { months: 3 }).date;
  expect(left && formatDate(left)).toBe(expected);
});

describe("the phases of a term", () => {
  test("end on the last day on which the contract still runs", () => {
    expect(shown("2016-01-01", "2 years")).toEqual(["firm: 2016-01-01 – 2017-12-31"]);
    expect(shown("2016-04-15", "18 months + 2 renewals of 6 months")).toEqual([
      "firm: 2016-04-15 – 2017-10-14",
      "renewal 1: 2017-10-15 – 2018-04-14",
      "renewal 2: 2018-04-15 – 2018-10-14",
    ]);
  });

  test("end with a month that is too short, and find the day again in the next", () => {
    expect(shown("2016-01-31", "1 month + 2 renewals of 1 month")).toEqual([
      "firm: 2016-01-31 – 2016-02-29",
      "renewal 1: 2016-03-01 – 2016-03-30",
      "renewal 2: 2016-03-31 – 2016-04-30",
    ]);
    expect(shown("2016-02-29", "1 year")).toEqual(["firm: 2016-02-29 – 2017-02-28"]);
    expect(shown("2015-03-01", "1 year")).toEqual(["firm: 2015-03-01 – 2016-02-29"]);
  });

  test("keep the month as their precision", () => {
    expect(shown("2015-12", "2 years + 2 renewals of 1 year")).toEqual([
      "firm: 2015-12 – 2017-12",
      "renewal 1: 2017-12 – 2018-12",
      "renewal 2: 2018-12 – 2019-12",
    ]);
  });

  test("lie between two months where a bare year cannot carry the answer", () => {
    expect(shown("2015", "18 months + 1 renewal of 6 months")).toEqual([
      "firm: 2015 – 2016-07..2017-06",
      "renewal 1: 2016-07..2017-06 – 2017",
    ]);
    expect(
      phasesOf({ begin: date("2015"), term: term("18 months") }).map(({ end }) => end && precisionOf(end)),
    ).toEqual(["between"]);
  });

  test("leave a written offset to the date that was written", () => {
    expect(shown("2016-01-01+02:00", "1 year")).toEqual(["firm: 2016-01-01+02:00 – 2016-12-31"]);
  });
});

describe("a stated latest end", () => {
  const until = (terms: string, latest: string): string[] =>
    phasesOf({
      begin: date("2016-01-01"),
      term: term(terms),
      latest: { end: date(latest), lastDays: dayRange(date(latest)) },
    }).map(
      ({ name, begin, end, open }) =>
        `${name}${open ? "?" : ""}: ${begin && formatDate(begin)} – ${end && formatDate(end)}`,
    );

  test.each([
    ["2017-12-31", ["firm: 2016-01-01 – 2017-12-31"]],
    ["2017-06", ["firm: 2016-01-01 – 2017-12-31"]],
    ["2017", ["firm: 2016-01-01 – 2017-12-31"]],
    ["2018-01-01", ["firm: 2016-01-01 – 2017-12-31", "extended?: 2018-01-01 – 2018-01-01"]],
    ["2019", ["firm: 2016-01-01 – 2017-12-31", "extended?: 2018-01-01 – 2019"]],
  ])("extends two firm years where it comes after them: %s", (latest, phases) => {
    expect(until("2 years", latest)).toEqual(phases);
  });

  test.each([
    ["2017-12-31", "renewal 2?: 2019-01-01 – 2019-12-31"],
    ["2018-12-31", "renewal 2?: 2019-01-01 – 2019-12-31"],
    ["2019-01-01", "renewal 2?: 2019-01-01 – 2019-01-01"],
    ["2020-06-30", "renewal 2?: 2019-01-01 – 2020-06-30"],
  ])("is that of the last renewal unless it comes before it: %s", (latest, last) => {
    const phases = until("2 years + 2 renewals of 1 year", latest);
    expect(phases).toHaveLength(3);
    expect(phases.at(-1)).toBe(last);
  });
});

describe("where a contract stands", () => {
  const TWO_AND_TWO = "2 years + 2 renewals of 1 year";

  test.each([
    ["2015-12-31", "not begun", 2],
    ["2016-01-01", "firm", 2],
    ["2017-12-31", "firm", 2],
    ["2018-01-01", "ended or renewal 1", 1],
    ["2018-12-31", "ended or renewal 1", 1],
    ["2019-01-01", "ended or renewal 2", 0],
    ["2019-12-31", "ended or renewal 2", 0],
    ["2020-01-01", "ended", 0],
    ["2018", "ended or renewal 1", 1],
    ["2017-12", "firm", 2],
    ["2015", "not begun", 2],
  ])("is known to the day: on %s %s", (at, state, renewalsLeft) => {
    const found = standing("2016-01-01", TWO_AND_TWO, at);
    expect([formatStates(found), found.renewalsLeft]).toEqual([state, renewalsLeft]);
  });

  test.each([
    ["2015-11-30", "not begun", 2],
    ["2015-12-01", "not begun or firm", 2],
    ["2015-12-31", "firm", 2],
    ["2017-11-30", "firm", 2],
    ["2017-12-01", "firm, ended or renewal 1", undefined],
    ["2017-12-30", "firm, ended or renewal 1", undefined],
    ["2017-12-31", "ended or renewal 1", 1],
    ["2018", "ended, renewal 1 or renewal 2", undefined],
    ["2019", "ended or renewal 2", 0],
    ["2020", "ended", 0],
  ])("is left open by a begin known to the month: on %s %s", (at, state, renewalsLeft) => {
    const found = standing("2015-12", TWO_AND_TWO, at);
    expect(formatStates(found)).toBe(state);
    expect(found.renewalsLeft).toBe(renewalsLeft);
  });

  test("may be open over several phases", () => {
    expect(states("2015", "1 month + 20 renewals of 1 month", "2015-12-31")).toBe("firm to renewal 11 or ended");
    expect(states("2016-01-01", "3 months + 1 renewal of 1 month", "2016")).toBe("firm, ended or renewal 1");
  });

  test("is unknown where there is no term", () => {
    expect(standingAt([], date("2016"))).toEqual({ states: [], renewalsLeft: undefined });
    expect(formatStates({ states: [] })).toBeUndefined();
  });
});

const days = fc.integer({ min: dayNumber(1890, 1, 1), max: dayNumber(2110, 12, 31) }).map(dateOfDay);
const dates = fc
  .tuple(days, fc.constantFrom("year", "month", "day"))
  .map(([{ year, month, day }, precision]): PartialDate => {
    if (precision === "year") return { year };
    return precision === "month" ? { year, month } : { year, month, day };
  });
const terms = fc.record({
  initial: fc.record({ months: fc.integer({ min: 1, max: 60 }) }),
  renewals: fc.array(fc.record({ months: fc.integer({ min: 1, max: 30 }) }), { maxLength: 4 }),
});

/** The first day of each month that a phase can reach, found by walking through all their days. */
const monthStarts: number[] = [];
for (let day = dayNumber(1890, 1, 1); day <= dayNumber(2130, 1, 1); day++) {
  if (dateOfDay(day).day === 1) monthStarts.push(day);
}

/** The first day after so many months: the one with the same number, or the first of the month after. */
const dayAfter = (begin: number, months: number): number => {
  const month = monthStarts.findLastIndex((start) => start <= begin);
  const [from = 0, reached = 0, next = 0] = [month, month + months, month + months + 1].map((at) => monthStarts[at]);
  return Math.min(reached + begin - from, next);
};

/** Every state that a contract may be in, trying each day of its begin and of the date. */
const statesByTrying = (begin: PartialDate, { initial, renewals }: Term, at: PartialDate) => {
  const found = new Set<number>();
  const [begins, days] = [dayRange(begin), dayRange(at)];
  for (let first = begins.first; first <= begins.last; first++) {
    const turns = [first];
    let months = initial.months;
    turns.push(dayAfter(first, months));
    for (const renewal of renewals) {
      months += renewal.months;
      turns.push(dayAfter(first, months));
    }
    for (let day = days.first; day <= days.last; day++) found.add(turns.filter((turn) => turn <= day).length);
  }
  const names = [
    "not begun",
    "firm",
    ...Array.from({ length: renewals.length }, (_, k) => `renewal ${k + 1}`),
    "ended",
  ];
  const states = [...found].sort((a, b) => a - b).flatMap((index) => names[index] ?? []);
  // Nobody decided the renewals: where one may run, the contract may as well have ended before it.
  const renewal = states.findIndex((state) => state.startsWith("renewal"));
  if (renewal === -1) return states;
  const others = states.filter((state) => state !== "ended");
  return [...others.slice(0, renewal), "ended", ...others.slice(renewal)];
};

describe("for any begin and term", () => {
  test("phases tile the term without gap or overlap", () => {
    fc.assert(
      fc.property(dates, terms, (begin, duration) => {
        const phases = phasesOf({ begin, term: duration });
        expect(phases).toHaveLength(duration.renewals.length + 1);
        expect(phases[0]?.begin).toEqual(begin);
        phases.slice(1).forEach((phase, index) => {
          const before: Phase | undefined = phases[index];
          expect(phase.firstDays.first - 1).toBe(before?.lastDays.first);
          expect(phase.firstDays.last - 1).toBe(before?.lastDays.last);
          const gap = begin.day === undefined ? 0 : 1;
          expect(dayRange(phase.begin ?? begin).first).toBe(dayRange(before?.end ?? begin).first + gap);
          expect(dayRange(phase.begin ?? begin).last).toBe(dayRange(before?.end ?? begin).last + gap);
        });
      }),
      seeded(200),
    );
  });

  test("the last days are those of the end, or its eve where the begin is coarse", () => {
    fc.assert(
      fc.property(dates, terms, (begin, duration) => {
        for (const { end, lastDays } of phasesOf({ begin, term: duration })) {
          if (end === undefined) throw new Error("no end");
          const eve = begin.day === undefined ? 1 : 0;
          expect(lastDays.first).toBe(dayRange(end).first - eve);
          expect(lastDays.last).toBeLessThanOrEqual(dayRange(end).last);
          expect(lastDays.last).toBeGreaterThanOrEqual(lastDays.first);
        }
      }),
      seeded(200),
    );
  });

  test("the state at a date is what trying every day gives", () => {
    const near = fc.tuple(terms, dates, fc.integer({ min: -400, max: 5000 }), fc.constantFrom("month", "day"));
    fc.assert(
      fc.property(near, ([duration, begin, distance, precision]) => {
        const { year, month, day } = dateOfDay(dayRange(begin).first + distance);
        const at = precision === "month" ? { year, month } : { year, month, day };
        expect(standingAt(phasesOf({ begin, term: duration }), at).states, formatPartialDate(at)).toEqual(
          statesByTrying(begin, duration, at),
        );
      }),
      seeded(100),
    );
  });
});

test("renewals without end are one phase, or each of its own until a day", () => {
  const tacit = { begin: date("2020-01-01"), term: term("1 year + tacit renewals of 1 year") };
  const ends = (phases: readonly Phase[]) => phases.map(({ name, end }) => `${name}: ${end && formatDate(end)}`);
  expect(ends(phasesOf(tacit))).toEqual(["firm: 2020-12-31", "renewal 1: undefined"]);
  expect(ends(phasesOf({ ...tacit, until: dayRange(date("2022-06")) })).slice(0, 3)).toEqual([
    "firm: 2020-12-31",
    "renewal 1: 2021-12-31",
    "renewal 2: 2022-12-31",
  ]);
});

test.each([
  ["2016-01-31", [{ months: 0, days: 10 }], "2016-02-10"],
  ["2016-01-31", [{ months: 0, weeks: 2 }], "2016-02-14"],
  ["2016-01-31", [{ months: 1 }, { months: 1 }], "2016-03-31"],
  ["2016-01-31", [{ months: 1 }, { months: 0, days: 5 }, { months: 1 }], "2016-04-06"],
] as const)("D1b: from %s on, %j end on the day before %s", (from, periods, after) => {
  const dayOf = (text: string) => dayRange(parsePartialDate(text) ?? { year: 0 }).first;
  expect(dayAfterAll(dayOf(from), periods)).toBe(dayOf(after));
});

test("D1: renewals that were exercised are firm, and those beyond the last are none", () => {
  const term = parseTerm("1 year + 3 renewals of 1 year");
  const found = (exercised: number, last: number) =>
    phasesOf({ begin: { year: 2020, month: 1, day: 1 }, term, renewals: { exercised, last } }).map(
      ({ name, lastDays }) => `${name} ${formatPartialDate(dateOfDay(lastDays.last))}`,
    );
  expect(found(1, 3)).toEqual(["firm 2021-12-31", "renewal 2 2022-12-31", "renewal 3 2023-12-31"]);
  expect(found(0, 1)).toEqual(["firm 2020-12-31", "renewal 1 2021-12-31"]);
  expect(found(2, 2)).toEqual(["firm 2022-12-31"]);
});
