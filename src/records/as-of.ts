import type { StatedAmount } from "../model/amount.ts";
import { dayRange } from "../model/calendar.ts";
import { type Fact, mapClaims } from "../model/claim.ts";
import { MoneySum, unitOf } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { Contract } from "./contract.ts";
import type { Lot } from "./lot.ts";
import type { Modification } from "./modification.ts";
import type { Supplier } from "./supplier.ts";

/**
 * Whether what is dated so has come on a day: a month or year counts from its first day on, and a day that is itself
 * known to the month or year only means its last.
 */
export const hasCome = (date: PartialDate, day: PartialDate): boolean => dayRange(date).first <= dayRange(day).last;

/** Who holds the seats of a supplier on the day that was asked for last. */
const HOLDERS = new WeakMap<Supplier, { readonly day: number; readonly holder: Supplier | undefined }>();

/**
 * Who holds a supplier's seats on a day: itself, the one that it was merged into, or nobody once it has left. That is
 * remembered for all on the way, so that a long chain of mergers is gone along once and not once for each in it.
 */
export const holderOn = (supplier: Supplier, day: PartialDate): Supplier | undefined => {
  const { last } = dayRange(day);
  const passed = new Set<Supplier>();
  const follow = (): Supplier | undefined => {
    for (let holder = supplier; !passed.has(holder); ) {
      const known = HOLDERS.get(holder);
      if (known?.day === last) return known.holder;
      passed.add(holder);
      const next = holder.successions.find(({ kind, date }) => kind !== "renamed" && hasCome(date, day));
      if (next === undefined) return holder;
      const successor = next.kind === "merged" ? next.successor() : undefined;
      if (successor === undefined) return undefined;
      holder = successor;
    }
    return undefined;
  };
  const holder = follow();
  for (const each of passed) HOLDERS.set(each, { day: last, holder });
  return holder;
};

/** How many seats merged suppliers hold for those that they took over, as any source says. */
const mergedSeatsOn = (suppliers: Lot["suppliers"], day: PartialDate): Lot["mergedSeats"] => {
  const most = new Map<Supplier, number>();
  for (const { value } of suppliers ?? []) {
    const seats = new Map<Supplier, number>();
    for (const supplier of value) {
      const holder = holderOn(supplier, day);
      if (holder !== undefined) seats.set(holder, (seats.get(holder) ?? 0) + 1);
    }
    for (const [holder, count] of seats) if (count > (most.get(holder) ?? 1)) most.set(holder, count);
  }
  return most.size === 0 ? undefined : most;
};

const seatsOn = (suppliers: readonly Supplier[], day: PartialDate): readonly Supplier[] => {
  if (suppliers.every(({ successions }) => successions.length === 0)) return suppliers;
  return [...new Set(suppliers.flatMap((supplier) => holderOn(supplier, day) ?? []))];
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
export const modifiedLot = ({ lot }: Modification, { ceiling, lots }: Contract): string | undefined =>
  lot ?? (ceiling === undefined && lots.length === 1 ? lots[0]?.id : undefined);

type Amounts = ReadonlyMap<string | undefined, Sums>;

/** The amounts by which ceilings changed: by lot, and under undefined those of the contract's own. */
const amountsByLot = (contract: Contract, modifications: readonly Modification[]): Amounts => {
  const amounts = new Map<string | undefined, Map<string, MoneySum>>();
  for (const modification of modifications) {
    const { amount } = modification;
    if (amount === undefined) continue;
    const lot = modifiedLot(modification, contract);
    const sums = amounts.get(lot) ?? new Map<string, MoneySum>();
    amounts.set(lot, sums);
    const sum = sums.get(unitOf(amount)) ?? new MoneySum(unitOf(amount));
    sums.set(sum.unit, sum);
    sum.add(amount);
  }
  return amounts;
};

const ceilingOn = (ceiling: Fact<StatedAmount> | undefined, sums: Sums | undefined): Fact<StatedAmount> | undefined =>
  ceiling === undefined || sums === undefined ? ceiling : mapClaims(ceiling, (each) => changedBy(each, sums));

const lotOn = (lot: Lot, amounts: Amounts, day: PartialDate): Lot => {
  const mergedSeats = mergedSeatsOn(lot.suppliers, day);
  return {
    ...lot,
    ceiling: ceilingOn(lot.ceiling, amounts.get(lot.id)),
    ceilingPerSupplier: ceilingOn(lot.ceilingPerSupplier, amounts.get(lot.id)),
    suppliers: lot.suppliers && mapClaims(lot.suppliers, (seats) => seatsOn(seats, day)),
    ...(mergedSeats !== undefined && { mergedSeats }),
  };
};

const hasSuccessions = ({ lots }: Contract): boolean =>
  lots.some(({ suppliers = [] }) =>
    suppliers.some(({ value }) => value.some(({ successions }) => successions.length > 0)),
  );

/**
 * A contract as it stands on a day: its ceilings with the modifications that have come (each claim of the ceiling they
 * name; of a ceiling for each supplier, every supplier's), the seats of merged suppliers held by their successors and
 * those of suppliers that left by nobody, and the decisions on renewals that were taken by then. The contract itself
 * where there is nothing of this kind to tell; that no supplier has a succession spares looking for one.
 */
export const contractAsOf = (contract: Contract, day: PartialDate, seatsMayChange = true): Contract => {
  const { modifications, renewals } = contract;
  const changed = modifications.length > 0 || renewals.length > 0 || (seatsMayChange && hasSuccessions(contract));
  if (!changed) return contract;
  const come = modifications.filter(({ date }) => hasCome(date, day));
  const amounts = amountsByLot(contract, come);
  return {
    ...contract,
    ceiling: ceilingOn(contract.ceiling, amounts.get(undefined)),
    lots: contract.lots.map((lot) => lotOn(lot, amounts, day)),
    modifications: come,
    renewals: renewals.filter(({ date }) => hasCome(date, day)),
  };
};
