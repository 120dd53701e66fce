import fc from "fast-check";
import { expect, test } from "vitest";
import { safeLines, safeText } from "../../src/output/safe-text.ts";
import { anyText } from "../any-text.ts";
import { seeded } from "../seeded.ts";

/** What Unicode says shows nothing, controls, separates lines or is no character, and the blank of Braille. */
const ACTING = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2800]/u;
/** Of the format characters these are signs that are drawn around or above numbers. */
const DRAWN = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}]|[\u{13443}-\u{13455}]/u;
/** What shapes letters and emoji may stay, so far as it does. */
const SHAPING = /\u200c|\u200d|\ufe0f/;

test.each([
  ["\u001b]52;c;aGk=\u0007", "<U+001B>]52;c;aGk=<U+0007>"],
  ["a\u009b2J", "a<U+009B>2J"],
  ["good\rbad", "good<U+000D>bad"],
  ["secret\b\b\b", "secret<U+0008><U+0008><U+0008>"],
  ["\u202egpj.exe", "<U+202E>gpj.exe"],
  ["\u2066x\u2069", "<U+2066>x<U+2069>"],
  ["a\u200bb\ufeffc", "a<U+200B>b<U+FEFF>c"],
  ["tag\u{e0041}", "tag<U+E0041>"],
  ["a\u2060b\u2061c\u2062d\u2063e\u2064f", "a<U+2060>b<U+2061>c<U+2062>d<U+2063>e<U+2064>f"],
  ["so\u00adft \u3164\uffa0\u115f", "so<U+00AD>ft <U+3164><U+FFA0><U+115F>"],
  ["a\u2800b\u{1d173}c\ufff9d\ufffee", "a<U+2800>b<U+1D173>c<U+FFF9>d<U+FFFE>e"],
  ["half \ud83d pair", "half <U+D83D> pair"],
  ["a\ufe0fb\u{e0100}c", "a<U+FE0F>b<U+E0100>c"],
  ["Ac\u200dme\u200c", "Ac<U+200D>me<U+200C>"],
  ["ا\u200cب", "ا<U+200C>ب"],
  ["👍\u200d", "👍<U+200D>"],
  ["e\u0301\u0302\u0303\u0304\u0305\u0306", "e\u0301\u0302\u0303\u0304<U+0305><U+0306>"],
  ["e\u0301\u0301", "e\u0301<U+0301>"],
  ["\u0301e", "<U+0301>e"],
  ["##[error]x ##vso[task.x]y ##teamcity[z]", "<U+0023>#[error]x <U+0023>#vso[task.x]y <U+0023>#teamcity[z]"],
  ["two\nlines\r\nand\ttabs", "two lines and tabs"],
])("shows %j as %j", (hostile, shown) => {
  expect(safeText(hostile)).toBe(shown);
});

test("leaves the letters of every script alone, and what joins them", () => {
  for (const text of [
    "شركة الاتصالات",
    "חברת הענן",
    "שָׁלוֹם",
    "مُحَمَّدٌ",
    "日本語",
    "株式会社がぎ",
    "Łódź",
    "Ngu\u0302\u0301n",
    "Ελλάς",
    "क्षत्रिय",
    "क्\u200dष क्\u200cष",
    "র\u200d্যাব",
    "ශ්\u200dරී",
    "က\u103b\u103d\u1014\u103a",
    "လ\u103b\u103e\u102d\u102f\u1037",
    "བསྒྲུབས",
    "نمی\u200cخواهم",
    "\u062e\u0627\u0646\u0647\u200c\u0627\u06cc",
    "👩‍💻 🏳️‍🌈 ❤️ 👩🏽‍🚀 1️⃣ ©️",
    "## 1 [a] C##",
  ]) {
    expect(safeText(text)).toBe(text);
  }
});

test("shows each character that Unicode says shows nothing or acts, among letters that need no joiner", () => {
  for (let code = 0; code <= 0x10ffff; code++) {
    const char = String.fromCodePoint(code);
    if (!ACTING.test(char) || DRAWN.test(char) || char === "\n" || char === "\t") continue;
    const shown = `a<U+${code.toString(16).toUpperCase().padStart(4, "0")}>a`;
    if (safeText(`a${char}a`) !== shown) expect(safeText(`a${char}a`)).toBe(shown);
  }
});

test("shows each mark that Unicode has where it stands on nothing, or twice", () => {
  for (let code = 0x300; code <= 0x1ffff; code++) {
    const char = String.fromCodePoint(code);
    if (!/[\p{Mn}\p{Me}]/u.test(char) || ACTING.test(char)) continue;
    const shown = `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
    if (safeText(char) !== shown || !safeText(`a${char}${char}`).endsWith(shown)) expect(char).toBe(shown);
  }
});

test("leaves no character that acts, and changes nothing the second time", () => {
  const text = fc.oneof(
    anyText(10),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)))
      .map((chars) => chars.join("")),
    fc
      .array(
        fc.constantFrom(
          ..."\u001b [ 2J \r \n \t \u202e \u200f \u200e א a \u200c \u200d \ufe0f \u0301 \u0302 \u034f # ## [ vso[ : ::".split(
            " ",
          ),
          ..."\u094d क \u0647 \u064b ی ❤ 👩 💻 \u{1f3fd} 1 \u20e3 \u09cd র".split(" "),
        ),
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (hostile) => {
      const safe = safeText(hostile);
      for (const char of safe) if (!SHAPING.test(char) && !DRAWN.test(char)) expect(char).not.toMatch(ACTING);
      expect(safe).not.toMatch(/##(?:\[|vso\[|teamcity\[)/);
      expect(safeText(safe)).toBe(safe);
    }),
    seeded(1_000),
  );
});

test.each([
  ["::error::x", "<U+003A>:error::x"],
  ["a\n \t\u00a0::set-output name=a::b\nc::d\n", "a\n \t\u00a0<U+003A>:set-output name=a::b\nc::d\n"],
  ["\u001b[33m::warning::x\u001b[39m", "\u001b[33m<U+003A>:warning::x\u001b[39m"],
  ["section_start:1:a\n  section_end:1:a", "<U+0073>ection_start:1:a\n  <U+0073>ection_end:1:a"],
  ["    #|#[error]".replace("|", ""), "    <U+0023>#[error]"],
  ["::", "<U+003A>:"],
  ["a section_start:1", "a section_start:1"],
])("in a log %j is no command: %j", (lines, safe) => {
  expect(safeLines(lines)).toBe(safe);
});
