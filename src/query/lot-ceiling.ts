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

/** The measures by which a contract is to be looked at: of most by money alone. */
export const measuresIn = ({ quantity, groups, lots }: Contract): readonly Measure[] =>
  quantity !== undefined || lots.some(isLimitedInQuantity) || groups.some((group) => group.quantity !== undefined)
    ? BOTH
    : MONEY;

/** A lot by one measure: what it states of that stands in the place of its ceilings. */
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

/** Finds the quantities where ceilings are asked for. */
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
 * A contract by one measure, so that whatever assesses ceilings assesses quantities, too: these stand in the place of its
 * ceilings, its groups' and its lots'.
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
