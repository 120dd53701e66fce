import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateOfDay, dayNumber, dayRange } from "../../src/model/calendar.ts";
import { Preference } from "../../src/model/claim.ts";
import { formatMoney, type StatedAmount } from "../../src/model/money.ts";
import { formatDate, type PartialDate, parsePartialDate } from "../../src/model/partial-date.ts";
import { formatStates, standingAt } from "../../src/model/phases.ts";
import { contractAsOf, hasCome, holderOn } from "../../src/records/as-of.ts";
import type { Contract } from "../../src/records/contract.ts";
import { openRenewals, phasesOn, termDates } from "../../src/records/contract-term.ts";
import type { Supplier } from "../../src/records/supplier.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";

const date = (text: string): PartialDate => {
  const parsed = parsePartialDate(text);
  if (parsed === undefined) throw new Error(`${text} is no date`);
  return parsed;
};

const contractIn = async (yaml: string): Promise<Contract> => {
  const register = await openText(yaml);
  const [contract] = (await allOf(register.contracts())).flat();
  if (contract === undefined) throw new Error("no contract");
  return contract;
};

const amounts = (fact: readonly { readonly value: StatedAmount }[] | undefined): string =>
  (fact ?? []).map(({ value }) => (value === "withheld" ? value : formatMoney(value))).join(" | ");

describe("a change has come", () => {
  test.each([
    ["2020-05-17", "2020-05-16", false],
    ["2020-05-17", "2020-05-17", true],
    ["2020-05", "2020-04-30", false],
    ["2020-05", "2020-05-01", true],
    ["2020", "2019-12-31", false],
    ["2020", "2020-01-01", true],
    ["2020-05-17", "2020-05", true],
    ["2020-12-31", "2020", true],
    ["2021-01-01", "2020", false],
  ])("%s on %s: %s", (change, day, come) => {
    expect(hasCome(date(change), date(day))).toBe(come);
  });
});

const PORTS = `
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers:
  - { supplier: a, name: Alpha, successions: [{ renamed: 2021, from: Alfa }, { merged: 2022-03, into: b }] }
  - { supplier: b, name: Beta, successions: [{ merged: 2023-06-15, into: c }] }
  - { supplier: c, name: Gamma, successions: [{ left: 2024-01-01 }] }
  - { supplier: d, name: Delta }
contracts:
  - contract: ports
    source: act
    awardDate: 2020-01
    term: 2 years + 2 renewals of 1 year
    ceiling: { act: EUR 10M, news: EUR 9.9M }
    lots:
      - { lot: 1, ceiling: { act: EUR 4M, news: withheld }, suppliers: [a, b, d] }
      - { lot: 2, ceilingPerSupplier: EUR 1M, suppliers: [a] }
      - { lot: 3 }
    modifications:
      - { modification: M2, date: 2022-06, lot: 1, amount: EUR -250k }
      - { modification: M1, date: 2021-03-10, lot: 1, amount: EUR 500k }
      - { modification: M3, date: 2022-06, lot: 2, amount: EUR 50k }
      - { modification: M4, date: 2022-07, amount: EUR 1M }
      - { modification: M5, date: 2022-08, lot: 3, amount: EUR 1M }
      - { modification: M6, date: 2022-08, ground: replacement of the contractor }
    renewals:
      - { renewal: 1, exercised: 2021-11 }
      - { renewal: 2, declined: 2022-11-05 }
`;

describe("L2: a contract as it stands on a day", () => {
  test.each([
    ["2021-03-09", "EUR 4M | withheld", "EUR 1M", "EUR 10M | EUR 9.9M"],
    ["2021-03-10", "EUR 4,500k | withheld", "EUR 1M", "EUR 10M | EUR 9.9M"],
    ["2022-06-01", "EUR 4,250k | withheld", "EUR 1,050k", "EUR 10M | EUR 9.9M"],
    ["2022-07-01", "EUR 4,250k | withheld", "EUR 1,050k", "EUR 11M | EUR 10.9M"],
  ])("ceilings on %s", async (day, first, second, whole) => {
    const { lots, ceiling } = contractAsOf(await contractIn(PORTS), date(day));
    expect(lots.map((lot) => amounts(lot.ceiling ?? lot.ceilingPerSupplier))).toEqual([first, second, ""]);
    expect(amounts(ceiling)).toBe(whole);
  });

  test.each([
    ["2022-02-28", ["a", "b", "d"]],
    ["2022-03-01", ["b", "d"]],
    ["2023-06-15", ["c", "d"]],
    ["2024-01-01", ["d"]],
  ])("T2: seats on %s", async (day, holders) => {
    const [lot] = contractAsOf(await contractIn(PORTS), date(day)).lots;
    expect(lot?.suppliers?.[0].value.map(({ id }) => id)).toEqual(holders);
  });

  test("the only lot's ceiling is meant where the contract has none", async () => {
    const contract = await contractIn(`
contracts:
  - { contract: k, lots: [{ lot: 7, ceiling: EUR 1M }], modifications: [{ modification: M1, date: 2020, amount: EUR 1M }] }
`);
    expect(amounts(contractAsOf(contract, date("2020")).lots[0]?.ceiling)).toBe("EUR 2M");
  });

  test("D1a: a modification says anew when a lot runs, from its day on", async () => {
    const contract = await contractIn(`
contracts:
  - contract: k
    lots: [{ lot: 1, startDate: 2019-01-01, term: 2 years }, { lot: 2, endDate: 2021-12-31 }]
    modifications:
      - { modification: M1, date: 2020-05-01, lot: 1, endDate: 2023-06-30 }
      - { modification: M2, date: 2020-06-01, lot: 2, title: Nothing of that }
`);
    const told = (day: string) =>
      contractAsOf(contract, date(day)).lots.map(({ startDate, endDate, term }) =>
        [startDate, endDate, term].map((fact) => fact !== undefined),
      );
    expect(told("2020-04-30")).toEqual([
      [true, false, true],
      [false, true, false],
    ]);
    expect(told("2020-06-01")).toEqual([
      [true, true, false],
      [false, true, false],
    ]);
  });

  test("a ceiling in another currency stays as it is", async () => {
    const contract = await contractIn("contracts: [{ contract: k, lots: [{ lot: 1, ceiling: USD 1M }] }]");
    const changed: Contract = {
      ...contract,
      modifications: [
        {
          id: "M1",
          date: { year: 2020 },
          lot: "1",
          amount: { minor: 100n, currency: "EUR", precision: 0 },
          ground: undefined,
          title: undefined,
          by: { source: undefined, locator: undefined },
          note: undefined,
        },
      ],
    };
    expect(amounts(contractAsOf(changed, date("2020")).lots[0]?.ceiling)).toBe("USD 1M");
  });

  test("nothing to tell gives the contract itself", async () => {
    const contract = await contractIn(`
suppliers: [{ supplier: a, name: Alpha }]
contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 1M, suppliers: [a] }, { lot: 2 }] }]
`);
    expect(contractAsOf(contract, date("2020"))).toBe(contract);
  });
});

const supplier = (id: string, successions: Supplier["successions"] = []): Supplier => ({
  id,
  name: [{ value: id, by: { source: undefined, locator: undefined } }],
  kind: "company",
  aliases: [],
  members: undefined,
  country: undefined,
  legalId: undefined,
  successions,
  note: undefined,
  origin: { locate: () => ({ file: "f", line: 1, column: 1, text: "" }) },
});

const NOBODY_FIRST = new Preference([]);
const SEAT = { contract: "k", lot: "1", awarded: undefined };

test("T2: seats that go round in a circle, or to somebody unknown, are nobody's", () => {
  const known = new Map<string, Supplier>();
  const merged = (into: string) =>
    ({ kind: "merged", date: { year: 2020 }, into, successor: () => known.get(into) }) as const;
  const [a, b] = [supplier("a", [merged("b")]), supplier("b", [merged("a")])];
  for (const each of [a, b]) known.set(each.id, each);
  expect(holderOn(a, date("2020"), SEAT)).toBeUndefined();
  expect(holderOn(a, date("2019"), SEAT)).toBe(a);
  expect(holderOn(supplier("c", [merged("nobody")]), date("2020"), SEAT)).toBeUndefined();
});

test("T2: among many successions those of a seat are found as among few, and the first of them counts", () => {
  const heirs = new Map(["x", "y"].map((id) => [id, supplier(id)]));
  const succession = fc.record({
    into: fc.constantFrom("x", "y", undefined),
    year: fc.integer({ min: 2019, max: 2022 }),
    contract: fc.constantFrom<string | undefined>("k", "l", undefined),
    lot: fc.constantFrom("1", "2", "k/1", undefined),
  });
  type Drawn = typeof succession extends fc.Arbitrary<infer T> ? T : never;
  const made = ({ into, year, contract, lot }: Drawn): Supplier["successions"][number] => {
    const named = { date: { year }, contract, lot };
    return into === undefined
      ? { kind: "left", ...named }
      : { kind: "merged", into, successor: () => heirs.get(into), ...named };
  };
  const elsewhere = Array.from({ length: 12 }, () => made({ into: "x", year: 2019, contract: "m", lot: undefined }));
  fc.assert(
    fc.property(fc.array(succession, { maxLength: 5 }), (drawn) => {
      const own = drawn.map(made);
      const [few, many] = [supplier("a", own), supplier("a", [...elsewhere, ...own, ...elsewhere])];
      for (const [contract, lot] of [
        ["k", "1"],
        ["k", "2"],
        ["l", "1"],
      ] as const)
        for (const day of ["2018", "2020-06-01", "2023"]) {
          const seat = { contract, lot, awarded: { year: 2020 } };
          expect(holderOn(many, date(day), seat)?.id).toBe(holderOn(few, date(day), seat)?.id);
        }
    }),
    seeded(300),
  );
});

describe("D1: a contract of several terms", () => {
  const shown = async (...lots: readonly string[]): Promise<readonly string[]> => {
    const contract = await contractIn(
      `contracts: [{ contract: k, startDate: 2020-01-01, lots: [${lots.join(", ")}] }]`,
    );
    return phasesOn(contract, undefined, NOBODY_FIRST).map(({ name, end }) => `${name}: ${end && formatDate(end)}`);
  };
  const SHORT = "{ lot: 1, term: 2 years + 1 renewal of 1 year }";

  test("is firm until the last of them ends, and then has the renewals of that", async () => {
    const last = ["firm: 2022-12-31", "renewal 1: 2023-12-31", "renewal 2: 2024-12-31"];
    expect(await shown(SHORT, "{ lot: 2, term: 3 years + 2 renewals of 1 year }")).toEqual(last);
    expect(await shown("{ lot: 2, term: 3 years + 2 renewals of 1 year }", SHORT)).toEqual(last);
    // The first renewal of the lot that ends last begins before the other's firm part ends.
    expect(
      await shown(
        "{ lot: 1, term: 4 years }",
        "{ lot: 2, term: 2 years + 1 renewal of 1 year + 1 renewal of 3 years }",
      ),
    ).toEqual(["firm: 2023-12-31", "renewal 2: 2025-12-31"]);
  });

  test("stands as they do: begun where one of them has, and ended where all have", async () => {
    const dateIn = (year: number): fc.Arbitrary<string> =>
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.option(fc.integer({ min: 1, max: 28 })))
        .map((parts) =>
          [year, ...parts.flatMap((part) => (part === null ? [] : `${part}`.padStart(2, "0")))].join("-"),
        );
    const term = fc.option(fc.record({ start: dateIn(2020), end: dateIn(2021) }), { nil: undefined });
    const day = fc.integer({ min: dayNumber(2019, 12, 20), max: dayNumber(2022, 1, 10) });
    type Term = { readonly start: string; readonly end: string };
    const written = (stated: Term | undefined) =>
      stated === undefined ? "" : `, startDate: ${stated.start}, endDate: ${stated.end}`;
    const daysOf = ({ start, end }: Term) => ({ start: dayRange(date(start)), end: dayRange(date(end)) });
    await fc.assert(
      fc.asyncProperty(term, fc.array(term, { minLength: 1, maxLength: 3 }), day, async (whole, terms, asked) => {
        const lots = terms.map((own, index) => `{ lot: ${index}${written(own)} }`);
        const contract = await contractIn(`contracts: [{ contract: k${written(whole)}, lots: [${lots.join(", ")}] }]`);
        const { states } = standingAt(phasesOn(contract, undefined, NOBODY_FIRST), dateOfDay(asked));
        // The contract's own term is that of lots without one; for all others it counts where it ends last.
        const units = terms.flatMap((own) => ((own ?? whole) ? [daysOf(own ?? whole ?? expect.unreachable())] : []));
        const own = whole && daysOf(whole);
        if (own !== undefined && units.every(({ end }) => own.end.last > end.last)) units.push(own);
        const may = {
          "not begun": units.every(({ start }) => start.last > asked),
          firm: units.some(({ start }) => start.first <= asked) && units.some(({ end }) => end.last >= asked),
          ended: units.every(({ end }) => end.first < asked),
        };
        const expected = Object.entries(may).flatMap(([state, is]) => (is ? state : []));
        expect(states).toEqual(units.length < terms.length ? [] : expected);
      }),
      seeded(400),
    );
  });

  test("has no phases where one of them is unknown", async () => {
    expect(await shown(SHORT, "{ lot: 2 }")).toEqual([]);
  });
});

test("as-of is monotone: what has come on a day has come on every later one", async () => {
  const contract = await contractIn(PORTS);
  const ids = (day: number): string[] => {
    const { modifications, renewals } = contractAsOf(contract, dateOfDay(day));
    return [...modifications.map(({ id }) => id), ...renewals.map(({ renewal }) => `${renewal}`)];
  };
  const day = fc.integer({ min: dayNumber(2019, 1, 1), max: dayNumber(2025, 1, 1) });
  fc.assert(
    fc.property(day, day, (one, other) => {
      const later = ids(Math.max(one, other));
      expect(ids(Math.min(one, other)).every((id) => later.includes(id))).toBe(true);
    }),
    seeded(100),
  );
});

const openOf = (contract: Contract): number =>
  contract.lots.reduce((most, lot) => Math.max(most, openRenewals(contract, lot, NOBODY_FIRST)), 0);

describe("D1: renewals exercised or declined", () => {
  test.each([
    ["2021-10-31", "2022-01", "2024-01", 2],
    ["2021-11-01", "2023-01", "2024-01", 1],
    ["2022-11-05", "2023-01", "2023-01", 0],
  ])("as decided by %s", async (day, firmEnd, latestEnd, open) => {
    const contract = contractAsOf(await contractIn(PORTS), date(day));
    const dates = termDates(contract, NOBODY_FIRST);
    const [firm, latest] = [dates.firmEnd, dates.latestEnd].map((end) => end && formatDate(end));
    expect([firm, latest, openOf(contract)]).toEqual([firmEnd, latestEnd, open]);
  });

  test("D3: an exercised renewal is firm, and the number of the next one stays", async () => {
    const contract = contractAsOf(await contractIn(PORTS), date("2021-12-01"));
    const { phases } = termDates(contract, NOBODY_FIRST);
    expect(phases.map(({ name }) => name)).toEqual(["firm", "renewal 2"]);
    expect(standingAt(phases, date("2022-06-01"))).toEqual({ states: ["firm"], renewalsLeft: 1 });
    expect(formatStates(standingAt(phases, date("2023-06-01")))).toBe("ended or renewal 2");
  });

  const decided = async (term: string, renewals: string): Promise<string> => {
    const yaml = `contracts: [{ contract: k, awardDate: 2020-01, ${term}, lots: [{ lot: 1 }], renewals: ${renewals} }]`;
    const contract = await contractIn(yaml);
    const names = termDates(contract, NOBODY_FIRST).phases.map(
      ({ name, end }) => `${name} to ${end && formatDate(end)}`,
    );
    return `${names.join(", ")}; ${openOf(contract)} open`;
  };
  const THREE = "term: 2 years + 3 renewals of 6 months";

  test("taking up a renewal takes up those before it", async () => {
    expect(await decided(THREE, "[{ renewal: 2, exercised: 2021 }]")).toBe(
      "firm to 2023-01, renewal 3 to 2023-07; 1 open",
    );
  });

  test("a declined one ends the contract before it", async () => {
    expect(await decided(THREE, "[{ renewal: 2, declined: 2021 }]")).toBe(
      "firm to 2022-01, renewal 1 to 2022-07; 1 open",
    );
    expect(await decided(THREE, "[{ renewal: 1, declined: 2021 }]")).toBe("firm to 2022-01; 0 open");
  });

  test("there are no more renewals than the term has", async () => {
    expect(await decided(THREE, "[{ renewal: 4, exercised: 2021 }]")).toBe("firm to 2023-07; 0 open");
    expect(await decided("title: K", "[{ renewal: 1, exercised: 2021 }]")).toBe("; 0 open");
  });
});

describe("D1: a stated end instead of a term", () => {
  const ends = async (fields: string): Promise<string> => {
    const dates = termDates(
      await contractIn(`contracts: [{ contract: k, ${fields}, lots: [{ lot: 1 }] }]`),
      NOBODY_FIRST,
    );
    const shown = dates.phases.map(
      ({ name, begin, end }) => `${name} ${begin && formatDate(begin)} to ${end && formatDate(end)}`,
    );
    return [...shown, dates.from ?? "stated"].join(", ");
  };

  test.each([
    ["startDate: 2020-01-01, endDate: 2021-12-31", "firm 2020-01-01 to 2021-12-31, stated"],
    ["awardDate: 2020-01, endDate: 2021-12", "firm 2020-01 to 2021-12, stated"],
    ["startDate: 2020-02-01, endDate: 2020", "firm 2020-02-01 to 2020, stated"],
    ["startDate: 2020, endDate: 2020-06-30", "firm 2020 to 2020-06-30, stated"],
    ["startDate: 2020-01-01, term: 1 year, endDate: 2021-12-31", "firm 2020-01-01 to 2021-12-31, stated"],
    ["endDate: 2021-12-31", "firm undefined to 2021-12-31, stated"],
    ["startDate: 2022-01-01, endDate: 2021-12-31", "firm 2022-01-01 to 2021-12-31, stated"],
  ])("%s", async (fields, shown) => {
    expect(await ends(fields)).toBe(shown);
  });

  const state = async (fields: string, day: string): Promise<string | undefined> => {
    const contract = await contractIn(`contracts: [{ contract: k, ${fields}, lots: [{ lot: 1 }] }]`);
    return formatStates(standingAt(termDates(contract, NOBODY_FIRST).phases, date(day)));
  };

  test.each([
    ["startDate: 2020-01-01, endDate: 2021-12", "2021-11-30", "firm"],
    ["startDate: 2020-01-01, endDate: 2021-12", "2021-12-15", "firm or ended"],
    ["startDate: 2020-01-01, endDate: 2021-12", "2022-01-01", "ended"],
    ["startDate: 2020, endDate: 2020-06-30", "2020-03-01", "not begun or firm"],
    ["startDate: 2020, endDate: 2020-06-30", "2020-07-01", "ended"],
    ["startDate: 2020-02-01, endDate: 2020", "2020-01-31", "not begun"],
  ])("D3: %s on %s", async (fields, day, expected) => {
    expect(await state(fields, day)).toBe(expected);
  });
});
