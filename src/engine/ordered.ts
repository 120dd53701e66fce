import { type Amount, isKnown, isQuantity, type Money, unitOf, usualUnit, zeroLike } from "../model/money.ts";
import { firstFew } from "../model/phrases.ts";
import type { SelectedContract, SelectedLot } from "../query/selection.ts";
import type { Contract } from "../records/contract.ts";
import type { Assessment } from "./assessments.ts";
import { type CeilingUse, calledBy } from "./headroom/ceiling-use.ts";
import type { ContractUse } from "./headroom/contract-use.ts";
import type { Cell, OrderedIn } from "./headroom/placed-orders.ts";
import type { Summary } from "./report.ts";
import { Tally } from "./tally.ts";

type Lots = Pick<SelectedContract, "contract" | "lots">;

export const orderedOnLot = (use: ContractUse | undefined, lot: SelectedLot): readonly Money[] =>
  use?.known === true ? amountsIn(use, [lot], wholeCell).amounts : [];

export const orderedUnder = (use: ContractUse | undefined, selected: Lots): readonly Money[] =>
  use?.known === true ? amountsUnder(use, selected).amounts : [];

const amountsUnder = (use: ContractUse, { contract, lots }: Lots): OrderedIn => {
  const isAll = lots.length === contract.lots.length && lots.every(isWhole);
  return amountsIn(use, isAll ? undefined : lots, cellOf);
};

/** What is ordered on some lots, or under the whole contract, with the names that its ceilings give the units. */
const amountsIn = (
  use: ContractUse,
  some: readonly SelectedLot[] | undefined,
  cell: (lot: SelectedLot) => Cell,
): OrderedIn => {
  const { whole, lots, placed } = use;
  const unitsOf = ({ lines }: CeilingUse): readonly string[] => lines.flatMap(({ unit }) => unit ?? []);
  const units = (some ?? []).flatMap(({ lot }) => unitsOf(lots.get(lot.id)?.all ?? whole));
  const ordered = placed.amountsIn(some?.map(cell), usualUnit(units.length > 0 ? units : unitsOf(whole)));
  return {
    ...ordered,
    amounts: ordered.amounts.map((money) => (isQuantity(money) ? calledBy(usesOn(use, some), money) : money)),
  };
};

function* usesOn({ whole, lots }: ContractUse, some: readonly SelectedLot[] | undefined): Generator<CeilingUse> {
  for (const id of some?.map(({ lot }) => lot.id) ?? lots.keys()) {
    const { all, bySupplier } = lots.get(id) ?? {};
    if (all !== undefined) yield all;
    if (bySupplier !== undefined) yield* bySupplier.values();
  }
  yield whole;
}

const isWhole = ({ matching, suppliers }: SelectedLot): boolean => matching.length === suppliers.length;

const seatCell = ({ lot, matching, suppliers }: SelectedLot): Cell => ({
  lot,
  seats: matching,
  holders: suppliers.length,
});

const wholeCell = (lot: SelectedLot): Cell => ({ ...seatCell(lot), seats: undefined });
const cellOf = (lot: SelectedLot): Cell => (isWhole(lot) ? wholeCell(lot) : seatCell(lot));

const MOST_NAMED = 3;

/** A selection of a contract's lots, and what is ordered on them if its orders can be read. */
export type Ordering = Pick<Assessment, "use" | "unread"> & { readonly selected: Lots };

/** Adds up what is ordered: a measure of its own, never added to ceilings or to what was awarded. */
export class OrderedTally {
  readonly tally = new Tally();
  readonly #unread: string[] = [];
  readonly #others: string[] = [];
  readonly #limits = new Map<string, Money>();
  #isKnown = false;
  readonly #othersAre: string;

  constructor(othersAre = "not counted here") {
    this.#othersAre = othersAre;
  }

  /**
   * Adds what is ordered on the selected lots of a contract. Where a framework says nothing of its orders, it is due.
   */
  addContract({ use, unread, selected }: Ordering): void {
    if (use?.known !== true) this.addUnknown(selected.contract, unread);
    else this.#add(amountsUnder(use, selected));
  }

  /**
   * Adds a contract whose orders are unknown. They are due where it is a framework and some of its holders are asked
   * for.
   */
  addUnknown({ id, framework }: Contract, unread: boolean, isAsked = true): void {
    if (unread) this.#unread.push(id);
    if (framework && isAsked) this.tally.addAmount("missing");
  }

  addMissing(count: number): void {
    this.tally.addMissing(count);
  }

  /** Adds what is ordered from those who hold the selected seats. Lots that nobody holds have no orders. */
  addSeats({ use, unread, selected: { contract, lots } }: Ordering): void {
    const held = lots.filter(({ matching }) => matching.length > 0);
    if (use?.known !== true) this.addUnknown(contract, unread, held.length > 0);
    else if (held.length > 0) {
      this.#add(amountsIn(use, held, seatCell));
      for (const lot of held) this.#limitedIn(use, lot);
    }
  }

  /** Remembers the units of the seats' ceilings: where no order is in such a unit, what is ordered in it is zero. */
  #limitedIn({ lots }: ContractUse, { lot, matching }: SelectedLot): void {
    const { all, bySupplier } = lots.get(lot.id) ?? {};
    const uses = [all, ...matching.map((supplier) => bySupplier?.get(supplier))];
    for (const { ceiling } of uses.flatMap((use) => use?.ceilings ?? [])) if (isKnown(ceiling)) this.#limited(ceiling);
  }

  /** Where ceilings call the same unit by different names, the name that is first alphabetically counts, as in sums. */
  #limited(ceiling: Money): void {
    const known = this.#limits.get(unitOf(ceiling));
    if (known === undefined || (ceiling.called ?? "") < (known.called ?? ""))
      this.#limits.set(unitOf(ceiling), ceiling);
  }

  /**
   * Notes a contract with orders from suppliers that hold no seat on the day: only the seats of the day are added up.
   */
  seeOthers({ use, selected: { contract, lots } }: Ordering): void {
    const held = lots.filter(({ suppliers }) => suppliers.length > 0);
    if (use?.known === true && held.some((lot) => use.placed.hasOthersOn(lot))) this.#others.push(contract.id);
  }

  #add({ amounts, untold, isOpen }: OrderedIn): void {
    this.#isKnown = true;
    for (const amount of amounts) {
      if (amount.bound === "atLeast" && !isOpen) this.tally.addLeast(amount);
      else if (amount.bound === "atMost") this.tally.addMost(amount);
      else this.tally.addAmount(amount);
    }
    for (const unit of untold) this.tally.addUntold(unit);
  }

  get units(): readonly string[] {
    return this.#isKnown ? this.tally.units : [];
  }

  totalIn(unit = ""): Amount | undefined {
    if (this.units.includes(unit) || this.tally.isUntold(unit)) return this.tally.totalIn(unit);
    const limit = this.tally.isOpen ? undefined : this.#limits.get(unit);
    return limit && zeroLike(limit);
  }

  notes(): readonly string[] {
    const [unread, others] = [this.#unread, this.#others].map((ids) => firstFew(ids, MOST_NAMED));
    return [
      ...(this.#unread.length > 0 ? [`The orders under ${unread} cannot be read: headroom tells why.`] : []),
      ...(this.#others.length > 0
        ? [`Orders of suppliers that hold no seat on the day are ${this.#othersAre} (${others}): see headroom.`]
        : []),
    ];
  }

  summaries(): readonly Summary[] {
    const amounts = this.#isKnown ? this.tally.totals() : [];
    return amounts.length === 0 ? [] : [{ label: "Total ordered", column: "ordered", amounts, remark: undefined }];
  }
}
