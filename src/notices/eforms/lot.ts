import type { Fact } from "../../model/claim.ts";
import { addUnder, flatMap } from "../../model/lists.ts";
import { compareMoney, type Money, type StatedAmount, sumByUnit } from "../../model/money.ts";
import type { Quantity } from "../../model/quantity.ts";
import type { LotGroup } from "../../records/group.ts";
import type { SettledContract } from "../../records/history.ts";
import { type CallOffMechanism, type Lot, type LotStatus, lotCodec } from "../../records/lot.ts";
import type { Supplier } from "../../records/supplier.ts";
import { childOf, childrenOf } from "../../syntax/xml/element.ts";
import { OFFERS, offersTogether, valueTogether, type Win } from "../awarded-values.ts";
import type { Period } from "../stated-values.ts";
import type { Technique } from "./declared-lots.ts";
import type { Outcome, Tender } from "./outcomes.ts";
import type { Parties } from "./parties.ts";
import {
  type AmountField,
  amountIn,
  LOT_MAXIMUM,
  LOT_REESTIMATE,
  type NoticeReading,
  ownPeriod,
  valueIn,
} from "./reading.ts";

/** Makes a lot of an outcome. `wins` are the awards of this lot alone, and `common` is the period of all lots. */
export const lotOf = (
  outcome: Outcome,
  wins: readonly Win[],
  common: Period,
  parties: Parties,
  reading: NoticeReading,
): Lot => {
  const { id, declared, status, winners } = outcome;
  const suppliers = parties.suppliersOf(winners);
  const values = wins.map(({ value }) => value);
  const areOffers = declared?.technique !== undefined && suppliers.length > 1;
  const awarded = areOffers ? offersTogether(values) : valueTogether(values);
  if (areOffers && typeof awarded === "object" && awarded.some(({ bound }) => bound !== undefined))
    reading.notes.add("T10", OFFERS, id);
  if (typeof awarded === "object" && wins.some(({ value }) => typeof value !== "object")) {
    reading.notes.add(
      "T8",
      "of some of its winning tenders no value is known: what was awarded is at least the rest",
      id,
    );
  }
  const own = ownPeriod(declared?.period, common);
  return parties.seated(
    lotCodec.of({
      id,
      status,
      title: declared?.title,
      cpv: reading.fact(nonEmpty(declared?.cpv ?? []), "BT-262"),
      estimate: reading.fact(declared?.estimate, "BT-27"),
      ceiling: ceilingOf(outcome, reading),
      reestimate: reading.fact(largest(outcome, LOT_REESTIMATE, reading), LOT_REESTIMATE.term),
      awarded: reading.fact(awarded, "BT-720"),
      startDate: reading.fact(own.start, "BT-536"),
      endDate: reading.fact(own.end, "BT-537"),
      term: reading.fact(own.term, "BT-36"),
      longTermReason: reading.fact(declared?.longTermReason, "BT-109"),
      callOff: reading.fact(callOffOf(declared?.technique, suppliers, winners, id, reading), "BT-765"),
      offers: reading.fact(offersOf(outcome), "BT-759"),
      suppliers: reading.fact(nonEmpty(suppliers), "OPT-300"),
      subcontractors: reading.fact(nonEmpty(subcontractorsOf(winners, parties)), "OPT-301"),
    }),
  );
};

const nonEmpty = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

/**
 * The largest framework maximum of its results, which repeat one maximum; else the one that was announced before the
 * award (R-MAX).
 */
const ceilingOf = (outcome: Outcome, reading: NoticeReading): Fact<StatedAmount> | undefined => {
  const settled = largest(outcome, LOT_MAXIMUM, reading);
  const announced = outcome.declared?.maximum;
  if (settled === "withheld" && typeof announced === "object") {
    reading.notes.add("R-MAX", "its framework maximum is withheld: the one announced before is taken", outcome.id);
    return reading.fact(announced, "BT-271");
  }
  return reading.fact(settled, LOT_MAXIMUM.term) ?? reading.fact(announced, "BT-271");
};

/** The largest of the amounts that the results of a lot state; withheld where everything that is said is secret. */
const largest = (
  { id, results }: Pick<Outcome, "id" | "results">,
  field: AmountField,
  reading: NoticeReading,
): StatedAmount | undefined => {
  const stated = results
    .map(({ element, status }) => ({ values: childOf(element, "FrameworkAgreementValues"), status }))
    // A result that nobody won has nothing to keep secret.
    .filter(({ values, status }) => values !== undefined || status === undefined || WON.has(status))
    .map(({ values }) => amountIn(values, field, reading));
  const [first, ...others] = stated.filter((amount) => typeof amount === "object");
  if (first === undefined) return stated.includes("withheld") ? "withheld" : undefined;
  if (others.some(({ currency }) => currency !== first.currency)) {
    reading.notes.add("T7", `${field.term} stands in several currencies: the first counts`, id);
  }
  return others.reduce((a: Money, b) => (b.currency === a.currency && b.minor > a.minor ? b : a), first);
};

const WON: ReadonlySet<LotStatus> = new Set(["awarded", "unpublished"]);

const subcontractorsOf = (winners: readonly Tender[], parties: Parties): readonly string[] => [
  ...new Set(flatMap(winners, ({ party }) => (party === undefined ? [] : parties.subcontractors(party)))),
];

/** How many tenders came in (BT-759 for the kind `tenders` of BT-760): the most that any of the lot's results says. */
const offersOf = ({ results }: Outcome): Quantity | undefined => {
  let most = -1;
  for (const { element } of results) {
    for (const statistics of childrenOf(element, "ReceivedSubmissionsStatistics")) {
      const count = valueIn(statistics, "StatisticsNumeric") ?? "";
      const counted = valueIn(statistics, "StatisticsCode") === "tenders" && /^\d{1,9}$/.test(count);
      if (counted) most = Math.max(most, Number(count));
    }
  }
  return most === -1 ? undefined : { count: most, unit: "", approximate: false };
};

/**
 * How orders are placed (L3). Without reopened competition, a framework agreement with one supplier is a sole
 * supplier's. One with several suppliers says by which conditions one of them is chosen, mostly by rank: a cascade.
 */
const callOffOf = (
  technique: Technique | undefined,
  suppliers: readonly Supplier[],
  winners: readonly Tender[],
  lot: string,
  { notes }: NoticeReading,
): CallOffMechanism | undefined => {
  if (technique === "fa-w-rc") return "reopened competition";
  if (technique === "fa-mix") return "mixed";
  if (technique === undefined || suppliers.length === 0) return undefined;
  if (suppliers.length === 1) return "sole supplier";
  const ranks = new Set(winners.map(({ rank }) => rank));
  if (ranks.has(undefined) || ranks.size < winners.length) {
    notes.add(
      "L3",
      "several suppliers, no reopened competition and no ranks: orders are taken to go by a cascade",
      lot,
    );
  }
  return "cascade";
};

interface Repeating {
  readonly lot: Lot;
  readonly ceiling: Money;
}

/**
 * Groups of lots whose results repeat one and the same ceiling (T9). If one contract covers them all, the ceiling is
 * one. If each lot has contracts of its own with the same suppliers, it may be one ceiling or several, and only the
 * maximum of all frameworks together (BT-118) settles which.
 */
export const repeatedCeilings = (
  lots: readonly Lot[],
  contracts: readonly SettledContract[],
  overall: StatedAmount | undefined,
  reading: NoticeReading,
): readonly LotGroup[] => {
  const repeating = flatMap(lots, (lot) => repeatingOf(lot) ?? []);
  const unlike = new Set(repeating.map(({ ceiling }) => `${ceiling.minor} ${ceiling.currency}`));
  if (unlike.size === repeating.length || addsUpTo(repeating, overall)) return [];
  const groups = new Map<string, LotGroup>();
  const places = new Map(repeating.map(({ lot }, place) => [lot.id, place]));
  for (const contract of contracts) {
    // In the order of the notice, whatever the order in the contract is.
    const covered = flatMap(
      [...new Set(flatMap(contract.lots, (lot) => places.get(lot) ?? []))].sort((a, b) => a - b),
      (place) => repeating[place] ?? [],
    );
    const key = keyOf(covered);
    if (covered.length < 2 || covered.length < contract.lots.length || !isOne(covered) || groups.has(key)) continue;
    reading.notes.add("T9", "a contract covers several lots, which repeat one ceiling: it counts once", contract.id);
    groups.set(key, groupOf(contract.id, covered, true, reading));
  }
  if (typeof overall === "object") return [...groups.values()];
  const grouped = new Set(flatMap([...groups.values()], (group) => group.lots));
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
  lots: flatMap([first, ...others], (one) => one?.lot.id ?? []),
  ceiling: reading.fact(first?.ceiling, LOT_MAXIMUM.term),
  reestimate: undefined,
  certain,
  note: undefined,
});
