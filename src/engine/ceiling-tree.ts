import type { Claim, Fact, Preference } from "../model/claim.ts";
import type { Contract, LotGroup, StatedAmount } from "../model/contract.ts";
import { type Amount, divideMoney, isKnown, type Money, MoneySum, smallerOf } from "../model/money.ts";
import type { LotCeiling } from "./ceilings.ts";

/** A contract or a group of lots, with its declared ceiling and what lies below it. */
export interface CeilingNode {
  /** The group's id; undefined for the contract itself. */
  readonly group: string | undefined;
  readonly declared: Claim<Money> | undefined;
  /** Whether all of its lots are selected. */
  readonly complete: boolean;
  /** The selected lots that lie in no group below. */
  readonly lots: readonly LotCeiling[];
  /** The groups below; those that overlap each other stand together. */
  readonly clusters: readonly (readonly CeilingNode[])[];
}

/** What a node may cost: between two amounts; without an upper one where nothing limits it. */
export interface Reach {
  readonly low: Money;
  readonly high: Money | undefined;
  /** Whether overlapping groups, and not missing figures, keep the ends apart. */
  readonly between: boolean;
  /** Whether the node's own ceiling is the limit. */
  readonly binding: boolean;
}

/** The amount at which a lot is looked at; undefined where it is out of view. */
export type View = (ceiling: LotCeiling) => Amount | undefined;

/**
 * A declared ceiling as said by those who state the ceilings below it: one source's total never caps another source's
 * parts, for their figures may differ by mere rounding. Where nothing below has a figure, the preferred source's.
 */
export const declaredCeiling = (
  fact: Fact<StatedAmount> | undefined,
  below: readonly LotCeiling[],
  preference: Preference,
): Claim<Money> | undefined => {
  if (fact === undefined) return undefined;
  const sources = new Set(below.filter(({ amount }) => isKnown(amount)).map(({ by }) => by?.source));
  const [first, ...others] = fact.filter(({ by }) => sources.size === 0 || sources.has(by.source));
  if (first === undefined) return undefined;
  const { value, by } = preference.choose([first, ...others]);
  return value === "withheld" ? undefined : { value, by };
};

const contains = (outer: LotGroup, inner: LotGroup): boolean => inner.lots.every((id) => outer.lots.includes(id));

const overlaps = (a: LotGroup, b: LotGroup): boolean => a.lots.some((id) => b.lots.includes(id));

/** The contract with its groups below it: a group lies below the smallest one that contains it. */
export const ceilingTree = (
  contract: Contract,
  ceilings: readonly LotCeiling[],
  preference: Preference,
): CeilingNode => {
  const bySize = [...contract.groups].sort((a, b) => b.lots.length - a.lots.length);
  const nodeOf = (
    group: LotGroup | undefined,
    within: readonly LotGroup[],
    scope: readonly LotCeiling[],
  ): CeilingNode => {
    const outer = within.filter((one, index) => !within.slice(0, index).some((other) => contains(other, one)));
    const clusters = clustersOf(outer).map((cluster) =>
      cluster.map((one) => {
        const below = within.filter((other) => other !== one && contains(one, other) && !outer.includes(other));
        return nodeOf(
          one,
          below,
          scope.filter(({ selected }) => one.lots.includes(selected.lot.id)),
        );
      }),
    );
    const size = group === undefined ? contract.lots.length : group.lots.length;
    return {
      group: group?.id,
      declared: declaredCeiling(group === undefined ? contract.ceiling : group.ceiling, scope, preference),
      complete: scope.length === size,
      lots: scope.filter(({ selected }) => !outer.some(({ lots }) => lots.includes(selected.lot.id))),
      clusters,
    };
  };
  return nodeOf(undefined, bySize, ceilings);
};

/** Groups that share lots, directly or through others, together. */
const clustersOf = (groups: readonly LotGroup[]): readonly (readonly LotGroup[])[] => {
  let clusters: (readonly LotGroup[])[] = [];
  for (const group of groups) {
    const touching = clusters.filter((cluster) => cluster.some((other) => overlaps(group, other)));
    clusters = [...clusters.filter((cluster) => !touching.includes(cluster)), [...touching.flat(), group]];
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

/** A sum that may have an open end. */
class ReachSum {
  readonly #low: MoneySum;
  readonly #high: MoneySum;
  #open = false;
  #between = false;

  constructor(currency: string) {
    this.#low = new MoneySum(currency);
    this.#high = new MoneySum(currency);
  }

  add({ low, high, between }: Omit<Reach, "binding">): void {
    // A sum of nothing has no precision to pass on.
    if (low.minor > 0n) this.#low.add(low);
    if (high === undefined) this.#open = true;
    else if (high.minor > 0n) this.#high.add(high);
    this.#between ||= between;
  }

  addUnknown(): void {
    this.#open = true;
  }

  value(): Omit<Reach, "binding"> {
    return { low: this.#low.value(), high: this.#open ? undefined : this.#high.value(), between: this.#between };
  }
}

/**
 * What the lots in view may cost together: min(own ceiling, sum of what lies below) at every level (T4). Where groups
 * overlap, their ceilings may be one budget or several: the answer lies between the largest of them and their sum.
 */
export const reachOf = (node: CeilingNode, currency: string, view: View): Reach => {
  const sum = new ReachSum(currency);
  for (const lot of node.lots) addLot(sum, view(lot));
  for (const cluster of node.clusters) sum.add(clusterReach(cluster, currency, view));
  return limit(sum.value(), node);
};

const addLot = (sum: ReachSum, amount: Amount | undefined): void => {
  if (amount === undefined) return;
  if (isKnown(amount)) sum.add({ low: amount, high: amount, between: false });
  else sum.addUnknown();
};

const clusterReach = (cluster: readonly CeilingNode[], currency: string, view: View): Omit<Reach, "binding"> => {
  const [only, ...others] = cluster;
  if (only !== undefined && others.length === 0) return reachOf(only, currency, view);
  const groups = cluster.map((node) => ({ node, reach: reachOf(node, currency, view), lots: lotsBelow(node) }));
  const lots = [...new Set(cluster.flatMap(lotsBelow))];
  // Any of the groups may be counted as a whole, with the other lots by themselves: the least of these is the upper end.
  const highs = choicesOf(groups).flatMap((chosen) => {
    const sum = new ReachSum(currency);
    for (const { reach } of chosen) sum.add(reach);
    for (const lot of lots) {
      if (!chosen.some((group) => group.lots.includes(lot))) addLot(sum, withinGroups(lot, view(lot), cluster));
    }
    return sum.value().high ?? [];
  });
  const high = highs.length === 0 ? undefined : highs.reduce(smallerOf);
  const largest = groups.map(({ reach }) => reach.low).reduce((a, b) => (b.minor > a.minor ? b : a));
  const low = high === undefined ? largest : smallerOf(largest, high);
  // A group of which only some lots are in view has an upper bound only, and so have all of them together.
  const partial = groups.some(
    ({ reach }) => !reach.between && reach.high !== undefined && reach.low.minor < reach.high.minor,
  );
  return { low, high, between: !partial && high !== undefined && low.minor < high.minor };
};

const MOST_CHOICES = 10;

/** Every choice of some of the items; of very many only none, each one, and all. */
const choicesOf = <T>(items: readonly T[]): readonly (readonly T[])[] => {
  if (items.length > MOST_CHOICES) return [[], ...items.map((item) => [item]), items];
  let choices: readonly (readonly T[])[] = [[]];
  for (const item of items) choices = [...choices, ...choices.map((choice) => [...choice, item])];
  return choices;
};

/** A lot's amount, or where it has none the lowest ceiling of the groups that it lies in. */
const withinGroups = (
  lot: LotCeiling,
  amount: Amount | undefined,
  cluster: readonly CeilingNode[],
): Amount | undefined => {
  if (amount === undefined || isKnown(amount)) return amount;
  const caps = cluster.flatMap((node) => (lotsBelow(node).includes(lot) && node.declared ? [node.declared.value] : []));
  return caps.length === 0 ? amount : caps.reduce(smallerOf);
};

const limit = (reach: Omit<Reach, "binding">, { declared, complete }: CeilingNode): Reach => {
  const cap = declared?.value;
  if (cap === undefined) return { ...reach, binding: false };
  const { low, high, between } = reach;
  if (high === undefined) {
    // Lots without a figure of their own: all lots together reach the declared ceiling, some of them reach it at most.
    return { low: complete ? cap : smallerOf(low, cap), high: cap, between: false, binding: true };
  }
  const limited = { low: smallerOf(low, cap), high: smallerOf(high, cap) };
  return { ...limited, between: between && limited.low.minor < limited.high.minor, binding: cap.minor < high.minor };
};

/** Divides what a node may cost over its lots, so that the parts add up to it; a lot without a part gets none. */
export const partsOf = (node: CeilingNode, currency: string): ReadonlyMap<LotCeiling, Money> => {
  const parts = new Map<LotCeiling, Money>();
  const { high } = reachOf(node, currency, ({ amount }) => amount);
  divideNode(node, high, currency, parts);
  return parts;
};

interface Item {
  /** By which items are put in order, so that who gets the odd cent does not depend on the register's. */
  readonly key: string;
  readonly high: Money | undefined;
  readonly give: (part: Money) => void;
}

const divideNode = (
  node: CeilingNode,
  whole: Money | undefined,
  currency: string,
  parts: Map<LotCeiling, Money>,
): void => {
  const lotItem = (lot: LotCeiling): Item => ({
    key: lot.selected.lot.id,
    high: isKnown(lot.amount) ? lot.amount : undefined,
    give: (part) => parts.set(lot, part),
  });
  const items = [
    ...node.lots.map(lotItem),
    ...node.clusters.flatMap((cluster): readonly Item[] => {
      const [only, ...others] = cluster;
      if (only === undefined || others.length > 0) return [...new Set(cluster.flatMap(lotsBelow))].map(lotItem);
      const { high } = reachOf(only, currency, ({ amount }) => amount);
      return [{ key: only.group ?? "", high, give: (part) => divideNode(only, part, currency, parts) }];
    }),
  ];
  divideOver(
    items.sort((a, b) => (a.key < b.key ? -1 : 1)),
    whole,
  );
};

const divideOver = (items: readonly Item[], whole: Money | undefined): void => {
  const open = items.filter(({ high }) => high === undefined);
  const sum = items.reduce((total, { high }) => total + (high?.minor ?? 0n), 0n);
  if (whole === undefined) {
    for (const { high, give } of items) if (high !== undefined) give(high);
    return;
  }
  if (open.length === 0 || sum >= whole.minor) {
    const shares = divideMoney(
      whole,
      items.map(({ high }) => high?.minor ?? 0n),
    );
    for (const [index, share] of shares.entries()) items[index]?.give(share);
    return;
  }
  const rest = divideMoney(
    { ...whole, minor: whole.minor - sum },
    open.map(() => 1n),
  );
  for (const { high, give } of items) if (high !== undefined) give(high);
  for (const [index, share] of rest.entries()) open[index]?.give(share);
};
