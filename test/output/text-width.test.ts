import fc from "fast-check";
import { expect, test } from "vitest";
import { cutTo, loadMeasure, wrap } from "../../src/output/text-width.ts";
import { seeded } from "../seeded.ts";

const measure = await loadMeasure();
const WORDS = fc.array(fc.constantFrom("a", "bc", "-", "é", "e\u0301", "日本", "👩‍💻", " "), { maxLength: 20 });
const TEXT = WORDS.map((parts) => parts.join("").trim());

test("lines are as wide as they may be and hold all of a text, with words whole that have room", () => {
  fc.assert(
    fc.property(TEXT, fc.integer({ min: 2, max: 9 }), (text, width) => {
      const lines = wrap(text, width, measure);
      for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      const whole = text.split(" ").filter((word) => word !== "" && measure(word) <= width);
      expect(lines.flatMap((line) => line.split(" "))).toEqual(expect.arrayContaining(whole));
    }),
    seeded(300),
  );
});

test("what is cut is as wide as it may be, and says so", () => {
  fc.assert(
    fc.property(TEXT, fc.integer({ min: 1, max: 9 }), (text, width) => {
      const cut = cutTo(text, width, measure);
      if (measure(text) <= width) {
        expect(cut).toBe(text);
        return;
      }
      const kept = cut.replace(/…$/, "");
      const left = text.slice(kept.length);
      const [next = ""] = [...new Intl.Segmenter().segment(left.trimStart())].map(({ segment }) => segment);
      const spaces = left.length - left.trimStart().length;
      expect([cut, text.startsWith(kept), measure(cut) <= width]).toEqual([`${kept}…`, true, true]);
      expect(measure(cut) + spaces + measure(next)).toBeGreaterThan(width);
    }),
    seeded(300),
  );
});
