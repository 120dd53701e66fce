import { DisjointSets } from "../model/disjoint-sets.ts";
import { flatMap } from "../model/lists.ts";
import type { Contract } from "../records/contract.ts";
import { type Seated, seatedIn } from "../records/lot.ts";
import type { Member, Supplier } from "../records/supplier.ts";

const sortedKey = (kind: string, parts: readonly string[]): string => JSON.stringify([kind, [...parts].sort()]);

const idKey = ({ id }: Supplier): string => sortedKey("id", [id]);

const membersOf = ({ members }: Supplier): readonly Member[] => members?.[0].value ?? [];

const numbersOf = (members: readonly Member[]): readonly string[] =>
  flatMap(members, ({ country = "", legalId }) => (legalId === undefined ? [] : `${country}:${legalId}`));

/** The name of a supplier in a notice; undefined where the notice gives only its number. */
const nameIn = (supplier: Supplier, { statedHere }: Seated): string | undefined =>
  statedHere?.has(supplier) === true ? statedHere.get(supplier)?.name : supplier.name[0].value;

/**
 * The keys besides its id by which the notices of one contract know a supplier. One is its name, because companies
 * without a number are known by nothing else. A grouping is also known by its companies, whatever each notice calls it
 * and in whatever order it lists them (E8).
 */
const keysOf = (supplier: Supplier, name: string | undefined): readonly string[] => {
  const members = membersOf(supplier);
  const numbers = numbersOf(members);
  return [
    ...(name === undefined ? [] : [sortedKey("name", [name])]),
    ...(members.length > 0 ? [companiesKey(members)] : []),
    ...(numbers.length > 0 && numbers.length === members.length ? [sortedKey("numbers", numbers)] : []),
  ];
};

const companiesKey = (members: readonly Member[]): string =>
  sortedKey(
    "members",
    members.map(({ name }) => name),
  );

/**
 * The keys by which another notice may know these suppliers together: their numbers, and the names that this notice
 * gives them.
 */
export const knownAs = (suppliers: readonly Supplier[], contract: Contract): readonly (readonly string[])[] => {
  const here = seatedIn(contract.lots);
  const known = (key: (supplier: Supplier) => string): readonly string[] =>
    suppliers.map((one) => (membersOf(one).length > 0 ? companiesKey(membersOf(one)) : key(one))).sort();
  return [known(idKey), known((one) => sortedKey("name", [nameIn(one, here) ?? one.id]))];
};

/**
 * Who is who among the suppliers that the notices of one contract name. Each is known by what its own notice calls it.
 * Two are one where any notice knows them by the same id, name or companies.
 */
export class Parties {
  readonly #sets = new DisjointSets();

  constructor(contracts: readonly Contract[] = []) {
    for (const contract of contracts) {
      const here = seatedIn(contract.lots);
      for (const lot of contract.lots) this.add(lot.suppliers?.[0].value, lot);
      for (const { suppliers } of [...contract.settledContracts, ...contract.modifications]) this.add(suppliers, here);
    }
  }

  add(suppliers: readonly Supplier[] = [], here: Seated): void {
    for (const supplier of suppliers)
      for (const key of keysOf(supplier, nameIn(supplier, here))) this.#sets.join(key, idKey(supplier));
  }

  /** The key of a supplier, the same for all mentions of it. */
  keyOf(supplier: Supplier): string {
    return this.#sets.find(idKey(supplier));
  }

  /** Tells whether a supplier is one of these. */
  among(suppliers: readonly Supplier[]): (supplier: Supplier) => boolean {
    const keys = new Set(suppliers.map((one) => this.keyOf(one)));
    return (supplier) => keys.has(this.keyOf(supplier));
  }
}
