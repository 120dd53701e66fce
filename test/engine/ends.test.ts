import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contracts } from "../../src/engine/contracts.ts";
import { expiring } from "../../src/engine/expiring.ts";
import { lots } from "../../src/engine/lots.ts";
import { arrange, type Report } from "../../src/engine/report.ts";
import { show } from "../../src/engine/show.ts";
import { timeline } from "../../src/engine/timeline.ts";
import { total } from "../../src/engine/total.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";
import { FORMATS } from "../../src/output/formats.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { found } from "../checking.ts";
import { times } from "../long.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

/** The model: days are counted, with the calendar of Date in UTC, and nothing of lotbook's own. */
const DAY = 86_400_000;
const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY;
const isoOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The day after some months: that with the same number, or past a month that is too short. */
const afterMonths = (from: number, months: number): number => {
  const date = new Date(from * DAY);
  const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate()];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return months === 0 ? from : Date.UTC(year, month, Math.min(number, last + 1)) / DAY;
};

type Unit = "months" | "weeks" | "days";
interface Period {
  readonly count: number;
  readonly unit: Unit;
}

/** The first day after periods in a row; months that follow each other are counted from one day. */
const afterAll = (from: number, periods: readonly Period[]): number => {
  let [day, months] = [from, 0];
  for (const { count, unit } of periods) {
    if (unit === "months") months += count;
    else {
      day = afterMonths(day, months) + count * (unit === "weeks" ? 7 : 1);
      months = 0;
    }
  }
  return afterMonths(day, months);
};

interface Written {
  readonly begin: string;
  readonly precision: "year" | "month" | "day";
  readonly initial: Period;
  readonly renewals: readonly Period[];
  /** How many of the renewals were exercised, and whether the next one was declined, long before any day that is asked. */
  readonly exercised: number;
  readonly declined: boolean;
  readonly at: string;
}

const LENGTH = { year: 4, month: 7, day: 10 } as const;
const textOf = ({ count, unit }: Period): string => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;

const registerOf = ({ begin, precision, initial, renewals, exercised, declined }: Written) => {
  const term = [textOf(initial), ...renewals.map((one) => `1 renewal of ${textOf(one)}`)].join(" + ");
  const decisions = [
    ...Array.from({ length: exercised }, (_, index) => `{ renewal: ${index + 1}, exercised: 1999 }`),
    ...(declined && exercised < renewals.length ? [`{ renewal: ${exercised + 1}, declined: 1999 }`] : []),
  ];
  const decided = decisions.length > 0 ? `, renewals: [${decisions.join(", ")}]` : "";
  return openText(
    `contracts: [{ contract: c, startDate: ${begin.slice(0, LENGTH[precision])}, term: ${term}, lots: [{ lot: 1 }]${decided} }]`,
  );
};

/** Every day on which it may have begun. */
const beginsOf = ({ begin, precision }: Written): readonly number[] => {
  const same = (day: number) => isoOf(day).slice(0, LENGTH[precision]) === begin.slice(0, LENGTH[precision]);
  const days: number[] = [];
  for (let day = dayOf(begin) - 366; day <= dayOf(begin) + 366; day++) if (same(day)) days.push(day);
  return days;
};

/** The last day of the firm part and of each open renewal, for one begin. */
const endsFrom = (begin: number, { initial, renewals, exercised, declined }: Written): readonly number[] => {
  const last = declined && exercised < renewals.length ? exercised : renewals.length;
  return Array.from(
    { length: last - exercised + 1 },
    (_, index) => afterAll(begin, [initial, ...renewals.slice(0, exercised + index)]) - 1,
  );
};

const stateFrom = (begin: number, written: Written): readonly string[] => {
  const at = dayOf(written.at);
  if (at < begin) return ["not begun"];
  const index = endsFrom(begin, written).findIndex((end) => at <= end);
  if (index === 0) return ["firm"];
  return index === -1 ? ["ended"] : [`renewal ${written.exercised + index}`, "ended"];
};

const periods = fc.record({
  count: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom<Unit>("months", "weeks", "days"),
});
const days = fc.integer({ min: dayOf("2011-01-01"), max: dayOf("2017-12-31") }).map(isoOf);
const written = fc
  .record({
    begin: days,
    precision: fc.constantFrom("year", "month", "day"),
    initial: periods,
    renewals: fc.array(periods, { maxLength: 3 }),
    exercised: fc.nat({ max: 3 }),
    declined: fc.boolean(),
    at: days,
  })
  .map((one): Written => ({ ...one, exercised: Math.min(one.exercised, one.renewals.length) }));

const selected = async (register: Awaited<ReturnType<typeof openText>>, query: string, at: string): Promise<boolean> =>
  (await rowsOf(contracts(register, { query: parseQuery(query), at: dateOf(at) }))).length > 0;

const dateOf = (iso: string) => {
  const [year = 0, month = 0, day = 0] = iso.split("-").map(Number);
  return { year, month, day };
};

describe("D1, D3: ends, states, queries and expiring are what counting day by day gives", () => {
  test("property", async () => {
    await fc.assert(
      fc.asyncProperty(written, days, async (one, asked) => {
        const register = await registerOf(one);
        const begins = beginsOf(one);
        const ends = begins.map((begin) => endsFrom(begin, one));
        const [firm, latest] = [ends.map((each) => each[0] ?? 0), ends.map((each) => each.at(-1) ?? 0)];
        const at = dateOf(one.at);

        const states = new Set(begins.flatMap((begin) => stateFrom(begin, one)));
        const [row] = await rowsOf(contracts(register, { at }));
        const shown = row?.state ?? "";
        if (states.size <= 3) expect(new Set(shown.split(/, | or /))).toEqual(states);
        else
          expect(shown.endsWith("or ended")).toBe(
            states.has("ended") && [...states].some((state) => state.startsWith("renewal")),
          );
        for (const state of ["firm", "ended"])
          expect(await selected(register, `is:${state}`, one.at)).toBe(states.size === 1 && states.has(state));

        for (const [field, lasts] of [
          ["firmEnd", firm],
          ["latestEnd", latest],
        ] as const) {
          const day = dayOf(asked);
          const after = lasts.map((last) => last >= day);
          expect(await selected(register, `${field}:${asked}..`, one.at)).toBe(after.every(Boolean));
          expect(await selected(register, `${field}:~${asked}..`, one.at)).toBe(after.some(Boolean));
        }

        const rows = await rowsOf(expiring(register, { at }, { renewals: true }));
        for (const { what, lastDays } of rows) {
          const index = what === "firm" ? 0 : what === "latest" ? -1 : Number(what.slice(8)) - one.exercised;
          const each = ends.map((list) => list.at(index) ?? Number.NaN);
          expect([lastDays.first, lastDays.last]).toEqual([Math.min(...each), Math.max(...each)]);
        }
        const today = dayOf(one.at);
        const undecided = firm.every((last) => last < today) && latest.some((last) => last >= today);
        expect(rows.some(({ decision }) => decision === "undecided")).toBe(undecided);
        if (undecided) expect(rows.find(({ what }) => what === "firm")?.in).toBe("over");
        else for (const { lastDays } of rows) expect(lastDays.last).toBeGreaterThanOrEqual(today);
      }),
      seeded(40),
    );
  }, 600_000);
});

/** When a contract or one of its lots runs, as it is stated; what is undefined is not. */
interface StatedTime {
  readonly begin: string | undefined;
  readonly end: string | undefined;
  readonly initial: Period | undefined;
  readonly renewals: readonly Period[];
  /** The length of renewals that come of themselves and have no last one. */
  readonly tacit: Period | undefined;
}

interface StatedTimes {
  readonly contract: StatedTime;
  readonly lots: readonly StatedTime[];
  readonly exercised: number;
  readonly declined: boolean;
  readonly at: string;
}

/** Every day that a date may mean. */
const daysIn = (date: string): readonly number[] => {
  const first = dayOf(`${date}-01-01`.slice(0, "2015-01-01".length));
  const all: number[] = [];
  for (let day = first; isoOf(day).startsWith(date); day++) all.push(day);
  return all;
};

/** All days of a month; of a year the first and the last, and some between: whatever holds of one may hold of others. */
const someDays = (all: readonly number[]): readonly number[] => {
  if (all.length <= 31) return all;
  const steps = [0, 0.3, 0.6, 1].map((part) => all[Math.floor(part * (all.length - 1))] ?? Number.NaN);
  return [...new Set(steps)];
};

/** One way in which it may have come: when it began, and the last day of the firm part and of each renewal after it. */
interface World {
  readonly begin: number;
  readonly ends: readonly number[];
  readonly endless: boolean;
}

/** So many renewals without end reach beyond any day that is asked about. */
const MANY = 16;

const worldsOf = (time: StatedTime, { exercised, declined }: StatedTimes): readonly World[] => {
  const { begin, end, initial, renewals, tacit } = time;
  if (end === undefined && (begin === undefined || initial === undefined)) return [];
  const all = tacit === undefined ? renewals : [...renewals, ...Array.from({ length: MANY }, () => tacit)];
  const decided = Math.min(exercised, all.length);
  const last = declined ? decided : all.length;
  const endless = tacit !== undefined && !declined;
  const begins = begin === undefined ? [Number.NEGATIVE_INFINITY] : someDays(daysIn(begin));
  return begins.flatMap((from) => {
    const stated = end === undefined ? undefined : someDays(daysIn(end));
    // A stated end lies on or after the begin: a begin that leaves it no day is none.
    const latest = Math.max(...(stated ?? []));
    const possible = stated === undefined ? [undefined] : latest < from ? [] : stated.map((day) => Math.max(day, from));
    const after = (index: number, day: number | undefined): number => {
      const more = all.slice(0, index);
      if (initial !== undefined && from !== Number.NEGATIVE_INFINITY) {
        const reckoned = afterAll(from, [initial]) - 1;
        if (day === undefined || day === reckoned) return afterAll(from, [initial, ...more]) - 1;
      }
      return afterAll((day ?? Number.NaN) + 1, more) - 1;
    };
    return possible.map((day) => ({
      begin: from,
      ends: Array.from({ length: last - decided + 1 }, (_, index) => after(decided + index, day)),
      endless,
    }));
  });
};

const resolved = (lot: StatedTime, contract: StatedTime): StatedTime => {
  const begin = lot.begin ?? contract.begin;
  return lot.end === undefined && lot.initial === undefined ? { ...contract, begin } : { ...lot, begin };
};

const isReversed = ({ begin, end }: StatedTime): boolean =>
  begin !== undefined && end !== undefined && (daysIn(begin)[0] ?? 0) > (daysIn(end).at(-1) ?? 0);

const isWholeYear = (date: string | undefined): boolean => date?.length === LENGTH.year;

const statesIn = ({ begin, ends, endless }: World, at: number, open: number, exercised: number): readonly string[] => {
  if (at < begin) return ["not begun"];
  const index = ends.findIndex((end) => at <= end);
  if (index === 0) return ["firm"];
  if (index === -1) return endless ? [] : ["ended"];
  const renewal = exercised + index;
  return renewal <= open ? [`renewal ${renewal}`, "ended"] : [`renewal ${renewal}`];
};

const timeText = ({ begin, end, initial, renewals, tacit }: StatedTime): string => {
  const term =
    initial &&
    [
      textOf(initial),
      ...renewals.map((one) => `1 renewal of ${textOf(one)}`),
      ...(tacit === undefined ? [] : [`tacit renewals of ${textOf(tacit)}`]),
    ].join(" + ");
  const facts = { startDate: begin, endDate: end, term };
  return Object.entries(facts)
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
    .join(", ");
};

const registerOfTimes = ({ contract, lots, exercised, declined }: StatedTimes): string => {
  const decisions = [
    ...Array.from({ length: exercised }, (_, index) => `{ renewal: ${index + 1}, exercised: 1999 }`),
    ...(declined ? [`{ renewal: ${exercised + 1}, declined: 1999 }`] : []),
  ];
  const own = timeText(contract);
  const written = lots.map((lot, index) => `{ ${[`lot: ${index + 1}`, timeText(lot)].filter(Boolean).join(", ")} }`);
  const decided = decisions.length > 0 ? `, renewals: [${decisions.join(", ")}]` : "";
  return `contracts: [{ contract: c${own && `, ${own}`}, lots: [${written.join(", ")}]${decided} }]`;
};

const coarse = fc
  .tuple(days, fc.constantFrom<keyof typeof LENGTH>("year", "month", "day", "day"))
  .map(([day, precision]) => day.slice(0, LENGTH[precision]));
const perhaps = <T>(value: fc.Arbitrary<T>, weight = 1): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constant(undefined) }, { weight, arbitrary: value });
const longTacit = fc.record({ count: fc.integer({ min: 6, max: 24 }), unit: fc.constant<Unit>("months") });
const statedTime = (begin: fc.Arbitrary<string | undefined>): fc.Arbitrary<StatedTime> =>
  fc
    .tuple(begin, perhaps(coarse), perhaps(periods, 2), fc.array(periods, { maxLength: 2 }), perhaps(longTacit))
    .map(([from, end, initial, renewals, tacit]) => ({
      begin: from,
      end,
      initial,
      renewals: initial === undefined ? [] : renewals,
      tacit: initial === undefined ? undefined : tacit,
    }));
const statedTimes = fc.record({
  contract: statedTime(perhaps(coarse, 3)),
  lots: fc.array(statedTime(fc.constantFrom<undefined>(undefined)), { minLength: 1, maxLength: 2 }),
  exercised: fc.nat({ max: 1 }),
  declined: fc.boolean(),
  at: days,
});

describe("D1a-D1d: stated ends, lots' own terms, tacit and undecided renewals are what counting day by day gives", () => {
  test("property", async () => {
    await fc.assert(
      fc.asyncProperty(statedTimes, days, async (one, asked) => {
        // An end before the begin is a finding, and nothing follows from it.
        fc.pre(one.lots.every((lot) => !isReversed(resolved(lot, one.contract))));
        const register = await openText(registerOfTimes(one));
        const day = dayOf(asked);
        const at = dayOf(one.at);
        const chosen = async (query: string): Promise<readonly string[]> =>
          (await rowsOf(lots(register, { query: parseQuery(query), at: dateOf(one.at) }))).map(({ lot }) => lot);
        const expected = new Map<string, string[]>();
        const see = (query: string, lot: number, is: boolean) => {
          const list = expected.get(query) ?? [];
          expected.set(query, is ? [...list, String(lot + 1)] : list);
        };
        const rows = await rowsOf(expiring(register, { at: dateOf(one.at) }, { renewals: true }));
        for (const [index, lot] of one.lots.entries()) {
          const time = resolved(lot, one.contract);
          const worlds = worldsOf(time, one);
          const all = time.renewals.length + (time.tacit === undefined ? 0 : MANY);
          const exercised = Math.min(one.exercised, all);
          const states = new Set(worlds.flatMap((world) => statesIn(world, at, time.renewals.length, exercised)));
          const isTried = !isWholeYear(time.begin) && !isWholeYear(time.end);
          for (const state of isTried ? ["firm", "ended"] : [])
            see(`is:${state}`, index, states.size === 1 && states.has(state));
          const firm = worlds.map(({ ends }) => ends[0] ?? Number.NaN);
          see(`firmEnd:${asked}..`, index, worlds.length > 0 && firm.every((last) => last >= day));
          see(
            `firmEnd:~${asked}..`,
            index,
            firm.some((last) => last >= day),
          );
          const own = rows.filter((row) => row.lot === String(index + 1) && row.what === "firm");
          for (const { lastDays } of own)
            expect([lastDays.first, lastDays.last]).toEqual([Math.min(...firm), Math.max(...firm)]);
          if (worlds.some(({ endless }) => endless)) continue;
          const latest = worlds.map(({ ends }) => ends.at(-1) ?? Number.NaN);
          see(`latestEnd:${asked}..`, index, worlds.length > 0 && latest.every((last) => last >= day));
          see(
            `latestEnd:~${asked}..`,
            index,
            latest.some((last) => last >= day),
          );
        }
        for (const [query, wanted] of expected) {
          const isAsked = (lot: number): boolean => {
            const time = resolved(one.lots[lot] ?? one.contract, one.contract);
            if (query.startsWith("is:")) return !isWholeYear(time.begin) && !isWholeYear(time.end);
            return !query.startsWith("latest") || time.tacit === undefined || one.declined;
          };
          const found = (await chosen(query)).filter((lot) => isAsked(Number(lot) - 1));
          expect([query, found]).toEqual([query, wanted]);
        }
        if (one.lots.length > 1) return;
        const [only] = one.lots;
        const time = only === undefined ? one.contract : resolved(only, one.contract);
        if (only !== undefined && timeText(only) !== "") return;
        const exercised = Math.min(one.exercised, time.renewals.length + (time.tacit === undefined ? 0 : MANY));
        const states = new Set(
          worldsOf(time, one).flatMap((world) => statesIn(world, at, time.renewals.length, exercised)),
        );
        const [row] = await rowsOf(contracts(register, { at: dateOf(one.at) }));
        const shown = new Set(row?.state?.split(/, | or /));
        if (isWholeYear(time.begin) || isWholeYear(time.end))
          expect([...states].filter((state) => !shown.has(state) && !/ to /.test(row?.state ?? ""))).toEqual([]);
        else if (states.size <= 3) expect(shown).toEqual(states);
      }),
      seeded(times(2000, 40)),
    );
  }, 600_000);
});

const ends = async (fields: string, at: string): Promise<string[]> => {
  const register = await openText(`contracts: [{ contract: k, ${fields} }]`);
  return linesOf(contracts(register, { at: dateOf(at) }), "firmEnd", "latestEnd", "state");
};

describe("the calendar", () => {
  test.each([
    // A month too short ends on its last day, and the next one finds the day again.
    ["2023-01-31", "1 month + 1 renewal of 1 month", "2023-02-28 | 2023-03-30"],
    ["2024-01-31", "1 month", "2024-02-29 | 2024-02-29"],
    ["2024-02-29", "1 year", "2025-02-28 | 2025-02-28"],
    ["2024-02-29", "4 years", "2028-02-28 | 2028-02-28"],
    // 2024 has 366 days.
    ["2024-01-01", "366 days", "2024-12-31 | 2024-12-31"],
    ["2024-01-01", "52 weeks", "2024-12-29 | 2024-12-29"],
    ["2024-01-01", "1000 days", "2026-09-26 | 2026-09-26"],
    ["2024-01-01", "1 day", "2024-01-01 | 2024-01-01"],
    // Days first: the year then counts from the day after them, 2024-01-31.
    ["2024-01-01", "30 days + 1 renewal of 1 month", "2024-01-30 | 2024-02-29"],
    ["2024-01-01", "3 years + 1 renewal of 1 year + 1 renewal of 6 months", "2026-12-31 | 2028-06-30"],
    // A month plus days ends on one of as many days as the month has.
    ["2024-02", "10 days", "2024-02-10..2024-03-09 | 2024-02-10..2024-03-09"],
  ])("%s and %s", async (begin, term, expected) => {
    const [line] = await ends(
      `startDate: ${begin}, term: ${term}, lots: [{ lot: 1 }]`,
      begin.length === 7 ? `${begin}-01` : begin,
    );
    expect(line?.startsWith(expected)).toBe(true);
  });
});

describe("D1a: stated ends", () => {
  test.each([
    ["endDate: 2026-03-01", "2026-03-01 | 2026-03-01 | firm"],
    ["startDate: 2026-02, endDate: 2026-01-15", "2026-01-15 | 2026-01-15 | not begun"],
    // Renewals follow on the stated end, which counts before the reckoned 2025-12-31.
    [
      "startDate: 2024-01-01, endDate: 2026-03-31, term: 2 years + 1 renewal of 1 year",
      "2026-03-31 | 2027-03-31 | firm",
    ],
    [
      "startDate: 2024-01-31, endDate: 2024-02-29, term: 1 month + 1 renewal of 1 month",
      "2024-02-29 | 2024-03-30 | ended",
    ],
    [
      "startDate: 2023-01-01, endDate: 2024-12-31, latestEndDate: 2026-12-31",
      "2024-12-31 | 2026-12-31 | ended or extended",
    ],
    // It ends in the year in which it begins, so not before.
    ["startDate: 2026-06-15, endDate: 2026, term: 1 month + 1 renewal of 1 year", "2026 | 2027 | not begun"],
    ["startDate: 2023-01-01, term: 2 years, maximumDuration: 4 years", "2024-12-31 | 2026-12-31 | ended or extended"],
    ["startDate: 2023-01, term: 2 years, maximumDuration: 4 years", "2025-01 | 2027-01 | ended or extended"],
    ["startDate: 2022-01, term: 2 years, maximumDuration: 4 years", "2024-01 | 2026-01 | ended or extended"],
    ["startDate: 2021-12, term: 2 years, maximumDuration: 4 years", "2023-12 | 2025-12 | ended"],
    // Where renewals are stated, they say how long it may be.
    [
      "startDate: 2023-01-01, term: 1 year + 1 renewal of 1 year, maximumDuration: 6 years",
      "2023-12-31 | 2024-12-31 | ended",
    ],
    [
      "startDate: 2025-06-01, term: 1 year + tacit renewals of 1 year, maximumDuration: 6 years",
      "2026-05-31 | - | firm",
    ],
  ])("%s", async (fields, expected) => {
    expect(await ends(`${fields}, lots: [{ lot: 1 }]`, "2026-01-01")).toEqual([expected]);
  });

  test("a contract whose lots have terms of their own ends by itself where it ends after all of them", async () => {
    const ended = async (lotTerms: readonly string[]) => {
      const all = lotTerms.map((term, index) => `{ lot: ${index + 1}${term && `, term: ${term}`} }`).join(", ");
      const register = await openText(
        `contracts: [{ contract: k, startDate: 2020-01-01, term: 3 years, lots: [${all}] }]`,
      );
      return await linesOf(expiring(register, { at: dateOf("2021-06-01") }), "lot", "end");
    };
    expect(await ended(["2 years", "1000 days"])).toEqual(["1 | 2021-12-31", "2 | 2022-09-26", "- | 2022-12-31"]);
    expect(await ended(["2 years", "3 years"])).toEqual(["1 | 2021-12-31", "2 | 2022-12-31"]);
    expect(await ended(["3 years", ""])).toEqual(["- | 2022-12-31", "1 | 2022-12-31"]);
  });

  test("lots with terms of their own: the last in contracts, each where ends are listed", async () => {
    const register = await openText(
      "contracts: [{ contract: k, startDate: 2020-01-01, term: 3 years, lots: [{ lot: 1, term: 2 years }, { lot: 2, term: 2 years + 2 renewals of 1 year }, { lot: 3 }] }]",
    );
    const at = dateOf("2021-06-01");
    const ending = ["lot", "what", "end"];
    expect(await linesOf(contracts(register, { at }), "firmEnd", "latestEnd")).toEqual(["2022-12-31 | 2023-12-31"]);
    expect(await linesOf(expiring(register, { at }), ...ending)).toEqual([
      "1 | firm | 2021-12-31",
      "2 | firm | 2021-12-31",
      "- | firm | 2022-12-31",
    ]);
    expect(await linesOf(timeline(register, { at }), "lot", "phase")).toEqual([
      "- | firm",
      "1 | firm",
      "2 | firm",
      "2 | renewal 1",
      "2 | renewal 2",
    ]);
    expect(await linesOf(expiring(register, { at, query: parseQuery("latestEnd:2023") }), ...ending)).toEqual([
      "2 | firm | 2021-12-31",
    ]);
    const later = dateOf("2022-06-01");
    expect(await linesOf(expiring(register, { at: later, query: parseQuery("is:ended") }), "lot")).toEqual([]);
    expect(await linesOf(contracts(register, { at: later }), "state")).toEqual(["firm"]);
  });
});

describe("D1a: lots state begins and ends of their own", () => {
  const OWN = `contracts:
  - contract: k
    startDate: 2020-01-01
    term: 4 years + 1 renewal of 1 year
    lots:
      - { lot: 1, endDate: 2021-12-31 }
      - { lot: 2, startDate: 2021-01-01 }
      - { lot: 3, startDate: 2021, endDate: 2022-06, latestEndDate: 2026-06-30 }
      - { lot: 4, latestEndDate: 2025-06-30 }
      - { lot: 5 }`;
  const at = dateOf("2022-01-15");

  test("an own end ends the lot; an own begin moves the term of the contract; an own latest end, the last renewal", async () => {
    const register = await openText(OWN);
    expect(await linesOf(timeline(register, { at }), "lot", "phase", "begin", "end", "state")).toEqual([
      "- | firm | 2020-01-01 | 2023-12-31 | firm",
      "- | renewal 1 | 2024-01-01 | 2024-12-31 | firm",
      "1 | firm | 2020-01-01 | 2021-12-31 | ended",
      "2 | firm | 2021-01-01 | 2024-12-31 | firm",
      "2 | renewal 1 | 2025-01-01 | 2025-12-31 | firm",
      "3 | firm | 2021 | 2022-06 | firm",
      "3 | extended | 2022-06 | 2026-06-30 | firm",
      "4 | firm | 2020-01-01 | 2023-12-31 | firm",
      "4 | renewal 1 | 2024-01-01 | 2025-06-30 | firm",
    ]);
    expect(await linesOf(contracts(register, { at }), "firmEnd", "latestEnd", "state")).toEqual([
      "2024-12-31 | 2026-06-30 | firm",
    ]);
    expect(await linesOf(expiring(register, { at }), "lot", "end")).toEqual([
      "3 | 2022-06",
      "- | 2023-12-31",
      "4 | 2023-12-31",
      "2 | 2024-12-31",
    ]);
  });

  test.each([
    ["is:ended", "1"],
    ["firmEnd:2022", "3"],
    ["latestEnd:2025-06-01..2025-06-30", "4"],
    ["startDate:2021", "2,3"],
    ["startDate:2020", "1,4,5"],
    ["startDate>2020-12", "2,3"],
    ["is:renewable", "2,4,5"],
  ])("%s", async (query, expected) => {
    const rows = await rowsOf(lots(await openText(OWN), { at, query: parseQuery(query) }));
    expect(rows.map(({ lot }) => lot).join()).toBe(expected);
  });

  test.each([
    ["D1-reversed", "{ lot: 1, startDate: 2021-05, endDate: 2021-03-01 }", 1],
    ["D1-reversed", "{ lot: 1, startDate: 2021-05, endDate: 2021-05-01 }", 0],
    ["D1-reversed", "{ lot: 1, endDate: 2019-12 }", 1],
    ["D1-reversed", "{ lot: 1, endDate: 2022-01-01, latestEndDate: 2021 }", 1],
    ["D1-end", "{ lot: 1, term: 2 years, endDate: 2022-06-30 }", 1],
    ["D1-end", "{ lot: 1, startDate: 2020-07-01, term: 2 years, endDate: 2022-06-30 }", 0],
    ["D1-end", "{ lot: 1, startDate: 2020-07-01 }", 0],
    ["D1-begin", "{ lot: 1, startDate: 2019-05 }", 1],
    ["D1-begin", "{ lot: 1, startDate: 2019 }", 1],
    ["D1-begin", "{ lot: 1, startDate: 2020 }", 0],
    ["D2-length", "{ lot: 1, endDate: 2023-12-31 }", 0],
    ["D2-length", "{ lot: 1, endDate: 2024-01-01 }", 1],
    ["D2-length", "{ lot: 1, startDate: 2021-01-01, latestEndDate: 2024-12-31 }", 0],
    ["D2-length", "{ lot: 1, startDate: 2021-01-01 }", 0],
    ["D1-undecided", "{ lot: 1, endDate: 2021-12-31, latestEndDate: 2090 }", 1],
  ])("%s: %s", async (rule, lot, count) => {
    const contract = `startDate: 2020-01-01, awardDate: 2020-01, term: 3 years, lots: [${lot}]`;
    expect(await found(rule, contract)).toHaveLength(count);
  });

  test("what nobody decided is told by the lot", async () => {
    expect(
      await found("D1-undecided", "awardDate: 2020-01, lots: [{ lot: 1, endDate: 2021-12-31, latestEndDate: 2090 }]"),
    ).toEqual([
      "warning D1-undecided: lot k/1: its firm part ended on 2021-12-31, and nobody decided whether it was extended",
    ]);
  });

  test.each([
    ["2021-06-01", "2021-12-31 | firm"],
    // Lot 2 may still run.
    ["2022-06-01", "2021-12-31 | -"],
  ])("of some lots nothing says when they end: on %s", async (day, expected) => {
    const register = await openText(
      "contracts: [{ contract: k, startDate: 2020-01-01, lots: [{ lot: 1, term: 2 years }, { lot: 2 }] }]",
    );
    expect(await linesOf(contracts(register, { at: dateOf(day) }), "latestEnd", "state")).toEqual([expected]);
    const card = await linesOf(show(register, "k", { at: dateOf(day) }), "fact", "value");
    expect(card.find((line) => line.startsWith("state"))).toBe(expected.endsWith("firm") ? "state | firm" : undefined);
  });

  test("an end before the begin that a lot has of its contract", async () => {
    const [finding] = await found("D1-reversed", "endDate: 2020-12-31, lots: [{ lot: 1, startDate: 2021-05 }]");
    expect(finding).toBe("warning D1-reversed: lot k/1: ends on 2020-12-31, before it begins on 2021-05");
  });

  test("decisions on renewals are of lots' terms, too", async () => {
    const decided = "renewals: [{ renewal: 1, exercised: 2021-12 }]";
    const own = "startDate: 2020-01-01, lots: [{ lot: 1, term: 2 years + 1 renewal of 1 year }, { lot: 2 }]";
    expect(await found("D1-renewals", `${own}, ${decided}`)).toEqual([]);
    expect(await found("D1-late", `${own}, renewals: [{ renewal: 1, exercised: 2022-01-02 }]`)).toHaveLength(1);
  });

  test.each([
    ["lots: [{ lot: 1, endDate: 2024-12-31 }, { lot: 2, endDate: 2025-12-31 }]", 1],
    ["lots: [{ lot: 1, endDate: 2024-12-31 }, { lot: 2, endDate: 2026-12-31 }]", 0],
    // Of lot 2 nothing says when it ends.
    ["lots: [{ lot: 1, endDate: 2024-12-31 }, { lot: 2 }]", 0],
  ])("an order without a lot may be on any: %s", async (lots, count) => {
    const orders = "orders: [{ order: PO, date: 2026-01-15, amount: EUR 1 }]";
    expect(await found("D1-order", `${lots}, ${orders}`)).toHaveLength(count);
  });
});

describe("D1a, D1c: where the latest end alone is known", () => {
  test.each([
    ["latestEndDate: 2024-06-30", "2024-01-01", "- | 2024-06-30 | firm, ended or extended"],
    ["startDate: 2020-01-01, latestEndDate: 2024-06-30", "2019-12-31", "- | 2024-06-30 | not begun"],
    ["startDate: 2020-01-01, latestEndDate: 2024-06-30", "2020-01-01", "- | 2024-06-30 | firm"],
    ["startDate: 2020-01-01, latestEndDate: 2024-06-30", "2024-06-30", "- | 2024-06-30 | firm, ended or extended"],
    ["startDate: 2020-01-01, latestEndDate: 2024-06-30", "2024-07-01", "- | 2024-06-30 | ended"],
    ["startDate: 2020-01-01, latestEndDate: 2024", "2024-07-01", "- | 2024 | firm, ended or extended"],
    ["startDate: 2020-01-01, maximumDuration: 2 years", "2021-01-01", "- | 2021-12-31 | firm, ended or extended"],
    ["startDate: 2020-01, maximumDuration: 2 years", "2021-01-01", "- | 2022-01 | firm, ended or extended"],
    ["startDate: 2020-01, maximumDuration: 2 years", "2022-01-30", "- | 2022-01 | firm, ended or extended"],
    ["startDate: 2020-01, maximumDuration: 2 years", "2022-01-31", "- | 2022-01 | ended"],
    [
      "startDate: 2020-01-01, latestEndDate: 2024-06-30, renewals: [{ renewal: 1, declined: 2020 }]",
      "2021-01-01",
      "- | - | -",
    ],
  ])("%s on %s", async (fields, at, expected) => {
    expect(await ends(`${fields}, lots: [{ lot: 1 }]`, at)).toEqual([expected]);
  });

  test("it is in every list of ends, beside others", async () => {
    const register = await openText(
      "contracts: [{ contract: k, noticePeriod: 1 month, lots: [{ lot: 1, latestEndDate: 2024-06-30 }, { lot: 2, endDate: 2023-01-31 }] }]",
    );
    const at = dateOf("2023-01-01");
    expect(await linesOf(expiring(register, { at }), "lot", "what", "end", "certainty", "decision")).toEqual([
      "2 | firm | 2023-01-31 | certain | -",
      "1 | latest | 2024-06-30 | certain | -",
    ]);
    expect(await linesOf(timeline(register, { at }), "lot", "phase", "begin", "end")).toEqual([
      "1 | firm | - | -",
      "1 | extended | - | 2024-06-30",
      "2 | firm | - | 2023-01-31",
    ]);
    expect(await linesOf(contracts(register, { at }), "firmEnd", "latestEnd", "state")).toEqual([
      "2023-01-31..2024-06-30 | 2024-06-30 | firm",
    ]);
    expect(await linesOf(show(register, "k/1", { at }), "fact", "value")).toContain("give notice by | 2024-05-31");
    expect(await selected(register, "is:ended", "2024-07-01")).toBe(true);
    expect(await selected(register, "latestEnd:2024-06", "2023-01-01")).toBe(true);
  });

  test("it is drawn as open", async () => {
    const register = await openText(
      "contracts: [{ contract: k, latestEndDate: 2021-12-31, lots: [{ lot: 1 }] }, { contract: l, startDate: 2020-01-01, latestEndDate: 2020-12-31, lots: [{ lot: 1 }] }]",
    );
    const surface = { style: PLAIN_STYLE, width: 25, terminal: false, raw: false };
    const report = arrange(timeline(register, { at: dateOf("2020-07-01") }), {});
    const drawn = (await allOf(FORMATS.table(report, surface))).join("").split("\n");
    expect(drawn.slice(2, 4)).toEqual(["k  ░░░░░│░░░░░░░░░░░░░░░░", "l  █░░░░│░░░░░"]);
  });
});

describe("D1b: the days by which somebody has to act", () => {
  const daysOn = async (fields: string, at: string): Promise<string> => {
    const register = await openText(`contracts: [{ contract: k, ${fields}, lots: [{ lot: 1 }] }]`);
    const lines = await linesOf(show(register, "k", { at: dateOf(at) }), "fact", "value");
    const dayIn = (fact: string) => lines.find((line) => line.startsWith(fact))?.slice(fact.length + 3) ?? "-";
    return [dayIn("give notice by"), dayIn("begin next procedure by")].join(" | ");
  };
  const NOTICE = "noticePeriod: 3 months, leadTime: 9 months";

  test.each([
    ["startDate: 2024-01-01, term: 2 years", "2025-01-01", "2025-09-30 | 2025-03-31"],
    // Three whole months before the end of February are those from December on.
    ["endDate: 2026-02-28", "2025-01-01", "2025-11-30 | 2025-05-31"],
    ["endDate: 2024-02-29", "2023-01-01", "2023-11-30 | 2023-05-31"],
    // A period that would begin on 31 February begins on the day before March.
    ["endDate: 2026-05-30", "2025-01-01", "2026-02-27 | 2025-08-30"],
    ["startDate: 2024-01, term: 2 years", "2025-01-01", "2025-10 | 2025-04"],
    ["startDate: 2024, term: 2 years", "2025-01-01", "2025-10..2026-09 | 2025-04..2026-03"],
    // The next end, and the latest one.
    ["startDate: 2024-01-01, term: 2 years + 1 renewal of 1 year", "2025-01-01", "2025-09-30 | 2026-03-31"],
    // Nobody decided renewal 1, which is overdue.
    ["startDate: 2024-01-01, term: 2 years + 1 renewal of 1 year", "2026-02-01", "2025-09-30 | 2026-03-31"],
    ["startDate: 2024-01-01, term: 2 years", "2026-02-01", "- | -"],
    // A tacit renewal runs on where nobody gave notice in time.
    ["startDate: 2024-01-01, term: 1 year + tacit renewals of 1 year", "2024-09-30", "2024-09-30 | -"],
    ["startDate: 2024-01-01, term: 1 year + tacit renewals of 1 year", "2024-10-01", "2025-09-30 | -"],
    [
      "startDate: 2024-01-01, term: 1 year + tacit renewals of 1 year, renewals: [{ renewal: 2, declined: 2025-06 }]",
      "2025-10-01",
      "2025-09-30 | 2025-03-31",
    ],
  ])("%s on %s", async (fields, at, expected) => {
    expect(await daysOn(`${fields}, ${NOTICE}`, at)).toBe(expected);
  });

  test("periods in weeks and days, and those that are not stated", async () => {
    expect(await daysOn("endDate: 2024-03-01, noticePeriod: 2 weeks", "2024-01-01")).toBe("2024-02-16 | -");
    expect(await daysOn("endDate: 2024-03-01, leadTime: 1 day", "2024-01-01")).toBe("- | 2024-02-29");
    expect(await daysOn("endDate: 2024-03, noticePeriod: 2 weeks", "2024-01-01")).toBe("2024-02-16..2024-03-17 | -");
    expect(await daysOn("noticePeriod: 2 weeks, leadTime: 1 day", "2024-01-01")).toBe("- | -");
  });
});

describe("D1b: tacit renewals have no end", () => {
  const TERM = "startDate: 2020-01-01, term: 1 year + tacit renewals of 1 year";
  const open = (fields = "") => openText(`contracts: [{ contract: k, ${TERM}${fields}, lots: [{ lot: 1 }] }]`);

  test("the next end is that of the one that runs", async () => {
    const at = dateOf("2026-06-30");
    expect(await linesOf(contracts(await open(), { at }), "firmEnd", "latestEnd", "state")).toEqual([
      "2020-12-31 | - | renewal 6",
    ]);
    expect(await linesOf(expiring(await open(), { at }), "what", "end", "decision")).toEqual([
      "renewal 6 | 2026-12-31 | -",
    ]);
    expect(await selected(await open(), "latestEnd:2030..", "2026-06-30")).toBe(true);
    expect(await selected(await open(), "is:renewable", "2026-06-30")).toBe(true);
  });

  test("also beside a lot that ends later than the next one of them", async () => {
    const register = await openText(
      `contracts: [{ contract: k, ${TERM}, lots: [{ lot: 1 }, { lot: 2, endDate: 2040-12-31 }] }]`,
    );
    expect(await linesOf(contracts(register, { at: dateOf("2026-06-30") }), "latestEnd", "renewalsLeft")).toEqual([
      "- | -",
    ]);
  });

  test("until one is declined", async () => {
    const at = dateOf("2026-06-30");
    const register = await open(", renewals: [{ renewal: 4, declined: 2023-09 }]");
    expect(await linesOf(contracts(register, { at }), "latestEnd", "state")).toEqual(["2023-12-31 | ended"]);
  });
});

describe("D1d: what check finds of dates", () => {
  test.each([
    ["D1-reversed", "startDate: 2026-05, endDate: 2026-03-01, lots: [{ lot: 1 }]", 1],
    ["D1-reversed", "startDate: 2026-03, endDate: 2026-03-01, lots: [{ lot: 1 }]", 0],
    ["D1-reversed", "endDate: 2026-03-01, latestEndDate: 2025, lots: [{ lot: 1 }]", 1],
    [
      "D1-renewals",
      "startDate: 2024-04-15, endDate: 2026-03-31, lots: [{ lot: 1 }], renewals: [{ renewal: 1, exercised: 2026-01 }]",
      1,
    ],
    [
      "D1-renewals",
      "startDate: 2024-04-15, term: 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }], renewals: [{ renewal: 9, declined: 2026-01 }]",
      0,
    ],
    [
      "D1-modification",
      "awardDate: 2024-06, lots: [{ lot: 1, ceiling: EUR 1M }], modifications: [{ modification: M, date: 2024-05, lot: 1, amount: EUR 1 }]",
      1,
    ],
    [
      "D1-modification",
      "awardDate: 2024-06, lots: [{ lot: 1, ceiling: EUR 1M }], modifications: [{ modification: M, date: 2024, lot: 1, amount: EUR 1 }]",
      0,
    ],
    [
      "D1-modification",
      "startDate: 2024-01-01, lots: [{ lot: 1, ceiling: EUR 1M, term: 1 year }], modifications: [{ modification: M, date: 2052-01, lot: 1, amount: EUR 1 }]",
      1,
    ],
    [
      "D1-modification",
      "startDate: 2024-01-01, lots: [{ lot: 1, ceiling: EUR 1M, term: 1 year }], modifications: [{ modification: M, date: 2024-12-31, lot: 1, amount: EUR 1 }]",
      0,
    ],
    [
      "D1-modification",
      "startDate: 2024-01-01, lots: [{ lot: 1, ceiling: EUR 1M, term: 1 year }], modifications: [{ modification: M, date: 2025-01-01, lot: 1, amount: EUR 1 }]",
      1,
    ],
    ["D2-length", "startDate: 2024-01-01, term: 1461 days, lots: [{ lot: 1 }]", 0],
    ["D2-length", "startDate: 2024-01-01, term: 1462 days, lots: [{ lot: 1 }]", 1],
    ["D2-length", "startDate: 2025-01-01, endDate: 2028-12-31, lots: [{ lot: 1 }]", 0],
    ["D2-length", "startDate: 2025-01-01, endDate: 2029-01-01, lots: [{ lot: 1 }]", 1],
    ["D2-length", "startDate: 2025-01-01, term: 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }]", 1],
  ])("%s: %s", async (rule, contract, count) => {
    expect(await found(rule, contract)).toHaveLength(count);
  });
});

describe("L1, D1: orders are held against the term of their lot", () => {
  test.each([
    ["startDate: 2024-01-01, term: 1 year, lots: [{ lot: 1 }]", "2052-04-01", 1],
    ["startDate: 2024-01-01, term: 1 year, lots: [{ lot: 1, term: 40 years }]", "2052-04-01", 0],
    ["startDate: 2024-01-01, endDate: 2024-12-31, lots: [{ lot: 1, term: 2 years }]", "2025-04-01", 0],
    ["startDate: 2024-01-01, term: 1 year + tacit renewals of 1 year, lots: [{ lot: 1 }]", "2052-04-01", 0],
    ["endDate: 2024-12-31, lots: [{ lot: 1 }]", "2025", 1],
  ])("%s, ordered %s", async (contract, date, count) => {
    const orders = `orders: [{ order: PO, lot: 1, date: ${date}, amount: EUR 1 }]`;
    expect(await found("D1-order", `${contract}, ${orders}`)).toHaveLength(count);
  });
});

describe("D3: contracts awarded only after the day are counted, and that is said", () => {
  const TEXT =
    "contracts: [{ contract: a, awardDate: 2024-06, lots: [{ lot: 1, ceiling: EUR 1M }] }, { contract: b, awardDate: 2025, lots: [{ lot: 1, ceiling: EUR 1M }] }]";

  test.each([
    ["2023-12-31", ["2 contracts awarded only after the day are counted (a, b)."]],
    ["2024-06-01", ["1 contract awarded only after the day is counted (b)."]],
    ["2025-01-01", []],
  ])("on %s", async (day, expected) => {
    const register = await openText(TEXT);
    const at = dateOf(day);
    const toldBy = async <Row>(report: Report<Row>): Promise<readonly string[]> => {
      await rowsOf(report);
      return report.closing().notes.filter((note) => note.includes("awarded only"));
    };
    expect(await toldBy(contracts(register, { at }))).toEqual(expected);
    expect(await toldBy(lots(register, { at }))).toEqual(expected);
    expect(await toldBy(total(register, { at }))).toEqual(expected);
  });
});
