import { type Amount, isKnown, isQuantity, type Money, rangeTo, showingAll, unitOf, zeroLike } from "../model/money.ts";
import type { Measure } from "../query/lot-ceiling.ts";
import type { Cell, PlacedOrders, Within } from "./headroom/placed-orders.ts";

/** A ceiling of a lot that came to nothing: its suppliers' common one, or that of a seat. */
export interface VainCell extends Cell {
  readonly amount: Amount;
}

/** What some of these ceilings count for together, in minor units. `high` is undefined where nothing limits it. */
interface Together {
  readonly low: bigint;
  readonly high: bigint | undefined;
}

/** Parts that share orders, each of which may be on any of the parts, and what the parts count for together. */
export interface Joint<T> {
  readonly parts: readonly T[];
  readonly low: bigint;
  readonly high: bigint;
}

/** What was ordered on lots of a contract that came to nothing. Such lots count up to that (T4g), each order once. */
export class OrderedInVain {
  readonly #placed: PlacedOrders;
  readonly #measure: Measure | undefined;

  constructor(placed: PlacedOrders, measure?: Measure) {
    this.#placed = placed;
    this.#measure = measure;
  }

  /** The same for money alone, or for quantities alone. */
  in(measure: Measure): OrderedInVain {
    return new OrderedInVain(this.#placed, measure);
  }

  /** What ceilings of an amount still count for. Undefined where the amount is unknown and nothing was ordered. */
  upTo(amount: Amount, cells: readonly VainCell[]): Amount | undefined {
    const ordered = this.#ordered(cells);
    if (!isKnown(amount) && ordered.length > 1) return "missing";
    const like = isKnown(amount) ? amount : ordered[0];
    return like && moneyOf(this.#together(unitOf(like), cells), like, ordered);
  }

  #ordered(cells: readonly Cell[]): readonly Money[] {
    const measure = this.#measure;
    return this.#placed
      .amountsIn(cells, undefined)
      .amounts.filter((money) => measure === undefined || isQuantity(money) === (measure === "quantity"))
      .filter(({ minor, bound }) => minor > 0n || bound === "atLeast");
  }

  #together(unit: string, cells: readonly VainCell[]): Together {
    return together(unit, cells, this.#placed.within(cells), this.#placed.isOpen);
  }

  /** What parts that share orders come to in a unit. `cellsOf` gives the cells of each part. */
  joint<T>(unit: string, cellsOf: ReadonlyMap<T, readonly VainCell[]>): readonly Joint<T>[] {
    const partOf = new Map([...cellsOf].flatMap(([part, cells]) => cells.map((cell) => [cell, part] as const)));
    const links = this.#placed
      .within([...partOf.keys()])
      .map(({ cells }) => [...new Set(cells.flatMap((cell) => partOf.get(cell) ?? []))])
      .filter((parts) => parts.length > 1);
    return tiedBy(links).flatMap((parts) => {
      const { low, high } = this.#together(
        unit,
        parts.flatMap((part) => cellsOf.get(part) ?? []),
      );
      return high === undefined ? [] : [{ parts, low, high }];
    });
  }
}

/** Groups of items that links tie together, directly or by way of other items. */
const tiedBy = <T>(links: readonly (readonly T[])[]): readonly (readonly T[])[] => {
  const bundles = new Map<T, Set<T>>();
  for (const link of links) {
    const known = new Set(link.flatMap((item) => bundles.get(item) ?? []));
    const [largest = new Set<T>(), ...others] = [...known].sort((a, b) => b.size - a.size);
    for (const item of [...link, ...others.flatMap((other) => [...other])]) bundles.set(item, largest.add(item));
  }
  return Array.from(new Set(bundles.values()), (bundle) => [...bundle]);
};

/** Undefined stands for an amount that nothing limits. */
type Most = bigint | undefined;

const lessOf = (a: Most, b: Most): Most => {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
};

const sumOf = (all: readonly Most[]): Most =>
  all.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0n);

const orNothing = (minor: bigint): bigint => (minor < 0n ? 0n : minor);

/**
 * What orders come to in a unit: all together (`low` to `high`), and their amounts below and above zero (`less`,
 * `more`) if each of them may be elsewhere.
 */
interface Range {
  readonly low: bigint;
  readonly high: Most;
  readonly less: bigint;
  readonly more: Most;
}

const NOTHING: Range = { low: 0n, high: 0n, less: 0n, more: 0n };

const rangeIn = (unit: string, { account, isCertain }: Omit<Within<Cell>, "cells">): Range => {
  const sum = account.sums.get(unit);
  const isOpen = account.isOpen || account.untold.more.has(unit);
  if (sum === undefined) return isOpen ? { ...NOTHING, high: undefined, more: undefined } : NOTHING;
  const { perhaps, each } = sum;
  const certain = sum.certain.value().minor;
  const [low, high] = isCertain ? [certain + perhaps.less, certain + perhaps.more] : [each.less, each.more];
  return {
    low,
    high: isOpen ? undefined : high,
    less: each.less,
    more: isOpen ? undefined : each.more,
  };
};

/** A ceiling with the orders that can be under it and under no other of the ceilings that are looked at. */
class Own {
  readonly most: Most;
  low = 0n;
  high: Most = 0n;
  /** The amounts below zero, and above it, that may be under this ceiling or under another. */
  less = 0n;
  more: Most = 0n;

  constructor({ amount }: VainCell, isOpen: boolean) {
    this.most = isKnown(amount) ? amount.minor : undefined;
    if (isOpen) this.high = undefined;
  }

  /** The least that it counts for, wherever the orders are that may be elsewhere. */
  get least(): bigint {
    return lessOf(this.most, orNothing(this.low + this.less)) ?? 0n;
  }

  /** The most that it counts for by its own orders alone. */
  get top(): Most {
    return lessOf(this.most, this.high && orNothing(this.high));
  }

  /** How much more it may count for. */
  get room(): Most {
    return this.most === undefined ? undefined : this.most - (this.top ?? this.most);
  }

  /** Whether it has room for all orders that may be under it. */
  get isWide(): boolean {
    const all = sumOf([this.high, this.more]);
    return this.most === undefined || (all !== undefined && all <= this.most);
  }
}

/**
 * What ceilings count for together: each up to what was ordered under it, and an order that may be under several of
 * them once. The ends hold wherever such an order is: a credit lowers the least of every ceiling that it may be under.
 */
const together = (
  unit: string,
  cells: readonly VainCell[],
  within: readonly Within<VainCell>[],
  isOpen: boolean,
): Together => {
  const own = new Map(cells.map((cell) => [cell, new Own(cell, isOpen)]));
  const common: (Range & { readonly under: readonly Own[]; readonly isCertain: boolean })[] = [];
  for (const { cells: at, ...orders } of within) {
    const range = rangeIn(unit, orders);
    const under = at.flatMap((cell) => own.get(cell) ?? []);
    if (under.length > 1) common.push({ ...range, under, isCertain: orders.isCertain });
    for (const one of under) addRange(one, range, under.length > 1);
  }
  const all = [...own.values()];
  const tops = all.map(({ top }) => top);
  const besides = common.map(({ more, under }) => lessOf(more, sumOf(under.map(({ room }) => room))));
  const isPlain = common.every(({ less }) => less === 0n);
  const certain = common.filter(({ isCertain, under }) => isPlain && isCertain && under.every(({ isWide }) => isWide));
  const least = [...all.map((one) => one.least), ...certain.map(({ low }) => low)];
  return { low: least.reduce((sum, one) => sum + one, 0n), high: sumOf([...tops, ...besides]) };
};

const addRange = (own: Own, { low, high, less, more }: Range, isElsewhere: boolean): void => {
  if (isElsewhere) {
    own.less += less;
    own.more = sumOf([own.more, more]);
  } else {
    own.low += low;
    own.high = sumOf([own.high, high]);
  }
};

/** Two ends as one amount. Where it equals an amount that was ordered or stated, it is written as that is. */
const moneyOf = ({ low, high }: Together, like: Money, ordered: readonly Money[]): Amount => {
  if (high === undefined) return "missing";
  if (high === 0n) return zeroLike(like);
  const { bound: _, least: __, ...plain } = like;
  if (low < high) return rangeTo({ ...plain, minor: high }, low);
  const own = ordered.find((money) => unitOf(money) === unitOf(like) && money.bound === undefined);
  return [own, plain].find((money) => money?.minor === high) ?? showingAll({ ...plain, minor: high });
};
