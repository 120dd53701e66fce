import { describe, expect, test } from "vitest";
import { suppliers } from "../../src/engine/suppliers.ts";
import { total } from "../../src/engine/total.ts";
import { why } from "../../src/engine/why.ts";
import { preferring } from "../../src/records/register.ts";
import { closingOf, linesOf, openText, rowsOf } from "../open-text.ts";

const register = (...contracts: string[]) =>
  openText(`
sources: [${["a", "b", "c", "d", "e"].map((id) => `{ source: ${id}, title: T }`).join(", ")}]
suppliers: [{ supplier: x, name: Same }, { supplier: y, name: Same too }]
contracts: [${contracts.join(", ")}]`);
const NOTE = "Where the preferred source is silent another fills in: ";

describe("a total names who fills in for a silent source", () => {
  test("not where every ceiling is the contract's own best source's", async () => {
    const data = await register(
      "{ contract: k, lots: [{ lot: 1, ceiling: { b: EUR 1M } }] }",
      "{ contract: l, lots: [{ lot: 1, ceiling: { a: EUR 1M } }] }",
    );
    expect((await closingOf(total(data))).join()).not.toContain("fills in");
    expect((await closingOf(total(preferring(data, "a")))).join()).toContain(`${NOTE}b for a on k/1.`);
  });

  test("a few lots, then a count; a few sources, then a count", async () => {
    const lots = (source: string, from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `{ lot: ${from + index}, ceiling: { ${source}: EUR 1M } }`).join(
        ", ",
      );
    const one = await register(`{ contract: k, lots: [${lots("a", 1, 1)}, ${lots("b", 2, 5)}] }`);
    expect((await closingOf(total(one))).join()).toContain(`${NOTE}b for a on k/2, k/3, k/4 and 2 more.`);
    const many = await register(
      `{ contract: k, lots: [${lots("a", 1, 1)}, ${lots("e", 2, 1)}, ${lots("d", 3, 1)}, ${lots("c", 4, 2)}, ${lots("b", 6, 1)}] }`,
    );
    expect((await closingOf(total(many))).join()).toContain(
      `${NOTE}b for a on k/6; c for a on k/4 and k/5; d for a on k/3; 1 more source elsewhere.`,
    );
    const more = await register(
      `{ contract: k, lots: [${lots("a", 1, 1)}, ${lots("e", 2, 1)}, ${lots("d", 3, 1)}, ${lots("c", 4, 2)}, ${lots("b", 6, 1)}, { lot: 9, ceiling: EUR 1M }] }`,
    );
    expect((await closingOf(total(more))).join()).toContain("2 more sources elsewhere.");
  });

  test("three lots by name; where contracts prefer several sources, in their order", async () => {
    const data = await register(
      "{ contract: k, lots: [{ lot: 1, ceiling: { b: EUR 1M } }, { lot: 2, ceiling: { c: EUR 1M } }] }",
      "{ contract: l, lots: [{ lot: 1, ceiling: { a: EUR 1M } }, { lot: 2, ceiling: { c: EUR 1M } }, { lot: 3, ceiling: { c: EUR 1M } }, { lot: 4, ceiling: { c: EUR 1M } }] }",
    );
    expect((await closingOf(total(data))).join()).toContain(`${NOTE}c for a on l/2, l/3 and l/4; c for b on k/2.`);
  });

  test("also for a group's or the contract's own ceiling that is the limit", async () => {
    const data = await register(
      "{ contract: k, ceiling: { b: EUR 3M }, lots: [{ lot: 1, ceiling: { a: EUR 1M } }, { lot: 2, ceiling: { b: EUR 5M } }] }",
      "{ contract: l, lots: [{ lot: 1, ceiling: { a: EUR 1M } }, { lot: 2, ceiling: { b: EUR 5M } }], groups: [{ group: G, lots: [2], ceiling: { b: EUR 3M } }] }",
    );
    expect((await closingOf(total(data))).join()).toContain(`${NOTE}b for a on k and l group G.`);
    const higher = await register(
      "{ contract: k, ceiling: { b: EUR 9M }, lots: [{ lot: 1, ceiling: { a: EUR 1M } }, { lot: 2, ceiling: { b: EUR 5M } }] }",
    );
    expect((await closingOf(total(higher))).join()).toContain(`${NOTE}b for a on k/2.`);
    expect((await rowsOf(total(data))).map(({ sources }) => sources)).toEqual([["a", "b"]]);
    expect(await linesOf(why(data), "action", "ceilingOf")).toContain("counted | l group G");
  });
});

test("a withheld ceiling fills in for none", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, ceiling: { a: EUR 1M } }, { lot: 2, ceiling: { b: withheld } }] }",
  );
  expect((await closingOf(total(data))).join()).not.toContain("fills in");
});

test("each currency has the sources of what is counted in it", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, ceiling: { b: EUR 1M } }, { lot: 2, ceiling: { b: USD 1M } }, { lot: 3, ceiling: { a: EUR 1M } }] }",
    "{ contract: l, lots: [{ lot: 1, ceiling: GBP 1M }] }",
  );
  expect(await linesOf(total(data), "ceiling", "sources")).toEqual(["EUR 2M | a, b", "GBP 1M | ", "USD 1M | b"]);
});

test("a contract without lots has the sources of its own ceiling, by each measure", async () => {
  const data = await register(
    "{ contract: k, ceiling: { a: EUR 3M }, quantity: { b: 10 m }, lots: [] }",
    "{ contract: l, ceiling: { c: EUR 1M }, lots: [] }",
  );
  expect(await linesOf(total(data), "ceiling", "sources")).toEqual(["EUR 4M | a, c", "10 m | b"]);
});

test("T4g: what lots that came to nothing count for rests on their ceilings", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, status: cancelled, ceiling: { a: EUR 3M }, suppliers: [x] }, { lot: 2, status: cancelled, ceiling: { b: EUR 3M }, suppliers: [x] }], orders: [{ order: 1, amount: EUR 1M }] }",
  );
  expect(await linesOf(total(data), "ceiling", "sources")).toEqual(["EUR 1M | a, b"]);
});

test("T8: of some lots of a group, and one without a ceiling, nothing is known", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, suppliers: [x] }, { lot: 2 }, { lot: 3 }], groups: [{ group: G, lots: [1, 2], ceiling: { a: EUR 3M } }] }",
  );
  const some = { lots: ["1", "3"] };
  expect(await linesOf(total(data, some), "ceiling", "sources")).toEqual(["missing | "]);
  expect(await linesOf(suppliers(data, some), "supplier", "sole", "shared")).toEqual(["x | ≤ EUR 3M | EUR 0"]);
  expect(await linesOf(why(data, some), "action", "ceilingOf")).toEqual([
    "unknown | k/3",
    "unknown | k/1",
    "unknown | k group G",
  ]);
});

describe("T4: what suppliers may reach where a contract is open in part", () => {
  const OPEN =
    "{ contract: k, lots: [{ lot: 1, suppliers: [x, y] }, { lot: 2, suppliers: [x], ceiling: EUR 2M }, { lot: 3, suppliers: [x] }], groups: [{ group: G, lots: [2], ceiling: EUR 1M }] }";

  test("at least what has a figure", async () => {
    expect(await linesOf(suppliers(await register(OPEN)), "supplier", "sole", "shared")).toEqual([
      "x | ≥ EUR 1M | missing",
      "y | missing | missing",
    ]);
  });

  test("one supplier in two currencies", async () => {
    const twins = await openText(
      "suppliers: [{ supplier: y, name: Zoe }, { supplier: x, name: Ann }]\ncontracts: [{ contract: k, lots: [{ lot: 1, suppliers: [y, x], ceiling: EUR 1M }, { lot: 2, suppliers: [x], ceiling: USD 1M }] }]",
    );
    const rows = await rowsOf(total(twins, {}, { by: "supplier" }));
    expect(rows.map(({ groups }) => groups[0])).toEqual(["x", "x", "y", undefined, undefined]);
  });
});

test("a dozen overlapping groups", async () => {
  const lots = Array.from({ length: 13 }, (_, index) => `{ lot: ${index} }`).join(", ");
  const groups = Array.from(
    { length: 12 },
    (_, index) => `{ group: G${index}, lots: [${index}, ${index + 1}], ceiling: EUR 1M }`,
  );
  const data = await register(`{ contract: k, lots: [${lots}], groups: [${groups.join(", ")}] }`);
  expect(await linesOf(total(data), "ceiling")).toEqual(["EUR 1M to EUR 7M"]);
});

test("the most that many overlapping groups leave", async () => {
  const chain = async (count: number, low: readonly number[]) => {
    const lots = Array.from({ length: count + 1 }, (_, index) => `{ lot: ${index}, ceiling: EUR 1000k }`).join(", ");
    const groups = Array.from(
      { length: count },
      (_, index) =>
        `{ group: G${index}, lots: [${index}, ${index + 1}], ceiling: EUR ${low.includes(index) ? "100k" : "9000k"} }`,
    );
    const [line] = await linesOf(
      total(await register(`{ contract: k, lots: [${lots}], groups: [${groups.join(", ")}] }`)),
      "ceiling",
    );
    return line?.split(" to ").at(-1);
  };
  expect(await chain(10, [0, 9])).toBe("EUR 7,200k");
  expect(await chain(12, [0])).toBe("EUR 11,100k");
});

test("a supplier whose one lot lies in two groups reaches that lot's ceiling, not both groups'", async () => {
  const data = await register(
    "{ contract: k, lots: [{ lot: 1, ceiling: EUR 1M, suppliers: [y] }, { lot: 2, ceiling: EUR 1M, suppliers: [x] }, { lot: 3, ceiling: EUR 1M, suppliers: [y] }], groups: [{ group: A, lots: [1, 2], ceiling: EUR 5M }, { group: B, lots: [2, 3], ceiling: EUR 5M }] }",
  );
  expect((await linesOf(suppliers(data), "supplier", "sole", "shared"))[0]).toBe("x | EUR 1M | EUR 0");
});

test("who gets the odd cent does not depend on the order of the groups", async () => {
  const shares = async (...groups: string[]) =>
    linesOf(
      total(
        await register(
          `{ contract: k, ceiling: EUR 1.01, lots: [{ lot: 1, suppliers: [x] }, { lot: 2, suppliers: [y] }], groups: [${groups.join(", ")}] }`,
        ),
        {},
        { by: "supplier", split: "equal" },
      ),
      "supplier",
      "share",
    );
  const [a, b] = ["{ group: A, lots: [2], ceiling: EUR 1.00 }", "{ group: B, lots: [1], ceiling: EUR 1.00 }"];
  expect(await shares(a, b)).toEqual(await shares(b, a));
});

test("ranges and exact figures in one total", async () => {
  const overlap =
    "lots: [{ lot: 1 }, { lot: 2 }, { lot: 3 }], groups: [{ group: X, lots: [1, 2], ceiling: EUR 1M }, { group: Y, lots: [2, 3], ceiling: EUR 1M }]";
  const data = await register(
    `{ contract: k, ${overlap} }`,
    "{ contract: l, lots: [{ lot: 1, ceiling: USD 5M }] }",
    `{ contract: m, ceiling: EUR 1M, ${overlap} }`,
  );
  expect(await linesOf(total(data), "ceiling")).toEqual(["EUR 2M to EUR 3M", "USD 5M"]);
  expect(await linesOf(why(data), "reason")).toContain("the contract's own ceiling is the limit");
});
