/**
 * A contract is asked as it stands on the day: what has come by then (modifications, renewals, successions of
 * suppliers) is applied once for all answers, by `selection.ts`; where there is nothing to apply it is the contract
 * itself. What sources say is compared, and checked, as it is written.
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
 * Whether what is dated so has come on a day: a month or year counts from its first day on, and a day that is itself
 * known to the month or year only means its last.
 */
export const hasCome = (date: PartialDate, day: PartialDate): boolean => dayRange(date).first <= dayRange(day).last;

export interface Seat {
  readonly contract: string;
  readonly lot: string;
  /** Where sources differ, the earliest. */
  readonly awarded: PartialDate | undefined;
  /** As modifications left it: see {@link Lot}. */
  readonly replaced?: Lot["replaced"];
}

export const seatOn = ({ id, awardDate }: Pick<Contract, "id" | "awardDate">, lot: Lot): Seat => {
  const dates = awardDate?.map(({ value }) => value);
  const awarded = dates?.reduce((a, b) => (dayRange(b).first < dayRange(a).first ? b : a));
  return { contract: id, lot: lot.id, awarded, replaced: lot.replaced };
};

/** Whether a succession is about a seat. Who left before a seat was awarded holds it all the same. */
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

/** Whether anybody may hold seats of a supplier but itself. */
export const mayLoseSeats = ({ successions }: Supplier): boolean => successions.some(({ kind }) => kind !== "renamed");

/** Whether a supplier holds its seat on every day. */
export const holdsOn = ({ successions }: Supplier, held: Lot | Seat): boolean =>
  successions.length === 0 && held.replaced === undefined;

/** At which supplier the mergers that are of all seats come to an end, on the day that was asked for last. */
const ENDS = new WeakMap<Supplier, { readonly day: number; readonly end: Supplier | undefined }>();

const nextAfter = (supplier: Supplier, day: PartialDate, seat: Seat): Succession | undefined => {
  const replaced = seat.replaced?.get(supplier);
  return replaced !== undefined && hasCome(replaced.date, day) ? replaced : successionAfter(supplier, day, seat);
};

/** What the supplier says of itself. */
const successionAfter = (supplier: Supplier, day: PartialDate, seat: Seat): Succession | undefined => {
  const isNext = (one: Succession) => concerns(one, seat) && hasCome(one.date, day);
  if (supplier.successions.length <= FEW) return supplier.successions.find(isNext);
  const named = namedBy(supplier);
  const first = placesOf(seat).flatMap((place) => named.get(place)?.find(({ one }) => isNext(one)) ?? []);
  return first.reduce<Numbered | undefined>((a, b) => (a === undefined || b.number < a.number ? b : a), undefined)?.one;
};

/** A succession, and its place among those of its supplier: the order decides which comes first. */
interface Numbered {
  readonly one: Succession;
  readonly number: number;
}

/** Successions by the contract and the lot that they name: one may have left many, one by one. */
const NAMED = new WeakMap<Supplier, ReadonlyMap<string, readonly Numbered[]>>();
/** Fewer are looked through as fast as found. */
const FEW = 8;

const namedBy = (supplier: Supplier): ReadonlyMap<string, readonly Numbered[]> =>
  madeUnder(NAMED, supplier, () => {
    const named = new Map<string, Numbered[]>();
    for (const [number, one] of supplier.successions.entries())
      if (one.kind !== "renamed") addUnder(named, placeOf(one.contract, one.lot), { one, number });
    return named;
  });

const placeOf = (contract: string | undefined, lot: string | undefined): string => JSON.stringify([contract, lot]);

/** All ways to name a seat. */
const placesOf = ({ contract, lot }: Seat): readonly string[] =>
  [contract, undefined].flatMap((one) => [lot, `${contract}/${lot}`, undefined].map((each) => placeOf(one, each)));

const heirOf = (one: Succession): Supplier | undefined => (one.kind === "merged" ? one.successor() : undefined);

/**
 * Follows mergers as long as they are of all seats. Where they end is remembered for all on the way, so that a long
 * chain of them is gone along once and not once for each in it. Undefined where they go in a circle, or to nobody.
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

/** The last holder of a supplier's seat by a day, and when it gave the seat up, if it did. */
interface LastHolder {
  readonly supplier: Supplier;
  readonly left?: PartialDate;
}

export type Leaver = Required<LastHolder>;

/** Undefined where the seat was handed to nobody known, or the suppliers are merged into each other in a circle. */
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

/** Who gave up a supplier's seat by a day, and when; undefined where it is held, or handed to nobody known. */
export const leaverOn = (supplier: Supplier, day: PartialDate, seat: Seat): Leaver | undefined => {
  const last = lastHolder(supplier, day, seat);
  return last?.left && { supplier: last.supplier, left: last.left };
};

/** How many seats merged suppliers hold for those that they took over, as each source says who holds the lot. */
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

/** A ceiling with the amounts by which it changed; one that is withheld, or in another currency, stays as it is. */
const changedBy = (ceiling: StatedAmount, sums: Sums): StatedAmount => {
  if (ceiling === "withheld") return ceiling;
  const sum = sums.get(unitOf(ceiling))?.copy();
  if (sum === undefined) return ceiling;
  sum.add(ceiling);
  return sum.value();
};

/**
 * The lot whose ceiling a modification changes; undefined for the contract's own. Where no lot is named, the contract
 * states no ceiling and has one lot, it is that lot's.
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

/** What a modification states of when something runs, as its own source says it. */
const timesIn = ({ startDate, endDate, term, by }: Modification): Times => ({
  startDate: startDate && [{ value: startDate, by }],
  endDate: endDate && [{ value: endDate, by }],
  term: term && [{ value: term, by }],
});

/** The lot of which a modification says when it runs; undefined for the contract. */
const retimedLot = ({ lot }: Modification, contract: Contract): string | undefined => {
  const [only, ...others] = contract.lots;
  if (only === undefined || others.length > 0) return lot;
  // Whether a contract of one lot states its term of itself or of the lot makes no difference.
  return hasOwnTerm(only) ? only.id : undefined;
};

type TimesByLot = ReadonlyMap<string | undefined, Times>;

/** When lots run, and under undefined the contract, as modifications left it: of several that say so, each in its turn. */
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

/** Who holds a lot as modifications tell it, each in the place of those before. */
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

/** Where one supplier alone comes anew it takes over from those who go; else nobody says who does. */
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
 * A contract as it stands on a day: its ceilings with the modifications that have come (each claim of the ceiling they
 * name; of a ceiling for each supplier, every supplier's), its terms and holders as the last of them state them, the seats of merged suppliers held by their successors and
 * those of suppliers that left by nobody, and the decisions on renewals that were taken by then. The contract itself
 * where there is nothing of this kind to tell; that no supplier has a succession spares looking for one.
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

/** A contract as all that was decided leaves it, whatever today is. */
export const contractAfterAll = (contract: Contract): Contract => contractAsOf(contract, AFTER_ALL);
