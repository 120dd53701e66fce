import fc from "fast-check";
import { expect, test } from "vitest";
import { herfindahl, type Interval } from "../../src/model/concentration.ts";
import type { Ratio } from "../../src/model/ratio.ts";
import { seeded } from "../seeded.ts";

const numberOf = ({ numerator, denominator }: Ratio): number => Number(numerator) / Number(denominator);

const exactly = (amount: bigint): Interval => ({ low: amount, high: amount });

test("of known parts it is the sum of the squares of their shares", () => {
  expect(herfindahl([exactly(50n), exactly(30n), exactly(20n)], exactly(100n), exactly(100n))).toEqual({
    value: { numerator: 38_000_000n, denominator: 10_000n },
  });
  expect(herfindahl([exactly(7n)], exactly(7n), exactly(7n))?.value).toEqual({ numerator: 490_000n, denominator: 49n });
});

test("two that share all of it may have half each, or one of them everything", () => {
  const hhi = herfindahl(
    [
      { low: 0n, high: 100n },
      { low: 0n, high: 100n },
    ],
    exactly(100n),
    exactly(100n),
  );
  expect([hhi?.least && numberOf(hhi.least), hhi && numberOf(hhi.value)]).toEqual([5000, 10_000]);
});

test("of nothing, and of credits, there is none", () => {
  expect(herfindahl([], exactly(10n), exactly(10n))).toBeUndefined();
  expect(herfindahl([exactly(0n)], exactly(0n), exactly(0n))).toBeUndefined();
  expect(herfindahl([exactly(-3n), exactly(13n)], exactly(10n), exactly(10n))).toBeUndefined();
});

/** Every way in which whole amounts within the intervals come to a sum. */
const ways = (parts: readonly Interval[], sum: bigint): bigint[][] => {
  const [first, ...rest] = parts;
  if (first === undefined) return sum === 0n ? [[]] : [];
  const found: bigint[][] = [];
  for (let amount = first.low; amount <= first.high; amount++)
    for (const way of ways(rest, sum - amount)) found.push([amount, ...way]);
  return found;
};

test("it lies between its ends whatever the parts are, and comes near them", () => {
  const part = fc
    .tuple(fc.bigInt(0n, 6n), fc.bigInt(0n, 6n))
    .map(([a, b]) => (a < b ? { low: a, high: b } : { low: b, high: a }));
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.bigInt(1n, 24n), (parts, whole) => {
      const all = parts.reduce((sum, { high }) => sum + high, 0n);
      const least = parts.reduce((sum, { low }) => sum + low, 0n);
      fc.pre(least <= whole);
      const sum = whole < all ? whole : all;
      const found = ways(parts, sum).map(
        (amounts) =>
          Number(amounts.reduce((squares, amount) => squares + amount * amount, 0n) * 10_000n) / Number(whole * whole),
      );
      const hhi = herfindahl(parts, exactly(whole), exactly(sum));
      const high = hhi === undefined ? Number.NaN : numberOf(hhi.value);
      const low = hhi?.least === undefined ? high : numberOf(hhi.least);
      expect(low).toBeLessThanOrEqual(Math.min(...found) + 1e-6);
      expect(high).toBeGreaterThanOrEqual(Math.max(...found) - 1e-6);
      // Whole amounts miss the level by less than one each.
      expect(Math.min(...found) - low).toBeLessThan((10_000 * parts.length) / Number(whole * whole));
    }),
    seeded(300),
  );
});
