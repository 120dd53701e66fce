import { expect, test } from "vitest";
import { firstById } from "../../src/model/lists.ts";

test("of several records with one id the first is found", () => {
  const records = [
    { id: "a", at: 1 },
    { id: "b", at: 2 },
    { id: "a", at: 3 },
  ];
  expect([...firstById(records).values()].map(({ at }) => at)).toEqual([1, 2]);
});
