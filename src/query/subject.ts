import type { Preference } from "../model/claim.ts";
import type { Contract, Lot, Supplier } from "../model/contract.ts";
import { termDates } from "../model/contract-term.ts";
import { type Amount, isKnown, type Money } from "../model/money.ts";
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

const formerNames = ({ successions }: Supplier): readonly string[] =>
  successions.flatMap((succession) => (succession.kind === "renamed" ? [succession.from] : []));

/** Every name by which a supplier can be found. */
export const searchedTexts = (supplier: Supplier): string[] => [
  supplier.id,
  ...supplier.name.map(({ value }) => value),
  ...supplier.aliases,
  ...formerNames(supplier),
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
      return [...given(preference.value(contract.buyer)), ...(preference.value(contract.jointBuyers) ?? [])];
    case "user":
      return preference.value(contract.users) ?? [];
    case "procedure":
      return given(contract.procedure);
    case "regime":
      return given(contract.regime);
    case "vat":
      return [contract.vat ?? "excluded"];
    case "cpv":
      return [...(preference.value(lot.cpv) ?? []), ...(preference.value(contract.cpv) ?? [])].flatMap(withParents);
    case "tag":
      return contract.tags;
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

/** The amounts of a field, one a currency, or why there is none. */
export const amountsOf = (
  name: string,
  { lot, holders }: Subject,
  preference: Preference,
): readonly Money[] | "missing" | "withheld" => {
  if (name === "awarded") return preference.value(lot.awarded) ?? "missing";
  const amount = singleAmountOf(name, lot, holders, preference);
  return isKnown(amount) ? [amount] : amount;
};

const singleAmountOf = (name: string, lot: Lot, holders: number, preference: Preference): Amount => {
  switch (name) {
    case "ceiling":
      return ceilingOfLot(lot, holders, preference);
    case "estimate":
      return preference.value(lot.estimate) ?? "missing";
    default:
      // The last of them: reestimate.
      return preference.value(lot.reestimate) ?? "missing";
  }
};

/** A CPV code with those that it is part of: 72212000 is also found by 72210000, 72200000 and 72000000. */
const withParents = (code: string): readonly string[] => {
  const digits = code.slice(0, 8);
  const parents = [2, 3, 4, 5, 6, 7].map((kept) => digits.slice(0, kept).padEnd(8, "0"));
  return [...new Set([code, digits, ...parents])];
};

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
