/**
 * Limits form a tree, one a unit: the contract, its groups, and their lots. `ceiling-limits.ts` decides by the order of
 * sources which limits hold over which lots. Each node has its reach, worked out once from below. Totals, reasons,
 * suppliers, sources and splits ask the nodes. Groups that cross each other stand in one node, whose upper end is that
 * of a packing (`packing.ts`): what can be settled limit by limit is settled first. What is left is solved as a flow if
 * each lot lies in two limits, and otherwise as a small linear program, every step of which is a proven bound
 * (`fractional-cover.ts`). `ceiling-sources.ts` records whose figures were used, and who filled in for whom.
 */

import { compareNatural } from "../model/fold.ts";
import { flatMap, madeUnder } from "../model/lists.ts";
import { type Money, MoneySum, rangeTo, showingAll, smallerOf, zeroMoney } from "../model/money.ts";
import type { CeilingLimit } from "./ceiling-limits.ts";
import { pack } from "./packing.ts";

/** What may be spent: between two ends, or without an upper end where nothing limits it. */
export interface Reach {
  readonly low: Money;
  readonly high: Money | undefined;
  /** What stays certain if ceilings that are withheld are as low as they can be (T4c). */
  readonly sure: Money;
  /**
   * Whether the ends differ because groups overlap or are uncertain, or a figure is a range, and not because figures
   * are missing.
   */
  readonly between: boolean;
  /**
   * False where overlapping groups are so entangled that the upper end is only known not to be exceeded, and perhaps
   * not reached.
   */
  readonly exact: boolean;
}

/** Something that counts as one: a lot, or what lies together below a limit. */
interface Part {
  readonly reach: Reach;
}

export interface Leaf<T> extends Part {
  readonly lot: T;
}

/** A declared ceiling in the unit that is looked at, with those of its parts that are in view. */
export interface Held<P> {
  readonly limit: CeilingLimit;
  readonly cap: Money;
  /** What its parts come to together at least, where that is more than they do one by one. */
  readonly least?: Money;
  readonly parts: readonly P[];
  /** Whether everything that it was declared for is in view and held against it. */
  readonly complete: boolean;
  /** Whether no withheld ceiling may lower what is spent under it, apart from those that lie wholly below it. */
  readonly proven: boolean;
}

/** Lots that no limit holds together (the root), one limit with what lies below it, or several that overlap. */
export interface CeilingNode<T> extends Part {
  readonly limits: readonly Held<Leaf<T>>[];
  readonly lots: readonly Leaf<T>[];
  readonly below: readonly CeilingNode<T>[];
  /** Whether its own limits, and not what lies below it, give the figure. */
  readonly binding: boolean;
}

/** A tree of limits, and the idle ones, which what lies below them cannot reach. */
export interface CeilingTree<T> {
  readonly root: CeilingNode<T>;
  readonly idle: readonly Held<Leaf<T>>[];
}

const sumOf = (moneys: Iterable<Money>, unit: string): Money => {
  const sum = new MoneySum(unit);
  for (const money of moneys) if (money.minor > 0n) sum.add(money);
  return sum.value();
};

const isExact = ({ low, high, sure }: Reach): boolean => low === high && low === sure;
export const exactly = (money: Money): Reach => ({ low: money, high: money, sure: money, between: false, exact: true });

/** The reach of parts that no limit holds together. */
const sumReach = (reaches: readonly Reach[], unit: string): Reach => {
  const low = sumOf(
    reaches.map((reach) => reach.low),
    unit,
  );
  if (reaches.every(isExact)) return exactly(low);
  const highs = reaches.map(({ high }) => high);
  return {
    low,
    high: highs.every((high) => high !== undefined) ? sumOf(highs, unit) : undefined,
    sure: sumOf(
      reaches.map(({ sure }) => sure),
      unit,
    ),
    between: reaches.some(({ between }) => between),
    exact: reaches.every(({ exact }) => exact),
  };
};

/** The reach of what lies below one limit, if that limit applies (T4b, T4c). */
const limited = (below: Reach, { cap, least, complete, proven }: Held<unknown>): Reach => {
  const { high = cap } = below;
  if (cap.minor > high.minor) return below;
  // If everything is in view, parts without a figure or with only an upper bound are taken to fill the ceiling. If only
  // some of it is, they may reach the ceiling at most (T4b). A range stays a range.
  const own = complete && !below.between ? cap : smallerOf(below.low, cap);
  const low = least === undefined ? own : largerOf(own, least);
  const sure = complete && proven ? low : smallerOf(below.sure, cap);
  return { low, high: smallerOf(high, cap), sure, between: below.between && low.minor < cap.minor, exact: true };
};

/** What lots may come to whether uncertain ceilings apply or not (T9): from the least to the most of all cases. */
const whichever = (worlds: readonly Reach[]): Reach =>
  worlds.reduce((a, b) => {
    const low = smallerOf(a.low, b.low);
    const high = a.high && b.high && largerOf(a.high, b.high);
    return {
      low,
      high,
      sure: smallerOf(a.sure, b.sure),
      between: a.between || b.between || high === undefined || low.minor < high.minor,
      exact: a.exact && b.exact,
    };
  });

/** Up to how many uncertain ceilings all combinations are looked at. Each one more doubles their number. */
const MOST_CHOSEN = 6;

/** The sets of ceilings that may apply: the certain ones, with any of the uncertain ones. */
const choicesOf = <P>(limits: readonly Held<P>[]): readonly (readonly Held<P>[])[] => {
  const certain = limits.filter(({ limit }) => limit.certain);
  const uncertain = limits.filter(({ limit }) => !limit.certain);
  if (uncertain.length > MOST_CHOSEN) {
    // The last set has all of them as ceilings that only lower what is known and do not stand in for what is not. No
    // combination comes to less.
    const lowering = uncertain.map((held) => ({ ...held, complete: false }));
    return [certain, limits, [...certain, ...lowering]];
  }
  return uncertain.reduce<readonly (readonly Held<P>[])[]>(
    (choices, held) => flatMap(choices, (some) => [some, [...some, held]]),
    [certain],
  );
};

const isSame = (a: Reach, b: Reach): boolean =>
  a.low.minor === b.low.minor && a.high?.minor === b.high?.minor && a.sure.minor === b.sure.minor;

/**
 * Sets aside the limits that what lies below them cannot reach, going from the smallest to those that contain them, and
 * gives the reach of each of the others by itself.
 */
const lookAt = <T>(limits: readonly Held<Leaf<T>>[], unit: string): LookedAt<T> => {
  const within = new Map<Leaf<T>, Bundle>();
  const looked = new Map<Held<Leaf<T>>, Reach>();
  const idle: Held<Leaf<T>>[] = [];
  const places = new Map<Leaf<T>, number>();
  const lowest = new Map<string, Money>();
  for (const held of [...limits].sort(smallestFirst)) {
    // Of several limits over the same lots, the lowest is enough.
    const set = setOf(held, places);
    const lower = lowest.get(set);
    if (lower !== undefined && lower.minor <= held.cap.minor) {
      idle.push(held);
      continue;
    }
    const { parts, crossing } = partsIn(held, within);
    const below = sumReach(
      parts.map(({ reach }) => reach),
      unit,
    );
    if (isOutOfReach(below, held)) {
      idle.push(held);
      continue;
    }
    const reach = limited(below, held);
    looked.set(held, reach);
    if (held.limit.certain) lowest.set(set, held.cap);
    if (!held.limit.certain || crossing) continue;
    const inner = new Map<Leaf<T>, Bundle>();
    const bundle = { size: held.parts.length, reach, within: inner };
    for (const leaf of held.parts) {
      const own = within.get(leaf);
      if (own !== undefined) inner.set(leaf, own);
      within.set(leaf, bundle);
    }
  }
  return { looked, idle };
};

/**
 * Orders limits by their number of lots, then by their caps and their ids, so that the order of the register plays no
 * part. A contract's own ceiling comes after those of its groups with as many lots.
 */
const smallestFirst = (a: Held<unknown>, b: Held<unknown>): number =>
  a.parts.length - b.parts.length ||
  Number(a.limit.group === undefined) - Number(b.limit.group === undefined) ||
  (a.cap.minor < b.cap.minor ? -1 : a.cap.minor > b.cap.minor ? 1 : 0) ||
  compareNatural(a.limit.group ?? "", b.limit.group ?? "");

const setOf = <T>({ parts }: Held<Leaf<T>>, places: Map<Leaf<T>, number>): string => {
  const own = parts.map((leaf) => madeUnder(places, leaf, () => places.size));
  return own.sort((a, b) => a - b).join();
};

interface LookedAt<T> {
  readonly looked: ReadonlyMap<Held<Leaf<T>>, Reach>;
  readonly idle: readonly Held<Leaf<T>>[];
}

interface Bundle extends Part {
  readonly size: number;
  /** For each lot, the largest of the limits within this one. */
  readonly within: ReadonlyMap<Leaf<unknown>, Bundle>;
}

/**
 * Through how many levels of limits, one within the other, to look for those that lie within a limit that crosses the
 * outer ones.
 */
const MOST_LEVELS = 32;

/**
 * The parts of a limit, which are its lots, or a smaller limit within it in the place of the lots that it holds
 * together; and whether the limit crosses a smaller one.
 */
const partsIn = <T>(
  { parts }: Held<Leaf<T>>,
  outermost: ReadonlyMap<Leaf<T>, Bundle>,
): { readonly parts: readonly Part[]; readonly crossing: boolean } => {
  const found: Part[] = [];
  let crossing = false;
  let open = parts.map((leaf) => ({ leaf, bundle: outermost.get(leaf) }));
  for (let level = 0; open.length > 0; level++) {
    const counts = new Map<Bundle, number>();
    for (const { bundle } of open) if (bundle !== undefined) counts.set(bundle, (counts.get(bundle) ?? 0) + 1);
    for (const [bundle, count] of counts) if (count === bundle.size) found.push(bundle);
    const crossed: typeof open = [];
    for (const { leaf, bundle } of open) {
      if (bundle === undefined) found.push(leaf);
      else if (counts.get(bundle) !== bundle.size) {
        crossed.push({ leaf, bundle: level < MOST_LEVELS ? bundle.within.get(leaf) : undefined });
      }
    }
    crossing ||= crossed.length > 0;
    open = crossed;
  }
  return { parts: found, crossing };
};

/**
 * Whether what lies below a ceiling cannot exceed it. A ceiling that can just be reached limits nothing either, but it
 * is kept if it may prove what a withheld one leaves open.
 */
const isOutOfReach = ({ low, high, sure }: Reach, { cap, least = low }: Held<unknown>): boolean => {
  if (high === undefined || high.minor > cap.minor || least.minor > low.minor) return false;
  return high.minor < cap.minor || sure.minor === low.minor;
};

class Draft<T> {
  readonly limits: Held<Leaf<T>>[];
  parent: Draft<T> | undefined;
  /** Always greater than its parent's. */
  readonly depth: number;
  readonly lots: Leaf<T>[] = [];
  readonly below: CeilingNode<T>[] = [];
  /** The node that it was merged into. */
  #into: Draft<T> | undefined;

  constructor(limits: Held<Leaf<T>>[], parent: Draft<T> | undefined) {
    this.limits = limits;
    this.parent = parent;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  get isMerged(): boolean {
    return this.#into !== undefined;
  }

  mergeInto(other: Draft<T>): void {
    for (const limit of this.limits) other.limits.push(limit);
    this.#into = other;
  }

  /** The node itself, or the one that it has been merged into. */
  now(): Draft<T> {
    let draft: Draft<T> = this;
    while (draft.#into !== undefined) draft = draft.#into;
    // Later calls take a shortcut.
    for (let passed: Draft<T> = this; passed.#into !== undefined && passed.#into !== draft; ) {
      const next = passed.#into;
      passed.#into = draft;
      passed = next;
    }
    return draft;
  }
}

/**
 * Puts limits in their places in the tree, the largest first: each below the one that contains it, or in one node with
 * those that it crosses.
 */
class Forest<T> {
  readonly #root = new Draft<T>([], undefined);
  readonly #drafts = [this.#root];
  readonly #owners = new Map<Leaf<T>, Draft<T>>();
  readonly #unit: string;
  readonly #looked: ReadonlyMap<Held<Leaf<T>>, Reach>;

  /** Whether uncertain ceilings are treated as certain. */
  readonly #asCertain: boolean;

  constructor(
    leaves: readonly Leaf<T>[],
    looked: ReadonlyMap<Held<Leaf<T>>, Reach>,
    { unit, asCertain }: { readonly unit: string; readonly asCertain: boolean },
  ) {
    this.#unit = unit;
    this.#looked = looked;
    this.#asCertain = asCertain;
    for (const leaf of leaves) this.#owners.set(leaf, this.#root);
    for (const held of [...looked.keys()].sort((a, b) => smallestFirst(b, a))) this.#place(held);
  }

  #ownerOf(leaf: Leaf<T>): Draft<T> {
    return (this.#owners.get(leaf) ?? this.#root).now();
  }

  #place(held: Held<Leaf<T>>): void {
    const owners = new Set(held.parts.map((leaf) => this.#ownerOf(leaf)));
    const { above, crossed } = meetingOf(owners);
    if (above.limits.length > 1) {
      for (const draft of crossed) draft.mergeInto(above);
      above.limits.push(held);
      return;
    }
    const node = new Draft([held], above);
    this.#drafts.push(node);
    for (const draft of crossed) draft.mergeInto(node);
    for (const leaf of held.parts) if (this.#ownerOf(leaf) === above) this.#owners.set(leaf, node);
  }

  tree(): CeilingNode<T> {
    for (const [leaf, owner] of this.#owners) owner.now().lots.push(leaf);
    const nodes = this.#drafts.filter((draft) => !draft.isMerged).sort((a, b) => b.depth - a.depth);
    let node: CeilingNode<T> | undefined;
    for (const draft of nodes) {
      node = this.#nodeOf(draft);
      const parent = draft.parent?.now();
      parent?.below.push(parent === this.#root && !this.#asCertain ? this.#whichever(node) : node);
    }
    return node ?? this.#nodeOf(this.#root);
  }

  #nodeOf({ limits, lots, below }: Draft<T>): CeilingNode<T> {
    const [only, ...others] = limits;
    if (only !== undefined && others.length > 0) {
      const inOrder = limits.sort((a, b) => compareNatural(a.limit.group ?? "", b.limit.group ?? ""));
      return { limits: inOrder, lots, below, reach: this.#together(inOrder, itemsOf(lots, below)), binding: true };
    }
    const sum = sumReach(
      [...lots, ...below].map(({ reach }) => reach),
      this.#unit,
    );
    if (only === undefined) return { limits, lots, below, reach: sum, binding: false };
    const reach = limited(sum, only);
    return { limits, lots, below, reach, binding: !isSame(reach, sum) };
  }

  /** Gives a node right below the root its reach, whichever of the uncertain ceilings in it apply (T9). */
  #whichever(node: CeilingNode<T>): CeilingNode<T> {
    const limits = flatMap(nodesIn([node]), (each) => each.limits);
    if (limits.every(({ limit }) => limit.certain)) return node;
    const leaves = lotsBelow(node);
    const reach = whichever(choicesOf(limits).map((some) => reachOf(leaves, some, this.#unit)));
    return { ...node, reach, binding: node.binding || !isSame(reach, node.reach) };
  }

  /**
   * The reach of limits that cross each other: from the largest that any of them has by itself to the most that keeps
   * within all of them at once (T4e).
   */
  #together(limits: readonly Held<Leaf<T>>[], { parts, places }: Items<T>): Reach {
    const packed = pack(
      parts.map(({ reach }) => reach.high?.minor),
      limits.map(({ cap, parts: leaves }) => ({
        cap: cap.minor,
        items: [...new Set(flatMap(leaves, (leaf) => places.get(leaf) ?? []))],
      })),
    );
    const figures = [...limits.map(({ cap }) => cap), ...flatMap(parts, ({ reach }) => reach.high ?? [])];
    const high = asPreciseAs(figures, packed.most, this.#unit);
    const alone = flatMap(limits, (held) => this.#looked.get(held) ?? []);
    const low = smallerOf(alone.map((reach) => reach.low).reduce(largerOf), high);
    const sure = smallerOf(alone.map((reach) => reach.sure).reduce(largerOf), high);
    // If only some lots of a group are in view, and not all of them have a figure, only the upper end is known.
    const partial = alone.some((reach) => !reach.between && reach.low.minor !== reach.high?.minor);
    return { low, high, sure, between: !partial && low.minor < high.minor, exact: packed.exact };
  }
}

const largerOf = (a: Money, b: Money): Money => (b.minor > a.minor ? b : a);

/** An amount that was worked out from others, written no more precisely than they are, unless its digits need it. */
const asPreciseAs = (figures: readonly Money[], minor: bigint, unit: string): Money => {
  if (minor === 0n) return zeroMoney(unit);
  const precisions = figures.map(({ precision }) => precision);
  const sum = new MoneySum(unit);
  const coarsest = precisions.reduce((a, b) => Math.max(a, b));
  const finest = precisions.reduce((a, b) => Math.min(a, b));
  sum.addSum({ unit, minor, coarsest, finest });
  return showingAll(sum.value());
};

/** The lowest node in which all of these nodes lie, and the nodes below it on the way there. */
const meetingOf = <T>(owners: ReadonlySet<Draft<T>>): { above: Draft<T>; crossed: readonly Draft<T>[] } => {
  const crossed: Draft<T>[] = [];
  const byDepth = new Map<number, Set<Draft<T>>>();
  let count = 0;
  let depth = 0;
  const add = (draft: Draft<T>): void => {
    const level = madeUnder(byDepth, draft.depth, () => new Set());
    if (!level.has(draft)) count++;
    level.add(draft);
    depth = Math.max(depth, draft.depth);
  };
  for (const owner of owners) add(owner);
  for (; ; depth--) {
    for (const draft of byDepth.get(depth) ?? []) {
      // Only one is left, so all of them lie in it.
      if (count === 1 || draft.parent === undefined) return { above: draft, crossed };
      count--;
      crossed.push(draft);
      add(draft.parent.now());
    }
  }
};

interface Items<T> {
  readonly parts: readonly Part[];
  readonly places: ReadonlyMap<Leaf<T>, number>;
}

const itemsOf = <T>(lots: readonly Leaf<T>[], below: readonly CeilingNode<T>[]): Items<T> => {
  const places = new Map<Leaf<T>, number>(lots.map((leaf, place) => [leaf, place]));
  for (const [index, node] of below.entries()) {
    for (const leaf of leavesOf(node.lots, node.below)) places.set(leaf, lots.length + index);
  }
  return { parts: [...lots, ...below], places };
};

export const nodesIn = <T>(nodes: readonly CeilingNode<T>[]): readonly CeilingNode<T>[] => {
  const all = [...nodes];
  // The list grows while it is iterated.
  for (const { below } of all) for (const node of below) all.push(node);
  return all;
};

const leavesOf = <T>(lots: readonly Leaf<T>[], below: readonly CeilingNode<T>[]): readonly Leaf<T>[] => [
  ...lots,
  ...flatMap(nodesIn(below), (node) => node.lots),
];

export const lotsBelow = <T>({ lots, below }: CeilingNode<T>): readonly Leaf<T>[] => leavesOf(lots, below);

/** What lots may cost together, with each limit held against what lies below it (T4). */
export const treeOf = <T>(
  leaves: readonly Leaf<T>[],
  limits: readonly Held<Leaf<T>>[],
  unit: string,
): CeilingTree<T> => {
  const { looked, idle } = lookAt(limits, unit);
  return { root: new Forest(leaves, looked, { unit, asCertain: false }).tree(), idle };
};

/** What lots may cost together where all of these limits apply. */
const reachOf = <T>(leaves: readonly Leaf<T>[], limits: readonly Held<Leaf<T>>[], unit: string): Reach =>
  new Forest(leaves, lookAt(limits, unit).looked, { unit, asCertain: true }).tree().reach;

/** The known ends of a reach, as one amount with its bound; undefined where nothing is proven. */
export const moneyOf = ({ low, high, sure, between }: Reach): Money | undefined => {
  if (high === undefined) {
    const proven = sure.minor > 0n || sure.minor === low.minor;
    return proven ? { ...sure, bound: "atLeast" } : undefined;
  }
  if (sure.minor === high.minor) return high;
  if (between && sure.minor === low.minor) return rangeTo(high, low.minor);
  return { ...high, bound: "atMost" };
};
