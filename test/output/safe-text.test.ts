import fc from "fast-check";
import { expect, test } from "vitest";
import { safeText } from "../../src/output/safe-text.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

const ACTING =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/u;

test.each([
  ["\u001b]52;c;aGk=\u0007", "<U+001B>]52;c;aGk=<U+0007>"],
  ["a\u009b2J", "a<U+009B>2J"],
  ["good\rbad", "good<U+000D>bad"],
  ["secret\b\b\b", "secret<U+0008><U+0008><U+0008>"],
  ["\u202egpj.exe", "<U+202E>gpj.exe"],
  ["\u2066x\u2069", "<U+2066>x<U+2069>"],
  ["a\u200bb\ufeffc", "a<U+200B>b<U+FEFF>c"],
  ["tag\u{e0041}", "tag<U+E0041>"],
  ["two\nlines\r\nand\ttabs", "two lines and tabs"],
])("shows %j as %j", (hostile, shown) => {
  expect(safeText(hostile)).toBe(shown);
});

test("leaves the letters of every script alone, and what joins them", () => {
  for (const text of ["شركة الاتصالات", "חברת הענן", "日本語", "Łódź", "Ελλάς", "क्षत्रिय", "نمی‌خواهم", "👩‍💻"]) {
    expect(safeText(text)).toBe(text);
  }
});

test("leaves no character that acts, and changes nothing the second time", () => {
  const text = fc.oneof(
    anyText(10),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)))
      .map((chars) => chars.join("")),
    fc
      .array(fc.constantFrom("\u001b", "[", "2J", "\r", "\n", "\t", "\u202e", "\u200f", "\u200e", "א", "a"))
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (hostile) => {
      const safe = safeText(hostile);
      expect(safe).not.toMatch(ACTING);
      expect(safeText(safe)).toBe(safe);
    }),
    seeded(1_000),
  );
});
