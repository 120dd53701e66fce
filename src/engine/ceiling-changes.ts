import type { StatedAmount, StatedAmounts } from "../model/amount.ts";
import type { Preference } from "../model/claim.ts";
import { firstById } from "../model/first-by-id.ts";
import { type Money, subtractMoney, sumByUnit, unitOf } from "../model/money.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import { percentOf, type Ratio } from "../model/ratio.ts";
import { statedCeiling } from "../query/lot-ceiling.ts";
import { lotIn } from "../query/measures.ts";
import { MODIFIED, type Modified, modifiedLot } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Modification } from "../records/modification.ts";

/** One modification of a ceiling, with those before it. */
export interface CeilingChange {
  readonly modification: Modification;
  /** Undefined where the change is one of neither money nor a quantity. */
  readonly amount: Money | undefined;
  /** What it adds, in percent of the initial ceiling; undefined where either is not known, or they differ in currency. */
  readonly percent: Ratio | undefined;
  /** What it and those before it add, likewise. */
  readonly percentInAll: Ratio | undefined;
}

/** A ceiling that was modified: the contract's own, or a lot's, which may be for each of its suppliers. */
export interface ChangedCeiling {
  /** Whether it is one of money or of a quantity. */
  readonly measure: Modified;
  /** Undefined for the contract's own. */
  readonly lot: string | undefined;
  /** That lot, where the contract has it. */
  readonly of: Lot | undefined;
  readonly initial: StatedAmount | undefined;
  /** What its contracts were worth at first, against which modifications that change no ceiling count. */
  readonly awarded: Money | undefined;
  /** In order of time. */
  readonly changes: readonly CeilingChange[];
}

/** What modifications add to a ceiling, or where they change no ceiling to the value of the contracts. */
const changesFrom = (
  ceiling: StatedAmount | undefined,
  awarded: Money | undefined,
  modifications: readonly Modification[],
  measure: Modified,
): CeilingChange[] => {
  let sum = 0n;
  return modifications.map((modification) => {
    const own = modification[measure];
    const amount = own ?? modification.value;
    const initial = own === undefined ? awarded : ceiling;
    if (amount === undefined || typeof initial !== "object" || unitOf(initial) !== unitOf(amount)) {
      return { modification, amount: own, percent: undefined, percentInAll: undefined };
    }
    sum += amount.minor;
    return {
      modification,
      amount: own,
      percent: percentOf(amount.minor, initial.minor),
      percentInAll: percentOf(sum, initial.minor),
    };
  });
};

const initialOf = (lot: Lot, measure: Modified, preference: Preference): StatedAmount | undefined =>
  statedCeiling(lotIn(measure === "amount" ? "money" : "quantity", lot), preference)?.value;

/** What the one lot of a contract was worth before modifications of which the first says by how much to what it grows. */
const worthBefore = ({ lots }: Contract, inOrder: readonly Modification[]): Money | undefined => {
  const { value, total } = inOrder.find((modification) => modification.value !== undefined) ?? {};
  const before = value === undefined || total === undefined ? undefined : subtractMoney(total, value);
  return lots.length === 1 && before !== undefined && before.minor > 0n ? before : undefined;
};

/** What lots were awarded for together; undefined in several currencies. */
const awardedOf = (lots: readonly Lot[], preference: Preference): Money | undefined => {
  const [only, ...others] = sumByUnit(lots.flatMap((lot) => moneysIn(preference.value(lot.awarded))));
  return others.length === 0 ? only : undefined;
};

const moneysIn = (value: StatedAmounts | undefined): readonly Money[] => (typeof value === "object" ? value : []);

/** The ceilings of a contract that were modified, as they were before, with every change. */
export const ceilingChanges = (contract: Contract, preference: Preference): readonly ChangedCeiling[] => {
  const inOrder = [...contract.modifications].sort((a, b) => comparePartialDates(a.date, b.date));
  return MODIFIED.flatMap((measure) =>
    changesBy(
      measure,
      inOrder.filter((modification) => isOf(measure, modification)),
      contract,
      preference,
    ),
  );
};

/** What changes neither money nor a quantity is told with the ceilings of money. */
const isOf = (measure: Modified, modification: Modification): boolean =>
  modification[measure] !== undefined || (measure === "amount" && modification.quantity === undefined);

const changesBy = (
  measure: Modified,
  inOrder: readonly Modification[],
  contract: Contract,
  preference: Preference,
): readonly ChangedCeiling[] => {
  const byLot = new Map<string | undefined, Modification[]>();
  for (const modification of inOrder) {
    const lot = modifiedLot(modification, contract, measure);
    const own = byLot.get(lot) ?? [];
    byLot.set(lot, own);
    own.push(modification);
  }
  const lots = firstById(byLot.size === 0 ? [] : contract.lots);
  return [...byLot].map(([lot, own]) => {
    const of = lot === undefined ? undefined : lots.get(lot);
    const whole = measure === "amount" ? contract.ceiling : contract.quantity;
    const stated = lot === undefined ? preference.value(whole) : of && initialOf(of, measure, preference);
    const awarded = worthBefore(contract, own) ?? awardedOf(of === undefined ? contract.lots : [of], preference);
    return { measure, lot, of, initial: stated, awarded, changes: changesFrom(stated, awarded, own, measure) };
  });
};
