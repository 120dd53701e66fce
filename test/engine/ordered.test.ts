import { expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import type { Report } from "../../src/engine/report.ts";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { amountText, openText, rowsOf } from "../open-text.ts";

const contract = (id: string, ...orders: readonly string[]): string =>
  `  - { contract: ${id}, lots: [{ lot: 1, ceiling: EUR 9, quantity: 9 kg }], orders: [${orders.map((order, index) => `{ order: o${index}, ${order} }`).join()}] }\n`;

const TAKES = "amount: EUR 1";
const GIVES_BACK = "amount: EUR -1";
const FIVE = "amount: EUR 1, quantity: 5 kg";

const orderedIn = async <Row>(report: Report<Row>): Promise<readonly string[]> => {
  await rowsOf(report);
  const summaries = report.closing().summaries.filter(({ label }) => label === "Total ordered");
  return summaries.flatMap(({ amounts }) => amounts.map(amountText));
};

test.each([
  ["as it is", [[FIVE]], ["EUR 1", "5 kg"]],
  ["where one order does not say how much it takes", [[FIVE, TAKES]], ["EUR 2", "≥ 5 kg"]],
  ["where one does not say how much it gives back", [[FIVE, GIVES_BACK]], ["EUR 0", "≤ 5 kg"]],
  ["where both do not, of which nothing is known then", [[FIVE, TAKES, GIVES_BACK]], ["EUR 1"]],
  ["of two contracts, one at least", [[FIVE], [TAKES]], ["EUR 2", "≥ 5 kg"]],
  ["of two contracts, one at most", [[FIVE], [GIVES_BACK]], ["EUR 0", "≤ 5 kg"]],
  ["of two contracts, one at least and one at most", [[TAKES], [FIVE, GIVES_BACK]], ["EUR 1"]],
  ["of two contracts, one unknown", [[FIVE], [TAKES, GIVES_BACK]], ["EUR 1"]],
])("what is ordered in all of a quantity, %s", async (_, contracts, ordered) => {
  const text = `contracts:\n${contracts.map((orders, index) => contract(`c${index}`, ...orders)).join("")}`;
  expect(await orderedIn(total(await openText(text)))).toEqual(ordered);
});

test.each([
  ["hours", "HOURS", "5 hours"],
  ["Hours", "hours", "5 Hours"],
  ["GPU hours", "gpu Hours", "5 GPU hours"],
])("a ceiling in %s calls its unit so in every total, though an order calls it %s", async (limit, word, expected) => {
  for (const ceiling of ["quantity", "quantityPerSupplier"]) {
    const lot = `{ lot: 1, ${ceiling}: 9 ${limit}, suppliers: [a] }`;
    const orders = `[{ order: o, lot: 1, supplier: a, quantity: 5 ${word} }]`;
    const register = await openText(
      `suppliers: [{ supplier: a, name: A }]\ncontracts: [{ contract: k, lots: [${lot}], orders: ${orders} }]`,
    );
    expect(await orderedIn(total(register))).toEqual([expected]);
    expect(await orderedIn(lots(register))).toEqual([expected]);
    expect(await orderedIn(suppliers(register))).toEqual([expected]);
  }
});

test.each([
  [["EUR 9", "GBP 9"], "EUR 0"],
  [["GBP 9", "EUR 9", "GBP 8"], "GBP 0"],
])("nothing ordered is in the unit of most ceilings, in whatever order lots stand (%s)", async (ceilings, nothing) => {
  const lot = (ceiling: string, index: number) => `{ lot: ${index}, suppliers: [a], ceiling: ${ceiling} }`;
  const limited = ceilings.map(lot);
  for (const stated of [limited, [...limited].reverse()]) {
    const text = `[{ contract: k, lots: [${[...stated, "{ lot: x, suppliers: [a] }"].join()}], orders: [] }]`;
    const register = await openText(`suppliers: [{ supplier: a, name: A }]\ncontracts: ${text}`);
    expect((await rowsOf(lots(register))).find((row) => row.lot === "x")?.ordered.map(amountText)).toEqual([nothing]);
    expect(await orderedIn(suppliers(register))).toEqual([nothing]);
  }
});

test("nothing ordered is in money where a supplier may get both money and a quantity, in whatever order lots stand", async () => {
  const limited = ["quantity: 9 kg", "ceiling: EUR 9"].map((of, index) => `{ lot: ${index}, suppliers: [a], ${of} }`);
  for (const stated of [limited, [...limited].reverse()]) {
    const text = `[{ contract: k, lots: [${stated.join()}], orders: [] }]`;
    const register = await openText(`suppliers: [{ supplier: a, name: A }]\ncontracts: ${text}`);
    expect(await orderedIn(suppliers(register))).toEqual(["EUR 0"]);
  }
});
