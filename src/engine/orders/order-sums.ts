import { madeUnder } from "../../model/lists.ts";
import { type Amount, type Money, MoneySum, unitOf, zeroMoney } from "../../model/money.ts";
import type { Untold } from "../headroom/ceiling-use.ts";
import { amountBetween } from "../headroom/use-figures.ts";

interface UnitSum {
  readonly sum: MoneySum;
  count: number;
  /** What may come on top, in minor units: the value of a call-off may be known only as a range. */
  more: bigint;
  isOpen: boolean;
  /** Whether it has credits that do not say how much they give back in this unit. */
  isOpenBelow: boolean;
}

const NOTHING = { sum: undefined, more: 0n, isOpen: false, isOpenBelow: false };

/** Adds an amount of which only a least is known, or two ends. */
const addBound = (to: UnitSum, { bound, least = 0n, ...high }: Money): void => {
  const low = bound === "atLeast" ? high.minor : least;
  to.sum.add({ ...high, minor: low });
  to.isOpen ||= bound === "atLeast";
  to.more += high.minor - low;
};

export class OrderSums {
  readonly #sums = new Map<string, UnitSum>();
  #last: UnitSum | undefined;
  /** Whether there may be more orders, which could not be read. */
  isLeast = false;

  add(money: Money): void {
    const sum = this.#sumIn(unitOf(money));
    sum.count++;
    if (money.bound === undefined) sum.sum.add(money);
    else addBound(sum, money);
  }

  /** Counts an order in the units in which it does not say how much it takes. */
  addUntold({ units, isCredit }: Untold): void {
    for (const unit of units) {
      const sum = this.#sumIn(unit);
      sum.count++;
      if (isCredit) sum.isOpenBelow = true;
      else sum.isOpen = true;
    }
  }

  addAll(others: OrderSums): void {
    for (const [unit, { sum, count, more, isOpen, isOpenBelow }] of others.#sums) {
      const own = this.#sumIn(unit);
      own.sum.addSum(sum.parts());
      own.count += count;
      own.more += more;
      own.isOpen ||= isOpen;
      own.isOpenBelow ||= isOpenBelow;
    }
  }

  /** Most orders are in the unit of the one before. */
  #sumIn(unit: string): UnitSum {
    if (this.#last?.sum.unit === unit) return this.#last;
    this.#last = madeUnder(this.#sums, unit, () => {
      return { sum: new MoneySum(unit), count: 0, more: 0n, isOpen: false, isOpenBelow: false };
    });
    return this.#last;
  }

  get units(): readonly string[] {
    return [...this.#sums.keys()];
  }

  has(unit: string): boolean {
    return this.#sums.has(unit);
  }

  sum(unit: string): Amount {
    const { sum, more, isOpen, isOpenBelow } = this.#sums.get(unit) ?? NOTHING;
    const least = sum?.value() ?? zeroMoney(unit);
    const high = isOpen || this.isLeast ? undefined : least.minor + more;
    return amountBetween({ low: isOpenBelow ? undefined : least.minor, high }, least);
  }

  ordersIn(unit: string): number {
    return this.#sums.get(unit)?.count ?? 0;
  }
}
