import fc from "fast-check";
import { expect, test } from "vitest";
import { diff } from "../../../src/engine/diff/diff.ts";
import { cellText, rowsOf } from "../../open-text.ts";
import { type PlainContract, type PlainLot, type PlainRegister, registerOf } from "../../register-of.ts";
import { seeded } from "../../seeded.ts";

const SOURCES = ["p", "q"].map((source) => ({ source, title: source }));
const SUPPLIERS = ["a", "b", "c"].map((supplier) => ({ supplier, name: `Supplier ${supplier}` }));

const amount = fc.integer({ min: 0, max: 9 }).map((euros) => `EUR ${euros}`);
const stated = fc.oneof(amount, fc.record({ p: amount }), fc.record({ p: amount, q: amount }));
const text = fc.constantFrom("x", "y", "z");

const lot = (id: string): fc.Arbitrary<PlainLot> =>
  fc.record(
    { lot: fc.constant(id), title: text, ceiling: stated, suppliers: fc.subarray(["a", "b", "c"]) },
    { requiredKeys: ["lot"] },
  );

const contract = (id: string): fc.Arbitrary<PlainContract> =>
  fc.record(
    {
      contract: fc.constant(id),
      lots: fc.subarray(["1", "2", "3"], { minLength: 1 }).chain((ids) => fc.tuple(...ids.map(lot))),
      title: text,
      ceiling: stated,
      buyer: text,
    },
    { requiredKeys: ["contract", "lots"] },
  );

const register: fc.Arbitrary<PlainRegister> = fc
  .subarray(["k", "l", "m"])
  .chain((ids) => fc.tuple(...ids.map(contract)))
  .map((contracts) => ({ sources: SOURCES, suppliers: SUPPLIERS, contracts }));

const rowsBetween = async (before: PlainRegister, after: PlainRegister) =>
  rowsOf(diff(await registerOf(before), await registerOf(after)));

const shuffled = ({ contracts = [], ...register }: PlainRegister): PlainRegister => ({
  ...register,
  contracts: [...contracts].reverse().map((each) => ({
    ...each,
    lots: [...each.lots]
      .reverse()
      .map((lot) => (lot.suppliers === undefined ? lot : { ...lot, suppliers: [...lot.suppliers].reverse() })),
  })),
});

test("a register does not differ from itself, in whatever order its records stand", async () => {
  await fc.assert(
    fc.asyncProperty(register, async (one) => {
      expect(await rowsBetween(one, shuffled(one))).toEqual([]);
    }),
    seeded(60),
  );
});

const exact = (record: object): string => JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A register without what order says, to tell whether two say the same. */
const meaning = ({ contracts = [] }: PlainRegister): string =>
  contracts
    .map((each) => exact({ ...each, lots: each.lots.map(exact).sort() }))
    .sort()
    .join();

test("registers differ exactly where they say different things, and turned round the differences are mirrored", async () => {
  const opposite = { added: "removed", removed: "added", changed: "changed", renamed: "renamed" } as const;
  await fc.assert(
    fc.asyncProperty(register, register, async (one, other) => {
      const there = await rowsBetween(one, other);
      const back = await rowsBetween(other, one);
      expect(there.length === 0).toBe(meaning(one) === meaning(other));
      const line = (change: string, kind: string, fact: string | undefined, before: string, after: string) =>
        [change, kind, fact, before, after].join(" | ");
      const forwards = there.map(({ change, kind, fact, before, after }) =>
        line(change, kind, fact, cellText(before), cellText(after)),
      );
      const mirrored = back.map(({ change, kind, fact, before, after }) =>
        line(opposite[change], kind, fact, cellText(after), cellText(before)),
      );
      expect(forwards.sort()).toEqual(mirrored.sort());
    }),
    seeded(150),
  );
});
