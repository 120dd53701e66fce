import { describe, expect, test } from "vitest";
import { found } from "../../checking.ts";

describe("T4: a part above its whole", () => {
  test("a lot above its contract is an error", async () => {
    expect(await found("T4-child", "ceiling: EUR 5M, lots: [{ lot: 1, ceiling: EUR 6M }]")).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 6M is above its contract's EUR 5M",
    ]);
  });

  test.each([
    ["EUR 6M", "EUR 6M"],
    ["EUR 7M", "EUR 6M"],
    ["EUR 5.9M", "5910000.00 EUR"],
    ["USD 5M", "EUR 6M"],
    ["withheld", "EUR 6M"],
    ["EUR 5M", "withheld"],
    ["{ p: EUR 5M }", "{ q: EUR 6M }"],
  ])("not where the contract has %s and the lot %s", async (ceiling, lot) => {
    expect(await found("T4-child", `ceiling: ${ceiling}, lots: [{ lot: 1, ceiling: ${lot} }]`)).toEqual([]);
  });

  test("T4f: compared exactly where either was modified", async () => {
    const modified = (lot: string, amount: string) =>
      `ceiling: EUR 1M, lots: [{ lot: 1, ceiling: EUR 1M }, { lot: 2 }], modifications: [{ modification: M, date: 2024-01, ${lot}amount: ${amount} }]`;
    expect(await found("T4-child", modified("lot: 1, ", "EUR 40k"))).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 1,040k is above its contract's EUR 1M",
    ]);
    expect(await found("T4-child", modified("", "EUR -40k"))).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 1M is above its contract's EUR 960k",
    ]);
  });

  test("T3: nothing where a ceiling for each supplier has no supplier", async () => {
    expect(await found("T4-child", "ceiling: EUR 1M, lots: [{ lot: 1, ceilingPerSupplier: EUR 2M }]")).toEqual([]);
  });

  test("T4a: lots that stand beside a ceiling of theirs, in another currency", async () => {
    const lots = "[{ lot: 1, ceiling: EUR 1M }, { lot: 2, ceiling: USD 3M }, { lot: 3, ceiling: USD 4M }]";
    const groups = "[{ group: G, lots: [1, 2], ceiling: EUR 9M }, { group: H, lots: [2, 3], ceiling: USD 9M }]";
    expect(await found("T7-ceilings", `ceiling: EUR 9M, lots: ${lots}, groups: ${groups}`)).toEqual([
      "warning T7-ceilings: lot k/2: its ceiling USD 3M stands beside group k/G's EUR 9M: amounts of different kinds are never compared",
      "warning T7-ceilings: lot k/2: its ceiling USD 3M stands beside its contract's EUR 9M, as 1 other lot: amounts of different kinds are never compared",
    ]);
  });

  test("of many groups around it, a part is told of the smallest", async () => {
    const lots = Array.from({ length: 40 }, (_, index) => index + 1);
    const groups = lots
      .slice(1)
      .map((size) => `{ group: G${size}, lots: [${lots.slice(0, size).join(", ")}], ceiling: EUR 5 }`);
    const stated = `lots: [${lots.map((lot) => `{ lot: ${lot}${lot === 1 ? ", ceiling: EUR 6" : ""} }`).join(", ")}]`;
    const told = await found("T4-child", `${stated}, groups: [${groups.join(", ")}]`);
    expect(told).toHaveLength(20);
    expect(told[0]).toBe("error T4-child: lot k/1: its ceiling EUR 6 is above group k/G2's EUR 5");
  });

  test("where a thousand groups have its lots, not all are compared, and that is told", async () => {
    const others = Array.from({ length: 1_001 }, (_, index) => `x${index}`);
    const groups = others.flatMap((id) => [1, 2].map((lot) => `{ group: ${lot}${id}, lots: [${lot}, ${id}] }`));
    const odd = "{ group: P, lots: [1, 2], ceiling: EUR 6 }, { group: Q, lots: [1, 2, 3], ceiling: EUR 5 }";
    const lots = ["1", "2", "3", ...others].map((id) => `{ lot: ${id} }`);
    expect(await found("T4-child", `lots: [${lots.join(", ")}], groups: [${odd}, ${groups.join(", ")}]`)).toEqual([
      "error T4-child: group k/P: more than 1000 groups have its lots: only the smallest were compared with it",
    ]);
  });

  test("a group above its contract, a lot above its group, a group above a larger one", async () => {
    const groups =
      "[{ group: A, lots: [1, 2], ceiling: EUR 8 }, { group: B, lots: [1], ceiling: EUR 9 }, { group: C, lots: [1] }]";
    expect(
      await found("T4-child", `ceiling: EUR 7, lots: [{ lot: 1, ceiling: EUR 10 }, { lot: 2 }], groups: ${groups}`),
    ).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 10 is above group k/A's EUR 8",
      "error T4-child: lot k/1: its ceiling EUR 10 is above group k/B's EUR 9",
      "error T4-child: lot k/1: its ceiling EUR 10 is above its contract's EUR 7",
      "error T4-child: group k/A: its ceiling EUR 8 is above its contract's EUR 7",
      "error T4-child: group k/B: its ceiling EUR 9 is above group k/A's EUR 8",
      "error T4-child: group k/B: its ceiling EUR 9 is above its contract's EUR 7",
    ]);
  });

  test("two groups of the same lots, of which one is the larger", async () => {
    const groups = "[{ group: A, lots: [1], ceiling: EUR 8 }, { group: B, lots: [1], ceiling: EUR 9 }]";
    expect(await found("T4-child", `lots: [{ lot: 1 }], groups: ${groups}`)).toEqual([
      "error T4-child: group k/B: its ceiling EUR 9 is above group k/A's EUR 8",
    ]);
  });

  test("a ceiling for each supplier, counted once for each that was awarded a seat", async () => {
    const lots = "lots: [{ lot: 1, ceilingPerSupplier: EUR 2, suppliers: [a, b, c] }]";
    expect(await found("T4-child", `ceiling: EUR 5, ${lots}`)).toEqual([
      "error T4-child: lot k/1: its 3 suppliers with EUR 2 each reach EUR 6, above its contract's EUR 5",
    ]);
    expect(await found("T4-child", `ceiling: EUR 6, ${lots}`)).toEqual([]);
  });

  test("with the modifications that are to come", async () => {
    const contract = (amount: string) =>
      `ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 4 }, { lot: 2, ceilingPerSupplier: EUR 1 }], modifications: [{ modification: M, date: 2090, lot: 1, amount: ${amount} }]`;
    expect(await found("T4-child", contract("EUR 1"))).toEqual([]);
    expect(await found("T4-child", contract("EUR 2"))).toEqual([
      "error T4-child: lot k/1: its ceiling EUR 6 is above its contract's EUR 5",
    ]);
  });
});
