import { expect, test } from "vitest";
import { awards } from "../../src/engine/awards.ts";
import { seats } from "../../src/engine/seats.ts";
import { linesOf, openText } from "../open-text.ts";

const REGISTER = `
suppliers: [{ supplier: a, name: Alpha, country: BE, legalId: BE-1 }, { supplier: b, name: Beta }]
contracts:
  - contract: k
    title: Kiosks
    cpv: [72000000]
    lots:
      - { lot: 1, ceiling: EUR 5, awarded: [EUR 1, USD 2], suppliers: [a, b] }
      - { lot: 2, ceilingPerSupplier: EUR 3, awarded: withheld, cpv: [48000000], suppliers: [b] }
      - { lot: 3 }
`;

test("a row for each supplier of a lot, with what is known of lot and contract", async () => {
  const register = await openText(REGISTER);
  const fields = ["contract", "lot", "cpv", "supplier", "country", "legalId", "holders", "held", "ceiling", "awarded"];
  expect(await linesOf(seats(register), ...fields, "ceilingPerSupplier")).toEqual([
    "k | 1 | 72000000 | a | BE | BE-1 | 2 | shared | EUR 5 | EUR 1, USD 2 | missing",
    "k | 1 | 72000000 | b | - | - | 2 | shared | EUR 5 | EUR 1, USD 2 | missing",
    "k | 2 | 48000000 | b | - | - | 1 | sole | EUR 3 | withheld | EUR 3",
  ]);
  expect(await linesOf(seats(register, { suppliers: ["beta"], lots: ["1"] }), "lot", "name")).toEqual(["1 | Beta"]);
});

test("a supplier that took over another has the ceilings of both seats, as in awards", async () => {
  const register = await openText(`
suppliers:
  - { supplier: a, name: Alpha, successions: [{ merged: 2024-02, into: b }] }
  - { supplier: b, name: Beta }
contracts: [{ contract: k, lots: [{ lot: 1, ceilingPerSupplier: EUR 3, suppliers: [a, b] }] }]
`);
  expect(await linesOf(seats(register), "supplier", "ceilingPerSupplier")).toEqual(["b | EUR 6"]);
  expect(await linesOf(awards(register), "supplier", "ceiling")).toEqual(["b | EUR 6"]);
});

const KEPT = ": --to yaml and --to jsonl keep all";

test("what bounds contracts besides their seats is told, and nothing where there is no more", async () => {
  const notesOf = async (text: string, withOrders = false) => {
    const report = seats(await openText(text), {}, withOrders);
    await linesOf(report, "lot");
    return report.closing().notes;
  };
  expect(await notesOf(REGISTER)).toEqual([`a table of seats has no place for lots that nobody holds (1)${KEPT}`]);
  expect(
    await notesOf(`
suppliers: [{ supplier: a, name: Alpha }]
contracts:
  - contract: k
    ceiling: EUR 5
    groups: [{ group: g, lots: [1, 2], ceiling: EUR 4 }, { group: h, lots: [1, 3], quantity: 10 m }]
    lots:
      - { lot: 1, ceiling: EUR 3, quantityPerSupplier: 4 m, suppliers: [a] }
      - { lot: 2, ceiling: EUR 3, suppliers: [a] }
      - { lot: 3, ceiling: EUR 3, suppliers: [a] }
  - { contract: l, quantity: 7 m, lots: [{ lot: 1, suppliers: [a] }] }
  - { contract: m, ceiling: EUR 9, lots: [] }
`),
  ).toEqual([
    `a table of seats has no place for ceilings of contracts as a whole (1), ceilings of groups of lots (1), quantities (3), contracts without lots (1)${KEPT}`,
  ]);
  expect(
    await notesOf(
      "suppliers: [{ supplier: a, name: A }]\ncontracts: [{ contract: k, lots: [{ lot: 1, suppliers: [a] }] }]",
    ),
  ).toEqual([]);
  const ordered = "contracts: [{ contract: k, lots: [], orders: [] }]";
  const nowhere = "a table of seats has no place for contracts without lots (1)";
  expect(await notesOf(ordered)).toEqual([`${nowhere}, orders and ledgers (1)${KEPT}`]);
  expect(await notesOf(ordered, true)).toEqual([`${nowhere}${KEPT}`]);
  const tacit =
    "suppliers: [{ supplier: a, name: A }]\ncontracts: [{ contract: k, term: 1 year + tacit renewals of 1 year, ";
  expect(await notesOf(`${tacit}lots: [{ lot: 1, suppliers: [a] }] }]`)).toEqual([
    `a table of seats has no place for renewals without end (1)${KEPT}`,
  ]);
});
