import { madeUnder } from "../../model/lists.ts";
import {
  type Amount,
  isKnown,
  isQuantity,
  type Money,
  MoneySum,
  unitOf,
  zeroLike,
  zeroMoney,
} from "../../model/money.ts";
import type { Measure } from "../../query/lot-ceiling.ts";
import type { LotGroup } from "../../records/group.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";

export type Scope =
  | { readonly kind: "contract" }
  | { readonly kind: "group"; readonly group: LotGroup }
  | { readonly kind: "lot"; readonly lot: Lot }
  /** One supplier's seat, where each has a ceiling of its own. */
  | { readonly kind: "supplier"; readonly lot: Lot; readonly supplier: Supplier };

/** Whether a ceiling covers a lot or a seat on it, alone or among others. */
export const isOver = (scope: Scope, lot: string): boolean => {
  if (scope.kind === "contract") return true;
  return scope.kind === "group" ? scope.group.lots.includes(lot) : scope.lot.id === lot;
};

/** What an order uses up: an amount of money, a quantity, or one of each (L4). */
export type Measured = readonly Money[];

/** What is ordered in one unit, in minor units. An end is undefined where nothing is known of it. */
export interface OrderedRange {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

/** The amounts below and above zero that may have been ordered, in minor units. */
export interface Possible {
  less: bigint;
  more: bigint;
}

/** The sums, by unit, of orders that state figures in the same units. In any other unit nothing is known of them. */
interface Bundle<Sum> {
  readonly key: string;
  readonly sums: Map<string, Sum>;
}

/** Sums of orders, kept apart by the units in which they say something. */
class Bundles<Sum> {
  readonly #bundles = new Map<string, Bundle<Sum>>();
  readonly #fresh: (unit: string) => Sum;
  /** The bundle of the order before: most orders are in the same units. */
  #last: Bundle<Sum> | undefined;

  constructor(fresh: (unit: string) => Sum) {
    this.#fresh = fresh;
  }

  get isEmpty(): boolean {
    return this.#bundles.size === 0;
  }

  get all(): Iterable<Bundle<Sum>> {
    return this.#bundles.values();
  }

  /** The only bundle. Undefined where there are several, or none. */
  get only(): Bundle<Sum> | undefined {
    return this.#bundles.size === 1 ? this.#last : undefined;
  }

  add(measured: Measured, addTo: (sum: Sum, money: Money) => void): void {
    const { sums } = this.#of(measured);
    for (const money of measured) {
      const unit = unitOf(money);
      const sum = sums.get(unit) ?? this.#fresh(unit);
      sums.set(unit, sum);
      addTo(sum, money);
    }
  }

  #of(measured: Measured): Bundle<Sum> {
    const [first, second] = measured;
    const unit = first === undefined ? "" : unitOf(first);
    const key = second === undefined ? unit : `${unit}\n${unitOf(second)}`;
    if (this.#last?.key === key) return this.#last;
    const bundle = this.#bundles.get(key) ?? { key, sums: new Map<string, Sum>() };
    this.#bundles.set(key, bundle);
    this.#last = bundle;
    return bundle;
  }
}

export const nothingPossible = (): Possible => ({ less: 0n, more: 0n });

const NOTHING_POSSIBLE: Readonly<Possible> = nothingPossible();

export const addPossible = (sum: Possible, { minor }: Money): void => {
  if (minor < 0n) sum.less += minor;
  else sum.more += minor;
};

/** Whether an order was placed within the time from which the pace is calculated. */
export type Recency = "yes" | "no" | "perhaps";

/** Sums of orders that may count or not. */
class PossibleSums {
  readonly bundles = new Bundles(nothingPossible);
  /** Whether one of the orders has no known upper end. */
  isOpen = false;

  add(measured: Measured, isOpen: boolean): void {
    if (measured.length > 0) this.bundles.add(measured, addPossible);
    if (isOpen) this.isOpen = true;
  }
}

/** What an order certainly comes to, what may come on top, and whether that may be any amount. */
export interface OrderedAmounts {
  readonly certain: Measured;
  readonly perhaps: Measured;
  readonly isOpen: boolean;
}

/**
 * The units in which an order uses something up without saying how much. `isCredit`: it gives back rather than takes.
 */
export interface Untold {
  readonly units: readonly string[];
  readonly isCredit: boolean;
}

/**
 * Orders that each belong under one of several ceilings, without saying which. They are summed once for all of these.
 */
export class PossibleOrders {
  readonly ceilings: readonly CeilingUse[];
  readonly all = new PossibleSums();
  readonly recent = new PossibleSums();
  readonly #untold = new Map<string, readonly string[]>();

  constructor(ceilings: readonly CeilingUse[]) {
    this.ceilings = ceilings;
    for (const ceiling of ceilings) ceiling.mayShare(this);
  }

  /** Adds an order. Where it is open, it may come to any amount more. */
  add(measured: Measured, isOpen: boolean, recency: Recency): void {
    this.all.add(measured, isOpen);
    if (recency !== "no") this.recent.add(measured, isOpen);
  }

  /** As {@link CeilingUse.untoldBy} of all the ceilings. Remembered, as these may be many and most orders are alike. */
  untoldBy(measured: Measured): readonly string[] {
    const measures = measured.map((money) => measureOf(unitOf(money))).join();
    const untold = () => [...new Set(this.ceilings.flatMap((use) => use.untoldBy(measured)))];
    return madeUnder(this.#untold, measures, untold);
  }
}

/** What is ordered under a ceiling, for certain and perhaps. */
class OrderedSums {
  readonly certain = new Bundles((unit) => new MoneySum(unit));
  /** What may be ordered under the ceiling or not at all. */
  readonly perhaps = new PossibleSums();
  /** What may be ordered under the ceiling or under another. */
  readonly shared: PossibleSums[] = [];

  add(measured: Measured): void {
    this.certain.add(measured, (sum, money) => sum.add(money));
  }

  get possible(): readonly PossibleSums[] {
    return [this.perhaps, ...this.shared];
  }

  get hasOpenEnd(): boolean {
    return this.possible.some(({ isOpen }) => isOpen);
  }

  sum(unit: string): Money | undefined {
    const only = this.certain.only;
    if (only !== undefined) return only.sums.get(unit)?.value();
    return this.#sumOfAll(unit);
  }

  #sumOfAll(unit: string): Money | undefined {
    const sums = [...this.certain.all].flatMap((bundle) => bundle.sums.get(unit) ?? []);
    const [only, ...others] = sums;
    if (only === undefined || others.length === 0) return only?.value();
    const all = new MoneySum(unit);
    for (const sum of sums) all.addSum(sum.parts());
    return all.value();
  }

  /** Whether all orders certainly count, and state nothing but amounts in this one unit. */
  isPlain(unit: string): boolean {
    if (this.certain.only?.key !== unit) return false;
    for (const { bundles, isOpen } of this.possible) if (isOpen || !bundles.isEmpty) return false;
    return true;
  }

  /** What is stated in a unit, from the least to the most, without what is stated in other units. */
  rangeWithin(unit: string): OrderedRange {
    const minor = this.sum(unit)?.minor ?? 0n;
    let [less, more] = [0n, 0n];
    for (const { bundles } of this.possible) {
      for (const { sums } of bundles.all) {
        const possible = sums.get(unit) ?? NOTHING_POSSIBLE;
        less += possible.less;
        more += possible.more;
      }
    }
    return { low: minor + less, high: this.hasOpenEnd ? undefined : minor + more };
  }

  /** The amounts of orders whose units say nothing of the one that is asked about. */
  amountsUnlike(saysOf: (units: readonly string[]) => boolean): readonly bigint[] {
    const unlike = <Sum>(bundles: Bundles<Sum>) =>
      [...bundles.all].flatMap(({ sums }) => (saysOf([...sums.keys()]) ? [] : [...sums.values()]));
    const maybe = this.possible.flatMap(({ bundles }) => unlike(bundles));
    return [
      ...unlike(this.certain).map((sum) => sum.value().minor),
      ...maybe.flatMap(({ less, more }) => [less, more]),
    ];
  }
}

/** What limits a scope by one measure. */
export interface ScopeCeiling {
  readonly measure: Measure;
  readonly ceiling: Amount;
}

/** The same in one unit. The unit is undefined where neither the ceiling nor any order tells it. */
export interface CeilingLine extends ScopeCeiling {
  readonly unit: string | undefined;
}

const isIn = (unit: string, { ceiling }: ScopeCeiling): boolean => isKnown(ceiling) && unitOf(ceiling) === unit;
const measureOf = (unit: string): Measure => (isQuantity({ currency: unit }) ? "quantity" : "money");

interface ContractUnits {
  /** The unit to assume where a ceiling is unknown. */
  readonly unit: string | undefined;
  readonly counted: ReadonlySet<string>;
}

/** What limits a scope, in money, in quantities or both, and what is ordered under it (L1). */
export class CeilingUse {
  readonly scope: Scope;
  /** One of money, one of a quantity, or both. */
  readonly ceilings: readonly ScopeCeiling[];
  /** The unit of the contract's other ceilings, for one that is unknown. */
  readonly #unit: string | undefined;
  /**
   * The units of the contract's quantities. An order that states how much it takes in one of these takes none of
   * others.
   */
  readonly #counted: ReadonlySet<string>;
  /** The lines where all ceilings are known: they never change. */
  readonly #knownLines: readonly CeilingLine[] | undefined;
  readonly #all = new OrderedSums();
  readonly #recent = new OrderedSums();
  orders = 0;

  constructor(scope: Scope, ceilings: readonly ScopeCeiling[], { unit, counted }: ContractUnits) {
    this.scope = scope;
    this.ceilings = ceilings;
    this.#unit = unit;
    this.#counted = counted;
    const known = ceilings.flatMap((one) => (isKnown(one.ceiling) ? [{ unit: unitOf(one.ceiling), ...one }] : []));
    this.#knownLines = known.length === ceilings.length ? known : undefined;
  }

  fresh(): CeilingUse {
    return new CeilingUse(this.scope, this.ceilings, { unit: this.#unit, counted: this.#counted });
  }

  /** Adds an order, or what `count` orders come to. They may count for the pace, too. */
  add(measured: Measured, recency: Recency, count = 1): void {
    this.orders += count;
    this.#all.add(measured);
    if (recency === "yes") this.#recent.add(measured);
    else if (recency === "perhaps") this.#recent.perhaps.add(measured, false);
  }

  unlike(measured: Measured): Money | undefined {
    for (const { ceiling } of this.ceilings)
      if (isKnown(ceiling) && !this.#saysOf(unitOf(ceiling), measured.map(unitOf))) return ceiling;
    return undefined;
  }

  /** The units of known ceilings of a measure in which an order states nothing. */
  untoldBy(measured: Measured): readonly string[] {
    const told = new Set(measured.map((money) => measureOf(unitOf(money))));
    return this.ceilings.flatMap(({ measure, ceiling }) =>
      isKnown(ceiling) && !told.has(measure) ? [unitOf(ceiling)] : [],
    );
  }

  /**
   * Whether an order that states amounts in some units thereby says what it takes in another one: that much, or
   * nothing.
   */
  #saysOf(unit: string, units: readonly string[]): boolean {
    if (units.includes(unit)) return true;
    return measureOf(unit) === "quantity" && units.some((other) => this.#counted.has(other));
  }

  /**
   * Shares orders that may belong under this ceiling or under another, including those that are added to them later.
   */
  mayShare({ all, recent }: PossibleOrders): void {
    this.#all.shared.push(all);
    this.#recent.shared.push(recent);
  }

  /** Adds what may count or not: an order perhaps placed after the day, or what may come on top. Any amount if open. */
  addPerhaps(measured: Measured, isOpen: boolean, recency: Recency): void {
    this.#all.perhaps.add(measured, isOpen);
    if (recency !== "no") this.#recent.perhaps.add(measured, isOpen);
  }

  get isUsed(): boolean {
    const { possible, hasOpenEnd } = this.#all;
    return this.orders > 0 || possible.some(({ bundles }) => !bundles.isEmpty) || hasOpenEnd;
  }

  /**
   * The lines with something to say. A known ceiling has one, in its unit; an unknown one has one for each unit
   * ordered.
   */
  get lines(): readonly CeilingLine[] {
    if (this.#knownLines !== undefined) return this.#knownLines;
    return this.ceilings.flatMap((one): readonly CeilingLine[] => {
      if (isKnown(one.ceiling)) return [{ ...one, unit: unitOf(one.ceiling) }];
      const units = this.#units().filter((unit) => one.ceiling === "missing" || measureOf(unit) === one.measure);
      const usual = one.measure === "money" ? this.#unit : undefined;
      return (units.length === 0 ? [usual] : units).map((unit) => ({ ...one, unit }));
    });
  }

  #units(): readonly string[] {
    return [...new Set([...this.#all.certain.all].flatMap(({ sums }) => [...sums.keys()]))];
  }

  sum(unit: string): Money {
    const zero = this.#zero(unit);
    const { called: _, ...sum } = this.#all.sum(unit) ?? zero;
    return zero.called === undefined ? sum : { ...sum, called: zero.called };
  }

  #zero(unit: string): Money {
    const alike = this.limitIn(unit);
    return alike === undefined ? zeroMoney(unit) : zeroLike(alike);
  }

  /** The ceiling in a unit, with the name that the register gives the unit. */
  limitIn(unit: string): Money | undefined {
    const alike = this.ceilings.find((one) => isIn(unit, one))?.ceiling;
    return alike !== undefined && isKnown(alike) ? alike : undefined;
  }

  /** The units in which something is ordered, or may be, whatever the ceiling is in. */
  get unitsOrdered(): readonly string[] {
    const maybe = this.#all.possible.flatMap(({ bundles }) => [...bundles.all]);
    return [...new Set([...this.#units(), ...maybe.flatMap(({ sums }) => [...sums.keys()])])];
  }

  /** What may have been ordered, in one unit. */
  range(unit: string): OrderedRange {
    return this.#rangeOf(this.#all, unit);
  }

  /**
   * What of it may have been ordered within the time that gives the pace. Its ends belong to those of {@link range}:
   * there is a way to understand all orders by which both are at their least, and one by which both are at their most.
   */
  recentRange(unit: string): OrderedRange {
    return this.#rangeOf(this.#recent, unit);
  }

  /** Orders that say nothing in the ceiling's unit leave an end open: the upper one, or for credits the lower one. */
  #rangeOf(ordered: OrderedSums, unit: string): OrderedRange {
    if (ordered.isPlain(unit)) {
      const minor = ordered.sum(unit)?.minor ?? 0n;
      return { low: minor, high: minor };
    }
    const { low, high } = ordered.rangeWithin(unit);
    const isLimited = this.ceilings.some((one) => isIn(unit, one));
    const others = isLimited ? ordered.amountsUnlike((units) => this.#saysOf(unit, units)) : [];
    return {
      low: others.some((amount) => amount < 0n) ? undefined : low,
      high: others.some((amount) => amount > 0n) ? undefined : high,
    };
  }
}

/** Whether two amounts are measured alike: both in money, or both in quantities. */
export const isOfOneMeasure = (a: Money, b: Money): boolean => isQuantity(a) === isQuantity(b);

export interface UsedCeilings {
  readonly uses: readonly CeilingUse[];
  /** The orders that use up one of several ceilings without saying which. Undefined where they say it. */
  readonly maybe: PossibleOrders | undefined;
}

/** Adds an order, or what `count` orders come to, to all ceilings that it uses up or may use up. */
export const countUnder = (
  { uses, maybe }: UsedCeilings,
  { certain, perhaps, isOpen }: OrderedAmounts,
  measured: Measured,
  recency: Recency,
  count = 1,
): void => {
  for (const use of uses) {
    if (certain.length > 0) use.add(certain, recency, count);
    if (perhaps.length > 0 || isOpen) use.addPerhaps(perhaps, isOpen, recency);
  }
  maybe?.add(certain.length + perhaps.length > 0 ? measured : NONE, isOpen, recency);
};

export const NONE: Measured = [];

/** Gives an amount's unit the name that the first of these ceilings in that unit gives it, whatever orders call it. */
export const calledBy = (uses: Iterable<CeilingUse>, money: Money): Money => {
  const { called: _, ...plain } = money;
  for (const one of uses) {
    const limit = one.limitIn(unitOf(money));
    if (limit !== undefined) return limit.called === undefined ? plain : { ...plain, called: limit.called };
  }
  return money;
};
