import type { Preference } from "../model/claim.ts";
import type { StatedAmount } from "../model/money.ts";
import type { Contract } from "../records/contract.ts";
import { type Lot, nameHere, type Seated } from "../records/lot.ts";
import type { Supplier } from "../records/supplier.ts";
import type { Cell, SupplierCell } from "./report.ts";

export const nameOf = (supplier: Supplier, preference: Preference): string => preference.choose(supplier.name).value;

/** The organisations behind a seat: the members of a grouping, or the company itself. */
export const organisationsOf = (
  supplier: Supplier,
  preference: Preference,
  name = nameOf(supplier, preference),
): readonly string[] => {
  const members = preference.value(supplier.members)?.map((member) => member.name);
  return members === undefined || members.length === 0 ? [name] : members;
};

/** A supplier under the name that it has on a lot, or on the lots of a contract. */
export const supplierCell = (supplier: Supplier, preference: Preference, seated: Seated = {}): SupplierCell => {
  const name = nameOn(seated, supplier, preference);
  return { id: supplier.id, name, kind: supplier.kind, organisations: organisationsOf(supplier, preference, name) };
};

export const suppliersCell = (suppliers: readonly Supplier[], preference: Preference, seated?: Seated): Cell => ({
  type: "suppliers",
  value: suppliers.map((supplier) => supplierCell(supplier, preference, seated)),
});

/** A supplier's name as the notice of a lot writes it. */
export const nameOn = (seated: Seated, supplier: Supplier, preference: Preference): string =>
  nameHere(supplier, seated) ?? nameOf(supplier, preference);

/**
 * The value of a lot's contracts by the preferred source: one amount per currency, or that it is withheld. Empty where
 * none is stated.
 */
export const awardedOf = (lot: Lot, preference: Preference): readonly StatedAmount[] => {
  const awarded = preference.value(lot.awarded) ?? [];
  return awarded === "withheld" ? [awarded] : awarded;
};

/** The id of a lot among all contracts: `cloud-i/2`. */
export const lotRef = (contract: Contract, lot: { readonly id: string }): string => `${contract.id}/${lot.id}`;

/** `on 2025-03-31` for a day, `in 2025-03` for a month, a year or a range of dates. */
export const onDay = (date: string): string => `${/^\d{4}-\d{2}-\d{2}(?!.*\.\.)/.test(date) ? "on" : "in"} ${date}`;
