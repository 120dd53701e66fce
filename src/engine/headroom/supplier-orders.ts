import { type Money, MoneySum, unitOf } from "../../model/money.ts";
import type { Supplier } from "../../records/supplier.ts";

/** What certainly is ordered from somebody on a lot, by unit, and whether more may be. */
interface OwnOrders {
  readonly sums: Map<string, MoneySum>;
  mayBeMore: boolean;
}

/** From whom an order is, and on which lot; undefined where nobody says so. */
interface Delivery {
  readonly who: Supplier | undefined;
  readonly lot: string | undefined;
}

/** What is ordered from each supplier of a contract, lot by lot. */
export class SupplierOrders {
  readonly #own = new Map<Supplier, Map<string | undefined, OwnOrders>>();
  /** Whether there are orders of which nobody says who delivers. */
  #mayBeAnybodys = false;

  /** An order; where what it says is not all, more may be ordered. */
  add({ who, lot }: Delivery, measured: readonly Money[], isAll: boolean): void {
    if (who === undefined) {
      this.addAnybodys();
      return;
    }
    const byLot = this.#own.get(who) ?? new Map<string | undefined, OwnOrders>();
    this.#own.set(who, byLot);
    const own = byLot.get(lot) ?? { sums: new Map<string, MoneySum>(), mayBeMore: false };
    byLot.set(lot, own);
    if (!isAll) own.mayBeMore = true;
    for (const money of measured) sumIn(own.sums, unitOf(money)).add(money);
  }

  /** Orders of which nobody says who delivers. */
  addAnybodys(): void {
    this.#mayBeAnybodys = true;
  }

  get suppliers(): Iterable<Supplier> {
    return this.#own.keys();
  }

  /**
   * What is ordered from a supplier, on some lots or on all, one amount a unit; at least so much where orders leave open
   * who delivers, or on which lot.
   */
  of(supplier: Supplier, lots?: ReadonlySet<string>): readonly Money[] {
    const sums = new Map<string, MoneySum>();
    let isLeast = this.#mayBeAnybodys;
    for (const [lot, own] of this.#own.get(supplier) ?? []) {
      const counts = lots === undefined || (lot !== undefined && lots.has(lot));
      if (!counts) isLeast ||= lot === undefined;
      else {
        isLeast ||= own.mayBeMore;
        for (const [unit, sum] of own.sums) sumIn(sums, unit).addSum(sum.parts());
      }
    }
    return [...sums.values()].map((sum) => (isLeast ? { ...sum.value(), bound: "atLeast" } : sum.value()));
  }
}

const sumIn = (sums: Map<string, MoneySum>, unit: string): MoneySum => {
  const sum = sums.get(unit) ?? new MoneySum(unit);
  sums.set(unit, sum);
  return sum;
};
