import { expect, test } from "vitest";
import { linesFound } from "../checking.ts";

/** Suppliers by whom each is merged into. */
const merged = (into: Readonly<Record<string, readonly string[]>>): string =>
  JSON.stringify({
    suppliers: Object.entries(into).map(([supplier, others]) => ({
      supplier,
      name: `Name of ${supplier}`,
      ...(others.length > 0 && { successions: others.map((other) => ({ merged: "2020", into: other })) }),
    })),
    contracts: [],
  });

/** The suppliers that are said to end up merged into themselves. */
const inCircles = async (into: Readonly<Record<string, readonly string[]>>): Promise<readonly string[]> =>
  (await linesFound("T2-merger", merged(into))).flatMap((line) => /supplier "(\w+)" ends/.exec(line)?.[1] ?? []);

test.each([
  ["a chain", { a: ["b"], b: ["c"], c: [] }, []],
  ["itself", { a: ["a"], b: [] }, ["a"]],
  ["two", { a: ["b"], b: ["a"] }, ["a", "b"]],
  ["those before a circle are not in it", { a: ["b"], b: ["c"], c: ["d"], d: ["b"] }, ["b", "c", "d"]],
  ["those behind a circle are not in it", { a: ["b"], b: ["a", "c"], c: ["d"], d: [] }, ["a", "b", "b"]],
  ["a way between two circles", { a: ["b"], b: ["a", "c"], c: ["d"], d: ["e"], e: ["d"] }, ["a", "b", "b", "d", "e"]],
  ["two ways to one", { a: ["b", "c"], b: ["d"], c: ["d"], d: [] }, []],
] as const)("%s", async (_, into, expected) => {
  expect(await inCircles(into)).toEqual(expected);
});

test("a chain and a circle of very many are followed to the end", async () => {
  const count = 20_000;
  const chain = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index}`, index + 1 < count ? [`s${index + 1}`] : []]),
  );
  expect(await inCircles(chain)).toEqual([]);
  expect(await inCircles({ ...chain, [`s${count - 1}`]: ["s0"] })).toHaveLength(count);
});
