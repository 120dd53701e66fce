import { expect, test } from "vitest";
import { excerpt } from "../../src/output/error-text.ts";
import { loadMeasure } from "../../src/output/text-width.ts";

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
