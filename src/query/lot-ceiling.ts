import type { StatedAmount } from "../model/amount.ts";
import type { Claim, Preference } from "../model/claim.ts";
import { type Amount, isKnown, multiplyMoney } from "../model/money.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import { suppliersOf } from "./subject.ts";

/** The ceiling stated for a lot by the preferred source, each supplier's own where there is one a supplier. */
export const statedCeiling = (lot: Lot, preference: Preference): Claim<StatedAmount> | undefined => {
  const fact = lot.ceiling ?? lot.ceilingPerSupplier;
  return fact === undefined ? undefined : preference.choose(fact);
};

export const isPerSupplier = (lot: Lot): boolean => lot.ceiling === undefined && lot.ceilingPerSupplier !== undefined;

/** How many seats suppliers have on a lot, of all who hold it: one each, or as many as were merged into one of them. */
export const seatsOf = (
  { mergedSeats }: Lot,
  holders: readonly Supplier[],
  suppliers: readonly Supplier[] = holders,
): number => {
  const seats = mergedSeats?.get(holders);
  return seats === undefined
    ? suppliers.length
    : suppliers.reduce((sum, supplier) => sum + (seats.get(supplier) ?? 1), 0);
};

/**
 * What suppliers of a lot together may reach: a per-supplier ceiling counts once for each of their seats (T3), and is
 * unknown in all where nobody holds one.
 */
export const ceilingOfLot = (lot: Lot, suppliers: readonly Supplier[], preference: Preference): Amount => {
  const stated = statedCeiling(lot, preference)?.value ?? "missing";
  if (!isPerSupplier(lot) || !isKnown(stated)) return stated;
  return suppliers.length === 0
    ? "missing"
    : multiplyMoney(stated, seatsOf(lot, suppliersOf(lot, preference), suppliers));
};
