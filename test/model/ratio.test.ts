import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRatios, formatPercent, formatRatio, percentOf, type Ratio } from "../../src/model/ratio.ts";
import { seeded } from "../seeded.ts";

const percent = (part: bigint, whole: bigint): string => {
  const ratio = percentOf(part, whole);
  return ratio === undefined ? "none" : formatPercent(ratio);
};

describe("percentages are exact, and rounded only to be shown", () => {
  test.each([
    [1n, 3n, "33.3"],
    [2n, 3n, "66.7"],
    [79_999n, 100_000n, "80.0"],
    [99_999_999n, 100_000_000n, "99.9"],
    [1n, 1n, "100.0"],
    [5n, 4n, "125.0"],
    [0n, 7n, "0.0"],
    [-99_999_999n, 100_000_000n, "-99.9"],
    [-1n, 1n, "-100.0"],
    [10_003n, 10_000n, "100.0"],
    [1n, 2000n, "0.1"],
    [1n, 2001n, "0.0"],
    [-1n, 3n, "-33.3"],
    [-1n, 2000n, "-0.1"],
    [-1n, 2001n, "0.0"],
    [9_007_199_254_740_993n, 9_007_199_254_740_992n, "100.0"],
  ])("%s of %s", (part, whole, shown) => {
    expect(percent(part, whole)).toBe(shown);
  });

  test("of nothing there are none", () => {
    expect(percent(1n, 0n)).toBe("none");
    expect(percent(1n, -4n)).toBe("none");
  });

  const ratio = fc.record({
    numerator: fc.bigInt(-10_000n, 10_000n),
    denominator: fc.bigInt(1n, 1000n),
  });

  test("a ratio is shown no further from nothing than it is, and less than a tenth nearer", () => {
    fc.assert(
      fc.property(ratio, ({ numerator, denominator }) => {
        const tenths = BigInt(formatRatio({ numerator, denominator }).replace(".", ""));
        const size = (value: bigint) => (value < 0n ? -value : value);
        const rest = numerator * 10n - tenths * denominator;
        expect(size(rest) < denominator && rest * numerator >= 0n).toBe(true);
      }),
      seeded(300),
    );
  });

  test("a percentage is shown no further from itself than half a tenth, but as 100.0 only where it is reached", () => {
    fc.assert(
      fc.property(fc.bigInt(-102_000n, 102_000n), fc.bigInt(900n, 1100n), (numerator, denominator) => {
        const shown = formatPercent({ numerator, denominator });
        const off = 2n * (numerator * 10n - BigInt(shown.replace(".", "")) * denominator);
        const isNear = off <= denominator && off >= -denominator;
        const isReached = numerator >= 100n * denominator || numerator <= -100n * denominator;
        expect(isNear || (/^-?99\.9$/.test(shown) && !isReached)).toBe(true);
        if (/^-?100\.0$/.test(shown)) expect(isReached).toBe(true);
      }),
      seeded(300),
    );
  });

  test("they are ordered as their values are", () => {
    const value = ({ numerator, denominator }: Ratio): number => Number(numerator) / Number(denominator);
    fc.assert(
      fc.property(ratio, ratio, (a, b) => {
        expect(compareRatios(a, b)).toBe(Math.sign(value(a) - value(b)));
      }),
      seeded(300),
    );
  });
});
