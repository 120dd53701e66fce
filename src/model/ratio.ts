/** An exact quotient of whole numbers. The denominator is more than zero. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A ratio, or the least or the most that it may be, or both. */
export interface BoundedRatio {
  readonly value: Ratio;
  readonly bound?: "atLeast" | "atMost" | "between";
  readonly least?: Ratio;
}

/** A part as a percentage of a whole. Undefined where the whole is not more than zero. */
export const percentOf = (part: bigint, whole: bigint): Ratio | undefined =>
  whole > 0n ? { numerator: part * 100n, denominator: whole } : undefined;

export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

const tenthsText = (tenths: bigint, isNegative: boolean): string => {
  const digits = String(tenths).padStart(2, "0");
  return `${isNegative && tenths > 0n ? "-" : ""}${digits.slice(0, -1)}.${digits.slice(-1)}`;
};

/**
 * The ratio to one decimal. It is cut and not rounded, so that nothing seems to last longer than it does: 3.96 is 3.9.
 */
export const formatRatio = ({ numerator, denominator }: Ratio): string =>
  tenthsText((sizeOf(numerator) * 10n) / denominator, numerator < 0n);

const WHOLE = 1000n;

/** A percentage rounded to one decimal, except that 100.0 is only written where it is reached (N2): 99.96 is 99.9. */
export const formatPercent = ({ numerator, denominator }: Ratio): string => {
  const size = sizeOf(numerator);
  const tenths = (size * 20n + denominator) / (denominator * 2n);
  const isReached = size >= 100n * denominator;
  return tenthsText(tenths === WHOLE && !isReached ? WHOLE - 1n : tenths, numerator < 0n);
};
