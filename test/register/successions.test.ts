import { describe, expect, test } from "vitest";
import { lots } from "../../src/engine/lots.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { findingsIn, lineOf, linesFound } from "../checking.ts";
import { times } from "../long.ts";
import { openText, rowsOf } from "../open-text.ts";

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
  const count = times(20_000, 5_000);
  const chain = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`s${index}`, index + 1 < count ? [`s${index + 1}`] : []]),
  );
  expect(await inCircles(chain)).toEqual([]);
  expect(await inCircles({ ...chain, [`s${count - 1}`]: ["s0"] })).toHaveLength(count);
});

describe("successions name contracts and lots that there are", () => {
  const registerWith = (seat: string) => `
suppliers:
  - { supplier: a, name: Alpha, successions: [{ left: 2024-02, ${seat} }] }
  - { supplier: b, name: Beta, successions: [{ renamed: 2020, from: Bet }] }
contracts: [{ contract: old, lots: [{ lot: 1, suppliers: [a, b] }, { lot: two, suppliers: [a] }] }]`;

  test.each([
    ["contract: old", []],
    ["contract: old, lot: 1", []],
    ["contract: old, lot: old/1", []],
    ["lot: old/two", []],
    ["lot: two", []],
    ["contract: olt", ['warning F8: supplier a gave up a seat, and there is no contract "olt"; did you mean "old"?']],
    ["contract: elsewhere, lot: 9", ['warning F8: supplier a gave up a seat, and there is no contract "elsewhere"']],
    [
      "contract: old, lot: twoo",
      ['error F8: supplier a gave up a seat, and there is no lot "twoo" of old; did you mean "two"'],
    ],
    ["lot: old/3", ['warning F8: supplier a gave up a seat, and there is no lot "old/3"; did you mean "old/1"']],
  ])("%s", async (seat, expected) => {
    const found = (await findingsIn(registerWith(seat))).filter(({ rule }) => rule === "F8");
    expect(found.map(lineOf).map((line, index) => line.slice(0, expected[index]?.length ?? 0))).toEqual(expected);
    const named = /contract: olt|contract: elsewhere|lot: .*/.exec(seat)?.[0].split(": ")[1]?.split(",")[0] ?? "";
    for (const { position } of found)
      expect(position?.text.slice(position.column - 1)).toMatch(new RegExp(`^${named}`));
  });

  test("is told with any answer once all contracts are read, and is no error where what is bad is skipped", async () => {
    const register = await openText(registerWith("contract: old, lot: 7"));
    expect(register.findings()).toEqual([]);
    await rowsOf(lots(register));
    expect(register.findings().map(({ severity }) => severity)).toEqual(["error"]);
    const skipping = await openRegister("-", {
      skipBad: true,
      async *stdin() {
        yield new TextEncoder().encode(registerWith("contract: old, lot: 7"));
      },
    });
    await rowsOf(lots(skipping));
    expect(skipping.findings().map(({ severity }) => severity)).toEqual(["warning"]);
  });
});
