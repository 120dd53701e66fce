import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { expect, test } from "vitest";
import { editsBetween, unlikeParts } from "../../src/model/edits.ts";
import { seeded } from "../seeded.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });

test("as many edits as Levenshtein's distance has, or none for more than asked for", () => {
  fc.assert(
    fc.property(word, word, fc.nat({ max: 5 }), (a, b, most) => {
      const edits = distance(a, b);
      expect(editsBetween(a, b, most)).toBe(edits > most ? undefined : edits);
    }),
    seeded(2000),
  );
});

test("what is left of two texts holds no common beginning and end, and puts them together again", () => {
  expect(unlikeParts("northern quay", "northe quay")).toEqual(["rn", ""]);
  expect(unlikeParts("aaa", "aa")).toEqual(["a", ""]);
  expect(unlikeParts("same", "same")).toEqual(["", ""]);
});
