import type { Preference } from "../model/claim.ts";
import { type Amount, isKnown, multiplyMoney, zeroLike } from "../model/money.ts";
import { ceilingOfLot, isPerSupplier, seatsOf, statedCeiling } from "../query/lot-ceiling.ts";
import { suppliersOf } from "../query/subject.ts";
import { cameToNothing, type Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { OrderedInVain, VainCell } from "./ordered-in-vain.ts";

/** The ceilings of a lot that came to nothing: what its suppliers share, or what each of some of them has for itself. */
export const vainCells = (
  lot: Lot,
  holders: readonly Supplier[],
  suppliers: readonly Supplier[],
  each: Amount,
): readonly VainCell[] => {
  if (!isPerSupplier(lot) || suppliers.length === 0) {
    const amount = isPerSupplier(lot) ? "missing" : each;
    return [{ lot, seats: undefined, holders: holders.length, amount }];
  }
  return suppliers.map((supplier) => ({
    lot,
    seats: [supplier],
    holders: holders.length,
    amount: isKnown(each) ? multiplyMoney(each, seatsOf(lot, holders, [supplier])) : each,
  }));
};

/**
 * What suppliers of a lot together may reach, as it counts in totals: of a lot that came to nothing what was ordered on it
 * (T4g), and undefined where that is nothing at all.
 */
export const countedCeiling = (
  lot: Lot,
  suppliers: readonly Supplier[],
  preference: Preference,
  inVain: OrderedInVain | undefined,
): Amount | undefined => {
  const amount = ceilingOfLot(lot, suppliers, preference);
  if (!cameToNothing(lot)) return amount;
  if (inVain === undefined) return isKnown(amount) ? zeroLike(amount) : undefined;
  const each = statedCeiling(lot, preference)?.value ?? "missing";
  return inVain.upTo(amount, vainCells(lot, suppliersOf(lot, preference), suppliers, each));
};
