import { expect, test } from "vitest";
import { Decoding } from "../../src/records/codec.ts";
import { optional } from "../../src/records/field.ts";
import { record } from "../../src/records/record.ts";
import { text } from "../../src/records/values.ts";
import { ReferenceTable } from "../../src/register/references.ts";

const TRAITS = { says: "A letter.", example: "a" };
const KEYS = Array.from({ length: 20 }, (_, index) => `${String.fromCharCode(97 + index)}_______`);

/** What is said of a key that no record of so many keys has. */
const hintAmong = (count: number): string | undefined => {
  const fields = KEYS.slice(0, count).map((key) => [key, optional(text, TRAITS)]);
  const at = new Decoding(new ReferenceTable(), { locate: () => ({ file: "f", line: 1, column: 1, text: "" }) });
  record(Object.fromEntries(fields)).decode({ ZZZZZZZZZZZZZZZ: "x" }, at);
  return at.issues[0]?.hint;
};

test("of an unknown key the keys that there are are named, and of very many how many more", () => {
  expect(hintAmong(3)).toBe(`known keys here: ${KEYS.slice(0, 3).join(", ")}`);
  expect(hintAmong(12)).toBe(`known keys here: ${KEYS.slice(0, 12).join(", ")}`);
  expect(hintAmong(13)).toBe(`known keys here: ${KEYS.slice(0, 12).join(", ")} and 1 more: lotbook help registers`);
  expect(hintAmong(20)).toBe(`known keys here: ${KEYS.slice(0, 12).join(", ")} and 8 more: lotbook help registers`);
});
