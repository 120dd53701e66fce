import fc from "fast-check";
import { expect, test } from "vitest";
import { amountText } from "../../src/engine/report.ts";
import { type ShareMeasure, type ShareRow, shares } from "../../src/engine/shares.ts";
import { type BoundedRatio, formatPercent, type Ratio } from "../../src/model/ratio.ts";
import { parseQuery } from "../../src/query/parse-query.ts";
import type { Selection } from "../../src/query/selection.ts";
import { openText, rowsOf } from "../open-text.ts";
import { seeded } from "../seeded.ts";

const TOWN = `
suppliers:
  - { supplier: a, name: Alder }
  - { supplier: b, name: Birch }
  - { supplier: c, name: Cedar }
contracts:
  - contract: k
    lots:
      - { lot: 1, suppliers: [a], awarded: EUR 60, ceiling: EUR 100 }
      - { lot: 2, suppliers: [b], awarded: EUR 30, ceiling: EUR 100 }
      - { lot: 3, suppliers: [c], awarded: EUR 10, ceiling: EUR 100 }
      - { lot: 4, suppliers: [c], awarded: USD 5, ceiling: USD 9 }
      - { lot: 5, suppliers: [b] }
`;

const text = (ratio: BoundedRatio | undefined): string => {
  if (ratio === undefined) return "-";
  const value = formatPercent(ratio.value);
  return ratio.least === undefined ? value : `${formatPercent(ratio.least)}-${value}`;
};

const line = ({ row, currency, rank, name, amount, share, cumulative, hhi }: ShareRow): string =>
  [row, currency, rank ?? "-", name, amountText(amount), text(share), text(cumulative), text(hhi)].join(" | ");

const linesOf = async (register: string, measure?: ShareMeasure, selection: Selection = {}): Promise<string[]> => {
  const report = shares(await openText(register), selection, measure);
  const rows = await rowsOf(report);
  return [...rows.map(line), ...report.closing().notes];
};

test("by what was awarded, the largest first, each currency by itself", async () => {
  expect(await linesOf(TOWN)).toEqual([
    "supplier | EUR | 1 | Alder | EUR 60 | 60.0 | 60.0 | -",
    "supplier | EUR | 2 | Birch | EUR 30 | 30.0 | 90.0 | -",
    "supplier | EUR | 3 | Cedar | EUR 10 | 10.0 | 100.0 | -",
    "top | EUR | - | All 3 | EUR 100 | 100.0 | - | -",
    "total | EUR | - | Total | \u2265 EUR 100 | 100.0 | - | 4600.0",
    "supplier | USD | 1 | Cedar | USD 5 | 100.0 | 100.0 | -",
    "top | USD | - | All 1 | USD 5 | 100.0 | - | -",
    "total | USD | - | Total | \u2265 USD 5 | 100.0 | - | 10000.0",
    "EUR: the top 3 of 3 suppliers have 100.0 %; HHI 4,600 of 10,000.",
    "USD: the top 1 of 1 supplier has 100.0 %; HHI 10,000 of 10,000.",
    "4 of 5 lots state what was awarded.",
    "Awarded values are not known for all lots (1 not stated): their total is a lower bound.",
  ]);
});

test("equal amounts share a rank, and five make the top", async () => {
  const six = ["a", "b", "c", "d", "e", "f"];
  const lots = six.map(
    (id, index) => `      - { lot: ${id}, suppliers: [${id}], awarded: EUR ${index < 2 ? 30 : 10} }`,
  );
  const suppliers = six.map((id) => `  - { supplier: ${id}, name: ${id} }`);
  const rows = await linesOf(
    ["suppliers:", ...suppliers, "contracts:", "  - contract: k", "    lots:", ...lots].join("\n"),
  );
  expect(rows.slice(0, 3)).toEqual([
    "supplier | EUR | 1 | a | EUR 30 | 30.0 | 30.0 | -",
    "supplier | EUR | 1 | b | EUR 30 | 30.0 | 60.0 | -",
    "supplier | EUR | 3 | c | EUR 10 | 10.0 | 70.0 | -",
  ]);
  expect(rows.slice(6)).toEqual([
    "top | EUR | - | Top 5 | EUR 90 | 90.0 | - | -",
    "total | EUR | - | Total | EUR 100 | 100.0 | - | 2200.0",
    "EUR: the top 5 of 6 suppliers have 90.0 %; HHI 2,200 of 10,000.",
  ]);
});

const SHARED = `
suppliers: [{ supplier: a, name: Alder }, { supplier: b, name: Birch }]
contracts:
  - contract: k
    lots:
      - { lot: 1, suppliers: [a], awarded: EUR 20, ceiling: EUR 20 }
      - { lot: 2, suppliers: [a, b], awarded: EUR 80, ceiling: EUR 80 }
`;

test("what several won together may be all of one's or nothing", async () => {
  const expected = [
    "supplier | EUR | 1 | Alder | EUR 20 to EUR 100 | 20.0-100.0 | 20.0-100.0 | -",
    "supplier | EUR | 2 | Birch | EUR 0 to EUR 80 | 0.0-80.0 | 100.0 | -",
    "top | EUR | - | All 2 | EUR 20 to EUR 180 | 100.0 | - | -",
    "total | EUR | - | Total | EUR 100 | 100.0 | - | 5000.0-10000.0",
    "EUR: the top 2 of 2 suppliers have 100.0 %; HHI 5,000 to 10,000 of 10,000.",
  ];
  expect(await linesOf(SHARED)).toEqual(expected);
  expect(await linesOf(SHARED, "ceiling")).toEqual(expected);
});

test("under a ceiling of the whole only what the others cannot have is certain", async () => {
  const capped = SHARED.replace("- contract: k", "- contract: k\n    ceiling: EUR 90");
  expect(await linesOf(capped, "ceiling")).toEqual([
    "supplier | EUR | 1 | Alder | EUR 10 to EUR 90 | 11.1-100.0 | 11.1-100.0 | -",
    "supplier | EUR | 2 | Birch | EUR 0 to EUR 80 | 0.0-88.9 | 100.0 | -",
    "top | EUR | - | All 2 | EUR 10 to EUR 170 | 100.0 | - | -",
    "total | EUR | - | Total | EUR 90 | 100.0 | - | 5000.0-10000.0",
    "EUR: the top 2 of 2 suppliers have 100.0 %; HHI 5,000 to 10,000 of 10,000.",
  ]);
});

test("a quantity beside it takes nothing from what a ceiling of the whole limits", async () => {
  const capped = SHARED.replace("- contract: k", "- contract: k\n    ceiling: EUR 90").replace(
    "ceiling: EUR 20",
    "ceiling: EUR 20, quantity: 5 machines",
  );
  expect((await linesOf(capped, "ceiling"))[0]).toBe(
    "supplier | EUR | 1 | Alder | EUR 10 to EUR 90 | 11.1-100.0 | 11.1-100.0 | -",
  );
});

test("of suppliers that were asked for alone nothing is known of what they come to", async () => {
  expect((await linesOf(SHARED, "awarded", { suppliers: ["b"] })).slice(0, 3)).toEqual([
    "supplier | EUR | 1 | Birch | EUR 0 to EUR 80 | 0.0-100.0 | 0.0-100.0 | -",
    "top | EUR | - | All 1 | EUR 0 to EUR 80 | 0.0-100.0 | - | -",
    "total | EUR | - | Total | EUR 80 | 0.0-100.0 | - | 0.0-10000.0",
  ]);
  expect(
    (
      await linesOf(SHARED.replace("- contract: k", "- contract: k\n    ceiling: EUR 90"), "ceiling", {
        suppliers: ["b"],
      })
    )[0],
  ).toBe("supplier | EUR | 1 | Birch | EUR 0 to EUR 80 | 0.0-100.0 | 0.0-100.0 | -");
});

test("a declared total that the parts exceed widens every share", async () => {
  const lines = await linesOf(
    TOWN.replace("- contract: k", "- contract: k\n    awarded: EUR 50").replace(/ {6}- \{ lot: [45].*\n/g, ""),
  );
  expect(lines[0]).toBe("supplier | EUR | 1 | Alder | EUR 60 | 60.0-100.0 | 60.0-100.0 | -");
});

test("one who alone has all that a contract declares otherwise than its lots has all of it, and several what they can", async () => {
  const whole = `
suppliers: [{ supplier: a, name: Alder }, { supplier: b, name: Birch }]
contracts:
  - { contract: k, awarded: EUR 180, lots: [{ lot: 1, suppliers: [a], awarded: EUR 100 }] }
`;
  expect((await linesOf(whole)).slice(0, 4)).toEqual([
    "supplier | EUR | 1 | Alder | EUR 100 to EUR 180 | 100.0 | 100.0 | -",
    "top | EUR | - | All 1 | EUR 100 to EUR 180 | 100.0 | - | -",
    "total | EUR | - | Total | EUR 100 to EUR 180 | 100.0 | - | 10000.0",
    "EUR: the top 1 of 1 supplier has 100.0 %; HHI 10,000 of 10,000.",
  ]);
  const beside = `${whole}  - { contract: l, lots: [{ lot: 1, suppliers: [b], awarded: EUR 100 }] }\n`;
  expect((await linesOf(beside)).slice(0, 2)).toEqual([
    "supplier | EUR | 1 | Alder | EUR 100 to EUR 180 | 50.0-64.3 | 50.0-64.3 | -",
    "supplier | EUR | 2 | Birch | EUR 100 | 35.7-50.0 | 100.0 | -",
  ]);
});

test.each([
  ["{ settled: K1, lots: [2], suppliers: [a] }", "100.0"],
  ["{ settled: K1, lots: [2], suppliers: [a], value: EUR 20 }", "40.0-100.0"],
  ["{ settled: K1, lots: [2], suppliers: [a], value: EUR 20 }, { settled: K2, suppliers: [b] }", "40.0-100.0"],
])("suppliers have all of what was awarded unless they signed contracts for less: %s", async (settled, share) => {
  const signed = SHARED.replace("- contract: k", `- contract: k\n    settledContracts: [${settled}]`);
  expect((await linesOf(signed))[2]?.split(" | ").slice(3, 6)).toEqual(["All 2", expect.anything(), share]);
});

test("whatever contracts of one holder each come to between their ends, shares and HHI say so", async () => {
  const contract = fc.record({
    holder: fc.constantFrom("a", "b", "c"),
    part: fc.integer({ min: 1, max: 9 }),
    declared: fc.integer({ min: 1, max: 9 }),
  });
  const percent = (ratio: Ratio): number => Number(ratio.numerator) / Number(ratio.denominator);
  const isWithin = (value: number, ratio: BoundedRatio | undefined): boolean =>
    ratio !== undefined && percent(ratio.least ?? ratio.value) <= value + 1e-9 && value <= percent(ratio.value) + 1e-9;
  await fc.assert(
    fc.asyncProperty(fc.array(contract, { minLength: 1, maxLength: 4 }), async (contracts) => {
      const register = JSON.stringify({
        suppliers: ["a", "b", "c"].map((supplier) => ({ supplier, name: supplier })),
        contracts: contracts.map(({ holder, part, declared }, index) => ({
          contract: `k${index}`,
          awarded: `EUR ${declared}`,
          lots: [{ lot: "1", suppliers: [holder], awarded: `EUR ${part}` }],
        })),
      });
      const rows = await rowsOf(shares(await openText(register)));
      const hhi = rows.find(({ row }) => row === "total")?.hhi;
      // Within rounding a total agrees with its parts (T10b).
      for (let chosen = 0; chosen < 2 ** contracts.length; chosen++) {
        const amounts = new Map<string, number>();
        for (const [index, { holder, part, declared }] of contracts.entries())
          amounts.set(
            holder,
            (amounts.get(holder) ?? 0) +
              ((chosen >> index) % 2 === 0 || Math.abs(part - declared) <= 1 ? part : declared),
          );
        const whole = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
        const parts = [...amounts].map(([holder, amount]) => [holder, (100 * amount) / whole] as const);
        for (const [holder, part] of parts)
          expect([holder, isWithin(part, rows.find(({ supplier }) => supplier === holder)?.share)]).toEqual([
            holder,
            true,
          ]);
        expect(
          isWithin(
            parts.reduce((sum, [, part]) => sum + part * part, 0),
            hhi,
          ),
        ).toBe(true);
      }
      if (new Set(contracts.map(({ holder }) => holder)).size === 1) expect(rows[0]?.share?.least).toBeUndefined();
    }),
    seeded(100),
  );
});

test("what a selection asks is said with how much of the data says it, and lots of nobody are told", async () => {
  const register = TOWN.replace("awarded: EUR 60", "awarded: EUR 60, offers: 1").replace(
    "suppliers: [b] }",
    "offers: 1 }",
  );
  const lines = await linesOf(register, "awarded", { query: parseQuery("offers:1") });
  expect(lines).toContain("2 of 5 lots state their offers.");
  expect(lines).toContain("1 lot that nobody holds is not in this total; lotbook total counts it.");
});

test("where nothing is told by supplier there are no shares", async () => {
  const lines = await linesOf(`
suppliers: [{ supplier: a, name: Alder }]
contracts: [{ contract: k, awarded: EUR 5, lots: [{ lot: 1, suppliers: [a] }] }]
`);
  expect(lines).toEqual(["EUR: the data do not say what each supplier has.", "0 of 1 lot state what was awarded."]);
});
