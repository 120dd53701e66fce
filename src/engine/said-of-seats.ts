import type { Preference } from "../model/claim.ts";
import { compareNatural } from "../model/fold.ts";
import { sum } from "../model/lists.ts";
import { countIn, type Sums, sumsIn, sumsOf } from "../model/sums.ts";
import { NOT_STATED, type Seated, saidHere } from "../records/lot.ts";
import { COMPANY_SIZES, type Supplier } from "../records/supplier.ts";
import { nameOf } from "./views.ts";

/** The key in sums under which they count the seats of a supplier with another name or size than its record says. */
export const SAID = "said";

/**
 * The name and size that a lot's notice gives a seat and the supplier's record does not. Undefined where there are
 * none.
 */
export const saidOfSeat = (supplier: Supplier, lot: Seated): Sums | undefined => {
  const { name, size } = saidHere(supplier, lot) ?? {};
  if ((name ?? size) === undefined) return undefined;
  const counted = (text: string | undefined) => sumsOf(text === undefined ? [] : [[text, 1]]);
  return sumsOf([
    ["names", counted(name)],
    ["sizes", counted(size)],
  ]);
};

/**
 * What is said of a supplier's seats, each with the number of seats. `usual` is said of those without a word of their
 * own.
 */
const countsOf = (said: Sums, seats: number, usual: string): ReadonlyMap<string, number> => {
  const counts = new Map(Array.from(said.keys(), (text) => [text, countIn(said, text)]));
  const others = sum([...counts.values()]);
  if (seats > others || counts.size === 0) counts.set(usual, seats - others + (counts.get(usual) ?? 0));
  return counts;
};

/**
 * The names of a supplier of many seats. The first is what the user calls it, or else what most notices of its seats
 * call it, where a name goes before its number. The others follow.
 */
export const namesOfAll = (
  supplier: Supplier,
  seats: number,
  said: Sums,
  preference: Preference,
): readonly [string, ...string[]] => {
  const usual = nameOf(supplier, preference);
  const names = sumsIn(said, "names");
  if (names.size === 0 || supplier.name.some(({ by }) => by.source === undefined))
    return [usual, ...supplier.name.map(({ value }) => value), ...names.keys()];
  const isNumber = (name: string): number => Number(name === supplier.legalId);
  const [first, ...others] = [...countsOf(names, seats, usual)].sort(
    ([a, times], [b, others]) => isNumber(a) - isNumber(b) || others - times || compareNatural(a, b),
  );
  return [first?.[0] ?? usual, ...others.map(([name]) => name)];
};

/** How large a supplier is by all its seats. Where they say several sizes, all of these. */
export const sizesOfAll = (
  supplier: Supplier,
  seats: number,
  said: Sums,
  preference: Preference,
): string | undefined => {
  if (said.size === 0) return preference.value(supplier.size);
  const counts = countsOf(sumsIn(said, "sizes"), seats, preference.value(supplier.size) ?? NOT_STATED);
  const sizes = COMPANY_SIZES.filter((size) => counts.has(size));
  return sizes.length === 0 ? undefined : sizes.join(", ");
};
