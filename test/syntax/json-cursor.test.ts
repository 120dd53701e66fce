import fc from "fast-check";
import { expect, test } from "vitest";
import { CodeTexts } from "../../src/syntax/code-texts.ts";
import { JsonCursor } from "../../src/syntax/json-cursor.ts";
import { seeded } from "../seeded.ts";

/** Strings in which each character stands for itself, some of which are much longer than others. */
const plain = fc
  .tuple(fc.stringMatching(/^[\w.: é€]{1,4}$/), fc.constantFrom(1, 1, 1, 200))
  .map(([text, times]) => text.repeat(times));

const COMMA = 0x2c;

test("strings that a cursor meets are found among texts by their numbers", () => {
  fc.assert(
    fc.property(fc.uniqueArray(plain, { maxLength: 150 }), fc.array(plain), (known, others) => {
      const texts = new CodeTexts();
      expect(known.map((text) => texts.add(text))).toEqual([...known.keys()]);
      expect(texts.count).toBe(known.length);
      const json = new JsonCursor();
      const written = [...known, ...others];
      json.begin(JSON.stringify(written), 1);
      for (const [index, text] of written.entries()) {
        if (index > 0) expect(json.skip(COMMA)).toBe(true);
        expect(json.string()).toBe(true);
        expect(json.written()).toBe(text);
        expect(json.isWord).toBe(/^[\w.:-]+$/.test(text));
        expect([...known.keys()].filter((number) => json.isAt(texts, number))).toEqual(
          known.includes(text) ? [known.indexOf(text)] : [],
        );
      }
    }),
    seeded(30),
  );
});

test("unlike strings have unlike hashes, for the most part", () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `supplier-${index}`);
  const json = new JsonCursor();
  json.begin(ids.map((id) => `"${id}"`).join(), 0);
  const hashes = ids.map(() => {
    json.string();
    json.skip(COMMA);
    return json.hash();
  });
  expect(new Set(hashes).size).toBeGreaterThan(990);
  json.begin('"supplier-7"', 0);
  json.string();
  expect(json.hash()).toBe(hashes[7]);
});
