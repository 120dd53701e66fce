import type { StatedAmount, StatedAmounts } from "../../model/amount.ts";
import { claimsBySource, type Fact, mapClaims, type Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { compareMoney, formatMoney, type Money, multiplyMoney, unitOf } from "../../model/money.ts";
import { suppliersOf } from "../../query/subject.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import { withModifications } from "./with-modifications.ts";

/** What a contract or a lot states of its value; the ceiling is that of all its suppliers together. */
interface Stated {
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly ceiling?: Fact<StatedAmount> | undefined;
  readonly awarded?: Fact<StatedAmount | StatedAmounts> | undefined;
  readonly estimate?: Fact<StatedAmount> | undefined;
}

const timesSeats = (fact: Fact<StatedAmount> | undefined, seats: number): Fact<StatedAmount> | undefined =>
  fact && mapClaims(fact, (value) => (value === "withheld" ? value : multiplyMoney(value, seats)));

const statedByLot = (contract: Contract, lot: Lot, index: number, preference: Preference): Stated => ({
  name: `lot ${lotRef(contract, lot)}`,
  path: ["lots", index],
  ceiling: lot.ceiling ?? timesSeats(lot.ceilingPerSupplier, suppliersOf(lot, preference).length),
  awarded: lot.awarded,
  estimate: lot.estimate,
});

const moneysIn = (value: StatedAmount | StatedAmounts): readonly Money[] =>
  value === "withheld" ? [] : "minor" in value ? [value] : value;

/** What contracts are certainly worth: offers for one volume may come to no more than the largest of them (T10c). */
const certainlyIn = (money: Money): Money => {
  const { bound, least = money.minor, ...exact } = money;
  return bound === "between" ? { ...exact, minor: least } : money;
};

/** Contracts certainly worth more than the ceiling that they were awarded under, as one source states both (T4). */
const checkAwarded = ({ name, path, ceiling, awarded }: Stated, contract: Contract): readonly Finding[] => {
  const limits = claimsBySource(awarded && ceiling);
  return (awarded ?? []).flatMap(({ value, by }) => {
    const limit = limits.get(by.source)?.value;
    if (limit === undefined || limit === "withheld") return [];
    const above = moneysIn(value).find((money) => {
      const certain = certainlyIn(money);
      if (money.bound === "atMost" || unitOf(money) !== unitOf(limit)) return false;
      return certain.minor > limit.minor && compareMoney(certain, limit) === "contradicts";
    });
    if (above === undefined) return [];
    const message = `${name}: contracts for ${formatMoney(above)} were awarded, above its ceiling of ${formatMoney(limit)}`;
    return [findingOf("T4-awarded", message, contract.origin.locate([...path, "awarded"]))];
  });
};

const FAR = 10n;

/** A ceiling that is ten times its estimate, or a tenth of it: a figure may have slipped (T4). */
const checkEstimate = ({ name, path, ceiling, estimate }: Stated, contract: Contract): readonly Finding[] => {
  const ceilings = claimsBySource(estimate && ceiling);
  return (estimate ?? []).flatMap(({ value, by }) => {
    const stated = ceilings.get(by.source)?.value;
    if (value === "withheld" || stated === undefined || stated === "withheld") return [];
    if (unitOf(value) !== unitOf(stated) || value.minor === 0n || stated.minor === 0n) return [];
    if (stated.minor < value.minor * FAR && value.minor < stated.minor * FAR) return [];
    const message = `${name}: its ceiling is ${formatMoney(stated)}, its estimate ${formatMoney(value)}`;
    const hint = "one of them may have slipped by a digit, or have the wrong suffix";
    return [findingOf("T4-estimate", message, contract.origin.locate([...path, "estimate"]), hint)];
  });
};

/** What a contract and its lots state of their value beside their ceilings, with all modifications. */
export const checkValues: ContractRule = (written, preference) => {
  const contract = withModifications(written);
  const all: readonly Stated[] = [
    { ...contract, name: `contract ${contract.id}`, path: [] },
    ...contract.lots.map((lot, index) => statedByLot(contract, lot, index, preference)),
  ];
  return all.flatMap((stated) => [...checkAwarded(stated, contract), ...checkEstimate(stated, contract)]);
};
