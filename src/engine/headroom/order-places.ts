import { type DayRange, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { suppliersOf } from "../../query/subject.ts";
import { holderOn } from "../../records/as-of.ts";
import type { Contract } from "../../records/contract.ts";
import { termDates } from "../../records/contract-term.ts";
import type { Lot } from "../../records/lot.ts";
import type { Register } from "../../records/register.ts";
import { lotRef } from "../views.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import { allCeilings, type ContractCeilings, type LotCeilings } from "./contract-ceilings.ts";
import type { Problem } from "./order-problems.ts";

/** Where orders with one lot and one supplier belong. */
export interface Place {
  /** The ceilings that such an order certainly uses up. */
  readonly uses: readonly CeilingUse[];
  /** Those of which it uses up one, without saying which. */
  readonly maybe: readonly CeilingUse[];
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
  maybe: [],
  problem: undefined,
  subject: undefined,
  term: undefined,
  left: undefined,
};

/** A contract as it is written and as it stands on a day, with its ceilings. */
export interface PlacedContract {
  readonly written: Contract;
  readonly contract: Contract;
  readonly ceilings: ContractCeilings;
  readonly day: PartialDate;
  readonly preference: Preference;
  readonly supplierNamed: Register["supplierNamed"];
}

/** So many places are remembered; what recurs is met early. */
const MOST_PLACES = 10_000;

/** Finds where orders belong; most have the lot and the supplier of some order before. */
export class OrderPlaces {
  readonly #in: PlacedContract;
  readonly #places = new Map<string | undefined, Map<string | undefined, Place>>();
  #count = 0;

  constructor(placed: PlacedContract) {
    this.#in = placed;
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
    const lot = lotId === undefined && others.length === 0 ? only : contract.lots.find(({ id }) => id === lotId);
    const above = ceilings.contract === undefined ? [] : [ceilings.contract];
    const uses = lot && ceilings.lots.get(lot.id);
    if (lot === undefined || uses === undefined) {
      const maybe = allCeilings(ceilings).filter((use) => use !== ceilings.contract);
      const problem = lotId === undefined ? "no lot" : "lot";
      return { ...NOWHERE, uses: above, maybe, problem, subject: lotId, term: this.#termOf(contract.term) };
    }
    const groups = ceilings.groups.filter(({ scope }) => scope.kind === "group" && scope.group.lots.includes(lot.id));
    const shared = uses.shared === undefined ? [] : [uses.shared];
    const seat = this.#seat(lot, uses, supplier);
    const term = this.#termOf(lot.term ?? contract.term);
    return { ...seat, uses: [...above, ...groups, ...shared, ...seat.uses], term };
  }

  #seat(lot: Lot, { bySupplier }: LotCeilings, name: string | undefined): Place {
    const { contract, written, day, preference } = this.#in;
    const seats = [...bySupplier.values()];
    if (name === undefined) {
      if (seats.length < 2) return { ...NOWHERE, uses: seats };
      return { ...NOWHERE, maybe: seats, problem: "no supplier", subject: lotRef(contract, lot) };
    }
    const supplier = this.#in.supplierNamed(name);
    if (supplier === undefined) return { ...NOWHERE, maybe: seats, problem: "supplier", subject: name };
    if (supplier === "several") return { ...NOWHERE, maybe: seats, problem: "alike", subject: name };
    const holder = holderOn(supplier, day);
    if (holder !== undefined && suppliersOf(lot, preference).includes(holder)) {
      const seat = bySupplier.get(holder);
      return { ...NOWHERE, uses: seat === undefined ? [] : [seat] };
    }
    const stated = written.lots.find(({ id }) => id === lot.id)?.suppliers;
    const seated = stated !== undefined && preference.choose(stated).value.includes(supplier);
    const left = seated ? supplier.successions.find(({ kind }) => kind === "left") : undefined;
    if (left !== undefined) return { ...NOWHERE, left: dayRange(left.date), subject: name };
    // Where nobody says who holds a lot, anybody may.
    if (stated === undefined || seated) return NOWHERE;
    return { ...NOWHERE, problem: "seat", subject: `${name} on ${lotRef(contract, lot)}` };
  }

  #termOf(term: Contract["term"]): DayRange | undefined {
    const { phases } = termDates({ ...this.#in.contract, term }, this.#in.preference);
    const [first, last] = [phases[0], phases.at(-1)];
    return first && last && { first: first.firstDays.first, last: last.lastDays.last };
  }
}
