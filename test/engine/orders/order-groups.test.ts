import { describe, expect, test } from "vitest";
import type { OrderGrouping } from "../../../src/engine/orders/order-groups.ts";
import { orderGroups } from "../../../src/engine/orders/orders.ts";
import { parseQuery } from "../../../src/query/parse-query.ts";
import { openText, rowsOf } from "../../open-text.ts";

const AT = { at: { year: 2024, month: 6, day: 1 } };

/** A contract of many lots with orders that name none of them, each by somebody whom nobody knows. */
const register = (lots: number, orders: number): string =>
  JSON.stringify({
    contract: "c",
    lots: Array.from({ length: lots }, (_, index) => ({ lot: `${index}`, ceiling: "EUR 1M" })),
    orders: Array.from({ length: orders }, (_, index) => ({
      order: `P${index}`,
      supplier: `unknown ${index}`,
      amount: "EUR 5",
      date: "2024-01-01",
    })),
  });

const groupsOf = async (text: string, by: readonly OrderGrouping[], query = "") =>
  await rowsOf(
    orderGroups(await openText(text), { ...AT, query: parseQuery(query, undefined, undefined, "orders") }, { by }),
  );

describe("orders that say too little", () => {
  test("are possible in each row that they may be in", async () => {
    const rows = await groupsOf(register(2, 2), ["lot", "supplier"]);
    expect(
      rows.filter(({ row }) => row === "group").map(({ groups, possibleOrders }) => [groups, possibleOrders]),
    ).toEqual([
      [["c/0", "unknown 0"], 1],
      [["c/0", "unknown 1"], 1],
      [["c/1", "unknown 0"], 1],
      [["c/1", "unknown 1"], 1],
    ]);
    expect(rows.find(({ row }) => row === "total")).toMatchObject({ orders: 2, possibleOrders: 0 });
  });

  test("are asked of each lot where the question is about lots, and once where it is not", async () => {
    const possible = await groupsOf(register(3, 2), ["lot"], "lot:1");
    expect(possible.map(({ groups, orders, possibleOrders }) => [groups, orders, possibleOrders])).toEqual([
      [["c/1"], 0, 2],
      [[], 0, 2],
    ]);
    const one = await groupsOf(register(3, 2), ["lot"], "order:P1");
    expect(one.map(({ groups, orders, possibleOrders }) => [groups, orders, possibleOrders])).toEqual([
      [["c/0"], 0, 1],
      [["c/1"], 0, 1],
      [["c/2"], 0, 1],
      [[], 1, 0],
    ]);
  });

  test("are refused where their rows would be without number", async () => {
    await expect(groupsOf(register(300, 200), ["lot", "supplier"])).rejects.toThrow("may be in more than 50000 rows");
    expect(await groupsOf(register(300, 200), ["lot"])).toHaveLength(301);
  });
});
