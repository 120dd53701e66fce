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

/** A ceiling, and what is ordered under it (L1). */
export class CeilingUse {
  readonly scope: Scope;
  readonly ceiling: Amount;
  /** The ceiling's unit; of an unknown ceiling that of the contract's other ceilings. */
  readonly #unit: string | undefined;
  readonly #sums = new Map<string, MoneySum>();
  /** What may have been ordered under it or under another, less than zero and more. */
  readonly #maybe = new Map<string, { less: bigint; more: bigint }>();
  readonly #recent = new Map<string, bigint>();
  #last: MoneySum | undefined;
  /** How many orders count. */
  orders = 0;

  constructor(scope: Scope, ceiling: Amount, unit: string | undefined) {
    this.scope = scope;
    this.ceiling = ceiling;
    this.#unit = isKnown(ceiling) ? unitOf(ceiling) : unit;
  }

  add(money: Money): void {
    this.orders++;
    this.#sumIn(unitOf(money)).add(money);
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

  /** An order that may belong here. */
  addPossible(money: Money): void {
    const unit = unitOf(money);
    const maybe = this.#maybe.get(unit) ?? { less: 0n, more: 0n };
    this.#maybe.set(unit, maybe);
    if (money.minor < 0n) maybe.less += money.minor;
    else maybe.more += money.minor;
  }

  /** An order that was added, and that counts for the pace, too. */
  addRecent(money: Money): void {
    const unit = unitOf(money);
    this.#recent.set(unit, (this.#recent.get(unit) ?? 0n) + money.minor);
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

  /** What may have been ordered, in one unit. */
  range(unit: string): OrderedRange {
    const { minor } = this.sum(unit);
    const { less, more } = this.#maybe.get(unit) ?? { less: 0n, more: 0n };
    const others = this.#otherAmounts(unit);
    return {
      low: others.some((amount) => amount < 0n) ? undefined : minor + less,
      high: others.some((amount) => amount > 0n) ? undefined : minor + more,
    };
  }

  /** The amounts in other units: nothing says how much they are in this one, only whether they are more than nothing. */
  #otherAmounts(unit: string): readonly bigint[] {
    if (!isKnown(this.ceiling)) return [];
    const sums = [...this.#sums].flatMap(([other, sum]) => (other === unit ? [] : [sum.value().minor]));
    const maybes = [...this.#maybe].flatMap(([other, { less, more }]) => (other === unit ? [] : [less, more]));
    return [...sums, ...maybes];
  }

  /** What of the sum counts for the pace. */
  recent(unit: string): bigint {
    return this.#recent.get(unit) ?? 0n;
  }
}
