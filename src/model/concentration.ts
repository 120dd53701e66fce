import { type BoundedRatio, compareRatios, type Ratio } from "./ratio.ts";

/** What something is worth at least and at most, in minor units. */
export interface Interval {
  readonly low: bigint;
  readonly high: bigint;
}

const sumOf = (numbers: readonly bigint[]): bigint => numbers.reduce((sum, number) => sum + number, 0n);
export const compareWhole = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
const clamp = (value: bigint, { low, high }: Interval): bigint => (value < low ? low : value > high ? high : value);

const SCALE = 10_000n;

/**
 * The Herfindahl-Hirschman index: the sum of the squares of all shares in percent, which is 10,000 where one has
 * everything. Where parts are only known to lie between two amounts, so does the index. `sum` is what the parts come to
 * together. Where that is certainly the whole (`isWhole`), the index is at least that of equal parts. Undefined without
 * parts, where the whole may be zero, or where a part may be negative.
 */
export const herfindahl = (
  parts: readonly Interval[],
  whole: Interval,
  sum: Interval,
  isWhole = false,
): BoundedRatio | undefined => {
  if (parts.length === 0 || whole.low <= 0n || parts.some(({ low }) => low < 0n)) return undefined;
  const possible = { low: sumOf(parts.map(({ low }) => low)), high: sumOf(parts.map(({ high }) => high)) };
  const even = { numerator: SCALE, denominator: BigInt(parts.length) };
  const low = evenest(parts, clamp(sum.low, possible), whole.high);
  const least = isWhole && compareRatios(even, low) > 0 ? even : low;
  const most = greatest(parts, clamp(sum.high, possible), whole.low);
  const isExact = least.numerator * most.denominator >= most.numerator * least.denominator;
  return isExact ? { value: most } : { value: most, bound: "between", least };
};

/**
 * The least sum of squares. What is not settled goes to the smallest parts first, so that they become as equal as their
 * limits allow.
 */
const evenest = (parts: readonly Interval[], sum: bigint, whole: bigint): Ratio => {
  const levels = [...new Set(parts.flatMap(({ low, high }) => [low, high]))].sort(compareWhole);
  const at = (level: bigint): bigint => sumOf(parts.map((part) => clamp(level, part)));
  let [below, above] = [0, levels.length - 1];
  while (above - below > 1) {
    const middle = (below + above) >> 1;
    if (at(levels[middle] ?? 0n) <= sum) below = middle;
    else above = middle;
  }
  const level = levels[below] ?? 0n;
  const open = parts.filter(({ low, high }) => low <= level && high > level);
  const settled = parts.filter(({ low, high }) => low > level || high <= level).map((part) => clamp(level, part));
  const squares = sumOf(settled.map((amount) => amount * amount));
  const rest = sum - sumOf(settled);
  const count = BigInt(open.length);
  if (count === 0n) return { numerator: squares * SCALE, denominator: whole * whole };
  return { numerator: (squares * count + rest * rest) * SCALE, denominator: whole * whole * count };
};

/**
 * An upper bound of the greatest sum of squares. What is not settled goes where it weighs most. The last part that gets
 * something may get only a fraction of what it could have. That counts as the same fraction of its full weight, which
 * is never too little.
 */
const greatest = (parts: readonly Interval[], sum: bigint, whole: bigint): Ratio => {
  const heaviestFirst = [...parts].sort((a, b) => compareWhole(b.high + b.low, a.high + a.low));
  let rest = sum - sumOf(parts.map(({ low }) => low));
  let squares = sumOf(parts.map(({ low }) => low * low));
  for (const { low, high } of heaviestFirst) {
    const given = clamp(rest, { low: 0n, high: high - low });
    squares += given * (high + low);
    rest -= given;
  }
  const most = whole * whole;
  return { numerator: (squares < most ? squares : most) * SCALE, denominator: most };
};
