/**
 * A contract is asked as it stands on the day. What has come by then (modifications, renewals, successions of
 * suppliers) is applied once for all answers, by `selection.ts`. Where there is nothing to apply, it is the contract
 * itself. What sources say is compared and checked as it is written.
 */

import { dayRange } from "../model/calendar.ts";
import { type Fact, mapClaims } from "../model/claim.ts";
import { addUnder, firstById, madeUnder } from "../model/lists.ts";
import { MoneySum, type StatedAmount, unitOf } from "../model/money.ts";
import { comparePartialDates, type PartialDate } from "../model/partial-date.ts";
import type { Contract } from "./contract.ts";
import { hasOwnTerm, retimed, saysWhenItRuns, type Times } from "./contract-term.ts";
import type { Lot } from "./lot.ts";
import type { Modification } from "./modification.ts";
import type { Succession, Supplier } from "./supplier.ts";

/**
 * Whether a date has come on a day. A date that is only a month or a year comes on its first day, and of a day that is
 * only a month or a year the last counts.
 */
export const hasCome = (date: PartialDate, day: PartialDate): boolean => dayRange(date).first <= dayRange(day).last;

export interface Seat {
  readonly contract: string;
  readonly lot: string;
  /** Where sources differ, the earliest date. */
  readonly awarded: PartialDate | undefined;
  /** As modifications left it: see {@link Lot}. */
  readonly replaced?: Lot["replaced"];
}

export const seatOn = ({ id, awardDate }: Pick<Contract, "id" | "awardDate">, lot: Lot): Seat => {
  const dates = awardDate?.map(({ value }) => value);
  const awarded = dates?.reduce((a, b) => (dayRange(b).first < dayRange(a).first ? b : a));
  return { contract: id, lot: lot.id, awarded, replaced: lot.replaced };
};

/** Whether a succession is about a seat. A supplier that left before a seat was awarded still holds it. */
const concerns = (succession: Succession, seat: Seat): boolean => {
  if (succession.kind === "renamed") return false;
  const { kind, contract, lot, date } = succession;
  if (contract !== undefined && contract !== seat.contract) return false;
  if (lot !== undefined && lot !== seat.lot && lot !== `${seat.contract}/${seat.lot}`) return false;
  return kind === "merged" || seat.awarded === undefined || dayRange(seat.awarded).first <= dayRange(date).last;
};

/** Whether what became of a supplier is the same for all its seats. */
const isOfAllSeats = ({ successions }: Supplier): boolean =>
  successions.every(
    (one) => one.kind === "renamed" || (one.kind === "merged" && (one.contract ?? one.lot) === undefined),
  );

/** Whether a supplier's seats may be held by another supplier, or by nobody. */
export const mayLoseSeats = ({ successions }: Supplier): boolean => successions.some(({ kind }) => kind !== "renamed");

/**
 * Whether a supplier holds its seat on every day, because it has no successions and no modification replaced anybody.
 */
export const holdsOn = ({ successions }: Supplier, held: Lot | Seat): boolean =>
  successions.length === 0 && held.replaced === undefined;

/** The supplier at which mergers that are about all seats end, on the day that was asked for last. */
const ENDS = new WeakMap<Supplier, { readonly day: number; readonly end: Supplier | undefined }>();

const nextAfter = (supplier: Supplier, day: PartialDate, seat: Seat): Succession | undefined => {
  const replaced = seat.replaced?.get(supplier);
  return replaced !== undefined && hasCome(replaced.date, day) ? replaced : successionAfter(supplier, day, seat);
};

/** The first succession in the supplier's own record that is about the seat and has come by the day. */
const successionAfter = (supplier: Supplier, day: PartialDate, seat: Seat): Succession | undefined => {
  const isNext = (one: Succession) => concerns(one, seat) && hasCome(one.date, day);
  if (supplier.successions.length <= FEW) return supplier.successions.find(isNext);
  const named = namedBy(supplier);
  const first = placesOf(seat).flatMap((place) => named.get(place)?.find(({ one }) => isNext(one)) ?? []);
  return first.reduce<Numbered | undefined>((a, b) => (a === undefined || b.number < a.number ? b : a), undefined)?.one;
};

/** A succession and its place among those of its supplier. The order decides which comes first. */
interface Numbered {
  readonly one: Succession;
  readonly number: number;
}

/** Successions by the contract and the lot that they name. A supplier may have left many, one by one. */
const NAMED = new WeakMap<Supplier, ReadonlyMap<string, readonly Numbered[]>>();
/** Up to so many are searched one by one, as fast as they would be looked up. */
const FEW = 8;

const namedBy = (supplier: Supplier): ReadonlyMap<string, readonly Numbered[]> =>
  madeUnder(NAMED, supplier, () => {
    const named = new Map<string, Numbered[]>();
    for (const [number, one] of supplier.successions.entries())
      if (one.kind !== "renamed") addUnder(named, placeOf(one.contract, one.lot), { one, number });
    return named;
  });

const placeOf = (contract: string | undefined, lot: string | undefined): string => JSON.stringify([contract, lot]);

/** All the ways in which a succession may name a seat. */
const placesOf = ({ contract, lot }: Seat): readonly string[] =>
  [contract, undefined].flatMap((one) => [lot, `${contract}/${lot}`, undefined].map((each) => placeOf(one, each)));

const heirOf = (one: Succession): Supplier | undefined => (one.kind === "merged" ? one.successor() : undefined);

/**
 * Follows mergers as long as they are about all seats. The end is remembered for every supplier on the way, so that a
 * long chain is followed once and not once for each supplier in it. Undefined where mergers go in a circle, or to
 * nobody.
 */
const endOfMergers = (supplier: Supplier, day: PartialDate, seat: Seat): Supplier | undefined => {
  const { last } = dayRange(day);
  const passed = new Set<Supplier>();
  const follow = (): Supplier | undefined => {
    for (let at = supplier; !passed.has(at); ) {
      const known = ENDS.get(at);
      if (known?.day === last) return known.end;
      passed.add(at);
      const next = isOfAllSeats(at) ? successionAfter(at, day, seat) : undefined;
      if (next === undefined) return at;
      const heir = heirOf(next);
      if (heir === undefined) return undefined;
      at = heir;
    }
    return undefined;
  };
  const end = follow();
  for (const each of passed) ENDS.set(each, { day: last, end });
  return end;
};

/** The last holder of a supplier's seat by a day, and when it gave up the seat, if it did. */
interface LastHolder {
  readonly supplier: Supplier;
  readonly left?: PartialDate;
}

export type Leaver = Required<LastHolder>;

/**
 * Undefined where the seat was handed to an unknown supplier, or where suppliers are merged into each other in a
 * circle.
 */
const lastHolder = (supplier: Supplier, day: PartialDate, seat: Seat): LastHolder | undefined => {
  const passed = new Set<Supplier>();
  let holder = endOfMergers(supplier, day, seat);
  while (holder !== undefined && !passed.has(holder)) {
    const next = nextAfter(holder, day, seat);
    if (next === undefined) return { supplier: holder };
    if (next.kind === "left") return { supplier: holder, left: next.date };
    passed.add(holder);
    const heir = heirOf(next);
    holder = heir && endOfMergers(heir, day, seat);
  }
  return undefined;
};

/** Who holds a supplier's seat on a day: itself, the one that it was merged into, or nobody. */
export const holderOn = (supplier: Supplier, day: PartialDate, seat: Seat): Supplier | undefined => {
  const last = lastHolder(supplier, day, seat);
  return last?.left === undefined ? last?.supplier : undefined;
};

/**
 * Who gave up a supplier's seat by a day, and when. Undefined where it is held, or was handed to an unknown supplier.
 */
export const leaverOn = (supplier: Supplier, day: PartialDate, seat: Seat): Leaver | undefined => {
  const last = lastHolder(supplier, day, seat);
  return last?.left && { supplier: last.supplier, left: last.left };
};

/**
 * How many seats each supplier holds where mergers joined several, by each source's list of who holds the lot.
 * Undefined where they did so in no list.
 */
const mergedSeatsOn = (
  written: Lot["suppliers"],
  now: Lot["suppliers"],
  day: PartialDate,
  seat: Seat,
): Lot["mergedSeats"] => {
  const bySource = new Map<readonly Supplier[], ReadonlyMap<Supplier, number>>();
  for (const [place, { value }] of (written ?? []).entries()) {
    const holders = now?.[place]?.value;
    if (holders !== undefined && holders.length < value.length) bySource.set(holders, seatsByHolder(value, day, seat));
  }
  return bySource.size === 0 ? undefined : bySource;
};

const seatsByHolder = (suppliers: readonly Supplier[], day: PartialDate, seat: Seat): ReadonlyMap<Supplier, number> => {
  const seats = new Map<Supplier, number>();
  for (const supplier of suppliers) {
    const holder = holderOn(supplier, day, seat);
    if (holder !== undefined) seats.set(holder, (seats.get(holder) ?? 0) + 1);
  }
  return seats;
};

const endedSeatsOn = (written: Lot["suppliers"], seat: Seat, day: PartialDate): number => {
  const before = new Set([...(written ?? []).flatMap(({ value }) => value), ...(seat.replaced?.keys() ?? [])]);
  return [...before].filter((each) => leaverOn(each, day, seat) !== undefined).length;
};

const seatsOn = (suppliers: readonly Supplier[], day: PartialDate, seat: Seat): readonly Supplier[] => {
  if (suppliers.every(({ successions }) => successions.length === 0)) return suppliers;
  return [...new Set(suppliers.flatMap((supplier) => holderOn(supplier, day, seat) ?? []))];
};

/** Sums of what is added to one ceiling, by unit. */
type Sums = ReadonlyMap<string, MoneySum>;

/** A ceiling with the amounts by which it changed. One that is withheld, or in another unit, stays as it is. */
const changedBy = (ceiling: StatedAmount, sums: Sums): StatedAmount => {
  if (ceiling === "withheld") return ceiling;
  const sum = sums.get(unitOf(ceiling))?.copy();
  if (sum === undefined) return ceiling;
  sum.add(ceiling);
  return sum.value();
};

/**
 * The lot whose ceiling a modification changes. Undefined where that is the contract's own. A modification that names
 * no lot changes that of the only lot, where the contract has one lot and states no ceiling itself.
 */
export const modifiedLot = (
  { lot }: Modification,
  { lots, ...contract }: Contract,
  measure: Modified = "amount",
): string | undefined => {
  const own = measure === "amount" ? contract.ceiling : contract.quantity;
  return lot ?? (own === undefined && lots.length === 1 ? lots[0]?.id : undefined);
};

/** What a modification changes: a ceiling in money, or a quantity (L4). */
export const MODIFIED = ["amount", "quantity"] as const;
export type Modified = (typeof MODIFIED)[number];

type Amounts = ReadonlyMap<string | undefined, Sums>;

const amountsByLot = (contract: Contract, modifications: readonly Modification[]): Amounts => {
  const amounts = new Map<string | undefined, Map<string, MoneySum>>();
  for (const [modification, measure] of modifications.flatMap((one) => MODIFIED.map((each) => [one, each] as const))) {
    const amount = modification[measure];
    if (amount === undefined) continue;
    const lot = modifiedLot(modification, contract, measure);
    const sums = madeUnder(amounts, lot, () => new Map<string, MoneySum>());
    madeUnder(sums, unitOf(amount), () => new MoneySum(unitOf(amount))).add(amount);
  }
  return amounts;
};

const ceilingOn = (ceiling: Fact<StatedAmount> | undefined, sums: Sums | undefined): Fact<StatedAmount> | undefined =>
  ceiling === undefined || sums === undefined ? ceiling : mapClaims(ceiling, (each) => changedBy(each, sums));

/** The times that a modification states, as claims of its own source. */
const timesIn = ({ startDate, endDate, term, by }: Modification): Times => ({
  startDate: startDate && [{ value: startDate, by }],
  endDate: endDate && [{ value: endDate, by }],
  term: term && [{ value: term, by }],
});

/** The lot whose times a modification states. Undefined where they are the contract's. */
const retimedLot = ({ lot }: Modification, contract: Contract): string | undefined => {
  const [only, ...others] = contract.lots;
  if (only === undefined || others.length > 0) return lot;
  // A contract with one lot may state its term for itself or for the lot. Both mean the same.
  return hasOwnTerm(only) ? only.id : undefined;
};

type TimesByLot = ReadonlyMap<string | undefined, Times>;

/**
 * The times of lots, and under undefined those of the contract, as modifications left them. Several that state times
 * apply in the order of their dates.
 */
const timesByLot = (contract: Contract, come: readonly Modification[]): TimesByLot => {
  const byLot = new Map<string | undefined, Times>();
  const lots = firstById(contract.lots);
  const telling = come.map((one) => [one, timesIn(one)] as const).filter(([, times]) => saysWhenItRuns(times));
  for (const [one, times] of telling.sort(([a], [b]) => comparePartialDates(a.date, b.date))) {
    const id = retimedLot(one, contract);
    const before = byLot.get(id) ?? (id === undefined ? contract : lots.get(id)) ?? times;
    byLot.set(id, retimed(before, times));
  }
  return byLot;
};

/** Who holds a lot after modifications. Each replaces what was stated before. */
interface Holders {
  readonly suppliers: Lot["suppliers"];
  readonly replaced: ReadonlyMap<Supplier, Succession>;
}

type HoldersByLot = ReadonlyMap<string, Holders>;

const holdersByLot = ({ lots }: Contract, come: readonly Modification[]): HoldersByLot => {
  const byLot = new Map<string, Holders>();
  const telling = come.filter(({ suppliers }) => suppliers !== undefined);
  for (const one of telling.sort((a, b) => comparePartialDates(a.date, b.date)))
    for (const { id, suppliers } of lots)
      if (one.lot === undefined || one.lot === id)
        byLot.set(id, heldAfter(byLot.get(id) ?? { suppliers, replaced: new Map() }, one));
  return byLot;
};

/**
 * The holders after one more modification. A single new supplier takes over from those that go. With none or several,
 * nobody says who takes over, and those that go have left.
 */
const heldAfter = (
  { suppliers, replaced: before }: Holders,
  { date, suppliers: anew = [], by }: Modification,
): Holders => {
  const replaced = new Map(before);
  const held = new Set(suppliers?.flatMap(({ value }) => value));
  const [heir, ...others] = anew.filter((supplier) => !held.has(supplier));
  for (const supplier of held)
    replaced.set(
      supplier,
      heir === undefined || others.length > 0
        ? { kind: "left", date }
        : { kind: "merged", date, into: heir.id, successor: () => heir },
    );
  for (const supplier of anew) replaced.delete(supplier);
  return { suppliers: [{ value: anew, by }], replaced };
};

const lotOn = (written: Lot, contract: Contract, { amounts, times, holders }: Changes, day: PartialDate): Lot => {
  const held = holders.get(written.id);
  const lot = held === undefined ? written : { ...written, ...held };
  const seat = seatOn(contract, lot);
  const suppliers = lot.suppliers && mapClaims(lot.suppliers, (seats) => seatsOn(seats, day, seat));
  const mergedSeats = mergedSeatsOn(lot.suppliers, suppliers, day, seat);
  const endedSeats = endedSeatsOn(written.suppliers, seat, day);
  return {
    ...lot,
    ceiling: ceilingOn(lot.ceiling, amounts.get(lot.id)),
    ceilingPerSupplier: ceilingOn(lot.ceilingPerSupplier, amounts.get(lot.id)),
    quantity: ceilingOn(lot.quantity, amounts.get(lot.id)),
    quantityPerSupplier: ceilingOn(lot.quantityPerSupplier, amounts.get(lot.id)),
    suppliers,
    ...times.get(lot.id),
    ...(mergedSeats !== undefined && { mergedSeats }),
    ...(endedSeats > 0 && { endedSeats }),
  };
};

/** What modifications change, by the lots that they name. */
interface Changes {
  readonly amounts: Amounts;
  readonly times: TimesByLot;
  readonly holders: HoldersByLot;
}

const hasSuccessions = ({ lots }: Contract): boolean =>
  lots.some(({ suppliers = [] }) =>
    suppliers.some(({ value }) => value.some(({ successions }) => successions.length > 0)),
  );

/**
 * A contract as it stands on a day. Its ceilings include the modifications that have come, in each claim of the ceiling
 * that they name, and in every supplier's where there is one for each supplier. Its terms and holders are as the last
 * modification states them. Seats of merged suppliers are held by their successors, and those of suppliers that left by
 * nobody. Decisions on renewals are those taken by then. Where there is nothing of this kind to apply, it is the
 * contract itself. `seatsMayChange` is false where no supplier has a succession, which saves looking for one.
 */
export const contractAsOf = (contract: Contract, day: PartialDate, seatsMayChange = true): Contract => {
  const { modifications, renewals } = contract;
  const changed = modifications.length > 0 || renewals.length > 0 || (seatsMayChange && hasSuccessions(contract));
  if (!changed) return contract;
  const come = modifications.filter(({ date }) => hasCome(date, day));
  const amounts = amountsByLot(contract, come);
  const times = timesByLot(contract, come);
  const holders = holdersByLot(contract, come);
  return {
    ...contract,
    ...times.get(undefined),
    ceiling: ceilingOn(contract.ceiling, amounts.get(undefined)),
    quantity: ceilingOn(contract.quantity, amounts.get(undefined)),
    lots: contract.lots.map((lot) => lotOn(lot, contract, { amounts, times, holders }, day)),
    modifications: come,
    renewals: renewals.filter(({ date }) => hasCome(date, day)),
  };
};

const AFTER_ALL: PartialDate = { year: 9999 };

/** A contract after everything that was decided, whatever today is. */
export const contractAfterAll = (contract: Contract): Contract => contractAsOf(contract, AFTER_ALL);
