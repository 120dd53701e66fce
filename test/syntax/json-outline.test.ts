import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { beginsOverLines, jsonTextsIn } from "../../src/syntax/json-outline.ts";
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
