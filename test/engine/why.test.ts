import { describe, expect, test } from "vitest";
import { why } from "../../src/engine/why.ts";
import type { Selection } from "../../src/query/selection.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { closingOf, linesOf, openText } from "../open-text.ts";

const explained = async (contract: string, selection: Selection = {}): Promise<string[]> =>
  linesOf(
    why(
      await openText(`
sources: [{ source: act, title: Act }, { source: news, title: News }]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }, { supplier: c, name: Gamma }]
contracts: [${contract}]`),
      selection,
    ),
  );

describe("T1: why a total is what it is", () => {
  test("golden: each ceiling of the default register is counted once", async () => {
    const report = why(await openRegister());
    const lines = await linesOf(report, "action", "ceilingOf", "amount", "source", "locator");
    expect(lines.filter((line) => line.startsWith("counted"))).toEqual([
      "counted | cloud-i/1 | EUR 10.2M | article | 3",
      "counted | cloud-i/2 | EUR 13.9M | article | 3",
      "counted | cloud-i/3 | EUR 10.3M | article | 3",
    ]);
    expect(lines.filter((line) => line.startsWith("left out"))).toHaveLength(8);
    expect(await closingOf(why(await openRegister()))).toEqual([
      "Total: EUR 34.4M (each shared ceiling counted once)",
      "7 repetitions, EUR 86.5M, left out.",
    ]);
    expect(why(await openRegister()).closing().summaries).toMatchObject([{ column: "amount" }]);
  });

  test("a shared ceiling is left out for every further supplier", async () => {
    expect(
      await explained("{ contract: k, source: act 2, lots: [{ lot: 1, ceiling: EUR 5, suppliers: [a, b, c] }] }"),
    ).toEqual([
      "counted | k/1 | EUR 5 | one ceiling, shared by Alpha, Beta and Gamma | act | 2",
      "left out | k/1 | EUR 5 | the same ceiling, seen again through Beta | act | 2",
      "left out | k/1 | EUR 5 | the same ceiling, seen again through Gamma | act | 2",
    ]);
  });

  test("T3: who holds it", async () => {
    expect(
      await explained(
        "{ contract: k, lots: [{ lot: 1, ceiling: EUR 5 }, { lot: 2, ceiling: EUR 5, suppliers: [a] }, { lot: 3, ceilingPerSupplier: EUR 5, suppliers: [b, c] }] }",
      ),
    ).toEqual([
      "counted | k/1 | EUR 5 | nobody holds the lot yet | - | -",
      "counted | k/2 | EUR 5 | held by Alpha alone | - | -",
      "counted | k/3 | EUR 10 | one ceiling of the same amount for each of Beta and Gamma | - | -",
    ]);
  });

  test("T8: what is unknown", async () => {
    expect(await explained("{ contract: k, lots: [{ lot: 1 }, { lot: 2, ceiling: withheld }] }")).toEqual([
      "unknown | k/1 | missing | no ceiling is stated | - | -",
      "unknown | k/2 | withheld | the ceiling is withheld | - | -",
    ]);
  });
});

describe("T4: the contract's own ceiling in an explanation", () => {
  const LOTS = "lots: [{ lot: 1, ceiling: EUR 6, suppliers: [a, b] }, { lot: 2, ceiling: EUR 6 }]";

  test("is the limit where it is lower", async () => {
    expect(await explained(`{ contract: k, ceiling: EUR 9, ${LOTS} }`)).toEqual([
      "left out | k/1 | EUR 6 | the contract's own ceiling is the limit | - | -",
      "left out | k/2 | EUR 6 | the contract's own ceiling is the limit | - | -",
      "counted | k | EUR 9 | it is lower than the sum of its lots | - | -",
    ]);
  });

  test("stands for lots without one", async () => {
    expect(
      await explained("{ contract: k, ceiling: EUR 9, lots: [{ lot: 1 }, { lot: 2, ceiling: withheld }] }"),
    ).toEqual([
      "unknown | k/1 | missing | no ceiling is stated; the contract's own ceiling stands for it | - | -",
      "unknown | k/2 | withheld | the ceiling is withheld; the contract's own ceiling stands for it | - | -",
      "counted | k | EUR 9 | it stands for lots without a ceiling of their own | - | -",
    ]);
  });

  test.each([
    ["EUR 12", "EUR 12 | it holds the same lots, whose sum is not higher | - | -"],
    ["withheld", "withheld | it is withheld, and may be lower than its parts | - | -"],
    ["USD 1", "USD 1 | no lot's ceiling is in USD: never compared | - | -"],
  ])("%s is left out", async (ceiling, expected) => {
    expect((await explained(`{ contract: k, ceiling: ${ceiling}, ${LOTS} }`)).at(-1)).toBe(
      `left out | k | ${expected}`,
    );
  });

  test("of the lots that are selected only", async () => {
    expect(await explained(`{ contract: k, ceiling: EUR 9, ${LOTS} }`, { lots: ["2"] })).toEqual([
      "counted | k/2 | EUR 6 | nobody holds the lot yet | - | -",
      "left out | k | EUR 9 | it holds the same lots, whose sum is not higher | - | -",
    ]);
  });
});
