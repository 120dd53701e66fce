import { flatMap } from "../model/lists.ts";
import type { Member, Supplier } from "../records/supplier.ts";

const sortedKey = (kind: string, parts: readonly string[]): string => JSON.stringify([kind, [...parts].sort()]);

const nameKey = ({ name: [{ value }] }: Supplier): string => sortedKey("name", [value]);

const membersOf = ({ members }: Supplier): readonly Member[] => members?.[0].value ?? [];

const numbersOf = (members: readonly Member[]): readonly string[] =>
  flatMap(members, ({ country = "", legalId }) => (legalId === undefined ? [] : `${country}:${legalId}`));

/**
 * By what the notices of one contract know a supplier: its id, and its name, for companies without a number are known by that
 * only. A grouping is also known by its companies, whatever each notice calls it and in whatever order it lists them (E8).
 */
const keysOf = (supplier: Supplier): readonly string[] => {
  const members = membersOf(supplier);
  const numbers = numbersOf(members);
  return [
    sortedKey("id", [supplier.id]),
    nameKey(supplier),
    ...(members.length > 0 ? [partyKey(supplier)] : []),
    ...(numbers.length > 0 && numbers.length === members.length ? [sortedKey("numbers", numbers)] : []),
  ];
};

/** What a supplier is called in all notices alike: a grouping by the names of its companies. */
export const partyKey = (supplier: Supplier): string => {
  const members = membersOf(supplier);
  if (members.length === 0) return nameKey(supplier);
  return sortedKey(
    "members",
    members.map(({ name }) => name),
  );
};

/** Suppliers of a contract, of whatever notices. */
export class Parties {
  readonly #keys: ReadonlySet<string>;

  constructor(suppliers: readonly Supplier[]) {
    this.#keys = new Set(flatMap(suppliers, keysOf));
  }

  has(supplier: Supplier): boolean {
    return keysOf(supplier).some((key) => this.#keys.has(key));
  }
}
