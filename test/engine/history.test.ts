import { describe, expect, test } from "vitest";
import { ceilingChanges } from "../../src/engine/ceiling-changes.ts";
import { compare } from "../../src/engine/compare.ts";
import { contracts } from "../../src/engine/contracts.ts";
import { expiring } from "../../src/engine/expiring.ts";
import { lots } from "../../src/engine/lots.ts";
import { show } from "../../src/engine/show.ts";
import { timeline } from "../../src/engine/timeline.ts";
import { total } from "../../src/engine/total.ts";
import { formatMoney } from "../../src/model/money.ts";
import { parsePartialDate } from "../../src/model/partial-date.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import { linesOf, openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

/** What became of a contract shows in every answer, from its date on. */
const PORTS = `
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers:
  - { supplier: a, name: Alpha, successions: [{ renamed: 2021, from: Alfa }, { merged: 2022-03, into: b }] }
  - { supplier: b, name: Beta }
  - { supplier: c, name: Gamma, successions: [{ left: 2024-01-01 }] }
contracts:
  - contract: ports
    source: act
    awardDate: 2020-01-15
    term: 2 years + 2 renewals of 1 year
    ceiling: EUR 10M
    lots:
      - { lot: 1, ceiling: { act: EUR 4M, news: EUR 3M }, suppliers: [a, b] }
      - { lot: 2, ceilingPerSupplier: EUR 1M, suppliers: [a, b, c] }
    modifications:
      - { modification: M2, date: 2022-06, lot: 1, amount: EUR -250k, ground: de minimis }
      - { modification: M1, source: news 7, date: 2021-03-10, lot: 1, title: Two more quays, amount: EUR 500k }
      - { modification: M3, date: 2022-06, lot: 2, amount: EUR 50k }
      - { modification: M4, date: 2022-07, amount: EUR 1M }
      - { modification: M5, date: 2023, title: A new contractor, ground: replacement of the contractor }
    renewals:
      - { renewal: 1, exercised: 2021-11 }
      - { renewal: 2, declined: 2022-11-05 }
`;

const on = (text: string) => {
  const at = parsePartialDate(text);
  return at === undefined ? {} : { at };
};

test("L2: ceilings and totals, with the modifications and seats of the day", async () => {
  const register = await openText(PORTS);
  const ceilings = (day: string) => linesOf(lots(register, on(day)), "lot", "ceiling", "suppliers");
  expect(await ceilings("2021-01-01")).toEqual(["1 | EUR 4M | Alpha, Beta", "2 | EUR 3M | Alpha, Beta, Gamma"]);
  expect(await ceilings("2022-06-01")).toEqual(["1 | EUR 4,250k | Beta", "2 | EUR 3,150k | Beta, Gamma"]);
  expect(await ceilings("2024-01-01")).toEqual(["1 | EUR 4,250k | Beta", "2 | EUR 2,100k | Beta"]);
  expect(await linesOf(total(register, on("2021-01-01")), "ceiling")).toEqual(["EUR 7M"]);
  expect(await linesOf(total(register, on("2022-06-01")), "ceiling")).toEqual(["EUR 7,400k"]);
});

test("queries ask of the day, too", async () => {
  const register = await openText(PORTS);
  const found = (query: string, day: string) =>
    linesOf(lots(register, { query: parseQuery(query), ...on(day) }), "lot");
  expect(await found("ceiling:4.1M..", "2021-01-01")).toEqual([]);
  expect(await found("ceiling:4.1M..", "2022-06-01")).toEqual(["1"]);
  expect(await found("supplier:alpha", "2022-02-28")).toEqual(["1", "2"]);
  expect(await found("supplier:alpha", "2022-03-01")).toEqual([]);
  expect(await found("is:renewable", "2022-11-04")).toEqual(["1", "2"]);
  expect(await found("is:renewable", "2022-11-05")).toEqual([]);
  expect(await found("is:firm", "2022-06-01")).toEqual(["1", "2"]);
  expect(await found("latestEnd:2024", "2022-11-04")).toEqual(["1", "2"]);
  expect(await found("latestEnd:2023", "2022-11-05")).toEqual(["1", "2"]);
});

test("what sources say is held against each other as it is written", async () => {
  const lines = await linesOf(
    compare(await openText(PORTS), on("2024-01-01")),
    "record",
    "fact",
    "value",
    "otherValue",
  );
  expect(lines).toEqual(["ports/1 | ceiling | EUR 4M | EUR 3M"]);
});

test("D1, D3: state, ends and renewals left, as decided by the day", async () => {
  const register = await openText(PORTS);
  const dates = (day: string) => linesOf(contracts(register, on(day)), "state", "renewalsLeft", "firmEnd", "latestEnd");
  expect(await dates("2021-06-01")).toEqual(["firm | 2 | 2022-01-14 | 2024-01-14"]);
  expect(await dates("2022-06-01")).toEqual(["firm | 1 | 2023-01-14 | 2024-01-14"]);
  expect(await dates("2022-11-05")).toEqual(["firm | 0 | 2023-01-14 | 2023-01-14"]);
  expect(await dates("2023-02-01")).toEqual(["ended | 0 | 2023-01-14 | 2023-01-14"]);
  expect(await linesOf(timeline(register, on("2022-06-01")), "phase", "begin", "end")).toEqual([
    "firm | 2020-01-15 | 2023-01-14",
    "renewal 2 | 2023-01-15 | 2024-01-14",
  ]);
  expect(await linesOf(expiring(register, on("2022-11-05"), { renewals: true }), "what", "end")).toEqual([
    "firm | 2023-01-14",
  ]);
});

describe("L2: show tells the history", () => {
  const events = async (wanted: string, day: string, options = {}): Promise<string[]> => {
    const lines = await linesOf(show(await openText(PORTS), wanted, { ...on(day), ...options }));
    return lines.filter((line) => /^(renewal \d|modification|current|ceiling|renamed|merged|left)/.test(line));
  };

  test("of a contract", async () => {
    expect(await events("ports", "2022-07-01")).toEqual([
      "ceiling | EUR 10M",
      "renewal 1 | 2021-11; exercised",
      "renewal 2 | not yet: 2022-11-05; declined",
      "modification M1 | 2021-03-10; lot 1; Two more quays; EUR 500k more; 12.5 % in all",
      "modification M2 | 2022-06; lot 1; EUR 250k less; 6.3 % in all; de minimis",
      "modification M3 | 2022-06; lot 2; EUR 50k more; 5.0 % in all",
      "modification M4 | 2022-07; EUR 1M more; 10.0 % in all",
      "modification M5 | not yet: 2023; A new contractor; replacement of the contractor",
      "current ceiling | EUR 11M",
    ]);
  });

  test("of a lot, whose ceiling may be for each supplier", async () => {
    expect(await events("ports/1", "2021-03-10")).toEqual([
      "ceiling | EUR 4M",
      "modification M1 | 2021-03-10; Two more quays; EUR 500k more; 12.5 % in all",
      "modification M2 | not yet: 2022-06; EUR 250k less; 6.3 % in all; de minimis",
      "current ceiling | EUR 4,500k",
    ]);
    expect(await events("ports/2", "2022-06-01")).toEqual([
      "ceilingPerSupplier | EUR 1M",
      "modification M3 | 2022-06; EUR 50k more; 5.0 % in all",
      "current ceilingPerSupplier | EUR 1,050k",
    ]);
  });

  test("with sources, who says so", async () => {
    expect(await events("ports/1", "2021-03-10", { sources: true })).toContain(
      "modification M1 | 2021-03-10; Two more quays; EUR 500k more; 12.5 % in all | news | 7 | -",
    );
  });

  test("of a supplier, who holds its seats as long as it has them", async () => {
    expect(await events("a", "2022-01-01")).toEqual([
      "renamed | 2021; before: Alfa",
      "merged | not yet: 2022-03; into b",
    ]);
    expect(await events("c", "2024-01-01")).toEqual(["left | 2024-01-01"]);
    const held = async (wanted: string, day: string) =>
      (await linesOf(show(await openText(PORTS), wanted, on(day)))).filter((line) => line.startsWith("lots"));
    expect(await held("a", "2022-01-01")).toEqual(["lots | ports/1: EUR 4,500k shared with 1 other, ports/2: EUR 1M"]);
    expect(await held("a", "2022-03-01")).toEqual([]);
    expect(await held("b", "2022-03-01")).toEqual(["lots | ports/1: EUR 4,500k, ports/2: EUR 1M"]);
  });

  test("without a percentage where the ceiling is not known", async () => {
    const yaml = `
contracts:
  - contract: k
    lots: [{ lot: 1, ceiling: withheld }, { lot: 2 }]
    modifications:
      - { modification: M1, date: 2020, lot: 1, amount: EUR 1M }
      - { modification: M2, date: 2020, lot: 2, amount: EUR 1M }
      - { modification: M3, date: 2020, amount: EUR 1M }`;
    const lines = await linesOf(show(await openText(yaml), "k"));
    expect(lines.filter((line) => line.startsWith("modification"))).toEqual([
      "modification M1 | 2020; lot 1; EUR 1M more",
      "modification M2 | 2020; lot 2; EUR 1M more",
      "modification M3 | 2020; EUR 1M more",
    ]);
  });
});

test.each([
  ["of the only lot, as it is stated", ["EUR 90"], "total: EUR 120", "EUR 90"],
  ["of the only lot, where only what it comes to is", [""], "total: EUR 120", "EUR 100"],
  ["of several lots, as what it comes to says", ["EUR 90", "EUR 60"], "total: EUR 120", "EUR 100"],
  ["of several lots, as they are stated", ["EUR 90", "EUR 60"], "title: x", "EUR 150"],
  ["of several lots, of which nothing is stated", ["", ""], "total: EUR 120", "EUR 100"],
  ["of one of several lots", ["EUR 90", "EUR 60"], "lot: 1, total: EUR 120", "EUR 90"],
  ["of one of several lots, of which nothing is stated", ["", "EUR 60"], "lot: 1, total: EUR 120", undefined],
])("L2: what contracts were worth before a modification: %s", async (_, awarded, said, worth) => {
  const lotsOfIt = awarded.map((value, index) => `{ lot: ${index + 1}${value && `, awarded: ${value}`} }`);
  const register = await openText(`
contracts:
  - contract: k
    lots: [${lotsOfIt.join(", ")}]
    modifications: [{ modification: M1, date: 2020, value: EUR 20, ${said} }]`);
  const [contract] = (await allOf(register.contracts())).flat();
  const [change] = contract === undefined ? [] : ceilingChanges(contract, register.preference);
  expect(change?.awarded && formatMoney(change.awarded)).toBe(worth);
});
