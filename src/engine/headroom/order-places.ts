import { type DayRange, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { addUnder, firstById, madeUnder } from "../../model/lists.ts";
import { suppliersOf } from "../../query/subject.ts";
import { holderOn, holdsOn, leaverOn, seatOn } from "../../records/as-of.ts";
import { phasesOn } from "../../records/contract-term.ts";
import { cameToNothing, type Lot, nameHere } from "../../records/lot.ts";
import type { CallOffPlace, Order } from "../../records/order.ts";
import type { Register } from "../../records/register.ts";
import type { Supplier } from "../../records/supplier.ts";
import { lotRef } from "../views.ts";
import { type CeilingUse, PossibleOrders, type UsedCeilings } from "./ceiling-use.ts";
import type { ContractCeilings, LeftSeat, LotCeilings, StandingContract } from "./contract-ceilings.ts";
import type { Problem } from "./order-problems.ts";
import type { Spot } from "./placed-orders.ts";

/** The ceilings that orders use up, with the spots where the orders may be. */
interface Somewhere extends UsedCeilings {
  readonly spots: readonly Spot[];
}

export interface Place extends Somewhere {
  /** The lots on which the orders may be: one where that is certain, none for a contract without lots. */
  readonly lots: readonly Lot[];
  /** The suppliers of the orders, where these are call-offs that are contracts of their own. */
  readonly suppliers?: readonly Supplier[];
  readonly problem: Problem | undefined;
  /** What the problem is about: a lot, a supplier. */
  readonly subject: string | undefined;
  /** The days on which orders may be placed, from the first to the last. Undefined where the term is unknown. */
  readonly term: DayRange | undefined;
  /** The last day of a supplier that left, as the days one of which it is. */
  readonly left: LastDays | undefined;
  readonly who: Supplier | undefined;
  /** The id of the lot. Undefined where it may be any of several. */
  readonly lot: string | undefined;
}

/** When a supplier left, and the ceiling of its seat. The ceiling is undefined where suppliers share one. */
interface LastDays extends DayRange {
  readonly seat: CeilingUse | undefined;
}

/** A contract as it is written and as it stands on a day, with its ceilings. */
interface PlacedContract extends StandingContract {
  readonly ceilings: ContractCeilings;
  readonly preference: Preference;
  readonly supplierNamed: Register["supplierNamed"];
}

interface OnLot {
  readonly holders: ReadonlySet<Supplier>;
  /**
   * The suppliers that the lot was awarded to, and those that a modification replaced. Undefined where none are stated.
   */
  readonly stated: ReadonlySet<Supplier> | undefined;
  /** Whether some of the stated suppliers gave their seats up. */
  readonly isLeft: boolean;
}

/** Which seat of a lot an order is placed with. */
interface Seated {
  /** The seats one of which it is. None where suppliers share a ceiling, or the seat is nobody's. */
  readonly seats: readonly CeilingUse[];
  readonly problem?: Problem;
  readonly subject?: string;
  readonly left?: LastDays;
  /** Who delivers, as of the day. Left out where nobody says so. */
  readonly who?: Supplier;
  /** Whether it may be a supplier that holds no seat on the day. */
  readonly orOthers?: boolean;
}

type Unnamed = "a holder" | "anybody";

/** How many places are remembered. Those that recur are met early. */
const MOST_PLACES = 10_000;

/**
 * How many of the days on which a supplier left its lots are told apart. Where it left on more days, orders may seem
 * possible on lots that it had left shortly before. This makes figures wider, never wrong.
 */
const MOST_STEPS = 32;

interface Leaving {
  /** For each lot that the supplier left, the last day on which it may have left. */
  readonly days: ReadonlyMap<Lot, number>;
  /** Days in ascending order. After each of them there are fewer lots on which the supplier's orders may be. */
  readonly steps: readonly number[];
}

const NEVER_LEFT: Leaving = { days: new Map(), steps: [] };

const stepsOf = (days: ReadonlyMap<Lot, number>): readonly number[] => {
  const sorted = [...new Set(days.values())].sort((a, b) => b - a);
  const every = Math.ceil(sorted.length / MOST_STEPS);
  return sorted.filter((_, place) => place % every === 0).reverse();
};

/** Finds where orders belong. Remembers it: most have the lot and the supplier of an earlier order. */
export class OrderPlaces {
  readonly #in: PlacedContract;
  /**
   * Places by the step (see {@link Leaving}) up to which its supplier had left lots, by an order's lot, by its
   * supplier.
   */
  readonly #places: Map<string | undefined, Map<string | undefined, Place>>[] = [];
  readonly #lots: ReadonlyMap<string, Lot>;
  readonly #written: ReadonlyMap<string, Lot>;
  readonly #groups = new Map<string, CeilingUse[]>();
  readonly #onLots = new Map<Lot, OnLot>();
  readonly #terms = new Map<Lot | undefined, DayRange | undefined>();
  /** For each lot, what orders on any of its seats use up. */
  readonly #onAnySeat = new Map<Lot, UsedCeilings>();
  /**
   * What orders on some lot use up, by step. For a supplier, on any lot where it has a seat. For an order without a
   * known supplier, on any lot: with its holders, or with anybody.
   */
  readonly #onAnyLot: Map<Supplier | Unnamed, Somewhere>[] = [];
  readonly #leaving = new Map<Supplier, Leaving>();
  /** The lots on which a modification replaced a supplier by others. */
  readonly #replacedOn = new Map<Supplier, Lot[]>();
  readonly #lotsOf = new Map<Supplier, Lot[]>();
  readonly #holderNamed = new Map<string, Supplier | undefined>();
  #lotsOfAnybody: Lot[] | undefined;
  #count = 0;

  constructor(placed: PlacedContract) {
    this.#in = placed;
    this.#lots = firstById(placed.contract.lots);
    this.#written = firstById(placed.written.lots);
    for (const [index, use] of placed.ceilings.groups.entries()) this.#indexGroup(use, index);
    const lots: readonly Lot[] = placed.contract.lots;
    for (const lot of lots)
      for (const supplier of lot.replaced?.keys() ?? []) addUnder(this.#replacedOn, supplier, lot);
  }

  /** Notes the ceiling of a group under each of its lots. Ceilings of groups are in the order of the groups. */
  #indexGroup(use: CeilingUse, index: number): void {
    for (const lot of this.#in.contract.groups.slice(index, index + 1).flatMap(({ lots }) => lots)) {
      addUnder(this.#groups, lot, use);
    }
  }

  /**
   * Where an order belongs, by the lot and the supplier that it names, or by what a contract of its own says (T11). It
   * is on none of the lots that its supplier had left before the first day on which it may have been placed.
   */
  of({ lot, supplier, callOff }: Pick<Order, "lot" | "supplier" | "callOff">, days?: DayRange): Place {
    return callOff === undefined ? this.#ofOrder(lot, supplier, days?.first) : this.#ofCallOff(callOff, days?.first);
  }

  /** Where orders with a lot and a supplier belong on every day. Undefined where that depends on the day. */
  always(lot: string | undefined, supplier: string | undefined): Place | undefined {
    const hangsOnDay = this.#stepOf(lot, supplier, Number.POSITIVE_INFINITY) > 0;
    return hangsOnDay ? undefined : this.#ofOrder(lot, supplier, undefined);
  }

  #ofOrder(lot: string | undefined, supplier: string | undefined, day: number | undefined): Place {
    const step = this.#stepOf(lot, supplier, day);
    const byLot = mapAt(this.#places, step);
    const bySupplier = byLot.get(lot);
    const known = bySupplier?.get(supplier);
    if (known !== undefined) return known;
    const place = this.#find(lot, supplier, step);
    if (this.#count++ < MOST_PLACES) {
      if (bySupplier === undefined) byLot.set(lot, new Map([[supplier, place]]));
      else bySupplier.set(supplier, place);
    }
    return place;
  }

  /** After how many of its supplier's steps an order was placed. 0 where the lot is known: then steps do not matter. */
  #stepOf(lot: string | undefined, name: string | undefined, day: number | undefined): number {
    if (day === undefined || name === undefined || this.#lotNamed(lot) !== undefined) return 0;
    const supplier = this.#in.supplierNamed(name);
    return supplier === undefined || supplier === "several" ? 0 : this.#stepOn(supplier, day);
  }

  #stepOn(supplier: Supplier, day: number | undefined): number {
    return day === undefined ? 0 : this.#leavingOf(supplier).steps.filter((step) => step < day).length;
  }

  #lotNamed(id: string | undefined): Lot | undefined {
    return id === undefined ? onlyOf(this.#in.contract.lots) : this.#lots.get(id);
  }

  #leavingOf(supplier: Supplier): Leaving {
    if (supplier.successions.length === 0 && !this.#replacedOn.has(supplier)) return NEVER_LEFT;
    return madeUnder(this.#leaving, supplier, () => this.#findLeaving(supplier));
  }

  #findLeaving(supplier: Supplier): Leaving {
    const { contract, day } = this.#in;
    const days = new Map<Lot, number>();
    for (const lot of contract.lots) {
      const leaver = leaverOn(supplier, day, seatOn(contract, lot));
      // Where nobody says who holds a lot, anybody may hold it.
      if (leaver !== undefined && this.#holdersOf(lot).stated !== undefined) days.set(lot, dayRange(leaver.left).last);
    }
    return { days, steps: stepsOf(days) };
  }

  #find(lotId: string | undefined, supplier: string | undefined, step: number): Place {
    const lot = this.#lotNamed(lotId);
    return lot === undefined ? this.#onSomeLot(lotId, supplier, step) : this.#on(lot, supplier);
  }

  /**
   * Where a call-off belongs: on the lot that it names, or else on those that its supplier holds, or else on the only
   * lot or any. Where it has several suppliers, nobody says which of their seats it uses up.
   */
  #ofCallOff(callOff: CallOffPlace, day: number | undefined): Place {
    const { contract } = this.#in;
    const { lots: named, suppliers: stated } = callOff;
    const suppliers = stated.flatMap((supplier) => this.#asHolder(supplier, callOff) ?? []);
    const lots = named.flatMap((id) => this.#lots.get(id) ?? []);
    const subject = named.length === 0 ? undefined : named.join(", ");
    const held = lots.length > 0 ? lots : this.#lotsHeldBy(suppliers, day);
    const found = held.length > 0 ? held : contract.lots;
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return { ...this.#with(only, suppliers), suppliers };
    const problem = lots.length > 0 || named.length === 0 ? "no lot" : "lot";
    const who = suppliers.length === 1 ? suppliers[0] : undefined;
    const place = {
      lots: found,
      suppliers,
      term: this.#termOf(undefined),
      left: undefined,
      subject,
      problem,
      who,
      lot: undefined,
    } as const;
    if (only === undefined) return { ...place, ...this.#onAny("a holder", 0), problem: undefined };
    if (who === undefined) return { ...place, ...this.#onAnyOf(found, "a holder", 0) };
    return { ...place, ...this.#onAnyOf(found, who, this.#stepOn(who, day)) };
  }

  /**
   * A call-off's supplier as a holder of lots: itself if it holds any, or else the holder of the same name, for which
   * an order with that name would be taken, too (T2). Notices that give no number of a company leave open whether the
   * two are one. Without such a holder it is itself if it has a number or is declared, and undefined otherwise.
   */
  #asHolder(supplier: Supplier, callOff: CallOffPlace): Supplier | undefined {
    if (this.#lotsOfAnybody === undefined) this.#indexSeats();
    if (this.#lotsOf.has(supplier)) return supplier;
    const namesake = this.#holderNamed.get(nameHere(supplier, callOff) ?? supplier.name[0].value);
    if (namesake !== undefined) return namesake;
    const isIdentified = supplier.legalId !== undefined || this.#in.supplierNamed(supplier.id) === supplier;
    return isIdentified ? supplier : undefined;
  }

  #lotsHeldBy(suppliers: readonly Supplier[], day: number | undefined): readonly Lot[] {
    return [...new Set(suppliers.flatMap((supplier) => this.#lotsWithSeatOf(supplier, this.#stepOn(supplier, day))))];
  }

  #with(lot: Lot, suppliers: readonly Supplier[]): Place {
    const [supplier, ...others] = suppliers;
    return supplier === undefined || others.length > 0
      ? this.#on(lot, undefined)
      : this.#seatedOn(lot, this.#seatOf(supplier, lot, supplier.id));
  }

  #on(lot: Lot, name: string | undefined): Place {
    return this.#seatedOn(lot, this.#seat(lot, name));
  }

  #seatedOn(lot: Lot, { seats, problem, subject, left, who, orOthers = false }: Seated): Place {
    const term = this.#termOf(lot);
    const spots = [{ lot, who, orOthers }];
    const { holders } = this.#holdersOf(lot);
    const [only] = holders;
    const known = who ?? (orOthers || holders.size > 1 ? undefined : only);
    const place = { lots: [lot], spots, problem, subject, term, left, who: known, lot: lot.id };
    const [seat] = seats;
    // An unknown supplier need not hold the only seat.
    if (seats.length > 1 || (seat !== undefined && problem !== undefined)) return { ...place, ...this.#onSeats(lot) };
    return { uses: [...this.#above(lot), ...(seat === undefined ? [] : [seat])], maybe: undefined, ...place };
  }

  /**
   * What an order on a lot uses up whoever delivers: the ceilings of the contract, of the lot's groups and of the lot.
   */
  #above({ id }: Lot): readonly CeilingUse[] {
    const { whole, lots } = this.#in.ceilings;
    const all = lots.get(id)?.all;
    return [whole, ...(this.#groups.get(id) ?? []), ...(all === undefined ? [] : [all])];
  }

  #seatsOf({ id }: Lot): Pick<LotCeilings, "bySupplier" | "left"> {
    return this.#in.ceilings.lots.get(id) ?? NO_SEATS;
  }

  /** Every seat of a lot, including those that were given up: an order may be from before. */
  #allSeats(lot: Lot): readonly CeilingUse[] {
    const { bySupplier, left } = this.#seatsOf(lot);
    return [...bySupplier.values(), ...[...left.values()].map(({ use }) => use)];
  }

  #onSeats(lot: Lot): UsedCeilings {
    return madeUnder(this.#onAnySeat, lot, () => ({
      uses: this.#above(lot),
      maybe: new PossibleOrders(this.#allSeats(lot)),
    }));
  }

  #seat(lot: Lot, name: string | undefined): Seated {
    const supplier = name === undefined ? undefined : this.#in.supplierNamed(name);
    if (name !== undefined && supplier !== undefined && supplier !== "several")
      return this.#seatOf(supplier, lot, name);
    const seats = this.#allSeats(lot);
    if (name === undefined) {
      const orOthers = this.#holdersOf(lot).isLeft;
      const subject = lotRef(this.#in.contract, lot);
      return seats.length > 1 ? { seats, problem: "no supplier", subject, orOthers } : { seats, orOthers };
    }
    return { seats, problem: supplier === undefined ? "supplier" : "alike", subject: name, orOthers: true };
  }

  #seatOf(supplier: Supplier, lot: Lot, name: string): Seated {
    const { contract, day } = this.#in;
    const { bySupplier, left } = this.#seatsOf(lot);
    const { holders, stated } = this.#holdersOf(lot);
    const seat = seatOn(contract, lot);
    const holder = holderOn(supplier, day, seat);
    if (holder !== undefined && holders.has(holder)) {
      const own = bySupplier.get(holder);
      return { seats: own === undefined ? [] : [own], who: holder };
    }
    const leaver = leaverOn(supplier, day, seat);
    if (leaver !== undefined && (stated?.has(supplier) === true || left.has(leaver.supplier)))
      return {
        ...leftSeat(left.get(leaver.supplier)),
        left: lastDays(leaver.left, left.get(leaver.supplier)),
        subject: name,
        who: leaver.supplier,
      };
    // Where nobody says who holds a lot, anybody may hold it.
    if (stated === undefined || stated.has(supplier)) return { seats: [], who: supplier };
    return { seats: [], problem: "seat", subject: `${name} on ${lotRef(contract, lot)}`, who: supplier };
  }

  #holdersOf(lot: Lot): OnLot {
    return madeUnder(this.#onLots, lot, () => this.#findHolders(lot));
  }

  #findHolders(lot: Lot): OnLot {
    const { contract, day, preference } = this.#in;
    const fact = this.#written.get(lot.id)?.suppliers;
    const stated = fact && new Set([...preference.choose(fact).value, ...(lot.replaced?.keys() ?? [])]);
    const seat = seatOn(contract, lot);
    const isLeft = [...(stated ?? [])].some(
      (supplier) => !holdsOn(supplier, lot) && leaverOn(supplier, day, seat) !== undefined,
    );
    return { holders: new Set(suppliersOf(lot, preference)), stated, isLeft };
  }

  /** Where an order may belong that names no known lot: on the lots where its supplier has a seat. */
  #onSomeLot(lotId: string | undefined, name: string | undefined, step: number): Place {
    const { contract } = this.#in;
    const named = name === undefined ? undefined : this.#in.supplierNamed(name);
    const supplier = named === "several" ? undefined : named;
    const term = this.#termOf(undefined);
    const lots = supplier === undefined ? contract.lots : this.#lotsWithSeatOf(supplier, step);
    const only = onlyOf(lots);
    if (lotId === undefined && only !== undefined) return this.#on(only, name);
    const problem = lotId === undefined ? "no lot" : "lot";
    const place = {
      lots: contract.lots,
      term,
      left: undefined,
      subject: lotId,
      problem,
      who: supplier,
      lot: undefined,
    } as const;
    const who = supplier ?? (name === undefined ? "a holder" : "anybody");
    if (contract.lots.length === 0 && lotId === undefined)
      return { ...place, ...this.#onAny(who, 0), problem: undefined };
    if (lots.length > 0 || supplier === undefined) return { ...place, lots, ...this.#onAny(who, step) };
    // The supplier holds no seat anywhere, so the order uses up none.
    const anywhere = { ...place, ...this.#onAnyOf(contract.lots, supplier, step) };
    if (lotId !== undefined) return anywhere;
    if (this.#lotsEverOf(supplier).length > 0) return { ...anywhere, problem: "left", subject: name };
    return { ...anywhere, problem: "seat", subject: `${name} on any lot` };
  }

  /**
   * The lots where a supplier has a seat, or had one until after a step, or may have one as nobody says who holds them.
   */
  #lotsWithSeatOf(supplier: Supplier, step: number): readonly Lot[] {
    return this.#lotsEverOf(supplier).filter((lot) => !this.#isLeft(lot, supplier, step));
  }

  #isLeft(lot: Lot, supplier: Supplier, step: number): boolean {
    const { days, steps } = this.#leavingOf(supplier);
    const [left, by] = [days.get(lot), steps[step - 1]];
    return left !== undefined && by !== undefined && left <= by;
  }

  #lotsEverOf(supplier: Supplier): readonly Lot[] {
    if (this.#lotsOfAnybody === undefined) this.#indexSeats();
    const { day, contract } = this.#in;
    const own = new Set(this.#lotsOf.get(supplier) ?? []);
    const perhapsLeft = supplier.successions.length > 0 ? contract.lots : (this.#replacedOn.get(supplier) ?? []);
    for (const lot of perhapsLeft) {
      const holder = holderOn(supplier, day, seatOn(contract, lot));
      if (holder !== undefined && this.#holdersOf(lot).holders.has(holder)) own.add(lot);
    }
    return [...own, ...(this.#lotsOfAnybody ?? [])];
  }

  #indexSeats(): void {
    const lotsOfAnybody: Lot[] = [];
    for (const lot of this.#in.contract.lots) {
      const { holders, stated } = this.#holdersOf(lot);
      // A lot that came to nothing and has no stated holder was held by nobody.
      if (stated === undefined && !cameToNothing(lot)) lotsOfAnybody.push(lot);
      for (const supplier of new Set([...holders, ...(stated ?? [])])) {
        addUnder(this.#lotsOf, supplier, lot);
        for (const name of namesOn(lot, supplier)) {
          const isOthers = this.#holderNamed.has(name) && this.#holderNamed.get(name) !== supplier;
          this.#holderNamed.set(name, isOthers ? undefined : supplier);
        }
      }
    }
    this.#lotsOfAnybody = lotsOfAnybody;
  }

  /** The ceilings of an order on any of the lots where a supplier has a seat or, without a supplier, on any lot. */
  #onAny(who: Supplier | Unnamed, step: number): Somewhere {
    return madeUnder(mapAt(this.#onAnyLot, step), who, () => {
      const lots = typeof who === "string" ? this.#in.contract.lots : this.#lotsWithSeatOf(who, step);
      return this.#onAnyOf(lots, who, step);
    });
  }

  #onAnyOf(lots: readonly Lot[], who: Supplier | Unnamed, step: number): Somewhere {
    const { whole } = this.#in.ceilings;
    const count = new Map<CeilingUse, number>();
    const spots = lots.map((lot) => {
      const { seats, ...spot } = this.#spotOn(lot, who, step);
      for (const use of [...this.#above(lot), ...seats]) count.set(use, (count.get(use) ?? 0) + 1);
      return spot;
    });
    const certain = new Set([...count].flatMap(([use, times]) => (times === lots.length && !isSeat(use) ? [use] : [])));
    certain.add(whole);
    const maybe = [...count.keys()].filter((use) => !certain.has(use));
    return { uses: [...certain], maybe: new PossibleOrders(maybe), spots };
  }

  /**
   * With whom an order on a lot may be, and the seats it may use up: none if its supplier had left the lot by a step.
   */
  #spotOn(lot: Lot, named: Supplier | Unnamed, step: number): Spot & Pick<Seated, "seats"> {
    if (typeof named === "string") {
      const orOthers = named === "anybody" || this.#holdersOf(lot).isLeft;
      return { lot, who: undefined, orOthers, seats: this.#allSeats(lot) };
    }
    const { seats, who } = this.#seatOf(named, lot, named.id);
    return { lot, who, orOthers: false, seats: this.#isLeft(lot, named, step) ? [] : seats };
  }

  /** The term of a lot. Remembered, as all places on a lot have the same. */
  #termOf(lot: Lot | undefined): DayRange | undefined {
    if (!this.#terms.has(lot)) this.#terms.set(lot, this.#findTerm(lot));
    return this.#terms.get(lot);
  }

  #findTerm(lot: Lot | undefined): DayRange | undefined {
    const { contract, preference } = this.#in;
    const phases = phasesOn(contract, lot, preference);
    const [first, last] = [phases[0], phases.at(-1)];
    return first && last && { first: first.firstDays.first, last: last.lastDays.last };
  }
}

const mapAt = <Key, Value>(maps: Map<Key, Value>[], index: number): Map<Key, Value> => {
  const map = maps[index] ?? new Map<Key, Value>();
  maps[index] = map;
  return map;
};

const NO_SEATS: Pick<LotCeilings, "bySupplier" | "left"> = { bySupplier: new Map(), left: new Map() };

/** The only item of a list; undefined for none or several. By length: lists may be long, and each order asks. */
const onlyOf = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined);

const isSeat = ({ scope }: CeilingUse): boolean => scope.kind === "supplier";

/** The names of a supplier that holds a lot, as the lot has them. */
const namesOn = (lot: Lot, supplier: Supplier): readonly string[] => {
  const here = nameHere(supplier, lot);
  return here === undefined ? supplier.name.map(({ value }) => value) : [here];
};

const leftSeat = (seat: LeftSeat | undefined): Pick<Seated, "seats"> => ({
  seats: seat === undefined ? [] : [seat.use],
});

const lastDays = (left: LeftSeat["left"], seat: LeftSeat | undefined): LastDays => ({
  ...dayRange(left),
  seat: seat?.use,
});
