import fc from "fast-check";
import { expect, test } from "vitest";
import { Decoding } from "../../src/records/codec.ts";
import { optional, usual } from "../../src/records/field.ts";
import { record } from "../../src/records/record.ts";
import { text } from "../../src/records/values.ts";
import { ReferenceTable } from "../../src/register/references.ts";
import { seeded } from "../seeded.ts";

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

test("a record of stated parts has these in their order, and what goes without saying, whatever records were made before", () => {
  const table = Object.fromEntries(KEYS.map((key) => [key, optional(text, TRAITS)]));
  const { of } = record({ ...table, kind: usual(text, () => "plain", TRAITS) });
  const stated = fc
    .shuffledSubarray([...KEYS, "kind"])
    .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, fc.constantFrom(undefined, "one", "two")]))));
  fc.assert(
    fc.property(stated, (parts) => {
      const said = Object.entries(parts).filter(([, value]) => value !== undefined);
      const all = said.some(([key]) => key === "kind") ? said : [...said, ["kind", "plain"]];
      expect(Object.entries(of(parts))).toEqual(all);
    }),
    seeded(2000),
  );
});
