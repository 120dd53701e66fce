import { expect, test } from "vitest";
import { lots } from "../../../src/engine/lots.ts";
import { orderGroups, orders } from "../../../src/engine/orders/orders.ts";
import { formatMoney } from "../../../src/model/money.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import { amountText, closingOf, linesOf, openText, rowsOf } from "../../open-text.ts";

const REGISTER = `
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: cables
    title: Cables and switches
    buyer: City
    lots: [{ lot: 1, title: Sea, ceiling: EUR 1M, suppliers: [a, b] }]
    orders:
      - { order: PO-1, lot: 1, supplier: a, date: 2024-01-05, amount: EUR 5, description: Fibre for pier 4 }
      - { order: PO-2, lot: 1, supplier: b, date: 2024-02-05, amount: EUR 6, buyer: Port of Ulm }
      - { order: X-3, lot: 1, supplier: a, date: 2024-03-05, amount: EUR 7 }
`;

test.each([
  ["po-", ["PO-1", "PO-2"]],
  ["FIBRE", ["PO-1"]],
  ["ulm", ["PO-2"]],
  ["beta", ["PO-2"]],
  ["switches", ["PO-1", "PO-2", "X-3"]],
  ["sea", ["PO-1", "PO-2", "X-3"]],
  ["nowhere", []],
  ["-fibre", ["PO-2", "X-3"]],
])("a word is looked for in what an order says, and in its lot and contract: %s", async (word, found) => {
  const query = parseQuery(word, undefined, undefined, "orders");
  const rows = await rowsOf(orders(await openText(REGISTER), { query, at: { year: 2024, month: 6, day: 1 } }));
  expect(rows.map(({ order }) => order)).toEqual(found);
});

test.each([
  ["buyer:ulm", ["PO-2", "X-4"]],
  ["buyer:city", ["PO-1", "X-3"]],
  ["NOT buyer:ulm", ["PO-1", "X-3"]],
])("%s finds the orders of that buyer, though others are on the same seat", async (asked, found) => {
  const query = parseQuery(asked, undefined, undefined, "orders");
  const another = "      - { order: X-4, lot: 1, supplier: a, date: 2024-04-05, amount: EUR 8, buyer: Port of Ulm }\n";
  const rows = await rowsOf(
    orders(await openText(REGISTER + another), { query, at: { year: 2024, month: 6, day: 1 } }),
  );
  expect(rows.map(({ order }) => order)).toEqual(found);
});

test.each([
  ["a quantity alone", "quantity: 30 hours", ["≥ EUR 10k", "40 hours"]],
  ["money alone", "amount: EUR 5k", ["EUR 15k", "≥ 10 hours"]],
  ["that it takes nothing", "amount: EUR 0", ["EUR 10k", "10 hours"]],
  ["a quantity that comes back", "quantity: -3 hours", ["≤ EUR 10k", "7 hours"]],
])("L4, T8: what orders come to is a bound where one states %s", async (_, states, sums) => {
  const register = await openText(`contracts:
  - contract: c
    lots: [{ lot: 1, ceiling: EUR 1M, quantity: 100 hours }]
    orders: [{ order: 1, lot: 1, amount: EUR 10k, quantity: 10 hours }, { order: 2, lot: 1, ${states} }]`);
  expect(await closingOf(orders(register))).toEqual([`Total: ${sums.join(" + ")}`]);
  const groups = await linesOf(orderGroups(register, {}, { by: ["lot"] }), "lot", "ordered");
  expect(groups).toEqual(["c/1", "-"].flatMap((group) => sums.map((sum) => `${group} | ${sum}`)));
  const [row] = await linesOf(lots(register), "ordered");
  expect(row).toBe(sums.join(", "));
});

test("each column says what the order does", async () => {
  const report = orders(await openText(REGISTER), { at: { year: 2024, month: 6, day: 1 } });
  const [row] = await rowsOf(report);
  const cells = report.columns.map(({ name, cell }) => [name, row && cell(row)?.value]);
  expect(Object.fromEntries(cells)).toMatchObject({
    contract: "cables",
    order: "PO-1",
    lot: "1",
    supplier: "a",
    name: "Alpha",
    date: { year: 2024, month: 1, day: 5 },
    amount: { minor: 500n, currency: "EUR" },
  });
});

test("L4: quantities are called as the register calls their unit, however orders write it", async () => {
  const register = await openText(`
contracts:
  - contract: k
    lots: [{ lot: 1, quantity: 100 GPU hours }, { lot: 2, quantity: 50 machines }]
    orders:
      - { order: 1, lot: 1, quantity: 5 gpu hours }
      - { order: 2, quantity: 6 Gpu Hours }
      - { order: 3, lot: 2, quantity: 7 Machines }
      - { order: 4, lot: 2, quantity: 8 Days }
`);
  const report = orders(register);
  expect(await linesOf(report, "quantity")).toEqual(["5 GPU hours", "6 GPU hours", "7 machines", "8 Days"]);
  const sums = ["8 Days", "11 GPU hours", "7 machines"];
  expect(report.closing().summaries.flatMap(({ amounts }) => amounts.map(formatMoney))).toEqual(sums);
  const groups = await rowsOf(orderGroups(register, {}, { by: ["contract"] }));
  expect(groups.flatMap(({ row, ordered }) => (row === "total" ? amountText(ordered) : []))).toEqual(sums);
});
