import type { Preference } from "../model/claim.ts";
import { addUnder, flatMap, madeUnder } from "../model/lists.ts";
import { type Amount, isKnown, toMinorPrecision } from "../model/money.ts";
import { addSums, countIn, NOTHING, type RunningSums, type Sums, sumsIn, sumsOf } from "../model/sums.ts";
import { seatsOf } from "../query/lot-ceiling.ts";
import type { SelectedLot } from "../query/selection.ts";
import type { Supplier } from "../records/supplier.ts";
import { AwardedTally, type Awards, statesAwarded } from "./awarded.ts";
import { CeilingSources } from "./ceiling-sources.ts";
import {
  allowanceOf,
  byMeasure,
  type ContractCeiling,
  isElsewhere,
  type Known,
  type Look,
  type LotCeiling,
  lookOf,
  statesOf,
} from "./ceilings.ts";
import { type LotParts, sharesOf } from "./equal-split.ts";
import { OrderedTally, type Ordering } from "./ordered.ts";
import { namesOfAll, SAID, saidOfSeat } from "./said-of-seats.ts";
import { SeatColumns, type SeatSums } from "./seat-columns.ts";
import { isMissing, missingParts, Tally } from "./tally.ts";

/** What one supplier may reach (T6). The three figures answer three questions and are never added to each other. */
export class SupplierCeilings {
  lots = 0;
  known = 0;
  /** Ceilings that it has for itself. */
  readonly sole = new Tally();
  readonly shared = new Tally();
  #share: Tally | undefined;
  readonly sources = new CeilingSources();

  /**
   * How many values and orders are due and not stated. Most seats have nothing else, so these are only counted at
   * first.
   */
  #awardsDue = 0;
  #ordersDue = 0;
  #awarded: AwardedTally | undefined;
  #ordered: OrderedTally | undefined;
  #said: RunningSums | undefined;

  /** How many of its seats have another name or size than its record says. */
  get said(): Sums {
    return this.#said ?? NOTHING;
  }

  addSaid(said: Sums): void {
    this.#said ??= new Map();
    addSums(this.#said, said);
  }

  /** Its part where shared ceilings are divided equally: an assumption, not a fact. */
  get share(): Tally {
    this.#share ??= new Tally();
    return this.#share;
  }

  /** Its figures that come from ceilings. For most suppliers nothing is divided, so that there is no share. */
  get tallies(): readonly Tally[] {
    return this.#share === undefined ? [this.sole, this.shared] : [this.sole, this.shared, this.#share];
  }

  /** The units of what was awarded and ordered. None where it is only known that these are due. */
  get otherUnits(): readonly string[] {
    if (this.#awarded === undefined && this.#ordered === undefined) return [];
    return [...this.awarded.tally.units, ...this.ordered.units];
  }

  /** Whether all that it holds is certainly nothing in any unit: lots that came to nothing. */
  get isNothing(): boolean {
    const isNone = (tally: Tally) => tally.units.length === 0 && !tally.isOpen && !tally.quantities.isOpen;
    return this.lots > 0 && this.known === this.lots && this.tallies.every(isNone);
  }

  awardedIn(unit: string | undefined): Amount | undefined {
    return this.#awarded && this.awarded.totalIn(unit);
  }

  orderedIn(unit: string | undefined): Amount | undefined {
    return this.#ordered && this.ordered.totalIn(unit);
  }

  count(state: Known): void {
    this.lots++;
    if (state === "known") this.known++;
  }

  /** Adds what was kept of it in columns (`seat-columns.ts`). */
  addSums({ lots, awardsDue, ordersDue, sole, shared, source }: SeatSums): void {
    this.lots += lots;
    this.known += lots;
    this.#awardsDue += awardsDue;
    this.#ordersDue += ordersDue;
    if (sole !== undefined) this.sole.addSum(sole);
    if (shared !== undefined) this.shared.addSum(shared);
    const unit = (sole ?? shared)?.unit;
    if (unit !== undefined) this.sources.count(source, unit);
  }

  missAward(): void {
    this.#awardsDue++;
  }

  /** What it came to, as numbers that can be added to those of others. Of orders only how many are due; no shares. */
  parts(preference: Preference): Sums {
    return sumsOf([
      ["lots", this.lots],
      ["known", this.known],
      ["sole", this.sole.parts()],
      ["shared", this.shared.parts()],
      ["awarded", this.#awarded === undefined ? missingParts(this.#awardsDue) : this.awarded.tally.parts()],
      ["orders", this.#ordered === undefined ? this.#ordersDue : this.ordered.tally.missing],
      ["sources", this.sources.parts(preference)],
      [SAID, this.said],
    ]);
  }

  /** Adds what others came to, by their {@link parts}. */
  addParts(parts: Sums): void {
    this.lots += countIn(parts, "lots");
    this.known += countIn(parts, "known");
    this.sole.addParts(sumsIn(parts, "sole"));
    this.shared.addParts(sumsIn(parts, "shared"));
    const awarded = sumsIn(parts, "awarded");
    if (isMissing(awarded)) this.#awardsDue += countIn(awarded, "missing");
    else if (awarded.size > 0) this.awarded.tally.addParts(awarded);
    this.#ordersDue += countIn(parts, "orders");
    this.sources.addParts(sumsIn(parts, "sources"));
    if (parts.has(SAID)) this.addSaid(sumsIn(parts, SAID));
  }

  get awarded(): AwardedTally {
    this.#awarded ??= new AwardedTally();
    this.#awarded.addMissing(this.#awardsDue);
    this.#awardsDue = 0;
    return this.#awarded;
  }

  get ordered(): OrderedTally {
    this.#ordered ??= new OrderedTally();
    this.#ordered.addMissing(this.#ordersDue);
    this.#ordersDue = 0;
    return this.#ordered;
  }
}

type TallyOf = (tally: Tally) => Tally;

export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly figures: SupplierCeilings;
}

export class SupplierFold {
  readonly #figures = new Map<Supplier, SupplierCeilings>();
  readonly #columns = new SeatColumns();
  /** The parts of lots that nobody holds; only when ceilings are divided. */
  unheld: SupplierCeilings | undefined;
  /** Whether some of a ceiling that was divided went to suppliers that were not asked for. */
  leavesOut = false;
  readonly #preference: Preference;

  constructor(preference: Preference) {
    this.#preference = preference;
  }

  /** The suppliers that hold lots of the added contracts, in the order in which they came, with what each may reach. */
  get suppliers(): ReadonlyMap<Supplier, SupplierCeilings> {
    return new Map(Array.from(this.#columns.suppliers, (supplier) => [supplier, this.#of(supplier)]));
  }

  /** Adds lots of a contract: with what is ordered on them if `ordering` is given, with equal shares if `parts` are. */
  add(contract: ContractCeiling, ordering?: Ordering, parts?: LotParts): void {
    const misses = ordering !== undefined && missesOrders(ordering);
    this.#columns.begin(misses);
    for (const { selected } of contract.ceilings) this.#addSaid(selected);
    if (parts === undefined && isUsual(contract)) this.#addByLot(contract);
    else {
      this.#addWhole(contract, parts);
      for (const { selected } of contract.ceilings) this.#columns.missOrders(selected);
    }
    if (ordering !== undefined && !misses) this.#addOrders(ordering);
  }

  /** Adds a contract lot by lot. Most contracts of long registers are added so, and most have no known orders. */
  #addByLot(contract: ContractCeiling): void {
    for (const ceiling of contract.ceilings) {
      if (this.#columns.add(contract, ceiling)) continue;
      this.#addSeats(contract, ceiling);
      this.#columns.missOrders(ceiling.selected);
    }
  }

  #addSaid({ lot, matching }: SelectedLot): void {
    if (lot.statedHere === undefined) return;
    for (const supplier of matching) {
      const said = saidOfSeat(supplier, lot);
      if (said !== undefined) this.#of(supplier).addSaid(said);
    }
  }

  /**
   * Adds a lot of a contract that does not state what was awarded, and in which nothing limits several lots together.
   */
  #addSeats(contract: ContractCeiling, ceiling: LotCeiling): void {
    const { lot, matching } = ceiling.selected;
    const [state] = statesOf({ ceilings: [ceiling] });
    for (const supplier of matching) this.#of(supplier).count(state);
    this.#addLot(contract, ceiling, (tally) => tally);
    if (lot.status === "awarded") for (const supplier of matching) this.#of(supplier).missAward();
  }

  #addWhole(contract: ContractCeiling, parts: LotParts | undefined): void {
    const states = statesOf(contract);
    for (const [index, { selected }] of contract.ceilings.entries())
      for (const supplier of selected.matching) this.#of(supplier).count(states[index]);
    for (const measured of byMeasure(contract)) {
      const tallyOf: TallyOf = (tally) => (measured === contract ? tally : tally.quantities);
      if (measured.limits === undefined && measured.inVain === undefined)
        for (const ceiling of measured.ceilings) this.#addLot(measured, ceiling, tallyOf);
      else this.#addLimited(measured, tallyOf);
    }
    if (parts !== undefined) this.#addShares(contract, parts);
    this.#addAwarded({ contract: contract.contract, lots: contract.ceilings.map(({ selected }) => selected) });
  }

  /** Adds what is ordered under a contract from each supplier that holds a selected seat. */
  #addOrders({ use, unread, selected: { contract, lots } }: Ordering): void {
    if (use?.known !== true) {
      if (!unread) return;
      for (const supplier of new Set(flatMap(lots, ({ matching }) => matching)))
        this.#of(supplier).ordered.addUnknown(contract, unread);
      return;
    }
    const held = new Map<Supplier, SelectedLot[]>();
    for (const lot of lots)
      for (const supplier of lot.matching) addUnder(held, supplier, { ...lot, matching: [supplier] });
    for (const [supplier, own] of held) {
      const selected = { contract, lots: own };
      this.#of(supplier).ordered.addSeats({ use, unread, selected });
    }
  }

  /** Adds what a supplier came to elsewhere, by its {@link SupplierCeilings.parts}. */
  addParts(supplier: Supplier, parts: Sums): void {
    this.#of(supplier).addParts(parts);
  }

  holders(): readonly Holder[] {
    return Array.from(this.suppliers, ([supplier, figures]) => {
      const [name] = namesOfAll(supplier, figures.lots, figures.said, this.#preference);
      return { id: supplier.id, name, figures };
    });
  }

  #addAwarded(selected: Awards): void {
    if (!statesAwarded(selected.contract)) {
      // Most registers state ceilings only.
      for (const { lot, matching } of selected.lots) {
        if (lot.status === "awarded") for (const supplier of matching) this.#of(supplier).missAward();
      }
      return;
    }
    for (const supplier of new Set(flatMap(selected.lots, ({ matching }) => matching))) {
      this.#of(supplier).awarded.addSupplier(supplier, selected, this.#preference);
    }
  }

  /** The figures of a supplier with all that was added so far, in the columns as well. */
  #of(supplier: Supplier): SupplierCeilings {
    const figures = this.#figures.get(supplier) ?? new SupplierCeilings();
    this.#figures.set(supplier, figures);
    const sums = this.#columns.take(supplier);
    if (sums !== undefined) figures.addSums(sums);
    return figures;
  }

  #addLot(contract: ContractCeiling, ceiling: LotCeiling, tallyOf: TallyOf): void {
    const { selected, shared } = ceiling;
    for (const supplier of selected.matching) {
      const figures = this.#of(supplier);
      const amount = seatAmount(ceiling, supplier);
      figures.sources.addLot(contract, ceiling);
      if (amount === undefined || isElsewhere(amount, ceiling)) continue;
      tallyOf(shared ? figures.shared : figures.sole).addAmount(amount);
    }
  }

  /** Adds lots with further ceilings over them: these limit what a supplier holds alone, and what it shares. */
  #addLimited(contract: ContractCeiling, tallyOf: TallyOf): void {
    const held = new Map<Supplier, { readonly sole: Look[]; readonly shared: Look[] }>();
    for (const ceiling of contract.ceilings) {
      for (const supplier of ceiling.selected.matching) {
        const own = madeUnder(held, supplier, () => ({ sole: [], shared: [] }));
        own[ceiling.shared ? "shared" : "sole"].push(lookOf(ceiling, supplier));
      }
    }
    for (const [supplier, own] of held) {
      for (const manner of ["sole", "shared"] as const)
        this.#addLooks(contract, this.#of(supplier), own[manner], (figures) => tallyOf(figures[manner]));
    }
  }

  #addLooks(
    contract: ContractCeiling,
    figures: SupplierCeilings,
    looks: readonly Look[],
    tallyOf: (figures: SupplierCeilings) => Tally,
  ): void {
    if (looks.length === 0) return;
    const allowance = allowanceOf(looks, contract.limits);
    tallyOf(figures).addAllowance(allowance, looks);
    figures.sources.add(contract, { units: allowance.units, ceilings: looks.map(({ lot }) => lot) });
  }

  #addShares(whole: ContractCeiling, parts: LotParts): void {
    const states = statesOf(whole);
    for (const [index, { selected }] of whole.ceilings.entries())
      if (selected.suppliers.length === 0) this.#unheldFigures().count(states[index]);
    for (const [index, measured] of byMeasure(whole).entries()) {
      const tallyOf: TallyOf = (tally) => (measured === whole ? tally : tally.quantities);
      for (const ceiling of measured.ceilings) {
        for (const part of parts[index]?.get(ceiling.selected.lot.id) ?? []) this.#addShare(ceiling, part, tallyOf);
      }
      if (measured.contract.lots.length === 0)
        for (const money of measured.usable) tallyOf(this.#unheldFigures().share).add(toMinorPrecision(money));
    }
  }

  #unheldFigures(): SupplierCeilings {
    this.unheld ??= new SupplierCeilings();
    return this.unheld;
  }

  #addShare(ceiling: LotCeiling, part: Amount, tallyOf: TallyOf): void {
    const { selected, shared } = ceiling;
    const { lot, suppliers, matching } = selected;
    if (suppliers.length === 0) {
      tallyOf(this.#unheldFigures().share).addAmount(isKnown(part) ? toMinorPrecision(part) : part);
      return;
    }
    // Sorted, so that who gets the odd cent does not depend on the order in which the register names them.
    const holders = [...(shared ? suppliers : matching)].sort((a, b) => (a.id < b.id ? -1 : 1));
    const shares = sharesOf(
      part,
      holders.map((supplier) => weightOf(ceiling, supplier) ?? BigInt(seatsOf(lot, suppliers, [supplier]))),
    );
    this.leavesOut ||= matching.length < holders.length;
    for (const [place, supplier] of holders.entries()) {
      const share = shares[place] ?? part;
      if (matching.includes(supplier)) tallyOf(this.#of(supplier).share).addAmount(share);
    }
  }
}

/** What of a lot's ceiling counts for a supplier that holds the lot. */
export const seatAmount = (ceiling: LotCeiling, supplier: Supplier): Amount | undefined =>
  ceiling.shared || ceiling.selected.suppliers.length === 1 ? ceiling.counted : lookOf(ceiling, supplier).amount;

/** Whether what each supplier may reach is exactly the sum of its seats: no limit holds for several of them. */
export const addsUpBySeats = (contract: ContractCeiling): boolean =>
  isUsual(contract) &&
  contract.ceilings.every((ceiling) =>
    ceiling.selected.matching.every((supplier) => {
      const amount = seatAmount(ceiling, supplier);
      return amount === undefined || !isKnown(amount) || amount.bound === undefined;
    }),
  );

/** Whether orders are due and unknown: those of a framework agreement that states none. */
const missesOrders = ({ use, unread, selected }: Ordering): boolean =>
  use?.known !== true && !unread && selected.contract.framework;

/** Whether each of a contract's ceilings stands by itself, and the contract does not state what was awarded. */
const isUsual = ({ contract, limits, inVain, quantities }: ContractCeiling): boolean =>
  limits === undefined && inVain === undefined && quantities === undefined && !statesAwarded(contract);

/**
 * The weight of a supplier's part in a lot that came to nothing and has a ceiling for each supplier: the most that was
 * ordered from it.
 */
const weightOf = (ceiling: LotCeiling, supplier: Supplier): bigint | undefined => {
  if (ceiling.inVain === undefined || ceiling.shared) return undefined;
  const { amount } = lookOf(ceiling, supplier);
  return amount !== undefined && isKnown(amount) ? amount.minor : undefined;
};
