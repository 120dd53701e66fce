import { describe, expect, test } from "vitest";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { closingOf, linesOf, openText } from "../open-text.ts";

const SUPPLIERS = "suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]";
const withContract = (contract: string) => openText(`${SUPPLIERS}\ncontracts: [{ contract: k, ${contract} }]`);

const OVERLAPPING = [
  "lots: [{ lot: 1, suppliers: [a, b], ceiling: EUR 8M, service: x }",
  "{ lot: 2, suppliers: [a], service: y }",
  "{ lot: 3, suppliers: [b], service: x }]",
  "groups: [{ group: X, lots: [1, 2], ceiling: EUR 10M }",
  "{ group: Y, lots: [2, 3], ceiling: EUR 10M }]",
].join(", ");

describe("T4: groups that overlap give a range", () => {
  test("between the largest of them and their sum", async () => {
    expect(await linesOf(total(await withContract(OVERLAPPING)), "lots", "known", "ceiling")).toEqual([
      "3 | 1 | EUR 10M to EUR 18M",
    ]);
    expect(await closingOf(total(await withContract(OVERLAPPING)))).toEqual([
      "Total: EUR 10M to EUR 18M (each shared ceiling counted once)",
      "1 of 3 lots have a known ceiling (2 not stated): a ceiling for all together stands for the rest.",
      "Ceilings of groups of lots may be one budget or several, so the total is a range.",
    ]);
  });

  test("and the reason says so", async () => {
    expect(await linesOf(why(await withContract(OVERLAPPING)), "action", "ceilingOf", "reason")).toContain(
      "counted | k groups X and Y | the most within all of them at once; they may be one budget or several",
    );
  });
});

describe("T4: a group's ceiling that cannot be held against its lots'", () => {
  test.each([
    ["withheld", "missing", "it is withheld, and may be lower than its parts"],
    ["USD 1M", "≥ EUR 8M", "no lot's ceiling is in USD: never compared"],
  ])("%s", async (ceiling, wanted, reason) => {
    const register = await withContract(
      `lots: [{ lot: 1, suppliers: [a], ceiling: EUR 8M }, { lot: 2 }], groups: [{ group: X, lots: [1], ceiling: ${ceiling} }]`,
    );
    expect(await linesOf(total(register), "ceiling")).toEqual([wanted]);
    expect(await linesOf(why(register), "action", "ceilingOf", "reason")).toContain(`left out | k group X | ${reason}`);
  });

  test("a group of lots without a figure, under a contract without one", async () => {
    const register = await withContract(
      "lots: [{ lot: 1 }, { lot: 2 }], groups: [{ group: X, lots: [1], ceiling: EUR 1M }]",
    );
    expect(await linesOf(total(register), "ceiling")).toEqual(["≥ EUR 1M"]);
    expect(await linesOf(total(register, { lots: ["2"] }), "ceiling")).toEqual(["missing"]);
  });
});

describe("totals by two keys", () => {
  test("in their order, what has no value last", async () => {
    const register = await withContract(OVERLAPPING);
    expect(await linesOf(total(register, {}, { by: ["service", "supplier"] }), "service", "name", "lots")).toEqual([
      "x | Alpha | 1",
      "x | Beta | 2",
      "y | Alpha | 1",
      "- | - | 3",
    ]);
    expect(await linesOf(total(register, {}, { by: ["buyer", "service"] }), "buyer", "service", "lots")).toEqual([
      "- | x | 2",
      "- | y | 1",
      "- | - | 3",
    ]);
  });
});

describe("T4b, T4e: at each level the smaller ceiling counts", () => {
  test.each([
    ["the contract's, for the same lots as a group's", "EUR 5M", "EUR 6M", "EUR 5M"],
    ["the group's, for the same lots as the contract's", "EUR 7M", "EUR 6M", "EUR 6M"],
    ["either, where both are the same", "EUR 6M", "EUR 6M", "EUR 6M"],
    ["quantities alike", "50 hours", "60 hours", "50 hours"],
  ])("%s", async (_, contract, group, wanted) => {
    const key = contract.startsWith("EUR") ? "ceiling" : "quantity";
    const lot = key === "ceiling" ? "EUR 4M" : "40 hours";
    const register = await withContract(
      `${key}: ${contract}, lots: [{ lot: 1, ${key}: ${lot} }, { lot: 2, ${key}: ${lot} }], groups: [{ group: g, lots: [1, 2], ${key}: ${group} }]`,
    );
    expect(await linesOf(total(register), "ceiling")).toEqual([wanted]);
  });
});

describe("T4e: whichever of several uncertain ceilings apply", () => {
  test.each([
    [
      "one that only lowers what is known",
      "lots: [{ lot: 1 }, { lot: 2, ceiling: EUR 4M }], groups: [{ group: all, lots: [1, 2], ceiling: EUR 20M, certain: no }, { group: s, lots: [2], ceiling: EUR 1M, certain: no }]",
      "≥ EUR 1M",
    ],
    [
      "one instead of what stands above it",
      "ceiling: EUR 11M, lots: [{ lot: 1, ceiling: EUR 10M }, { lot: 2 }], groups: [{ group: a, lots: [1], ceiling: EUR 5M, certain: no }, { group: b, lots: [2], ceiling: EUR 9M, certain: no }]",
      "EUR 11M",
    ],
  ])("%s", async (_, contract, wanted) => {
    expect(await linesOf(total(await withContract(contract)), "ceiling")).toEqual([wanted]);
  });
});
