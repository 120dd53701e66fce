import { type Amount, differenceOf, isKnown, type Money, toMinorPrecision } from "../../model/money.ts";
import { type BoundedRatio, percentOf, type Ratio } from "../../model/ratio.ts";
import { USES } from "../../query/fields.ts";
import type { CeilingUse, OrderedRange } from "./ceiling-use.ts";

/**
 * One stage of use where it is certain. Two, or the first and the last of several, where orders are only possible:
 * `exhausted or breach`, `open to breach`. `unknown` where the ceiling is not stated, or nothing is known of orders.
 */
type HowUsed = string;

export interface UseFigures {
  readonly ordered: Amount;
  readonly left: Amount;
  readonly used: BoundedRatio | undefined;
  readonly use: HowUsed;
  readonly stages: readonly string[];
}

/** The percentage from which a ceiling is said to be nearly used up, unless another is asked for. */
export const WARN_AT = 80;

export const NOTHING_KNOWN: UseFigures = {
  ordered: "missing",
  left: "missing",
  used: undefined,
  use: "unknown",
  stages: [],
};

/** The amount between two ends, in the unit of `exact`. A single figure that equals `exact` keeps its precision. */
export const amountBetween = ({ low, high }: OrderedRange, exact: Money): Amount => {
  const at = (minor: bigint): Money => (minor === exact.minor ? exact : { ...toMinorPrecision(exact), minor });
  if (low === undefined) return high === undefined ? "missing" : { ...at(high), bound: "atMost" };
  if (high === undefined) return { ...at(low), bound: "atLeast" };
  if (low === high) return at(low);
  return { ...toMinorPrecision(exact), minor: high, bound: "between", least: low };
};

/** A figure that grows with what is ordered. Of two ends it gives the lower one, because that much is certain. */
const ratioOf = ({ low, high }: OrderedRange, of: (minor: bigint) => Ratio | undefined): BoundedRatio | undefined => {
  const minor = low ?? high;
  const value = minor === undefined ? undefined : of(minor);
  if (value === undefined) return undefined;
  if (low === high) return { value };
  return { value, bound: low === undefined ? "atMost" : "atLeast" };
};

/** What is left of a ceiling, in minor units: if all that may be ordered was ordered, up to if none of it was. */
export const leftRange = ({ low, high }: OrderedRange, ceiling: Money): OrderedRange => ({
  low: high === undefined ? undefined : ceiling.minor - high,
  high: low === undefined ? undefined : ceiling.minor - low,
});

type Stage = (typeof USES)[number];

const stageAt = (ordered: bigint, { minor }: Money, warnAt: bigint): Stage => {
  if (ordered >= minor) return ordered > minor ? "breach" : "exhausted";
  return ordered * 100n >= warnAt * minor ? "warning" : "open";
};

/** The stages of use, from what is certainly ordered to the most that may be. None where neither end is known. */
const stagesOf = ({ low, high }: OrderedRange, ceiling: Money, warnAt: bigint): readonly Stage[] => {
  if (low === undefined && high === undefined) return [];
  const [first, last] = [
    low === undefined ? USES[0] : stageAt(low, ceiling, warnAt),
    high === undefined ? "breach" : stageAt(high, ceiling, warnAt),
  ];
  return USES.slice(USES.indexOf(first), USES.indexOf(last) + 1);
};

const useOf = (stages: readonly Stage[]): HowUsed => {
  if (stages.length === 0) return "unknown";
  return stages.length > 2 ? `${stages[0]} to ${stages.at(-1)}` : stages.join(" or ");
};

/** Whether it is certain that the ceiling is a single one for all that it covers (T9). */
export const isCertain = ({ scope }: CeilingUse): boolean => scope.kind !== "group" || scope.group.certain;

/** The figures for one ceiling of a scope, in its unit. `warnAt` is the percentage from which it warns. */
export const figuresOf = (use: CeilingUse, ceiling: Amount, unit: string, warnAt: number): UseFigures => {
  const [sum, range] = [use.sum(unit), use.range(unit)];
  const ordered = amountBetween(range, sum);
  if (!isKnown(ceiling)) return { ...NOTHING_KNOWN, ordered };
  const stages = stagesOf(range, ceiling, BigInt(warnAt));
  // Of an uncertain ceiling it can be known that it is not reached, but never that it is.
  const isSaid = isCertain(use) || stages.every((stage) => stage === "open") || stages.join() === "warning";
  return {
    ordered,
    left: amountBetween(leftRange(range, ceiling), differenceOf(ceiling, sum)),
    used: ratioOf(range, (minor) => percentOf(minor, ceiling.minor)),
    use: isSaid ? useOf(stages) : "unknown",
    stages: isSaid ? stages : [],
  };
};
