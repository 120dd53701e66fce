import type { Preference } from "../model/claim.ts";
import type { Contract, Lot, Supplier } from "../model/contract.ts";
import { termDates } from "../model/contract-term.ts";
import type { Amount } from "../model/money.ts";
import type { ReckonedDate } from "../model/reckoned-date.ts";
import { ceilingOfLot, statedCeiling } from "./lot-ceiling.ts";

/** What a query is asked of: a lot of a contract, with those of its suppliers that are in view. */
export interface Subject {
  readonly contract: Contract;
  readonly lot: Lot;
  /** All suppliers of the lot; one of them where the question is about a seat. */
  readonly suppliers: readonly Supplier[];
  /** How many suppliers hold the lot, whoever is in view. */
  readonly holders: number;
}

/** Every name by which a supplier can be found. */
export const searchedTexts = (supplier: Supplier): string[] => [
  supplier.id,
  ...supplier.name.map(({ value }) => value),
  ...supplier.aliases,
  ...(supplier.members ?? []).flatMap(({ value }) => value.map(({ name }) => name)),
];

const given = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** The texts or ids of a field; none where nothing is known. */
export const textsOf = (
  name: string,
  { contract, lot, suppliers }: Subject,
  preference: Preference,
): readonly string[] => {
  switch (name) {
    case "contract":
      return [contract.id];
    case "lot":
      return [lot.id, `${contract.id}/${lot.id}`];
    case "title":
      return [...given(lot.title), ...given(contract.title)];
    case "buyer":
      return given(preference.value(contract.buyer));
    case "coordinator":
      return given(preference.value(contract.coordinator));
    case "supplier":
      return suppliers.flatMap(searchedTexts);
    case "country":
      return suppliers.flatMap((supplier) => [
        ...given(preference.value(supplier.country)),
        ...(preference.value(supplier.members) ?? []).flatMap(({ country }) => given(country)),
      ]);
    case "kind":
      return suppliers.map(({ kind }) => kind);
    case "service":
      return given(preference.value(lot.service));
    case "deployment":
      return given(preference.value(lot.deployment));
    case "status":
      return [lot.status];
    case "callOff":
      return given(preference.value(lot.callOff));
    default:
      // The last of them: source.
      return given(statedCeiling(lot, preference)?.by.source);
  }
};

export const amountOf = (name: string, { lot, holders }: Subject, preference: Preference): Amount =>
  name === "ceiling" ? ceilingOfLot(lot, holders, preference) : (preference.value(lot.awarded) ?? "missing");

export const countOf = (name: string, { lot, holders }: Subject, preference: Preference): number | undefined =>
  name === "suppliers" ? holders : preference.value(lot.offers)?.count;

export const dateOf = (name: string, { contract }: Subject, preference: Preference): ReckonedDate | undefined => {
  switch (name) {
    case "callDate":
      return preference.value(contract.callDate);
    case "awardDate":
      return preference.value(contract.awardDate);
    case "startDate":
      return preference.value(contract.startDate);
    case "firmEnd":
      return termDates(contract, preference).firmEnd;
    default:
      return termDates(contract, preference).latestEnd;
  }
};
