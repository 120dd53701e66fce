import fc from "fast-check";
import { expect, test } from "vitest";
import { TextSum } from "../../src/model/text-sum.ts";
import { seeded } from "../seeded.ts";

const sumOf = (texts: readonly string[]): string => {
  const sum = new TextSum();
  for (const text of texts) sum.add(text);
  return sum.value;
};

test("sums are equal where the texts are, in whatever order, and only there", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "1", "2", "é"), maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(texts, texts, (a, b) => {
      const same = [...a].sort().join("\0") === [...b].sort().join("\0") && a.length === b.length;
      expect(sumOf(a) === sumOf(b)).toBe(same);
      expect(sumOf([...a].reverse())).toBe(sumOf(a));
    }),
    seeded(3000),
  );
});

test("texts that exchange their ends have another sum", () => {
  const sums = new Set<string>();
  for (let one = 0; one < 100; one++) {
    for (let other = 0; other <= one; other++) sums.add(sumOf([`lot 1 ${one}`, `lot 2 ${other}`]));
    for (let other = 0; other < one; other++) sums.add(sumOf([`lot 1 ${other}`, `lot 2 ${one}`]));
  }
  expect(sums.size).toBe(10_000);
});
