import { describe, expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { lots } from "../../src/engine/lots.ts";
import { amountText, type Report } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { type TotalOptions, total } from "../../src/engine/total.ts";
import type { Grouping } from "../../src/engine/total-groups.ts";
import { openText, rowsOf } from "../open-text.ts";

const REGISTER = `
suppliers:
  - { supplier: a, name: Alder, size: small }
  - { supplier: b, name: Birch, size: large }
  - { supplier: g, name: Grove, members: [{ name: Oak }, { name: Elm }] }
contracts:
  - contract: k
    procedureType: open
    regime: utilities
    nature: works
    buyerCountry: BE
    awardDate: 2024-02-10
    tags: [roads, urgent]
    lots:
      - { lot: 1, suppliers: [a], ceiling: EUR 1, offers: 1 }
      - { lot: 2, suppliers: [a, b], ceiling: EUR 2, offers: 10 }
  - contract: l
    procedureType: direct
    directAward: [urgency, technical]
    nature: services
    awardDate: 2024-05
    lots:
      - { lot: 1, suppliers: [g, b], ceilingPerSupplier: USD 4, offers: 2 }
  - { contract: m, ceiling: EUR 8, lots: [] }
`;

const groupsOf = async (by: Grouping | readonly Grouping[], fiscalStart?: number) => {
  const report = total(await openText(REGISTER), {}, { by, ...(fiscalStart && { fiscalStart }) });
  const rows = (await rowsOf(report)).filter(({ row }) => row === "group");
  const lines = rows.map(({ groups, ceiling, lots }) =>
    [...groups.map((key) => key ?? "-"), lots, ceiling && amountText(ceiling)].join(" "),
  );
  return { lines, notes: report.closing().notes };
};

describe("totals by what notices state", () => {
  test.each([
    [
      "procedure",
      ["direct 1 USD 8", "open 2 EUR 3", "- 0 EUR 8"],
      "3 of 4 lots and contracts without lots state the kind of their procedure.",
    ],
    [
      "directAward",
      ["technical 1 USD 8", "urgency 1 USD 8", "- 2 EUR 3", "- 2 EUR 8"].toSpliced(2, 2, "- 2 EUR 11"),
      "1 of 4 lots and contracts without lots states why there was no call.",
    ],
    [
      "regime",
      ["utilities 2 EUR 3", "- 1 EUR 8", "- 1 USD 8"],
      "2 of 4 lots and contracts without lots state their regime.",
    ],
    [
      "nature",
      ["services 1 USD 8", "works 2 EUR 3", "- 0 EUR 8"],
      "3 of 4 lots and contracts without lots state what is bought.",
    ],
    [
      "country",
      ["BE 2 EUR 3", "- 1 USD 8", "- 1 EUR 8"],
      "2 of 4 lots and contracts without lots state the country of their buyer.",
    ],
    [
      "offers",
      ["1 1 EUR 1", "2 1 USD 8", "10 1 EUR 2", "- 0 EUR 8"],
      "3 of 4 lots and contracts without lots state their offers.",
    ],
    ["currency", ["EUR 2 EUR 11", "USD 1 USD 8"], undefined],
  ] as const)("by %s", async (by, expected, note) => {
    const { lines, notes } = await groupsOf(by);
    expect(lines.toSorted()).toEqual([...expected].toSorted());
    if (note !== undefined) expect(notes).toContain(note);
  });

  test("what is counted in numbers stands in their order", async () => {
    expect((await groupsOf("offers")).lines.map((line) => line.split(" ")[0])).toEqual(["1", "2", "10", "-"]);
  });

  test("by size, each seat with its own; a shared ceiling stands in the row of each that shares it", async () => {
    const { lines, notes } = await groupsOf("size");
    expect(lines).toEqual(["large 2 EUR 2", "large 2 USD 4", "small 2 EUR 3", "- 1 EUR 8", "- 1 USD 4"]);
    expect(notes).toContain("4 of 5 seats state how large the supplier is.");
  });

  test("by kind", async () => {
    expect((await groupsOf("kind")).lines).toEqual([
      "company 3 EUR 3",
      "company 3 USD 4",
      "grouping 1 USD 4",
      "- 0 EUR 8",
    ]);
  });

  test("by tag, a contract of several stands in the row of each, which is said", async () => {
    const { lines, notes } = await groupsOf("tag");
    expect(lines).toEqual(["roads 2 EUR 3", "urgent 2 EUR 3", "- 1 EUR 8", "- 1 USD 8"]);
    expect(notes).toContain("Lots with several values stand in a row for each: the rows do not add up to the total.");
  });

  test("by tag and contract, too", async () => {
    const { lines, notes } = await groupsOf(["tag", "contract"]);
    expect(lines).toEqual(["roads k 2 EUR 3", "urgent k 2 EUR 3", "- l 1 USD 8", "- m 0 EUR 8"]);
    expect(notes).toEqual((await groupsOf("tag")).notes);
  });

  test("by two, a currency among them", async () => {
    expect((await groupsOf(["currency", "procedure"])).lines).toEqual([
      "EUR open 2 EUR 3",
      "EUR - 0 EUR 8",
      "USD direct 1 USD 8",
    ]);
  });

  test("by currency, lots of which nothing certain is said in one, and those that state none, have a row too", async () => {
    const register = await openText(`
contracts:
  - contract: k
    lots:
      - { lot: 1, ceiling: EUR 1 }
      - { lot: 2, estimate: SEK 2 }
      - { lot: 3, ceiling: withheld }
      - { lot: 4 }
`);
    const rows = await rowsOf(total(register, {}, { by: "currency" }));
    const lines = rows.map(({ row, groups, lots, known, ceiling }) =>
      [row, groups[0] ?? "-", lots, known, ceiling && amountText(ceiling)].join(" "),
    );
    expect(lines).toEqual(["group EUR 1 1 ≥ EUR 1", "group SEK 1 0 ", "group - 2 0 not stated", "total - 4 1 ≥ EUR 1"]);
  });

  test("by supplier, what is in the total and in no row is told", async () => {
    const register = await openText(`
suppliers: [{ supplier: a, name: Alder }, { supplier: b, name: Birch, successions: [{ left: 2020 }] }]
contracts:
  - contract: k
    lots: [{ lot: 1, ceiling: EUR 1, suppliers: [a, b] }, { lot: 2, ceiling: EUR 2 }]
    orders: [{ order: o, lot: 1, supplier: b, date: 2019-02-01, amount: EUR 1 }]
  - { contract: l, ceiling: EUR 3, lots: [] }
`);
    const notesOf = async <Row>(report: Report<Row>) => {
      await rowsOf(report);
      return report.closing().notes;
    };
    const notes = (options: TotalOptions) => notesOf(total(register, {}, options));
    expect(await notes({ by: "supplier" })).toEqual([
      "1 lot that nobody holds is in the total, and in no row.",
      "1 contract without lots is in the total, and in no row.",
      "Orders of suppliers that hold no seat on the day are in the total, and in no row (k): see headroom.",
    ]);
    for (const options of [{}, { by: "lot" }, { by: "supplier", split: "equal" }] as const)
      expect(await notes(options)).toEqual([]);
    for (const told of [await notesOf(suppliers(register)), await notesOf(awards(register))])
      expect(told).toContain("1 contract without lots is not in this total; lotbook total counts it.");
  });

  test("by currency, amounts with VAT in them are found by what they are called", async () => {
    const register = await openText(
      "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 1 }, { lot: 2, ceiling: EUR 2 incl. VAT }] }]",
    );
    const found = async (query: string) => (await rowsOf(lots(register, { query }))).map(({ lot }) => lot);
    for (const { groups } of await rowsOf(total(register, {}, { by: "currency" })))
      if (groups[0] !== undefined)
        expect(await found(`currency:"${groups[0]}"`)).toContain(groups[0] === "EUR" ? "1" : "2");
    expect(await found('currency="EUR incl. VAT"')).toEqual(["2"]);
    expect(await found("currency:EUR")).toEqual(["1", "2"]);
  });

  test("by fiscal years", async () => {
    expect((await groupsOf("year", 4)).lines).toEqual(["2023/24 2 EUR 3", "2024/25 1 USD 8", "- 0 EUR 8"]);
    expect((await groupsOf("quarter", 4)).lines).toEqual(["2023/24-Q4 2 EUR 3", "2024/25-Q1 1 USD 8", "- 0 EUR 8"]);
  });
});
