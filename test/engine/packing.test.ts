import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PackingLimit } from "../../src/engine/fractional-cover.ts";
import { pack } from "../../src/engine/packing.ts";
import { seeded } from "../seeded.ts";

type Packing = readonly [mosts: readonly bigint[], limits: readonly PackingLimit[]];

/** The most in whole units, found by trying all. */
const greatest = (mosts: readonly bigint[], limits: readonly PackingLimit[]): bigint => {
  const rooms = limits.map(({ cap }) => cap);
  let best = 0n;
  const tryFrom = (item: number, sum: bigint): void => {
    if (sum > best) best = sum;
    const most = mosts[item];
    if (most === undefined) return;
    const own = limits.flatMap(({ items }, place) => (items.includes(item) ? [place] : []));
    const room = own.reduce((least, place) => ((rooms[place] ?? 0n) < least ? (rooms[place] ?? 0n) : least), most);
    for (let amount = 0n; amount <= room; amount++) {
      for (const place of own) rooms[place] = (rooms[place] ?? 0n) - amount;
      tryFrom(item + 1, sum + amount);
      for (const place of own) rooms[place] = (rooms[place] ?? 0n) + amount;
    }
  };
  tryFrom(0, 0n);
  return best;
};

const small: fc.Arbitrary<Packing> = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const items = Array.from({ length: count }, (_, item) => item);
  const limit = fc.record({ cap: fc.bigInt({ min: 0n, max: 8n }), items: fc.subarray(items, { minLength: 1 }) });
  return fc.tuple(
    fc.tuple(...items.map(() => fc.bigInt({ min: 0n, max: 5n }))),
    fc.array(limit, { minLength: 1, maxLength: 5 }),
  );
});

describe("the most within limits that overlap", () => {
  test("is what trying all finds, or with fractions of units a little more", () => {
    fc.assert(
      fc.property(small, ([mosts, limits]) => {
        const { most, exact } = pack(mosts, limits);
        const wanted = greatest(mosts, limits);
        expect(exact).toBe(true);
        expect(most >= wanted && most <= wanted + 1n).toBe(true);
        // Twice as much of everything needs no halves.
        const twice = limits.map(({ cap, items }) => ({ cap: 2n * cap, items }));
        const doubled = pack(
          mosts.map((each) => 2n * each),
          twice,
        );
        expect(doubled.most / 2n).toBe(most);
      }),
      seeded(500),
    );
  });

  test.each<[string, Packing, bigint]>([
    ["a triangle", [[10n, 9n, 8n], limitsOf([12n, 0, 1], [15n, 1, 2], [11n, 0, 2])], 19n],
    ["halves, of which a whole unit is left out", [[9n, 9n, 9n], limitsOf([3n, 0, 1], [3n, 1, 2], [3n, 0, 2])], 4n],
    ["a limit of nothing", [[5n, 5n, 5n], limitsOf([0n, 0, 1], [7n, 1, 2])], 5n],
    [
      "items in three limits",
      [[9n, 9n, 9n, 9n], limitsOf([4n, 0, 1, 2], [4n, 1, 2, 3], [4n, 0, 2, 3], [4n, 0, 1, 3])],
      5n,
    ],
  ])("%s", (_, [mosts, limits], wanted) => {
    expect(pack(mosts, limits)).toMatchObject({ most: wanted, exact: true });
  });

  test("nothing bounds an item but its limits", () => {
    expect(pack([undefined, undefined, 3n], limitsOf([10n, 0, 1], [20n, 1, 2])).most).toBe(13n);
  });
});

function limitsOf(...limits: readonly (readonly [cap: bigint, ...items: number[]])[]): readonly PackingLimit[] {
  return limits.map(([cap, ...items]) => ({ cap, items }));
}

const ring = (count: number): Packing => [
  Array.from({ length: count }, (_, item) => BigInt(50 + ((item * 37) % 50))),
  Array.from({ length: count }, (_, item) => ({
    cap: BigInt(60 + ((item * 53) % 60)),
    items: [item, (item + 1) % count],
  })),
];

const chain = (count: number): Packing => [
  Array.from({ length: count + 1 }, () => 9n),
  Array.from({ length: count }, (_, item) => ({ cap: 10n, items: [item, item + 1] })),
];

test.each([
  ["a ring", ring],
  ["a chain", chain],
])("%s of groups takes work in proportion to their number", (_, make) => {
  const [few, many] = [pack(...make(750)), pack(...make(3000))];
  expect(many.exact).toBe(true);
  expect(many.steps).toBeLessThan(6 * few.steps);
});

test("an entangled packing ends with a bound that is proven", () => {
  const items = Array.from({ length: 120 }, (_, item) => item);
  const mosts = items.map((item) => BigInt(50 + ((item * 37) % 50)));
  const limits = items.map((place) => ({
    cap: BigInt(60 + ((place * 97) % 600)),
    items: items.filter((item) => (item * 7 + place * 11 + item * place) % 3 === 0),
  }));
  const { most, exact, steps } = pack(mosts, limits);
  expect(steps).toBeLessThan(3_000_000);
  expect(most).toBeLessThanOrEqual(mosts.reduce((sum, each) => sum + each, 0n));
  if (exact) expect(most).toBeGreaterThan(0n);
});
