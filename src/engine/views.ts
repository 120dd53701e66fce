import type { Preference } from "../model/claim.ts";
import type { StatedAmount } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { SupplierCell } from "./report.ts";

export const nameOf = (supplier: Supplier, preference: Preference): string => preference.choose(supplier.name).value;

/** The organisations behind a seat: the members of a grouping, or the company itself. */
export const organisationsOf = (supplier: Supplier, preference: Preference): readonly string[] => {
  const members = preference.value(supplier.members)?.map(({ name }) => name);
  return members === undefined || members.length === 0 ? [nameOf(supplier, preference)] : members;
};

export const supplierCell = (supplier: Supplier, preference: Preference): SupplierCell => ({
  id: supplier.id,
  name: nameOf(supplier, preference),
  kind: supplier.kind,
  organisations: organisationsOf(supplier, preference),
});

/** A supplier as the lot's own notice calls it, where that is known to differ. */
export const seatCell = (supplier: Supplier, { statedNames }: Lot, preference: Preference): SupplierCell => {
  const name = statedNames?.get(supplier);
  const cell = supplierCell(supplier, preference);
  if (name === undefined) return cell;
  return { ...cell, name, organisations: supplier.kind === "grouping" ? cell.organisations : [name] };
};

/** The value of a lot's contracts by the preferred source, one amount per currency, or that it is withheld; none where nothing is said of it. */
export const awardedOf = (lot: Lot, preference: Preference): readonly StatedAmount[] => {
  const awarded = preference.value(lot.awarded) ?? [];
  return awarded === "withheld" ? [awarded] : awarded;
};

/** The id of a lot among all contracts: `cloud-i/2`. */
export const lotRef = (contract: Contract, lot: { readonly id: string }): string => `${contract.id}/${lot.id}`;

/** `on 2025-03-31`; of a month, a year or what lies between two of them, `in 2025-03`. */
export const onDay = (date: string): string => `${/^\d{4}-\d{2}-\d{2}(?!.*\.\.)/.test(date) ? "on" : "in"} ${date}`;
