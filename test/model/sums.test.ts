import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addSums,
  countIn,
  type RunningSums,
  readSums,
  SumColumns,
  type Sums,
  sumIn,
  sumsIn,
  sumsOf,
  sumsText,
} from "../../src/model/sums.ts";
import { seeded } from "../seeded.ts";

/** A number at the end of a way of names: what sums are made of. */
type Entry = readonly [way: readonly string[], count: bigint];

const names = fc.constantFrom("a", "b", "c");
/** A name stands for a number or for sums, and so begins with another letter where ways are longer. */
const ways = fc.oneof(fc.tuple(fc.constantFrom("x", "y"), names), fc.tuple(fc.constantFrom("z", "w"), names, names));
const entries: fc.Arbitrary<readonly Entry[]> = fc.array(fc.tuple(ways, fc.bigInt({ min: -3n, max: 3n })), {
  maxLength: 8,
});

const added = (all: readonly Entry[]): RunningSums => {
  const sums: RunningSums = new Map();
  for (const [[first = "", ...rest], count] of all) addSums(sums, sumsOf([[first, below(rest, count)]]));
  return sums;
};

const below = ([name, ...rest]: readonly string[], count: bigint): Sums | bigint =>
  name === undefined ? count : sumsOf([[name, below(rest, count)]]);

/** What all the numbers under a way come to: the model. */
const totalAt = (all: readonly Entry[], way: readonly string[]): bigint =>
  all.filter(([each]) => each.join() === way.join()).reduce((sum, [, count]) => sum + count, 0n);

test("what is added up part by part is the sum of each part, and nothing where that is zero", () => {
  fc.assert(
    fc.property(entries, (all) => {
      const sums = added(all);
      for (const [way] of all) {
        const [last = "", ...before] = [...way].reverse();
        const part = before.reverse().reduce<Sums>(sumsIn, sums);
        expect(sumIn(part, last)).toBe(totalAt(all, way));
        expect(countIn(part, last)).toBe(Number(totalAt(all, way)));
        expect(part.has(last)).toBe(totalAt(all, way) !== 0n);
      }
    }),
    seeded(500),
  );
});

test("what was added can be taken away again, and nothing is left of it", () => {
  fc.assert(
    fc.property(entries, entries, (kept, gone) => {
      const sums = added([...kept, ...gone]);
      addSums(sums, added(gone), -1n);
      expect(sums).toEqual(added(kept));
      expect(sumsText(sums)).toBe(sumsText(added([...kept].reverse())));
      expect(readSums(sumsText(sums))).toEqual(sums);
      addSums(sums, added(kept), -1n);
      expect(sums.size).toBe(0);
    }),
    seeded(500),
  );
});

test("many in columns come to what each comes to alone, of whom some may be taken away again", () => {
  const places = fc.array(fc.tuple(fc.nat(5), entries, fc.boolean()));
  fc.assert(
    fc.property(places, (all) => {
      const columns = new SumColumns();
      for (const [place, some] of all) columns.add(place, added(some));
      for (const [place, some, isGone] of all) if (isGone) columns.add(place, added(some), -1n);
      for (let place = 0; place <= 6; place++) {
        const kept = all.flatMap(([of, some, isGone]) => (of === place && !isGone ? some : []));
        expect(columns.of(place)).toEqual(added(kept));
      }
    }),
    seeded(500),
  );
});

test("a name that is not there, or stands for the other kind, has nothing", () => {
  const sums = sumsOf([
    ["count", 2],
    ["parts", sumsOf([["one", 1n]])],
    ["none", 0],
    ["empty", sumsOf([])],
  ]);
  expect([...sums.keys()]).toEqual(["count", "parts"]);
  expect([sumIn(sums, "parts"), sumIn(sums, "missing"), countIn(sums, "count")]).toEqual([0n, 0n, 2]);
  expect([sumsIn(sums, "count").size, sumsIn(sums, "missing").size, sumsIn(sums, "parts").size]).toEqual([0, 0, 1]);
  for (const text of ["1", "null", '{"a":1}', '{"a":null}']) expect(() => readSums(text)).toThrow(SyntaxError);
});
