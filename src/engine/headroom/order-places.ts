import { type DayRange, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { firstById } from "../../model/first-by-id.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { suppliersOf } from "../../query/subject.ts";
import { holderOn } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import { termDates } from "../../records/contract-term.ts";
import type { LotGroup } from "../../records/group.ts";
import type { Lot } from "../../records/lot.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { lotRef } from "../views.ts";
import { type CeilingUse, PossibleOrders } from "./ceiling-use.ts";
import { allCeilings, type ContractCeilings, type LotCeilings } from "./contract-ceilings.ts";
import type { Problem } from "./order-problems.ts";

/** Where orders with one lot and one supplier belong. */
export interface Place {
  /** The ceilings that such an order certainly uses up. */
  readonly uses: readonly CeilingUse[];
  /** The orders that use up one of several ceilings, without saying which; undefined where it says. */
  readonly maybe: PossibleOrders | undefined;
  readonly problem: Problem | undefined;
  /** What the problem is about: a lot, a supplier. */
  readonly subject: string | undefined;
  /** The days on which orders may be placed: from the first to the last; undefined where the term is unknown. */
  readonly term: DayRange | undefined;
  /** The days of which one is the last of a supplier that left. */
  readonly left: DayRange | undefined;
}

const NOWHERE: Place = {
  uses: [],
  maybe: undefined,
  problem: undefined,
  subject: undefined,
  term: undefined,
  left: undefined,
};

/** A contract as it is written and as it stands on a day, with its ceilings. */
interface PlacedContract {
  readonly written: Contract;
  readonly contract: Contract;
  readonly ceilings: ContractCeilings;
  readonly day: PartialDate;
  readonly preference: Preference;
  readonly supplierNamed: Register["supplierNamed"];
}

/** Who holds a lot. */
interface OnLot {
  readonly holders: ReadonlySet<Supplier>;
  /** Those that the lot was awarded to; undefined where nothing says so. */
  readonly stated: ReadonlySet<Supplier> | undefined;
  /** The orders of one of them, without saying of which. */
  readonly possible: () => PossibleOrders;
}

/** The ceilings of orders of which nobody knows the lot. */
interface Anywhere {
  readonly certain: readonly CeilingUse[];
  readonly maybe: PossibleOrders;
}

const isOfAll = (group: LotGroup, lots: ReadonlyMap<string, Lot>): boolean => {
  const held = new Set(group.lots);
  return [...lots.keys()].every((id) => held.has(id));
};

/** So many places are remembered; what recurs is met early. */
const MOST_PLACES = 10_000;

/** Finds where orders belong; most have the lot and the supplier of some order before. */
export class OrderPlaces {
  readonly #in: PlacedContract;
  readonly #places = new Map<string | undefined, Map<string | undefined, Place>>();
  readonly #lots: ReadonlyMap<string, Lot>;
  readonly #written: ReadonlyMap<string, Lot>;
  readonly #groups = new Map<string, CeilingUse[]>();
  readonly #onLots = new Map<Lot, OnLot>();
  #anywhere: Anywhere | undefined;
  #count = 0;

  constructor(placed: PlacedContract) {
    this.#in = placed;
    this.#lots = firstById(placed.contract.lots);
    this.#written = firstById(placed.written.lots);
    for (const use of placed.ceilings.groups) this.#indexGroup(use);
  }

  #indexGroup(use: CeilingUse): void {
    for (const lot of use.scope.kind === "group" ? use.scope.group.lots : []) {
      const groups = this.#groups.get(lot) ?? [];
      this.#groups.set(lot, groups);
      groups.push(use);
    }
  }

  of(lot: string | undefined, supplier: string | undefined): Place {
    const bySupplier = this.#places.get(lot);
    const known = bySupplier?.get(supplier);
    if (known !== undefined) return known;
    const place = this.#find(lot, supplier);
    if (this.#count++ < MOST_PLACES) {
      if (bySupplier === undefined) this.#places.set(lot, new Map([[supplier, place]]));
      else bySupplier.set(supplier, place);
    }
    return place;
  }

  #find(lotId: string | undefined, supplier: string | undefined): Place {
    const { contract, ceilings } = this.#in;
    const [only, ...others] = contract.lots;
    const lot = lotId === undefined ? (others.length === 0 ? only : undefined) : this.#lots.get(lotId);
    const above = ceilings.contract === undefined ? [] : [ceilings.contract];
    const uses = lot && ceilings.lots.get(lot.id);
    if (lot === undefined || uses === undefined) {
      const term = this.#termOf(contract.term);
      if (lotId === undefined && contract.lots.length === 0) return { ...NOWHERE, uses: above, term };
      const { certain: holding, maybe } = this.#onSomeLot();
      const problem = lotId === undefined ? "no lot" : "lot";
      return { ...NOWHERE, uses: [...above, ...holding], maybe, problem, subject: lotId, term };
    }
    const groups = this.#groups.get(lot.id) ?? [];
    const shared = uses.shared === undefined ? [] : [uses.shared];
    const seat = this.#seat(lot, uses, supplier);
    const term = this.#termOf(lot.term ?? contract.term);
    return { ...seat, uses: [...above, ...groups, ...shared, ...seat.uses], term };
  }

  /** What an order uses up whichever of the lots it is for, and what it may. */
  #onSomeLot(): Anywhere {
    if (this.#anywhere !== undefined) return this.#anywhere;
    const { contract, ceilings } = this.#in;
    const certain: CeilingUse[] = [];
    const maybe: CeilingUse[] = [];
    for (const use of allCeilings(ceilings)) {
      if (use === ceilings.contract) continue;
      const { scope } = use;
      const holdsAll = scope.kind === "group" && contract.lots.length > 0 && isOfAll(scope.group, this.#lots);
      (holdsAll ? certain : maybe).push(use);
    }
    this.#anywhere = { certain, maybe: new PossibleOrders(maybe) };
    return this.#anywhere;
  }

  #seat(lot: Lot, { bySupplier }: LotCeilings, name: string | undefined): Place {
    const { contract, day } = this.#in;
    if (name === undefined) {
      if (bySupplier.size < 2) return { ...NOWHERE, uses: [...bySupplier.values()] };
      const maybe = this.#onLot(lot, bySupplier).possible();
      return { ...NOWHERE, maybe, problem: "no supplier", subject: lotRef(contract, lot) };
    }
    const onLot = this.#onLot(lot, bySupplier);
    const supplier = this.#in.supplierNamed(name);
    if (supplier === undefined) return { ...NOWHERE, maybe: onLot.possible(), problem: "supplier", subject: name };
    if (supplier === "several") return { ...NOWHERE, maybe: onLot.possible(), problem: "alike", subject: name };
    const holder = holderOn(supplier, day);
    if (holder !== undefined && onLot.holders.has(holder)) {
      const seat = bySupplier.get(holder);
      return { ...NOWHERE, uses: seat === undefined ? [] : [seat] };
    }
    const seated = onLot.stated?.has(supplier) === true;
    const left = seated ? supplier.successions.find(({ kind }) => kind === "left") : undefined;
    if (left !== undefined) return { ...NOWHERE, left: dayRange(left.date), subject: name };
    // Where nobody says who holds a lot, anybody may.
    if (onLot.stated === undefined || seated) return NOWHERE;
    return { ...NOWHERE, problem: "seat", subject: `${name} on ${lotRef(contract, lot)}` };
  }

  /** What is known of who holds a lot; worked out once, for an order of any of them. */
  #onLot(lot: Lot, bySupplier: LotCeilings["bySupplier"]): OnLot {
    const known = this.#onLots.get(lot);
    if (known !== undefined) return known;
    const { preference } = this.#in;
    const stated = this.#written.get(lot.id)?.suppliers;
    let possible: PossibleOrders | undefined;
    const onLot = {
      holders: new Set(suppliersOf(lot, preference)),
      stated: stated && new Set(preference.choose(stated).value),
      possible: () => {
        possible ??= new PossibleOrders([...bySupplier.values()]);
        return possible;
      },
    };
    this.#onLots.set(lot, onLot);
    return onLot;
  }

  #termOf(term: Contract["term"]): DayRange | undefined {
    const { phases } = termDates({ ...this.#in.contract, term }, this.#in.preference);
    const [first, last] = [phases[0], phases.at(-1)];
    return first && last && { first: first.firstDays.first, last: last.lastDays.last };
  }
}
