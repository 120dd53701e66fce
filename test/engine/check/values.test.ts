import { describe, expect, test } from "vitest";
import { found } from "../../checking.ts";

describe("T4: contracts awarded above a ceiling", () => {
  test("of a lot, of a lot with a ceiling for each supplier, of the contract", async () => {
    expect(await found("T4-awarded", "lots: [{ lot: 1, ceiling: EUR 5, awarded: [PLN 9, EUR 6] }]")).toEqual([
      "warning T4-awarded: lot k/1: contracts for EUR 6 were awarded, above its ceiling of EUR 5",
    ]);
    expect(
      await found("T4-awarded", "lots: [{ lot: 1, ceilingPerSupplier: EUR 2, suppliers: [a, b], awarded: EUR 5 }]"),
    ).toEqual(["warning T4-awarded: lot k/1: contracts for EUR 5 were awarded, above its ceiling of EUR 4"]);
    expect(await found("T4-awarded", "ceiling: EUR 5, awarded: EUR 6, lots: [{ lot: 1 }]")).toEqual([
      "warning T4-awarded: contract k: contracts for EUR 6 were awarded, above its ceiling of EUR 5",
    ]);
  });

  test("T10c: of offers for one volume, where all that they may come to is above it", async () => {
    expect(await found("T4-awarded", "lots: [{ lot: 1, ceiling: EUR 5, awarded: between EUR 6 and EUR 9 }]")).toEqual([
      "warning T4-awarded: lot k/1: contracts for EUR 6 to EUR 9 were awarded, above its ceiling of EUR 5",
    ]);
  });

  test.each([
    "ceiling: EUR 5, awarded: EUR 5",
    "ceiling: EUR 5, awarded: withheld",
    "ceiling: withheld, awarded: EUR 5",
    "ceilingPerSupplier: withheld, awarded: EUR 5",
    "awarded: EUR 5",
    "ceiling: USD 5, awarded: EUR 6",
    "ceiling: { p: EUR 5 }, awarded: { q: EUR 6 }",
    "ceiling: EUR 1M, awarded: EUR 1.4M",
    "ceiling: EUR 5, awarded: between EUR 5 and EUR 9",
    "ceiling: EUR 5, awarded: between EUR 2 and EUR 9",
  ])("%s passes", async (facts) => {
    expect(await found("T4-awarded", `lots: [{ lot: 1, ${facts} }]`)).toEqual([]);
  });

  test("the ceiling counts with its modifications", async () => {
    const more = "modifications: [{ modification: M, date: 2024, lot: 1, amount: EUR 1 }]";
    expect(await found("T4-awarded", `lots: [{ lot: 1, ceiling: EUR 5, awarded: EUR 6 }], ${more}`)).toEqual([]);
  });
});

describe("T4: a ceiling far from its estimate", () => {
  test.each([
    ["ceiling: EUR 10, estimate: EUR 1", "its ceiling is EUR 10, its estimate EUR 1"],
    ["ceiling: EUR 1, estimate: EUR 11", "its ceiling is EUR 1, its estimate EUR 11"],
  ])("%s", async (facts, message) => {
    expect(await found("T4-estimate", `${facts}, lots: [{ lot: 1 }]`)).toEqual([
      `warning T4-estimate: contract k: ${message}`,
    ]);
    expect(await found("T4-estimate", `lots: [{ lot: 1, ${facts} }]`)).toEqual([
      `warning T4-estimate: lot k/1: ${message}`,
    ]);
  });

  test.each([
    "ceiling: EUR 9, estimate: EUR 1",
    "ceiling: EUR 1, estimate: EUR 9",
    "ceiling: EUR 0, estimate: EUR 9",
    "ceiling: EUR 9, estimate: EUR 0",
    "ceiling: USD 99, estimate: EUR 1",
    "ceiling: withheld, estimate: EUR 1",
    "ceiling: EUR 9, estimate: withheld",
    "estimate: EUR 9",
  ])("%s passes", async (facts) => {
    expect(await found("T4-estimate", `lots: [{ lot: 1, ${facts} }]`)).toEqual([]);
  });
});

test("T10b: a declared total within the range of offers for one volume agrees with it", async () => {
  const declared = async (total: string) =>
    (
      await found(
        "T10",
        `awarded: ${total}, lots: [{ lot: 1, suppliers: [a, b], awarded: between EUR 50 and EUR 80 }, { lot: 2, suppliers: [c], awarded: EUR 10 }]`,
      )
    ).length;
  for (const within of ["EUR 60", "EUR 75", "EUR 90"]) expect(await declared(within)).toBe(0);
  for (const outside of ["EUR 57", "EUR 93"]) expect(await declared(outside)).toBe(1);
});
