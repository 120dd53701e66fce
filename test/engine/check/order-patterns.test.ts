import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMoney } from "../../../src/model/money.ts";
import { parsePartialDate } from "../../../src/model/partial-date.ts";
import { findingsIn, lineOf } from "../../checking.ts";
import { seeded } from "../../seeded.ts";

const HEAD = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }, { supplier: c, name: Gamma }]\n";

const messages = async (
  rule: "L5-split" | "L5-cascade" | "L1-buyer",
  contract: string,
  options = {},
): Promise<string[]> =>
  (
    await findingsIn(`${HEAD}contracts: [{ contract: k, ${contract} }]`, {
      only: [rule],
      at: day("2025-01-01"),
      ...options,
    })
  ).map(({ message }) => message);

const day = (text: string) => {
  const date = parsePartialDate(text);
  if (date === undefined) throw new Error(text);
  return date;
};

const below = (text: string) => {
  const money = parseMoney(text);
  if ("problem" in money) throw new Error(money.problem);
  return money;
};

describe("L5: orders that are each below a threshold, and together not", () => {
  const split = (orders: readonly string[], more = "splitBelow: EUR 100, splitDays: 10") =>
    messages(
      "L5-split",
      `${more}, lots: [{ lot: 1, suppliers: [a, b] }, { lot: 2, suppliers: [a] }], orders: [${orders.join(", ")}]`,
    );
  const order = (id: number, date: string, amount: string, rest = "lot: 1, supplier: a") =>
    `{ order: ${id}, date: ${date}, amount: ${amount}, ${rest} }`;

  test("within the days, the first and the last counted", async () => {
    expect(await split([order(1, "2024-03-01", "EUR 60"), order(2, "2024-03-10", "EUR 40")])).toEqual([
      "k/1, Alpha: 2 orders within 10 days, from 2024-03-01 to 2024-03-10, are each below EUR 100 and come to EUR 100.00 (1, 2)",
    ]);
    expect(await split([order(1, "2024-03-01", "EUR 60"), order(2, "2024-03-11", "EUR 40")])).toEqual([]);
    expect(await split([order(1, "2024-03-01", "EUR 60"), order(2, "2024-03-01", "EUR 40")])).toEqual([
      "k/1, Alpha: 2 orders within 10 days, on 2024-03-01, are each below EUR 100 and come to EUR 100.00 (1, 2)",
    ]);
  });

  test("of one supplier and lot; what is not below, a credit, in another unit, coarse or later does not count", async () => {
    const first = order(1, "2024-03-01", "EUR 60");
    for (const other of [
      order(2, "2024-03-02", "EUR 60", "lot: 1, supplier: b"),
      order(2, "2024-03-02", "EUR 60", "lot: 2, supplier: a"),
      order(2, "2024-03-02", "EUR 60", "supplier: a"),
      order(2, "2024-03-02", "EUR 100"),
      order(2, "2024-03-02", "EUR -60"),
      order(2, "2024-03-02", "USD 60"),
      order(2, "2024-03", "EUR 60"),
      order(2, "2024-03-02", "EUR 39.99"),
    ])
      expect(await split([first, other])).toEqual([]);
    expect(await split([order(1, "2025-03-01", "EUR 60"), order(2, "2025-03-02", "EUR 60")])).toEqual([]);
  });

  test("nothing is assumed: without a threshold and days nothing is looked for; those that are asked for come first", async () => {
    const orders = [order(1, "2024-03-01", "EUR 60"), order(2, "2024-03-02", "EUR 60")];
    expect(await split(orders, "title: T")).toEqual([]);
    const half = `contracts: [{ contract: k, splitBelow: EUR 100, ceiling: EUR 1, lots: [] }]`;
    expect((await findingsIn(half)).map(lineOf)).toEqual([
      'error F5: k: "splitBelow" says nothing without "splitDays"',
    ]);
    const contract = `splitBelow: EUR 1, splitDays: 1, lots: [{ lot: 1, suppliers: [a] }], orders: [${orders.join(", ")}]`;
    expect(await messages("L5-split", contract, { split: { below: below("EUR 100"), days: 2 } })).toHaveLength(1);
    // An amount without a word of the tax is as those of its contract are.
    expect(
      await messages("L5-split", `vat: included, ${contract}`, { split: { below: below("EUR 100"), days: 2 } }),
    ).toEqual([expect.stringContaining("are each below EUR 100 incl. VAT and come to EUR 120.00 incl. VAT")]);
  });

  test("each order is in one span at most; a span is found wherever there is one", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ day: fc.integer({ min: 1, max: 28 }), amount: fc.integer({ min: 1, max: 99 }) }), {
          maxLength: 12,
        }),
        fc.integer({ min: 1, max: 12 }),
        async (drawn, days) => {
          const lines = drawn.map(({ day: at, amount }, index) =>
            order(index, `2024-03-${String(at).padStart(2, "0")}`, `EUR ${amount}`),
          );
          const found = await split(lines, `splitBelow: EUR 100, splitDays: ${days}`);
          const spans = drawn.some(({ day: from }) => {
            const within = drawn.filter((one) => one.day >= from && one.day < from + days);
            return within.reduce((sum, { amount }) => sum + amount, 0) >= 100;
          });
          expect(found.length > 0).toBe(spans);
        },
      ),
      seeded(60),
    );
  });
});

describe("L5: in a cascade the first is asked first", () => {
  const cascade = (orders: string, callOff = "cascade") =>
    messages(
      "L5-cascade",
      `lots: [{ lot: 1, callOff: ${callOff}, suppliers: [a, b, c] }, { lot: 2, suppliers: [a, b] }], orders: [${orders}]`,
    );

  test("an order to a later one, unless it says who declined", async () => {
    expect(await cascade("{ order: 1, lot: 1, supplier: a, amount: EUR 1 }")).toEqual([]);
    expect(
      await cascade(
        "{ order: 1, lot: 1, supplier: b, amount: EUR 1 }, { order: 2, lot: 1, supplier: b, amount: EUR 1 }",
      ),
    ).toEqual(["k/1: 2 orders (1 and 2) are with Beta, rank 2 of a cascade; nothing tells that Alpha declined"]);
    expect(await cascade("{ order: 1, lot: 1, supplier: c, amount: EUR 1 }")).toEqual([
      "k/1: 1 order (1) is with Gamma, rank 3 of a cascade; nothing tells that Alpha and Beta declined",
    ]);
    expect(await cascade("{ order: 1, lot: 1, supplier: c, amount: EUR 1, declinedBy: both }")).toEqual([]);
  });

  test("of other mechanisms, other lots and unknown suppliers nothing is said", async () => {
    expect(await cascade("{ order: 1, lot: 1, supplier: b, amount: EUR 1 }", "reopened competition")).toEqual([]);
    expect(
      await cascade("{ order: 1, lot: 2, supplier: b, amount: EUR 1 }, { order: 2, lot: 1, amount: EUR 1 }"),
    ).toEqual([]);
  });

  test("who left before the order has no rank any more", async () => {
    const suppliers =
      "suppliers: [{ supplier: a, name: Alpha, successions: [{ left: 2024-05-31 }] }, { supplier: b, name: Beta }]";
    const text = (date: string) =>
      `${suppliers}\ncontracts: [{ contract: k, awardDate: 2023, lots: [{ lot: 1, callOff: cascade, suppliers: [a, b] }], orders: [{ order: 1, lot: 1, supplier: b, date: ${date}, amount: EUR 1 }] }]`;
    const found = async (date: string) =>
      (await findingsIn(text(date), { only: ["L5-cascade"], at: day("2025-01-01") })).length;
    expect(await found("2024-05-30")).toBe(1);
    expect(await found("2024-06-01")).toBe(0);
  });
});

describe("L1: who may order", () => {
  const buyers = (stated: string, ...names: string[]) =>
    messages(
      "L1-buyer",
      `${stated}, lots: [{ lot: 1 }], orders: [${names.map((name, index) => `{ order: ${index}, buyer: "${name}", amount: EUR 1 }`).join(", ")}]`,
    );

  test("is said by joint buyers and users; names that have another in them may be a part of it", async () => {
    const stated =
      "buyer: City of Example, jointBuyers: [Zoo], users: [Example Fire Brigade], coordinator: Central Office";
    expect(
      await buyers(
        stated,
        "CITY OF EXAMPLE",
        "zoo",
        "Fire Brigade",
        "City of Example, Department of Roads",
        "Central Office",
      ),
    ).toEqual([]);
    expect(await buyers(stated, "City of Elsewhere", "Zoology", "Museum")).toEqual([
      "k: 3 orders name a buyer that is not among those who may order (City of Elsewhere, Zoology, Museum): EUR 3",
    ]);
  });

  test("of a buyer alone nothing is said", async () => {
    expect(await buyers("buyer: City of Example", "Museum")).toEqual([]);
  });
});
