import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOfDay, dayNumber } from "../../src/model/calendar.ts";
import { formatDate } from "../../src/model/partial-date.ts";
import { contractAsOf } from "../../src/records/as-of.ts";
import { lotTermDates } from "../../src/records/contract-term.ts";
import { times } from "../long.ts";
import { openText } from "../open-text.ts";
import { seeded } from "../seeded.ts";
import { contract, lot, notice, organisation, party, project, result, tender } from "./eforms/notice-xml.ts";

/** What a notice says of when its lots run; months since the first of 2020. */
interface Period {
  readonly start: number | undefined;
  readonly length: { readonly unit: "MONTH" | "YEAR" | "DAY" | "WEEK"; readonly count: number } | undefined;
  readonly end: number | undefined;
}

interface Told {
  readonly kind: "award" | "modification";
  readonly lots: readonly string[];
  readonly period: Period;
}

const period: fc.Arbitrary<Period> = fc.record({
  start: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined }),
  length: fc.option(
    fc.record({ unit: fc.constantFrom("MONTH", "YEAR", "DAY", "WEEK"), count: fc.integer({ min: 1, max: 60 }) }),
    { nil: undefined },
  ),
  end: fc.option(fc.integer({ min: 60, max: 90 }), { nil: undefined, freq: 1 }),
});

const lives: fc.Arbitrary<readonly Told[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("award", "award", "modification"),
    lots: fc.subarray(["LOT-1", "LOT-2", "LOT-3"], { minLength: 1 }),
    period,
  }),
  { minLength: 1, maxLength: 5 },
);

const dayAt = (months: number, days = 0): string =>
  new Date(Date.UTC(2020, months, 1 + days)).toISOString().slice(0, 10);

const periodOf = ({ start, length, end }: Period): string =>
  project(
    `<cac:PlannedPeriod>${start === undefined ? "" : `<cbc:StartDate>${dayAt(start)}Z</cbc:StartDate>`}${
      end === undefined ? "" : `<cbc:EndDate>${dayAt(end)}Z</cbc:EndDate>`
    }${length === undefined ? "" : `<cbc:DurationMeasure unitCode="${length.unit}">${length.count}</cbc:DurationMeasure>`}</cac:PlannedPeriod>`,
  );

/** The notice of a month, whose contracts are signed on its first day. */
const noticeOf = ({ kind, lots, period: own }: Told, month: number): string =>
  notice({
    noticeId: `5f0c7f9e-0000-4000-8000-00000000000${month}`,
    number: `0000000${month}-2020`,
    published: `${dayAt(month)}Z`,
    form: kind === "award" ? "result" : "cont-modif",
    changes: kind === "award" ? "" : "<efac:ContractModification/>",
    organisations: organisation("ORG-1", "Alder", { legalId: "1", country: "DEU" }),
    lots: lots.map((id) => lot(id, periodOf(own))).join(""),
    results:
      lots
        .map((id) =>
          result(id, {
            ...(kind === "award" && { status: "selec-w" }),
            tenders: [`TEN-${id}`],
            contracts: [`CON-${id}`],
          }),
        )
        .join("") +
      lots.map((id) => tender(`TEN-${id}`, { party: "TPA-1", lot: id })).join("") +
      lots
        .map((id) =>
          contract(`CON-${id}`, { tenders: [`TEN-${id}`], more: `<cbc:IssueDate>${dayAt(month)}Z</cbc:IssueDate>` }),
        )
        .join("") +
      party("TPA-1", ["ORG-1"]),
  });

interface Run {
  readonly start: number | undefined;
  /** The month of its first award, where one is known. */
  readonly award: number | undefined;
  readonly length: Period["length"];
  readonly end: number | undefined;
}

/** By lot, what is true in a month: awards first, then what modified them by then, an end in the place of all ends. */
const runsOf = (told: readonly Told[], now: number): ReadonlyMap<string, Run> => {
  const runs = new Map<string, Run>();
  for (const kind of ["award", "modification"] as const)
    for (const [index, one] of told.entries())
      for (const id of one.kind === kind ? one.lots : []) {
        const before = runs.get(id);
        const own = one.period;
        const ends = { length: own.length, end: own.end };
        const says = (ends.length ?? ends.end) !== undefined;
        if (before === undefined)
          runs.set(id, { start: own.start, award: kind === "award" ? index : undefined, ...ends });
        // What an award repeats of a lot leaves it as it was told of first.
        else if (kind === "award")
          runs.set(id, {
            ...before,
            start: before.start ?? own.start,
            ...((before.length ?? before.end) === undefined && ends),
          });
        else if (index + 1 <= now) runs.set(id, { ...before, start: own.start ?? before.start, ...(says && ends) });
      }
  return runs;
};

const endOf = ({ start, award, length, end }: Run, first: number): string => {
  if (end !== undefined) return `${dayAt(end)}Z`;
  if (length === undefined) return "-";
  const begin = start ?? award ?? first;
  const { unit, count } = length;
  if (unit === "DAY" || unit === "WEEK") return dayAt(begin, (unit === "WEEK" ? 7 : 1) * count - 1);
  return dayAt(begin + (unit === "YEAR" ? 12 : 1) * count, -1);
};

test("D1a, D3, T12: each lot ends as its own notices say by the day, however the notices of a procedure come", async () => {
  await fc.assert(
    fc.asyncProperty(
      lives.chain((told) =>
        fc.tuple(fc.constant(told), fc.shuffledSubarray([...told.keys()], { minLength: told.length })),
      ),
      fc.integer({ min: 0, max: 6 }),
      async ([told, order], now) => {
        const texts = order.flatMap((index) => told.slice(index, index + 1).map((one) => noticeOf(one, index + 1)));
        const register = await openText(...texts);
        const shown: string[] = [];
        for await (const batch of register.contracts())
          for (const one of batch.map((written) => contractAsOf(written, dateOfDay(dayNumber(2020, now + 1, 1)))))
            for (const each of one.lots) {
              const { firmEnd } = lotTermDates(one, each, register.preference);
              shown.push(`${each.id} ${firmEnd === undefined ? "-" : formatDate(firmEnd)}`);
            }
        const awarded = told.some(({ kind }) => kind === "award");
        const first = 1 + told.findIndex(({ kind }) => !awarded || kind === "award");
        const expected = [...runsOf(told, now)].map(
          ([id, run]) =>
            `${id} ${endOf({ ...run, award: run.award === undefined ? undefined : run.award + 1 }, first)}`,
        );
        expect(shown.sort()).toEqual(expected.sort());
      },
    ),
    seeded(times(3000, 100)),
  );
});
