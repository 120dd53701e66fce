import type { Preference } from "../model/claim.ts";
import type { Contract, Supplier } from "../model/contract.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { firmEnd, latestEnd } from "../model/term.ts";
import type { SupplierCell } from "./report.ts";

/** The name that the preferred source gives a supplier. */
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

/** The id of a lot among all contracts: `cloud-i/2`. */
export const lotRef = (contract: Contract, lot: { readonly id: string }): string => `${contract.id}/${lot.id}`;

/** When a contract ends, and from which date that is reckoned. */
export interface TermDates {
  readonly from: "startDate" | "awardDate" | undefined;
  /** The end of the initial period. */
  readonly firmEnd: PartialDate | undefined;
  /** The end with every renewal. */
  readonly latestEnd: PartialDate | undefined;
}

/** The ends of a contract's term (D1), reckoned from its start, or from its award where no start is stated. */
export const termDates = (contract: Contract, preference: Preference): TermDates => {
  const term = preference.value(contract.term);
  const start = preference.value(contract.startDate);
  const begin = start ?? preference.value(contract.awardDate);
  if (term === undefined || begin === undefined) return { from: undefined, firmEnd: undefined, latestEnd: undefined };
  return {
    from: start === undefined ? "awardDate" : "startDate",
    firmEnd: firmEnd(begin, term),
    latestEnd: latestEnd(begin, term),
  };
};
