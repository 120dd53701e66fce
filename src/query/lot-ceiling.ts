import type { StatedAmount } from "../model/amount.ts";
import type { Claim, Preference } from "../model/claim.ts";
import { type Amount, isKnown, multiplyMoney } from "../model/money.ts";
import type { Lot } from "../records/lot.ts";

/** The ceiling stated for a lot by the preferred source, each supplier's own where there is one a supplier. */
export const statedCeiling = (lot: Lot, preference: Preference): Claim<StatedAmount> | undefined => {
  const fact = lot.ceiling ?? lot.ceilingPerSupplier;
  return fact === undefined ? undefined : preference.choose(fact);
};

export const isPerSupplier = (lot: Lot): boolean => lot.ceiling === undefined && lot.ceilingPerSupplier !== undefined;

/** What all suppliers of a lot together may reach: a per-supplier ceiling counts once for each (T3). */
export const ceilingOfLot = (lot: Lot, suppliers: number, preference: Preference): Amount => {
  const stated = statedCeiling(lot, preference)?.value ?? "missing";
  return isPerSupplier(lot) && isKnown(stated) ? multiplyMoney(stated, suppliers) : stated;
};
