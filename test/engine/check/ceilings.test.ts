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

describe("T4: the declared total against the lots' sum", () => {
  test.each([
    [
      "EUR 12M",
      "info T4-agrees: k: the register declares a total of EUR 12M; its 2 lots add up to EUR 12M: they agree",
    ],
    [
      "EUR 0.01bn",
      "info T4-agrees: k: the register declares a total of EUR 0.01bn; its 2 lots add up to EUR 12M: the same, rounded",
    ],
    [
      "EUR 9M",
      "warning T4-sum: k: the register declares a total of EUR 9M; its 2 lots add up to EUR 12M: the declared total is the limit",
    ],
    [
      "EUR 20M",
      "warning T4-sum: k: the register declares a total of EUR 20M; its 2 lots add up to EUR 12M: the lots' sum is the limit",
    ],
    ["withheld", "info T4-untotalled: k: the register declares no total; its 2 lots add up to EUR 12M"],
  ])("%s", async (ceiling, expected) => {
    expect(
      await found("T4", `ceiling: ${ceiling}, lots: [{ lot: 1, ceiling: EUR 6M }, { lot: 2, ceiling: EUR 6M }]`),
    ).toEqual([expected]);
  });

  test("a total that was cut, not rounded", async () => {
    expect(
      await found("T4", "ceiling: EUR 0.01bn, lots: [{ lot: 1, ceiling: EUR 6M }, { lot: 2, ceiling: EUR 9M }]"),
    ).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 0.01bn; its 2 lots add up to EUR 15M: the same, cut",
    ]);
  });

  test("each source for itself", async () => {
    expect(
      await found("T4", "ceiling: { p: EUR 5, q: EUR 6 }, lots: [{ lot: 1, ceiling: { p: EUR 5, q: EUR 6 } }]"),
    ).toEqual([
      "info T4-agrees: k: p declares a total of EUR 5; its lot has EUR 5: they agree",
      "info T4-agrees: k: q declares a total of EUR 6; its lot has EUR 6: they agree",
    ]);
  });

  test.each([
    ["no total is declared", "lots: [{ lot: 1, ceiling: EUR 5 }]"],
    ["a lot has no ceiling", "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2 }]"],
    [
      "a lot's ceiling is withheld",
      "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: withheld }]",
    ],
    [
      "the lots have several currencies",
      "ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: USD 5 }]",
    ],
  ])("nothing where %s", async (_, contract) => {
    expect(await found("T4", contract)).toEqual([]);
  });

  test("lots that nobody won need no ceiling", async () => {
    const lots = "[{ lot: 1, ceiling: EUR 5 }, { lot: 2, status: closed-no-winner }, { lot: 3, status: cancelled }]";
    expect(await found("T4", `ceiling: EUR 5, lots: ${lots}`)).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 5; its 3 lots add up to EUR 5: they agree",
    ]);
    expect(await found("T4", `ceiling: EUR 5, lots: ${lots.replace("cancelled", "open")}`)).toEqual([]);
  });

  test("lots that nobody won are compared where they state one", async () => {
    const lots = "[{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: EUR 4, status: cancelled }]";
    expect(await found("T4", `ceiling: EUR 9, lots: ${lots}`)).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 9; its 2 lots add up to EUR 9: they agree",
    ]);
  });

  test("T4f: exactly where one of the lots was modified", async () => {
    const stated = "ceiling: EUR 2M, lots: [{ lot: 1, ceiling: EUR 1M }, { lot: 2, ceiling: EUR 1M }]";
    const modified = (amount: string) =>
      `${stated}, modifications: [{ modification: M, date: 2024-01, lot: 1, amount: ${amount} }]`;
    expect(await found("T4", modified("EUR 40k"))).toEqual([
      "warning T4-sum: k: the register declares a total of EUR 2M; its 2 lots add up to EUR 2,040k: the declared total is the limit",
    ]);
  });

  test("a ceiling for each supplier counts once for each", async () => {
    const lots = "[{ lot: 1, ceilingPerSupplier: EUR 2, suppliers: [a, b, c] }]";
    expect(await found("T4-agrees", `ceiling: EUR 6, lots: ${lots}`)).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 6; its lot has EUR 6: they agree",
    ]);
  });

  test("groups limit what their lots add up to, and leave it open where they overlap", async () => {
    const lots = "lots: [{ lot: 1, ceiling: EUR 10 }, { lot: 2, ceiling: EUR 10 }, { lot: 3, ceiling: EUR 10 }]";
    const groups = "groups: [{ group: A, lots: [1, 2], ceiling: EUR 12 }]";
    expect(await found("T4", `ceiling: EUR 22, ${lots}, ${groups}`)).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 22; its 3 lots and 1 group add up to EUR 22: they agree",
    ]);
    const overlap =
      "groups: [{ group: A, lots: [1, 2], ceiling: EUR 12 }, { group: B, lots: [2, 3], ceiling: EUR 12 }]";
    expect(await found("T4", `ceiling: EUR 20, ${lots}, ${overlap}`)).toEqual([
      "info T4-agrees: k: the register declares a total of EUR 20; its 3 lots and 2 groups add up to EUR 12 to EUR 22: they agree",
    ]);
    for (const ceiling of ["EUR 11", "EUR 23"])
      expect(await found("T4-sum", `ceiling: ${ceiling}, ${lots}, ${overlap}`)).toHaveLength(1);
  });
});

test("T7: a total in another currency than the lots has nothing to be compared with", async () => {
  const lots = "lots: [{ lot: 1, ceiling: EUR 6M }, { lot: 2, ceiling: EUR 6M }]";
  expect(await found("T4", `ceiling: USD 9M, ${lots}`)).toEqual([]);
  expect(await found("T7", `ceiling: USD 9M, ${lots}`)).toEqual([
    "warning T7-ceilings: k: the register declares a total of USD 9M; its 2 lots add up to EUR 12M: they cannot be compared",
  ]);
});
