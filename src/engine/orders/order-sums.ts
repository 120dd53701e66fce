import { type Money, MoneySum, rangeTo, unitOf, zeroMoney } from "../../model/money.ts";

interface UnitSum {
  readonly sum: MoneySum;
  count: number;
  /** What may come on top, in minor units, as the value of a call-off may be known no better. */
  more: bigint;
  isOpen: boolean;
}

const NOTHING = { sum: undefined, more: 0n, isOpen: false };

/** Adds an amount that is only known to be at least so much, or between two. */
const addBound = (to: UnitSum, { bound, least = 0n, ...high }: Money): void => {
  const low = bound === "atLeast" ? high.minor : least;
  to.sum.add({ ...high, minor: low });
  to.isOpen ||= bound === "atLeast";
  to.more += high.minor - low;
};

export class OrderSums {
  readonly #sums = new Map<string, UnitSum>();
  #last: UnitSum | undefined;
  /** Whether there may be orders besides that nobody could read. */
  isLeast = false;

  add(money: Money): void {
    const sum = this.#sumIn(unitOf(money));
    sum.count++;
    if (money.bound === undefined) sum.sum.add(money);
    else addBound(sum, money);
  }

  addAll(others: OrderSums): void {
    for (const [unit, { sum, count, more, isOpen }] of others.#sums) {
      const own = this.#sumIn(unit);
      own.sum.addSum(sum.parts());
      own.count += count;
      own.more += more;
      own.isOpen ||= isOpen;
    }
  }

  /** Most orders are in the unit of the one before. */
  #sumIn(unit: string): UnitSum {
    if (this.#last?.sum.unit === unit) return this.#last;
    const sum = this.#sums.get(unit) ?? { sum: new MoneySum(unit), count: 0, more: 0n, isOpen: false };
    this.#sums.set(unit, sum);
    this.#last = sum;
    return sum;
  }

  get isEmpty(): boolean {
    return this.#last === undefined;
  }

  get units(): readonly string[] {
    return [...this.#sums.keys()];
  }

  has(unit: string): boolean {
    return this.#sums.has(unit);
  }

  sum(unit: string): Money {
    const { sum, more, isOpen } = this.#sums.get(unit) ?? NOTHING;
    const least = sum?.value() ?? zeroMoney(unit);
    if (isOpen || this.isLeast) return { ...least, bound: "atLeast" };
    return more === 0n ? least : rangeTo({ ...least, minor: least.minor + more }, least.minor);
  }

  ordersIn(unit: string): number {
    return this.#sums.get(unit)?.count ?? 0;
  }
}
