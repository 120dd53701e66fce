import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginsOverLines, jsonTextsIn, outlineOf } from "../../src/syntax/json-outline.ts";
import { seeded } from "../seeded.ts";

const values = fc.array(fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue())), {
  minLength: 2,
});

describe("texts of JSON one after the other", () => {
  test("are those that were written, however they are laid out", () => {
    fc.assert(
      fc.property(
        values,
        fc.constantFrom(undefined, 2),
        fc.constantFrom("", "\n", "\n\n", " \r\n", "\n\u001e"),
        (all, indent, between) => {
          const written = all.map((value) => JSON.stringify(value, undefined, indent));
          const found = jsonTextsIn(written.join(between));
          expect(found.map(({ text }) => text)).toEqual(written);
          const before = written.map(
            (_, index) =>
              written
                .slice(0, index)
                .map((text) => text + between)
                .join("")
                .split("\n").length - 1,
          );
          expect(found.map(({ linesBefore }) => linesBefore)).toEqual(before);
        },
      ),
      seeded(200),
    );
  });

  test.each(["", "1 2", '{"a":1} x', '{"a":1},{"a":2}', '{"a":1', '{"a":"', '"a" {}', "}{", '{"a":1}}'])(
    "%j is none",
    (text) => {
      expect(jsonTextsIn(text)).toEqual([]);
    },
  );
});

test.each([
  ["\n{\n  1", true],
  ["[ \r\n", true],
  ['{"a":1}', false],
  ["x", false],
  ["\n{ ", undefined],
])("whether a text goes on over lines: %j", (text, expected) => {
  expect(beginsOverLines(text)).toBe(expected);
});

/** The keys of a value of JSON as they are written, in their order, with how many brackets stand around each. */
const keysOf = (value: unknown, depth = 1): readonly (readonly [key: string, depth: number])[] => {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(Array.isArray(value) ? [] : [[JSON.stringify(key).slice(1, -1), depth] as const]),
    ...keysOf(inner, depth + 1),
  ]);
};

test("an outline has the keys of the first object and of those in it, and no other texts", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { minKeys: 1 }),
      fc.constantFrom(undefined, 1),
      fc.constantFrom("", "[", "\n "),
      (value, indent, before) => {
        const text = JSON.stringify(value, undefined, indent);
        const { keys, within, overLines, end } = outlineOf(`${before}${text} {"x": 1}`);
        const all = keysOf(value).filter(([, depth]) => depth <= 4);
        expect(keys).toEqual(all.flatMap(([key, depth]) => (depth === 1 ? key : [])));
        expect(within.map(({ key, depth }) => [key, depth])).toEqual(
          all.filter(([, depth]) => depth > 1).slice(0, 200),
        );
        expect({ overLines, end }).toEqual({ overLines: indent !== undefined, end: before.length + text.length });
        const begun = outlineOf(before + text.slice(0, -1));
        expect(begun).toEqual({ keys, within, overLines, end: undefined });
      },
    ),
    seeded(200),
  );
});
