import type { Claim, Preference } from "../model/claim.ts";
import type { Origin } from "../model/errors.ts";
import { type Amount, isKnown, multiplyMoney, type StatedAmount } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { LotGroup } from "../records/group.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import { suppliersOf } from "./subject.ts";

/** What ceilings limit: money, or a quantity beside it or instead of it (L4). */
export type Measure = "money" | "quantity";

const isLimitedInMoney = ({ ceiling, ceilingPerSupplier }: Lot): boolean =>
  (ceiling ?? ceilingPerSupplier) !== undefined;

const isLimitedInQuantity = ({ quantity, quantityPerSupplier }: Lot): boolean =>
  (quantity ?? quantityPerSupplier) !== undefined;

const MONEY: readonly Measure[] = ["money"];
const BOTH: readonly Measure[] = ["money", "quantity"];

/** The measures by which a contract has to be assessed. For most contracts this is money alone. */
export const measuresIn = ({ quantity, groups, lots }: Contract): readonly Measure[] =>
  quantity !== undefined || lots.some(isLimitedInQuantity) || groups.some((group) => group.quantity !== undefined)
    ? BOTH
    : MONEY;

/** A lot seen by one measure: what it states by that measure takes the place of its ceilings. */
export const lotIn = (measure: Measure, lot: Lot): Lot => {
  if (measure === "money")
    return !isLimitedInMoney(lot) && isLimitedInQuantity(lot) ? { ...lot, limitedOtherwise: true } : lot;
  return {
    ...lot,
    ceiling: lot.quantity,
    ceilingPerSupplier: lot.quantityPerSupplier,
    limitedOtherwise: !isLimitedInQuantity(lot) && isLimitedInMoney(lot),
  };
};

const KEYS: ReadonlyMap<string | number, string> = new Map([
  ["ceiling", "quantity"],
  ["ceilingPerSupplier", "quantityPerSupplier"],
]);

/** Locates quantities in the place of ceilings. */
const whereQuantitiesStand = ({ locate }: Origin): Origin => ({
  locate: (path, part) =>
    locate(
      path.map((step) => KEYS.get(step) ?? step),
      part,
    ),
});

const groupIn = (measure: Measure, group: LotGroup): LotGroup =>
  measure === "money" ? group : { ...group, ceiling: group.quantity };

/**
 * A contract seen by one measure. Quantities take the place of the ceilings of the contract, its groups and its lots,
 * so that the code that assesses ceilings assesses quantities, too.
 */
export const contractIn = (measure: Measure, contract: Contract): Contract => ({
  ...contract,
  origin: measure === "money" ? contract.origin : whereQuantitiesStand(contract.origin),
  ceiling: measure === "money" ? contract.ceiling : contract.quantity,
  groups: contract.groups.map((group) => groupIn(measure, group)),
  lots: contract.lots.map((lot) => lotIn(measure, lot)),
});

export const statedCeiling = (lot: Lot, preference: Preference): Claim<StatedAmount> | undefined => {
  const fact = lot.ceiling ?? lot.ceilingPerSupplier;
  return fact === undefined ? undefined : preference.choose(fact);
};

export const isPerSupplier = (lot: Lot): boolean => lot.ceiling === undefined && lot.ceilingPerSupplier !== undefined;

/** How many seats these suppliers have on a lot: one each, or as many as were merged into theirs. */
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
 * What suppliers of a lot may reach together. A per-supplier ceiling counts once for each of their seats (T3). It is
 * unknown in total where nobody holds a seat.
 */
export const ceilingOfLot = (lot: Lot, suppliers: readonly Supplier[], preference: Preference): Amount => {
  const stated = statedCeiling(lot, preference)?.value ?? "missing";
  if (!isPerSupplier(lot) || !isKnown(stated)) return stated;
  return suppliers.length === 0
    ? "missing"
    : multiplyMoney(stated, seatsOf(lot, suppliersOf(lot, preference), suppliers));
};
