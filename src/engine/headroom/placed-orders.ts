/**
 * An order has a place, and a place its ceilings. Which ceilings an order uses up follows from its lot and its
 * supplier, and is worked out once for each pair of these. After that, a million orders are sums. What is certain and
 * what is only possible are kept apart, so that a wrong order widens a figure and never goes missing. `headroom`,
 * `--fits`, `check` and `orders` ask the same sums. This file adds up what is ordered on any lots, or from any
 * suppliers, by all the spots where an order may be: it is certain where all its spots are looked at, and possible
 * where some are. From this `ordered-in-vain.ts` works out what lots that came to nothing count for together, which is
 * one more limit in their tree of ceilings.
 */

import { addUnder, groupedBy, madeUnder } from "../../model/lists.ts";
import { type Amount, isKnown, type Money, MoneySum, unitOf, zeroLike, zeroMoney } from "../../model/money.ts";
import type { Lot } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";
import { addPossible, nothingPossible, type OrderedAmounts, type Possible, type Untold } from "./ceiling-use.ts";
import { amountBetween } from "./use-figures.ts";

export interface Spot {
  readonly lot: Pick<Lot, "id">;
  /** Undefined where the order may be with any supplier that holds a seat. */
  readonly who: Supplier | undefined;
  /** Whether it may be with another supplier, too: one that gave a seat up, or an unknown one. */
  readonly orOthers: boolean;
}

/** What is looked at on a lot: all orders on it, or those with some suppliers that hold seats. */
export interface Cell {
  readonly lot: Pick<Lot, "id">;
  readonly seats: readonly Supplier[] | undefined;
  readonly holders: number;
}

/** What the orders of one place come to in one unit. */
interface PlacedSum {
  readonly zero: Money;
  readonly certain: MoneySum;
  readonly perhaps: Possible;
  /** All amounts, below and above zero, for where each order may be elsewhere. */
  readonly each: Possible;
}

class Account {
  readonly spots: readonly Spot[];
  readonly sums = new Map<string, PlacedSum>();
  /** The units in which orders take an unstated amount, and those in which they give one back. */
  readonly untold = { more: new Set<string>(), less: new Set<string>() };
  isOpen = false;

  constructor(spots: readonly Spot[]) {
    this.spots = spots;
  }

  add({ certain, perhaps, isOpen }: OrderedAmounts, { units, isCredit }: Untold): void {
    for (const unit of units) this.untold[isCredit ? "less" : "more"].add(unit);
    for (const money of certain) {
      const sum = this.#in(money);
      sum.certain.add(money);
      addPossible(sum.each, money);
    }
    for (const money of perhaps) {
      const sum = this.#in(money);
      addPossible(sum.perhaps, money);
      addPossible(sum.each, money);
    }
    if (isOpen) this.isOpen = true;
  }

  #in(money: Money): PlacedSum {
    const unit = unitOf(money);
    return madeUnder(this.sums, unit, () => ({
      zero: zeroLike(money),
      certain: new MoneySum(unit),
      perhaps: nothingPossible(),
      each: nothingPossible(),
    }));
  }
}

/** Orders that are, or may be, in what is looked at. */
export interface Within<C extends Cell> {
  readonly account: Account;
  readonly cells: readonly C[];
  readonly isCertain: boolean;
}

/** What is found out of an account while going through cells. */
interface Found<C extends Cell> {
  readonly cells: C[];
  /** On how many of its spots the account is within the cells. */
  within: number;
}

/** What is ordered, one amount per unit. `isOpen`: there may be more orders, unknown in any unit. */
export interface OrderedIn {
  readonly amounts: readonly Money[];
  /** The units in which something is ordered or given back, and neither end of it is known. */
  readonly untold: readonly string[];
  readonly isOpen: boolean;
}

interface OnSpot {
  readonly account: Account;
  readonly orOthers: boolean;
}

/**
 * What is ordered under a contract, by where each order may be. Whichever lots or seats are looked at, each order
 * counts once: certainly where all of its spots are looked at, and possibly where some are (L1c).
 */
export class PlacedOrders {
  /** The accounts of orders on one spot, by lot and supplier. */
  readonly #onOne = new Map<string, Map<Supplier | "a holder" | "anybody", Account>>();
  /** The accounts of orders that may be on several spots, or are on none. */
  readonly #onSeveral = new Map<readonly Spot[], Account>();
  /** The accounts of each lot, by the supplier on it. */
  #index: ReadonlyMap<string, ReadonlyMap<Supplier | undefined, readonly OnSpot[]>> | undefined;
  /** Whether there are orders of which nothing is known. */
  isOpen = false;

  add(spots: readonly Spot[], amounts: OrderedAmounts, untold: Untold): void {
    this.#accountOf(spots).add(amounts, untold);
  }

  #accountOf(spots: readonly Spot[]): Account {
    const [only, ...others] = spots;
    const fresh = () => new Account(spots);
    if (only === undefined || others.length > 0) return madeUnder(this.#onSeveral, spots, fresh);
    const onLot = madeUnder(this.#onOne, only.lot.id, () => new Map());
    return madeUnder(onLot, only.who ?? (only.orOthers ? "anybody" : "a holder"), fresh);
  }

  get #accounts(): readonly Account[] {
    return [...this.#onSeveral.values(), ...[...this.#onOne.values()].flatMap((onLot) => [...onLot.values()])];
  }

  #indexed(): ReadonlyMap<string, ReadonlyMap<Supplier | undefined, readonly OnSpot[]>> {
    const index = new Map<string, Map<Supplier | undefined, OnSpot[]>>();
    for (const account of this.#accounts) {
      for (const { lot, who, orOthers } of account.spots) {
        const onLot = madeUnder(index, lot.id, () => new Map<Supplier | undefined, OnSpot[]>());
        addUnder(onLot, who, { account, orOthers });
      }
    }
    return index;
  }

  /** The orders that are in some of the cells, or may be. */
  within<C extends Cell>(cells: readonly C[]): readonly Within<C>[] {
    this.#index ??= this.#indexed();
    const found = new Map<Account, Found<C>>();
    for (const [lot, onLot] of groupedBy(cells, (cell) => cell.lot.id)) {
      for (const { account, cells: own, isWithin } of spotsIn(onLot, this.#index.get(lot))) {
        const known = madeUnder(found, account, () => ({ cells: [], within: 0 }));
        for (const cell of own) known.cells.push(cell);
        if (isWithin) known.within++;
      }
    }
    return Array.from(found, ([account, { cells: own, within }]) => ({
      account,
      cells: own,
      isCertain: within === account.spots.length,
    }));
  }

  /**
   * What is ordered in some cells, or under the whole contract, sorted by unit. What is only possible makes ranges.
   * Where nothing is ordered, it is zero in the usual unit.
   */
  amountsIn(cells: readonly Cell[] | undefined, usual: string | undefined): OrderedIn {
    const all =
      cells === undefined ? this.#accounts.map((account) => ({ account, isCertain: true })) : this.within(cells);
    const totals = new Map<string, UnitTotal>();
    for (const { account, isCertain } of all) {
      for (const [unit, { zero, certain, perhaps, each }] of account.sums) {
        const total = madeUnder(totals, unit, () => ({ ...nothingIn(unit), zero }));
        if (isCertain) total.certain.addSum(certain.parts());
        addTo(total.perhaps, isCertain ? perhaps : each);
      }
      for (const end of ["more", "less"] as const)
        for (const unit of account.untold[end]) madeUnder(totals, unit, () => nothingIn(unit)).untold[end] = true;
    }
    if (totals.size === 0 && usual !== undefined) totals.set(usual, nothingIn(usual));
    const isOpen = this.isOpen || all.some(({ account }) => account.isOpen);
    const sorted = [...totals].sort(([a], [b]) => (a < b ? -1 : 1));
    const known = sorted.map(([unit, total]) => ({ unit, amount: amountOf(total, isOpen) }));
    return {
      amounts: known.flatMap(({ amount }) => (isKnown(amount) ? amount : [])),
      untold: known.flatMap(({ unit, amount }) => (isKnown(amount) ? [] : unit)),
      isOpen,
    };
  }

  /** Whether something is ordered on a lot from a named supplier that holds no seat of it. */
  hasOthersOn({ lot, suppliers }: { readonly lot: Pick<Lot, "id">; readonly suppliers: readonly Supplier[] }): boolean {
    this.#index ??= this.#indexed();
    const named = [...(this.#index.get(lot.id)?.keys() ?? [])].filter((who) => who !== undefined);
    if (named.length === 0) return false;
    const holders = new Set(suppliers);
    return named.some((who) => !holders.has(who));
  }
}

/** An account on a spot, with the cells it may be in there. `isWithin`: if it is on the spot, it is in one of them. */
interface SpotIn<C extends Cell> {
  readonly account: Account;
  readonly cells: readonly C[];
  readonly isWithin: boolean;
}

function* spotsIn<C extends Cell>(
  cells: readonly C[],
  onLot: ReadonlyMap<Supplier | undefined, readonly OnSpot[]> = new Map(),
): Generator<SpotIn<C>> {
  const whole = cells.filter(({ seats }) => seats === undefined);
  if (whole.length > 0) {
    for (const accounts of onLot.values())
      for (const { account } of accounts) yield { account, cells: whole, isWithin: true };
    return;
  }
  let seats = 0;
  for (const cell of cells) {
    for (const supplier of cell.seats ?? []) {
      seats++;
      for (const { account } of onLot.get(supplier) ?? []) yield { account, cells: [cell], isWithin: true };
    }
  }
  if (seats === 0) return;
  const isAll = seats === cells[0]?.holders;
  for (const { account, orOthers } of onLot.get(undefined) ?? [])
    yield { account, cells, isWithin: isAll && !orOthers };
}

/** What orders come to in one unit, and which of its ends are open. */
interface UnitTotal extends Omit<PlacedSum, "each"> {
  readonly untold: { more: boolean; less: boolean };
}

const nothingIn = (unit: string): UnitTotal => ({
  zero: zeroMoney(unit),
  certain: new MoneySum(unit),
  perhaps: nothingPossible(),
  untold: { more: false, less: false },
});

const addTo = (sum: Possible, { less, more }: Possible): void => {
  sum.less += less;
  sum.more += more;
};

const amountOf = ({ zero, certain, perhaps, untold }: UnitTotal, isOpen: boolean): Amount => {
  const sum = { ...zero, ...certain.value() };
  const { less, more } = perhaps;
  const range = {
    low: untold.less ? undefined : sum.minor + less,
    high: isOpen || untold.more ? undefined : sum.minor + more,
  };
  return amountBetween(range, sum);
};
