import type { StatedAmount } from "../model/amount.ts";
import type { Preference } from "../model/claim.ts";
import { firstById } from "../model/first-by-id.ts";
import { unitOf } from "../model/money.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import { percentOf, type Ratio } from "../model/ratio.ts";
import { statedCeiling } from "../query/lot-ceiling.ts";
import { modifiedLot } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Modification } from "../records/modification.ts";

/** One modification of a ceiling, with those before it. */
export interface CeilingChange {
  readonly modification: Modification;
  /** What it adds, in percent of the initial ceiling; undefined where either is not known, or they differ in currency. */
  readonly percent: Ratio | undefined;
  /** What it and those before it add, likewise. */
  readonly percentInAll: Ratio | undefined;
}

/** A ceiling that was modified: the contract's own, or a lot's, which may be for each of its suppliers. */
export interface ChangedCeiling {
  /** Undefined for the contract's own. */
  readonly lot: string | undefined;
  /** That lot, where the contract has it. */
  readonly of: Lot | undefined;
  readonly initial: StatedAmount | undefined;
  /** In order of time. */
  readonly changes: readonly CeilingChange[];
}

const changesFrom = (initial: StatedAmount | undefined, modifications: readonly Modification[]): CeilingChange[] => {
  let sum = 0n;
  return modifications.map((modification) => {
    const { amount } = modification;
    if (amount === undefined || typeof initial !== "object" || unitOf(initial) !== unitOf(amount)) {
      return { modification, percent: undefined, percentInAll: undefined };
    }
    sum += amount.minor;
    return {
      modification,
      percent: percentOf(amount.minor, initial.minor),
      percentInAll: percentOf(sum, initial.minor),
    };
  });
};

/** The ceilings of a contract that were modified, as they were before, with every change. */
export const ceilingChanges = (contract: Contract, preference: Preference): readonly ChangedCeiling[] => {
  const inOrder = [...contract.modifications].sort((a, b) => comparePartialDates(a.date, b.date));
  const byLot = new Map<string | undefined, Modification[]>();
  for (const modification of inOrder) {
    const lot = modifiedLot(modification, contract);
    const own = byLot.get(lot) ?? [];
    byLot.set(lot, own);
    own.push(modification);
  }
  const lots = firstById(byLot.size === 0 ? [] : contract.lots);
  return [...byLot].map(([lot, own]) => {
    const of = lot === undefined ? undefined : lots.get(lot);
    const stated = lot === undefined ? preference.value(contract.ceiling) : of && statedCeiling(of, preference)?.value;
    return { lot, of, initial: stated, changes: changesFrom(stated, own) };
  });
};
