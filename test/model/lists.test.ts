import fc from "fast-check";
import { expect, test } from "vitest";
import { firstById, flatMap } from "../../src/model/lists.ts";
import { seeded } from "../seeded.ts";

test("of several records with one id the first is found", () => {
  const records = [
    { id: "a", at: 1 },
    { id: "b", at: 2 },
    { id: "a", at: 3 },
  ];
  expect([...firstById(records).values()].map(({ at }) => at)).toEqual([1, 2]);
});

test("what is made of each item stands in one list, as flatMap has it", () => {
  const made = fc.oneof(fc.integer(), fc.array(fc.integer(), { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(made), (items) => {
      const of = (item: number | readonly number[], index: number) => (index % 3 === 0 ? [] : item);
      expect(flatMap(items, of)).toEqual(items.flatMap(of));
    }),
    seeded(200),
  );
});
