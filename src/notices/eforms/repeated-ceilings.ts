import type { StatedAmount } from "../../model/amount.ts";
import { addUnder } from "../../model/lists.ts";
import { compareMoney, type Money, sumByUnit } from "../../model/money.ts";
import type { LotGroup } from "../../records/group.ts";
import type { SettledContract } from "../../records/history.ts";
import type { Lot } from "../../records/lot.ts";
import { LOT_MAXIMUM } from "./amounts.ts";
import type { NoticeReading } from "./reading.ts";

/** A lot with the framework maximum that its result states. */
interface Repeating {
  readonly lot: Lot;
  readonly ceiling: Money;
}

/**
 * Lots whose results repeat one and the same ceiling (T9). A contract that covers them all identifies it as one. Where
 * each has contracts of its own with the same suppliers, it may be one or several: nothing but the maximum of all
 * frameworks together (BT-118) settles that.
 */
export const repeatedCeilings = (
  lots: readonly Lot[],
  contracts: readonly SettledContract[],
  overall: StatedAmount | undefined,
  reading: NoticeReading,
): readonly LotGroup[] => {
  const repeating = lots.flatMap((lot) => repeatingOf(lot) ?? []);
  const unlike = new Set(repeating.map(({ ceiling }) => `${ceiling.minor} ${ceiling.currency}`));
  if (unlike.size === repeating.length || addsUpTo(repeating, overall)) return [];
  const groups = new Map<string, LotGroup>();
  const places = new Map(repeating.map(({ lot }, place) => [lot.id, place]));
  for (const contract of contracts) {
    // In the order of the notice, whatever that of the contract is.
    const covered = [...new Set(contract.lots.flatMap((lot) => places.get(lot) ?? []))]
      .sort((a, b) => a - b)
      .flatMap((place) => repeating[place] ?? []);
    const key = keyOf(covered);
    if (covered.length < 2 || covered.length < contract.lots.length || !isOne(covered) || groups.has(key)) continue;
    reading.notes.add("T9", "a contract covers several lots, which repeat one ceiling: it counts once", contract.id);
    groups.set(key, groupOf(contract.id, covered, true, reading));
  }
  if (typeof overall === "object") return [...groups.values()];
  const grouped = new Set([...groups.values()].flatMap((group) => group.lots));
  const open = repeating.filter(({ lot }) => !grouped.has(lot.id));
  for (const alike of alikeIn(open)) {
    reading.notes.add("T9", "equal ceilings with the same suppliers may be one ceiling or several", keyOf(alike));
    groups.set(keyOf(alike), groupOf(`equal-ceilings-${groups.size + 1}`, alike, false, reading));
  }
  return [...groups.values()];
};

const repeatingOf = (lot: Lot): Repeating | undefined => {
  const [claim] = lot.ceiling ?? [];
  if (claim === undefined || claim.value === "withheld" || claim.by.locator !== LOT_MAXIMUM.term) return undefined;
  return claim.value.minor === 0n ? undefined : { lot, ceiling: claim.value };
};

const addsUpTo = (repeating: readonly Repeating[], overall: StatedAmount | undefined): boolean => {
  const [sum, ...others] = sumByUnit(repeating.map(({ ceiling }) => ceiling));
  if (sum === undefined || others.length > 0 || typeof overall !== "object") return false;
  return compareMoney(sum, overall) !== "contradicts";
};

const keyOf = (repeating: readonly Repeating[]): string => repeating.map(({ lot }) => lot.id).join(", ");

const isOne = ([first, ...others]: readonly Repeating[]): boolean =>
  first !== undefined && others.every(({ ceiling }) => compareMoney(first.ceiling, ceiling) === "agrees");

/** Lots with equal ceilings and the same suppliers, two or more together. */
const alikeIn = (repeating: readonly Repeating[]): readonly (readonly Repeating[])[] => {
  const alike = new Map<string, Repeating[]>();
  for (const one of repeating) {
    const suppliers = one.lot.suppliers?.[0].value.map(({ id }) => id).sort() ?? [];
    if (suppliers.length === 0) continue;
    const key = JSON.stringify([String(one.ceiling.minor), one.ceiling.currency, ...suppliers]);
    addUnder(alike, key, one);
  }
  return [...alike.values()].filter(({ length }) => length > 1);
};

const groupOf = (
  id: string,
  [first, ...others]: readonly Repeating[],
  certain: boolean,
  reading: NoticeReading,
): LotGroup => ({
  id,
  title: undefined,
  lots: [first, ...others].flatMap((one) => one?.lot.id ?? []),
  ceiling: reading.fact(first?.ceiling, LOT_MAXIMUM.term),
  reestimate: undefined,
  certain,
  note: undefined,
});
