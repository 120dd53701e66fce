import { expect, test } from "vitest";
import type { Assumption } from "../../src/model/publication.ts";
import { FamilyNotes } from "../../src/register/call-offs.ts";

const assumed = (file: string, count: number): Assumption => ({
  rule: "T1",
  first: Array.from({ length: count }, (_, at) => ({ file, text: `case ${at}` })),
  count,
});

test("what a store and notices assumed by one rule is told once, and all of it counts", () => {
  const [both, ...others] = new FamilyNotes(false).beside([assumed("a.store", 2), assumed("b.xml", 3)]);
  expect(others).toEqual([]);
  expect(both?.count).toBe(5);
  expect(both?.first.map(({ file }) => file)).toEqual(["a.store", "a.store", "b.xml", "b.xml", "b.xml"]);
});

test.each([
  [false, 20],
  [true, 30],
])("of many cases the first are told, or each (%s)", (everyNote, told) => {
  const [both] = new FamilyNotes(everyNote).beside([assumed("a.store", 15), assumed("b.xml", 15)]);
  expect(both?.first).toHaveLength(told);
  expect(both?.count).toBe(30);
});
