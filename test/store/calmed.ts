import { isList, isMap, type Plain } from "../../src/syntax/plain.ts";
import type { WrittenRegister } from "../random-register.ts";

const LIMITS_QUANTITIES = ["quantity", "quantityPerSupplier"];
const CHANGES = ["awarded", "orders", "ledgers", "groups", "modifications", "renewals", ...LIMITS_QUANTITIES];

const without = (record: Plain, keys: readonly string[]): Plain =>
  isMap(record) ? Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key))) : record;

/** Without what keeps all of a register from being settled, and every other contract without what keeps that one. */
export const calmed = ({ suppliers: holders, contracts: written, ...rest }: WrittenRegister) => ({
  ...rest,
  suppliers: holders.map((holder) => without(holder, ["successions"])),
  contracts: written.map((contract, index) => {
    if (index % 2 === 1) return without(contract, ["callOffOf"]);
    const { lots: inIt = [], ...calm } = contract;
    const plain = without(calm, ["callOffOf", ...CHANGES]);
    const stated = isList(inIt) ? inIt.map((lot) => without(lot, LIMITS_QUANTITIES)) : inIt;
    return isMap(plain) ? { ...plain, lots: stated } : plain;
  }),
});
