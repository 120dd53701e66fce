import type { StatedAmount } from "../model/amount.ts";
import type { Claim, Fact, Preference } from "../model/claim.ts";
import { type Amount, divideMoney, isKnown, type Money, MoneySum, smallerOf, unitOf } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { LotGroup } from "../records/group.ts";
import type { LotCeiling } from "./ceilings.ts";

/** A contract or a group of lots, with its declared ceiling and what lies below it. */
export interface CeilingNode {
  /** The group's id; undefined for the contract itself. */
  readonly group: string | undefined;
  /** Of a group always there. */
  readonly declared: Claim<Money> | undefined;
  /** Whether all of its lots are selected. */
  readonly complete: boolean;
  /** Whether the ceiling is certainly one for all of its lots (T9). */
  readonly certain: boolean;
  /** The selected lots that lie in no group below. */
  readonly lots: readonly LotCeiling[];
  /** The groups below; those that overlap each other stand together. */
  readonly clusters: readonly (readonly GroupNode[])[];
}

interface GroupNode extends CeilingNode {
  readonly group: string;
  readonly declared: Claim<Money>;
}

/** What lots may cost together: between two amounts. */
interface Range {
  readonly low: Money;
  readonly high: Money;
  /** Whether overlapping groups, and not missing figures, keep the ends apart. */
  readonly between: boolean;
}

/** What a node may cost; without an upper end where nothing limits it. */
export interface Reach extends Pick<Range, "low" | "between"> {
  readonly high: Money | undefined;
  /** Whether the node's own ceiling is the limit. */
  readonly binding: boolean;
}

/** The amount at which a lot is looked at; undefined where it is out of view. */
export type View = (ceiling: LotCeiling) => Amount | undefined;

/**
 * A declared ceiling as said by those who state the ceilings below it: one source's total never caps another source's
 * parts, for their figures may differ by mere rounding. Where nothing below has a figure, the preferred source's.
 * None where it is in another currency than the figures below it.
 */
const declaredCeiling = (
  fact: Fact<StatedAmount> | undefined,
  below: readonly LotCeiling[],
  preference: Preference,
): Claim<Money> | undefined => {
  if (fact === undefined) return undefined;
  const known = below.flatMap(({ amount, by }) => (isKnown(amount) ? [{ amount, source: by?.source }] : []));
  const sources = new Set(known.map(({ source }) => source));
  const [first, ...others] = fact.filter(({ by }) => sources.size === 0 || sources.has(by.source));
  if (first === undefined) return undefined;
  const { value, by } = preference.choose([first, ...others]);
  if (value === "withheld") return undefined;
  return known.every(({ amount }) => unitOf(amount) === unitOf(value)) ? { value, by } : undefined;
};

/** A group that has selected lots, and a ceiling that can be held against theirs. */
interface Limit {
  readonly group: LotGroup;
  readonly declared: Claim<Money>;
  readonly lots: readonly LotCeiling[];
}

const limitsOf = ({ groups }: Contract, ceilings: readonly LotCeiling[], preference: Preference): readonly Limit[] =>
  groups.flatMap((group) => {
    const lots = ceilings.filter(({ selected }) => group.lots.includes(selected.lot.id));
    const declared = declaredCeiling(group.ceiling, lots, preference);
    return lots.length === 0 || declared === undefined ? [] : [{ group, declared, lots }];
  });

/**
 * The contract with its groups below it: a group lies below the smallest one that contains it. Groups without a
 * selected lot, and those without a ceiling that can be held against their lots', limit nothing and stay out.
 */
export const ceilingTree = (
  contract: Contract,
  ceilings: readonly LotCeiling[],
  preference: Preference,
): CeilingNode => {
  const largestFirst = [...limitsOf(contract, ceilings, preference)].sort(
    (a, b) => b.group.lots.length - a.group.lots.length,
  );
  return {
    group: undefined,
    declared: declaredCeiling(contract.ceiling, ceilings, preference),
    complete: ceilings.length === contract.lots.length,
    certain: true,
    ...below(ceilings, largestFirst),
  };
};

const below = (ceilings: readonly LotCeiling[], within: readonly Limit[]): Pick<CeilingNode, "lots" | "clusters"> => {
  const outer = within.filter((one, index) => !within.slice(0, index).some((other) => contains(other, one)));
  const inner = within.filter((one) => !outer.includes(one));
  return {
    lots: ceilings.filter((ceiling) => !outer.some(({ lots }) => lots.includes(ceiling))),
    clusters: clustersOf(outer).map((cluster) =>
      cluster.map((limit) => ({
        group: limit.group.id,
        declared: limit.declared,
        complete: limit.lots.length === limit.group.lots.length,
        certain: limit.group.certain,
        ...below(
          limit.lots,
          inner.filter((other) => contains(limit, other)),
        ),
      })),
    ),
  };
};

const contains = (outer: Limit, inner: Limit): boolean => inner.group.lots.every((id) => outer.group.lots.includes(id));

const overlaps = (a: Limit, b: Limit): boolean => a.lots.some((lot) => b.lots.includes(lot));

/** Groups that share selected lots, directly or through others, together. */
const clustersOf = (limits: readonly Limit[]): readonly (readonly Limit[])[] => {
  let clusters: (readonly Limit[])[] = [];
  for (const limit of limits) {
    const touching = clusters.filter((cluster) => cluster.some((other) => overlaps(limit, other)));
    clusters = [...clusters.filter((cluster) => !touching.includes(cluster)), [...touching.flat(), limit]];
  }
  return clusters;
};

/** Every node with a ceiling of its own, the contract first. */
export const nodesOf = (node: CeilingNode): readonly CeilingNode[] => [node, ...node.clusters.flat().flatMap(nodesOf)];

/** The selected lots of a node and of the groups below it; one that lies in several overlapping groups comes several times. */
export const lotsBelow = (node: CeilingNode): readonly LotCeiling[] => [
  ...node.lots,
  ...node.clusters.flat().flatMap(lotsBelow),
];

/** A sum of nothing has no precision to pass on: zeros are left out. */
const sumOf = (moneys: readonly Money[], unit: string): Money => {
  const sum = new MoneySum(unit);
  for (const money of moneys) if (money.minor > 0n) sum.add(money);
  return sum.value();
};

/**
 * What the lots in view may cost together: min(own ceiling, sum of what lies below) at every level (T4). Where groups
 * overlap, their ceilings may be one budget or several: the answer lies between the largest of them and their sum.
 */
export const reachOf = (node: CeilingNode, unit: string, view: View): Reach => {
  const { declared } = node;
  const sum = sumBelow(node, unit, view);
  return declared === undefined ? { ...sum, binding: false } : limited(sum, declared.value, node);
};

const sumBelow = (node: CeilingNode, unit: string, view: View): Omit<Reach, "binding"> => {
  const amounts = node.lots.map(view).filter((amount) => amount !== undefined);
  const known = amounts.filter(isKnown);
  const ranges = node.clusters.map((cluster) => rangeOf(cluster, unit, view));
  const sumTo = (end: "low" | "high") => sumOf([...known, ...ranges.map((range) => range[end])], unit);
  return {
    low: sumTo("low"),
    high: known.length < amounts.length ? undefined : sumTo("high"),
    between: ranges.some(({ between }) => between),
  };
};

const limited = (
  { low, high, between }: Omit<Reach, "binding">,
  cap: Money,
  { complete, certain }: Pick<CeilingNode, "complete" | "certain">,
): Range & Reach => {
  if (high === undefined) {
    // Lots without a figure of their own: all lots together reach the declared ceiling, some of them reach it at most.
    return { low: complete ? cap : smallerOf(low, cap), high: cap, between: false, binding: true };
  }
  const ends = { low: smallerOf(low, cap), high: certain ? smallerOf(high, cap) : high };
  return {
    ...ends,
    between: (between || !certain) && ends.low.minor < ends.high.minor,
    binding: certain && cap.minor < high.minor,
  };
};

const rangeOf = (cluster: readonly GroupNode[], unit: string, view: View): Range => {
  const groups = cluster.map((node) => ({
    lots: lotsBelow(node),
    range: limited(sumBelow(node, unit, view), node.declared.value, node),
  }));
  const [only, ...others] = groups;
  if (only !== undefined && others.length === 0) return only.range;
  const lots = [...new Set(cluster.flatMap(lotsBelow))];
  // Any of the groups may be counted as a whole, with the other lots by themselves: the least of these is the upper end.
  const high = choicesOf(groups)
    .map((chosen) => {
      const outside = lots.filter((lot) => !chosen.some((group) => group.lots.includes(lot)));
      const alone = outside.flatMap((lot) => withinGroups(lot, view(lot), cluster));
      return sumOf([...chosen.map(({ range }) => range.high), ...alone], unit);
    })
    .reduce(smallerOf);
  const largest = groups.map(({ range }) => range.low).reduce((a, b) => (b.minor > a.minor ? b : a));
  const low = smallerOf(largest, high);
  // A group of which only some lots are in view has an upper bound only, and so have all of them together.
  const partial = groups.some(({ range }) => !range.between && range.low.minor < range.high.minor);
  return { low, high, between: !partial && low.minor < high.minor };
};

const MOST_CHOICES = 10;

/** Every choice of some of the items; of very many only none, each one, and all. */
const choicesOf = <T>(items: readonly T[]): readonly (readonly T[])[] => {
  if (items.length > MOST_CHOICES) return [[], ...items.map((item) => [item]), items];
  let choices: readonly (readonly T[])[] = [[]];
  for (const item of items) choices = [...choices, ...choices.map((choice) => [...choice, item])];
  return choices;
};

/** A lot's amount, or where it has none the lowest ceiling of the groups that it lies in; nothing out of view. */
const withinGroups = (lot: LotCeiling, amount: Amount | undefined, cluster: readonly GroupNode[]): readonly Money[] => {
  if (amount === undefined) return [];
  if (isKnown(amount)) return [amount];
  const holding = cluster.filter((node) => lotsBelow(node).includes(lot));
  return [holding.map(({ declared }) => declared.value).reduce(smallerOf)];
};

/** Divides what a node may cost over its lots, so that the parts add up to it; a lot without a part gets none. */
export const partsOf = (node: CeilingNode, unit: string): ReadonlyMap<LotCeiling, Money> => {
  const parts = new Map<LotCeiling, Money>();
  const amountOf: View = ({ amount }) => amount;
  const lotItem = (lot: LotCeiling): Item => ({
    key: lot.selected.lot.id,
    high: isKnown(lot.amount) ? lot.amount : undefined,
    give: (part) => parts.set(lot, part),
  });
  const itemsBelow = ({ lots, clusters }: CeilingNode): readonly Item[] => [
    ...lots.map(lotItem),
    ...clusters.map((cluster) => ({
      key: cluster.map(({ group }) => group).join(),
      high: rangeOf(cluster, unit, amountOf).high,
      give: (part: Money) => divideOver(itemsIn(cluster), part),
    })),
  ];
  const itemsIn = (cluster: readonly GroupNode[]): readonly Item[] => {
    const [only, ...others] = cluster;
    return only !== undefined && others.length === 0
      ? itemsBelow(only)
      : [...new Set(cluster.flatMap(lotsBelow))].map(lotItem);
  };
  divideOver(itemsBelow(node), reachOf(node, unit, amountOf).high);
  return parts;
};

interface Item {
  /** By which items are put in order, so that who gets the odd cent does not depend on the register's. */
  readonly key: string;
  readonly high: Money | undefined;
  readonly give: (part: Money) => void;
}

const divideOver = (unordered: readonly Item[], whole: Money | undefined): void => {
  const items = [...unordered].sort((a, b) => (a.key < b.key ? -1 : 1));
  const open = items.filter(({ high }) => high === undefined);
  const sum = items.reduce((total, { high }) => total + (high?.minor ?? 0n), 0n);
  if (whole !== undefined && sum >= whole.minor) {
    const weights = items.map(({ high }) => high?.minor ?? 0n);
    for (const [index, share] of divideMoney(whole, weights).entries()) items[index]?.give(share);
    return;
  }
  for (const { high, give } of items) if (high !== undefined) give(high);
  if (whole === undefined) return;
  const rest = { ...whole, minor: whole.minor - sum };
  const equal = open.map(() => 1n);
  for (const [index, share] of divideMoney(rest, equal).entries()) open[index]?.give(share);
};
