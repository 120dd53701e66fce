import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { orderGroups, orders } from "../../../src/engine/orders/orders.ts";
import { formatMoney, isKnown } from "../../../src/model/money.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import type { Register } from "../../../src/records/register.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { rowsOf } from "../../open-text.ts";
import { seeded } from "../../seeded.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-spread-"));
afterAll(() => rmSync(folder, { recursive: true }));

const AT = { year: 2025 };
const HEAD = "order,lot,supplier,date,amount";
const SUPPLIERS = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]";
const LOTS = "lots: [{ lot: 1, ceiling: EUR 1M, suppliers: [a, b] }, { lot: 2, ceiling: EUR 1M, suppliers: [a, b] }]";

const opened = async (rows: readonly string[]): Promise<Register> => {
  writeFileSync(join(folder, "l.csv"), [HEAD, ...rows, ""].join("\n"));
  const contract = `{ contract: k, ${LOTS}, ledger: { file: l.csv, currency: EUR, lines: sum } }`;
  writeFileSync(join(folder, "r.yaml"), `${SUPPLIERS}\ncontracts: [${contract}]\n`);
  return await openRegister(join(folder, "r.yaml"));
};

const listed = async (register: Register, query = ""): Promise<readonly string[]> => {
  const report = orders(register, { at: AT, query: parseQuery(query, undefined, undefined, "orders") });
  return (await rowsOf(report)).map(
    ({ order, amount }) => `${order} ${isKnown(amount) ? formatMoney(amount) : amount}`,
  );
};

const LEDGER = [
  "PO1,1,a,2024-01-01,8000",
  "PO2,1,a,2024-01-01,20000",
  "PO1,1,a,2024-01-01,9000",
  "PO2,1,a,2024-01-01,-20000",
  "PO3,1,b,2024-02-01,500",
];

test("an order of several rows is one, with what they come to", async () => {
  const register = await opened(LEDGER);
  expect(await listed(register)).toEqual(["PO1 EUR 17,000", "PO2 EUR 0", "PO3 EUR 500"]);
  expect(await listed(register, "amount:15k..")).toEqual(["PO1 EUR 17,000"]);
  const counts = await rowsOf(orderGroups(register, { at: AT }, { by: ["supplier"] }));
  expect(counts.filter(({ row }) => row === "group").map((row) => row.orders)).toEqual([2, 1]);
});

test("rows of one id that differ in their lot, supplier or day are orders of their own", async () => {
  const register = await opened([
    "PO1,1,a,2024-01-01,1",
    "PO1,2,a,2024-01-01,2",
    "PO1,1,b,2024-01-01,4",
    "PO1,1,a,2024-02,8",
  ]);
  expect((await listed(register)).toSorted()).toEqual(["PO1 EUR 1", "PO1 EUR 2", "PO1 EUR 4", "PO1 EUR 8"]);
});

test("random rows, however an order is spread over them, come to the same orders", async () => {
  const row = fc.record({ id: fc.nat(4), lot: fc.constantFrom("1", "2"), amount: fc.integer({ min: -50, max: 50 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const sums = new Map<string, number>();
      for (const { id, lot, amount } of rows) sums.set(`${id}|${lot}`, (sums.get(`${id}|${lot}`) ?? 0) + amount);
      const register = await opened(rows.map(({ id, lot, amount }) => `${id},${lot},a,2024-01-01,${amount}`));
      const found = (await rowsOf(orders(register, { at: AT }))).map(
        ({ order, lot, amount }) => `${order}|${lot} ${isKnown(amount) ? Number(amount.minor) / 100 : amount}`,
      );
      expect(found.toSorted()).toEqual([...sums].map(([key, sum]) => `${key} ${sum}`).toSorted());
    }),
    seeded(60),
  );
});
