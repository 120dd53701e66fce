import { type Amount, isKnown, type Money, MoneySum, unitOf, zeroMoney } from "../../model/money.ts";
import type { LotGroup } from "../../records/group.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";

/** What a ceiling is for. */
export type Scope =
  | { readonly kind: "contract" }
  | { readonly kind: "group"; readonly group: LotGroup }
  | { readonly kind: "lot"; readonly lot: Lot }
  /** One supplier's seat, where each has a ceiling of its own. */
  | { readonly kind: "supplier"; readonly lot: Lot; readonly supplier: Supplier };

/** What is ordered in one unit lies between the two, in minor units; without an end where orders in other units come on top. */
export interface OrderedRange {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

/** The amounts below and above zero that may have been ordered, in minor units. */
interface Possible {
  less: bigint;
  more: bigint;
}

const addTo = (sums: Map<string, Possible>, unit: string, { less, more }: Possible): void => {
  const sum = sums.get(unit) ?? { less: 0n, more: 0n };
  sums.set(unit, sum);
  sum.less += less;
  sum.more += more;
};

const possible = ({ minor }: Money): Possible => (minor < 0n ? { less: minor, more: 0n } : { less: 0n, more: minor });

/** Orders of which each belongs under one of several ceilings, without saying which; summed once for all of these. */
export class PossibleOrders {
  readonly #byUnit = new Map<string, Possible>();
  /** Whether nothing says how much one of them comes to at most. */
  isOpen = false;

  constructor(ceilings: readonly CeilingUse[]) {
    for (const ceiling of ceilings) ceiling.mayShare(this);
  }

  get byUnit(): ReadonlyMap<string, Possible> {
    return this.#byUnit;
  }

  add(money: Money): void {
    addTo(this.#byUnit, unitOf(money), possible(money));
  }
}

/** A ceiling, and what is ordered under it (L1). */
export class CeilingUse {
  readonly scope: Scope;
  readonly ceiling: Amount;
  /** The ceiling's unit; of an unknown ceiling that of the contract's other ceilings. */
  readonly #unit: string | undefined;
  readonly #sums = new Map<string, MoneySum>();
  readonly #possible: PossibleOrders[] = [];
  readonly #recent = new Map<string, bigint>();
  #last: MoneySum | undefined;
  /** What may be ordered under it or not at all, by unit. */
  #perhaps: Map<string, Possible> | undefined;
  /** How many orders count. */
  orders = 0;
  /** Whether nothing says how much an order comes to at most. */
  #isOpen = false;

  constructor(scope: Scope, ceiling: Amount, unit: string | undefined) {
    this.scope = scope;
    this.ceiling = ceiling;
    this.#unit = isKnown(ceiling) ? unitOf(ceiling) : unit;
  }

  /** An order, which may count for the pace, too. */
  add(money: Money, isRecent: boolean): void {
    this.orders++;
    const unit = unitOf(money);
    this.#sumIn(unit).add(money);
    if (isRecent) this.#recent.set(unit, (this.#recent.get(unit) ?? 0n) + money.minor);
  }

  /** Whether what is ordered in a unit can be held against the ceiling; anything can against an unknown one. */
  isIn(unit: string): boolean {
    return unit === this.#unit || !isKnown(this.ceiling);
  }

  /** Most orders are in the unit of the one before. */
  #sumIn(unit: string): MoneySum {
    if (this.#last?.unit === unit) return this.#last;
    const sum = this.#sums.get(unit) ?? new MoneySum(unit);
    this.#sums.set(unit, sum);
    this.#last = sum;
    return sum;
  }

  /** Orders that may belong here or under another ceiling, now or later. */
  mayShare(orders: PossibleOrders): void {
    this.#possible.push(orders);
  }

  /** An order that may not count, for nobody knows whether it was placed by the day. */
  addPerhaps(money: Money): void {
    this.#perhaps ??= new Map();
    addTo(this.#perhaps, unitOf(money), possible(money));
  }

  /** An order of which nothing says how much more it comes to. */
  addOpen(): void {
    this.#isOpen = true;
  }

  /** Whether any order counts, or may. */
  get isUsed(): boolean {
    return this.orders > 0 || this.#maybe().size > 0 || this.#hasOpenEnd;
  }

  get #hasOpenEnd(): boolean {
    return this.#isOpen || this.#possible.some(({ isOpen }) => isOpen);
  }

  /** The units in which there is something to say: a known ceiling's own, otherwise all that was ordered in. */
  get units(): readonly (string | undefined)[] {
    if (isKnown(this.ceiling) || this.#sums.size === 0) return [this.#unit];
    return [...this.#sums.keys()];
  }

  /** What certainly was ordered, in one unit. */
  sum(unit: string): Money {
    return this.#sums.get(unit)?.value() ?? zeroMoney(unit);
  }

  /** The units in which something is ordered, or may be, whatever the ceiling is in. */
  get unitsOrdered(): readonly string[] {
    return [...new Set([...this.#sums.keys(), ...this.#maybe().keys()])];
  }

  /** What is stated to be ordered in one unit, or may be; what is in others is left out of it. */
  rangeWithin(unit: string): OrderedRange {
    const { minor } = this.sum(unit);
    const { less, more } = this.#maybe().get(unit) ?? { less: 0n, more: 0n };
    return { low: minor + less, high: this.#hasOpenEnd ? undefined : minor + more };
  }

  /** What may have been ordered, in one unit. */
  range(unit: string): OrderedRange {
    const { minor } = this.sum(unit);
    const { less, more } = this.#maybe().get(unit) ?? { less: 0n, more: 0n };
    const others = this.#otherAmounts(unit);
    return {
      low: others.some((amount) => amount < 0n) ? undefined : minor + less,
      high: this.#hasOpenEnd || others.some((amount) => amount > 0n) ? undefined : minor + more,
    };
  }

  /** What may have been ordered under it or under another, by unit. */
  #maybe(): ReadonlyMap<string, Possible> {
    const [only, ...others] = this.#possible;
    if (others.length === 0 && this.#perhaps === undefined) return only?.byUnit ?? new Map();
    const sums = new Map<string, Possible>();
    for (const [unit, perhaps] of this.#perhaps ?? []) addTo(sums, unit, perhaps);
    for (const { byUnit } of this.#possible) for (const [unit, possible] of byUnit) addTo(sums, unit, possible);
    return sums;
  }

  /** The amounts in other units: nothing says how much they are in this one, only whether they are more than nothing. */
  #otherAmounts(unit: string): readonly bigint[] {
    if (!isKnown(this.ceiling)) return [];
    const sums = [...this.#sums].flatMap(([other, sum]) => (other === unit ? [] : [sum.value().minor]));
    const maybes = [...this.#maybe()].flatMap(([other, { less, more }]) => (other === unit ? [] : [less, more]));
    return [...sums, ...maybes];
  }

  /** What of the sum counts for the pace. */
  recent(unit: string): bigint {
    return this.#recent.get(unit) ?? 0n;
  }
}
