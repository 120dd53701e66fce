import fc from "fast-check";
import { expect, test } from "vitest";
import { notesText } from "../../src/cli/remarks.ts";
import { DataError, findingOf, UsageError } from "../../src/model/errors.ts";
import { errorText, excerpt } from "../../src/output/error-text.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";
import { safeLines } from "../../src/output/safe-text.ts";
import { loadMeasure } from "../../src/output/text-width.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

const hostile = fc.oneof(
  anyText(8),
  fc
    .array(
      fc.constantFrom(
        ..."a ::error:: ##[x] \u2063 \u00ad \u{e0041} \u3164 \u0301 \u202e \u001b[2J \r ❤ 日本".split(" "),
        "\n",
        " ",
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join("")),
);

/** What acts or shows nothing, but for what joins letters and signs that Unicode draws around numbers. */
const ACTS =
  /(?!\n|\u200c|\u200d|\ufe0f|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;

test("errors, excerpts, hints and notes hold nothing that acts, and no line that a log obeys", async () => {
  await fc.assert(
    fc.asyncProperty(hostile, hostile, hostile, fc.nat(12), async (message, hint, text, column) => {
      const position = { file: message, line: 1, column: Math.min(column, text.length) + 1, text };
      const written = [
        await errorText(new UsageError(message, hint), PLAIN_STYLE),
        await errorText(new DataError([findingOf("F1", message, position, hint)]), PLAIN_STYLE),
        notesText([message], { style: PLAIN_STYLE, width: 20 }),
      ].map(safeLines);
      for (const lines of written) {
        expect(lines).not.toMatch(ACTS);
        expect(lines).not.toMatch(/^\s*::|##\[/m);
      }
    }),
    seeded(300),
  );
});

const measure = await loadMeasure();
const shown = (line: string, column: number, width?: number) => excerpt(line, column, measure, width).split("\n");

test("a line is shown with a caret under the place", () => {
  expect(shown("abc def", 5)).toEqual(["    abc def", "        ^", ""]);
  expect(shown("x".repeat(100), 100)[0]).toBe(`    ${"x".repeat(100)}`);
});

test("a blank line is not shown", () => {
  expect(excerpt("  \t", 1, measure)).toBe("");
});

test("of a long line a hundred letters around the place are shown", () => {
  const [line = "", caret = ""] = shown(`${"a".repeat(300)}b${"c".repeat(300)}`, 301);
  expect(line).toBe(`    …${"a".repeat(50)}b${"c".repeat(49)}…`);
  expect(line[caret.indexOf("^")]).toBe("b");
  expect(shown(`b${"c".repeat(300)}`, 1)).toEqual([`    b${"c".repeat(99)}…`, "    ^", ""]);
  expect(shown(`${"a".repeat(300)}b`, 301)[0]).toBe(`    …${"a".repeat(50)}b`);
});

test("no more is shown than a terminal has room for, however wide the letters are", () => {
  for (const letter of ["a", "東", "\u202e", "\u0007"]) {
    for (const width of [20, 40, 79]) {
      for (const column of [1, 30, 60]) {
        const [line = "", caret = ""] = shown(letter.repeat(60), column, width);
        expect(measure(line)).toBeLessThanOrEqual(width);
        expect(measure(caret)).toBeLessThanOrEqual(measure(line) + 1);
      }
    }
  }
});

test("the caret stands under a place behind wide letters, and behind the end", () => {
  expect(shown("東京x", 3)[1]).toBe("        ^");
  expect(shown("ab", 3)[1]).toBe("      ^");
});
