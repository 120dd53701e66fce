import fc from "fast-check";
import { isList, isMap, type PlainMap } from "../../src/syntax/plain.ts";
import type { WrittenRegister } from "../random-register.ts";

const LIMITS_QUANTITIES = ["quantity", "quantityPerSupplier"];
const CHANGES = ["awarded", "orders", "ledgers", "groups", "modifications", "renewals", ...LIMITS_QUANTITIES];

const without = (record: PlainMap, keys: readonly string[]): PlainMap =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Without what keeps all of a register from being settled, and every other contract without what keeps that one. */
export const calmed = ({ suppliers: holders, contracts: written, ...rest }: WrittenRegister): WrittenRegister => ({
  ...rest,
  suppliers: holders.map((holder) => without(holder, ["successions"])),
  contracts: written.map((contract, index) => {
    if (index % 2 === 1) return without(contract, ["callOffOf"]);
    const { lots: inIt = [], ...calm } = contract;
    const plain = without(calm, ["callOffOf", ...CHANGES]);
    const stated = isList(inIt) ? inIt.map((lot) => (isMap(lot) ? without(lot, LIMITS_QUANTITIES) : lot)) : inIt;
    return { ...plain, lots: stated };
  }),
});

/** What names a contract: its id, its procedure, its notices. */
const namesOf = (contract: PlainMap): readonly string[] => {
  const { publications = [] } = contract;
  const named = [contract, ...(isList(publications) ? publications : [])].flatMap((one) =>
    isMap(one) ? ["contract", "procedure", "publication", "noticeId"].flatMap((key) => one[key] ?? []) : [],
  );
  return named.filter((name) => typeof name === "string");
};

/** What makes a contract a call-off, by whatever names others; of one that is not there; and in circles. */
const linkTo = (names: readonly string[]): fc.Arbitrary<PlainMap> => {
  const name = fc.constantFrom(...names, "elsewhere");
  const otherFrameworks = fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 2 }), { freq: 1 });
  return fc
    .tuple(name, otherFrameworks, fc.constantFrom("yes", "no"))
    .map(([callOffOf, others, framework]) => ({ callOffOf, framework, ...(others && { otherFrameworks: others }) }));
};

/** Contracts of which some are call-offs of what has these names. */
export const related = <Contract extends object>(
  contracts: readonly Contract[],
  names: readonly string[],
  seed: number,
) => {
  const link = fc.option(linkTo(names), { freq: 1 });
  const [links = []] = fc.sample(fc.tuple(...contracts.map(() => link)), { numRuns: 1, seed });
  return contracts.map((contract, index) => ({ ...contract, ...links[index] }));
};

/** A register with the contracts of several, of which some are call-offs of others. */
export const relatedRegister = (
  register: WrittenRegister,
  others: readonly WrittenRegister[],
  seed: number,
): WrittenRegister => {
  const contracts = [register, ...others].flatMap((one) => one.contracts);
  const renamed = contracts.map((contract, index) => ({ ...contract, contract: `c${index + 1}` }));
  return { ...register, contracts: related(renamed, renamed.flatMap(namesOf), seed) };
};
