import type { Preference } from "../model/claim.ts";
import { addUnder, firstById } from "../model/lists.ts";
import { type Money, type StatedAmount, type StatedAmounts, subtractMoney, sumByUnit, unitOf } from "../model/money.ts";
import { comparePartialDates } from "../model/partial-date.ts";
import { percentOf, type Ratio } from "../model/ratio.ts";
import { lotIn, statedCeiling } from "../query/lot-ceiling.ts";
import { MODIFIED, type Modified, modifiedLot } from "../records/as-of.ts";
import type { Contract } from "../records/contract.ts";
import type { Lot } from "../records/lot.ts";
import type { Modification } from "../records/modification.ts";

export interface CeilingChange {
  readonly modification: Modification;
  readonly amount: Money | undefined;
  /**
   * What it adds, in percent of the initial ceiling or, where it changes no ceiling, of what the contracts were worth
   * at first. Undefined where either is not known, or they differ in currency or unit.
   */
  readonly percent: Ratio | undefined;
  /** What it and the modifications before it add in all, in percent of the same. */
  readonly percentInAll: Ratio | undefined;
}

/** A ceiling that was modified: the contract's own, or a lot's, which may be for each of its suppliers. */
export interface ChangedCeiling {
  /** Whether it is one of money or of a quantity. */
  readonly measure: Modified;
  readonly lot: string | undefined;
  /** The one signed contract whose value was modified, as modifications call it. */
  readonly settled: string | undefined;
  /** The lot of that id, if the contract has one. */
  readonly of: Lot | undefined;
  readonly initial: StatedAmount | undefined;
  /** What its contracts were worth at first. Modifications that change no ceiling are measured against it. */
  readonly awarded: Money | undefined;
  readonly changes: readonly CeilingChange[];
}

/** What modifications add to a ceiling, or to the value of the contracts where they change no ceiling. */
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

/**
 * What the contracts were worth before they were modified. For one signed contract, one lot or the only lot, that is
 * the stated value, if there is one. Otherwise it is reckoned from the first modification with a value: what the value
 * comes to after it, less what it adds. Several lots together take the stated value only where nothing can be reckoned,
 * and one of several lots without a stated value has none.
 */
const worthBefore = (
  { lots }: Contract,
  { lot, settled }: Pick<ChangedCeiling, "lot" | "settled">,
  stated: Money | undefined,
  inOrder: readonly Modification[],
): Money | undefined => {
  const { value, total } = inOrder.find((modification) => modification.value !== undefined) ?? {};
  const before = value === undefined || total === undefined ? undefined : subtractMoney(total, value);
  const isOfOne = lots.length === 1 || settled !== undefined;
  if (stated !== undefined && (isOfOne || lot !== undefined)) return stated;
  const known = before !== undefined && before.minor > 0n ? before : undefined;
  return isOfOne ? known : lot === undefined ? (known ?? stated) : undefined;
};

/** What lots were awarded for together; undefined where that is in several currencies. */
const awardedOf = (lots: readonly Lot[], preference: Preference): Money | undefined => {
  const [only, ...others] = sumByUnit(lots.flatMap((lot) => moneysIn(preference.value(lot.awarded))));
  return others.length === 0 ? only : undefined;
};

const moneysIn = (value: StatedAmounts | undefined): readonly Money[] => (typeof value === "object" ? value : []);

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

/**
 * Whether a modification is told with the ceilings of a measure. One that changes neither is told with those of money.
 */
const isOf = (measure: Modified, modification: Modification): boolean =>
  modification[measure] !== undefined || (measure === "amount" && modification.quantity === undefined);

/**
 * The signed contract that a modification is about. None if it changes the ceiling, which all contracts of the lot
 * share.
 */
const settledBy = (modification: Modification, measure: Modified): string | undefined =>
  modification[measure] === undefined ? modification.settled : undefined;

const changesBy = (
  measure: Modified,
  inOrder: readonly Modification[],
  contract: Contract,
  preference: Preference,
): readonly ChangedCeiling[] => {
  const byPart = new Map<string, [Modification, ...Modification[]]>();
  for (const modification of inOrder) {
    const part = [modifiedLot(modification, contract, measure) ?? null, settledBy(modification, measure) ?? null];
    addUnder(byPart, JSON.stringify(part), modification);
  }
  const lots = firstById(byPart.size === 0 ? [] : contract.lots);
  return [...byPart.values()].map((own) => {
    const [first] = own;
    const [settled, lot] = [settledBy(first, measure), modifiedLot(first, contract, measure)];
    const of = lot === undefined ? undefined : lots.get(lot);
    const whole = measure === "amount" ? contract.ceiling : contract.quantity;
    const stated = lot === undefined ? preference.value(whole) : of && initialOf(of, measure, preference);
    const stands =
      settled === undefined
        ? awardedOf(of === undefined ? contract.lots : [of], preference)
        : valueOfSettled(settled, lot, contract);
    const awarded = worthBefore(contract, { lot, settled }, stands, own);
    return { measure, lot, settled, of, initial: stated, awarded, changes: changesFrom(stated, awarded, own, measure) };
  });
};

/** What a signed contract was worth. It is looked for by the buyer's number for it, and then by its id. */
const valueOfSettled = (name: string, lot: string | undefined, { settledContracts }: Contract): Money | undefined => {
  const own = settledContracts.filter(({ lots }) => lot === undefined || lots.includes(lot));
  const { value } = own.find(({ reference }) => reference === name) ?? own.find(({ id }) => id === name) ?? {};
  return typeof value === "object" ? value : undefined;
};
