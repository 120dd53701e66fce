/** An exact quotient of whole numbers; the denominator is more than zero. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A ratio, or the least or the most that it may be. */
export interface BoundedRatio {
  readonly value: Ratio;
  readonly bound?: "atLeast" | "atMost";
}

/** How many hundredths of a whole a part is; undefined of a whole that is not more than nothing. */
export const percentOf = (part: bigint, whole: bigint): Ratio | undefined =>
  whole > 0n ? { numerator: part * 100n, denominator: whole } : undefined;

export const compareRatios = (a: Ratio, b: Ratio): number => {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** The ratio to one decimal, cut and not rounded: 79.96 is shown as 79.9, so that no limit seems reached that is not. */
export const formatRatio = ({ numerator, denominator }: Ratio): string => {
  const tenths = (numerator * 10n) / denominator;
  const digits = String(tenths < 0n ? -tenths : tenths).padStart(2, "0");
  return `${tenths < 0n ? "-" : ""}${digits.slice(0, -1)}.${digits.slice(-1)}`;
};
