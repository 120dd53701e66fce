import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRatios, formatRatio, percentOf, type Ratio } from "../../src/model/ratio.ts";
import { seeded } from "../seeded.ts";

const percent = (part: bigint, whole: bigint): string => {
  const ratio = percentOf(part, whole);
  return ratio === undefined ? "none" : formatRatio(ratio);
};

describe("percentages are exact, and cut only to be shown", () => {
  test.each([
    [1n, 3n, "33.3"],
    [2n, 3n, "66.6"],
    [79_999n, 100_000n, "79.9"],
    [99_999_999n, 100_000_000n, "99.9"],
    [1n, 1n, "100.0"],
    [5n, 4n, "125.0"],
    [0n, 7n, "0.0"],
    [1n, 2000n, "0.0"],
    [-1n, 3n, "-33.3"],
    [-1n, 2000n, "0.0"],
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

  test("what is shown is never further from nothing than the ratio, and less than a tenth nearer", () => {
    fc.assert(
      fc.property(ratio, ({ numerator, denominator }) => {
        const tenths = BigInt(formatRatio({ numerator, denominator }).replace(".", ""));
        const size = (value: bigint) => (value < 0n ? -value : value);
        const rest = size(numerator) * 10n - size(tenths) * denominator;
        expect(rest >= 0n && rest < denominator).toBe(true);
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
