import { describe, expect, test } from "vitest";
import { found } from "../../checking.ts";

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
