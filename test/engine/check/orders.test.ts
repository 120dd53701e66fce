import { expect, test } from "vitest";
import { check } from "../../../src/engine/check/check.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { openText } from "../../open-text.ts";

const found = async (yaml: string, at?: string): Promise<string[]> => {
  const day = at === undefined ? undefined : parsePartialDate(at);
  const { findings } = await check(await openText(yaml), day === undefined ? {} : { at: day });
  const about = findings.filter(({ rule }) => /^(L1|F|T7|D1)/.test(rule));
  return about.map(({ rule, message, position }) => `${position?.line}:${position?.column} ${rule} ${message}`);
};

const PORTS = `
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - contract: ports
    ceiling: EUR 1000
    lots:
      - lot: 1
        ceiling: EUR 600
        suppliers: [a, b]
      - lot: 2
        ceilingPerSupplier: EUR 300
        suppliers: [a, b]
    groups:
      - { group: north, lots: [1], ceiling: EUR 500 }
    orders:
`;

test("L1: every ceiling that is ordered beyond, at its place, by the day", async () => {
  const orders = `${PORTS}
      - { order: 1, lot: 1, date: 2024-01-01, amount: EUR 700 }
      - { order: 2, lot: 2, supplier: b, date: 2024-02-01, amount: EUR 301 }`;
  expect(await found(orders, "2024-01-31")).toEqual([
    "8:18 L1-breach ports/1: EUR 700 ordered, above the ceiling of EUR 600 (116.7 %)",
    "14:45 L1-breach ports group north: EUR 700 ordered, above the ceiling of EUR 500 (140.0 %)",
  ]);
  expect(await found(orders)).toEqual([
    "5:14 L1-breach ports: EUR 1,001 ordered, above the ceiling of EUR 1,000 (100.1 %)",
    "8:18 L1-breach ports/1: EUR 700 ordered, above the ceiling of EUR 600 (116.7 %)",
    "11:29 L1-breach ports/2 b: EUR 301 ordered, above the ceiling of EUR 300 (100.3 %)",
    "14:45 L1-breach ports group north: EUR 700 ordered, above the ceiling of EUR 500 (140.0 %)",
  ]);
});

test("L1: exactly the ceiling is no breach but exhausted, and nothing can be said of what is not known", async () => {
  const orders = `${PORTS}
      - { order: 1, lot: 1, amount: EUR 500 }
      - { order: 2, lot: 2, supplier: a, amount: EUR 300 }`;
  expect(await found(orders)).toEqual([
    "11:29 L1-exhausted ports/2 a: EUR 300 ordered, all of the ceiling of EUR 300",
    "14:45 L1-exhausted ports group north: EUR 500 ordered, all of the ceiling of EUR 500",
  ]);
  expect(
    await found(
      "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 0 }], orders: [{ order: 1, amount: EUR 1 }] }]",
    ),
  ).toEqual(["1:54 L1-breach k/1: EUR 1 ordered, above the ceiling of EUR 0"]);
  expect(
    await found(
      "contracts: [{ contract: k, lots: [{ lot: 1, ceiling: EUR 0 }], orders: [{ order: 1, amount: EUR 1 }, { order: 2, amount: EUR -1 }] }]",
    ),
  ).toEqual([]);
});

test("L1: a breach that orders in other currencies make only larger is one", async () => {
  const orders = `${PORTS}
      - { order: 1, lot: 1, amount: EUR 601 }
      - { order: 2, lot: 1, amount: USD 5 }`;
  expect((await found(orders)).filter((line) => line.includes("ports/1"))).toEqual([
    "8:18 L1-breach ports/1: ≥ EUR 601 ordered, above the ceiling of EUR 600 (≥ 100.2 %)",
  ]);
});

test("orders that cannot be read are findings like others", async () => {
  const twice = `${PORTS}
      - { order: 1, lot: 9, amount: EUR 1 }
      - { order: 1, lot: 1, amount: EUR 1 }`;
  expect(await found(twice)).toEqual(['18:9 F7 the order "1" stands twice in this contract']);
});

test("a ledger that is not there is no finding; that there is no place to look for it is one", async () => {
  const register = await openRegister("test/registers/orders/missing.yaml");
  await expect(check(register)).rejects.toThrow("nowhere.csv");
  expect(await found("contracts: [{ contract: k, framework: no, lots: [{ lot: 1 }], ledger: none.csv }]")).toEqual([
    '1:71 F6 there is no folder to read "none.csv" from: this register came through a pipe',
  ]);
});
