import { dateOfDay, dayNumber, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { dayAfter, formatEnd, phasesOf } from "../../model/phases.ts";
import {
  type Duration,
  decidedRenewals,
  formatDuration,
  formatPeriods,
  longestPeriods,
  renewalPeriods,
  type Term,
} from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { hasOwnTerm, type StatedTerm, statedTermOf } from "../../records/contract-term.ts";
import type { Lot } from "../../records/lot.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import { limitOf } from "./term-limits.ts";

/** Where nothing says when a contract begins: days and months are then held against each other from here on. */
const ANY_BEGIN = dayNumber(2024, 1, 1);

/** A contract, or a lot that has a term of its own (D1a). */
interface Termed {
  readonly contract: Contract;
  readonly lot: Lot | undefined;
  readonly name: string;
  /** What is stated of when it runs, by itself or for a lot by its contract. */
  readonly stated: StatedTerm;
  readonly begin: PartialDate | undefined;
  /** Where a field of it stands. */
  readonly locate: (field: keyof StatedTerm) => Position;
}

const termedIn = (contract: Contract, preference: Preference): readonly Termed[] =>
  [undefined, ...contract.lots].flatMap((lot, index): Termed[] => {
    if (lot !== undefined && !hasOwnTerm(lot)) return [];
    const stated = statedTermOf(contract, lot);
    const begin = preference.value(stated.startDate) ?? preference.value(contract.awardDate);
    const path = lot === undefined ? [] : ["lots", index - 1];
    const name = lot === undefined ? contract.id : `lot ${lotRef(contract, lot)}`;
    return [{ contract, lot, name, stated, begin, locate: (field) => contract.origin.locate([...path, field]) }];
  });

/** A rule that holds of a contract, and of its lots that have terms of their own. */
const eachTermed =
  (rule: (termed: Termed, preference: Preference) => readonly Finding[]): ContractRule =>
  (contract, preference) =>
    termedIn(contract, preference).flatMap((termed) => rule(termed, preference));

/** The first day, from which periods are reckoned. */
const firstDayOf = ({ begin }: Termed): number => (begin === undefined ? ANY_BEGIN : dayRange(begin).first);

/** How long something can run, and which field says so. */
interface Length {
  /** Undefined where it has no end. */
  readonly periods: readonly Duration[] | undefined;
  readonly field: keyof StatedTerm;
}

/** By its term, its longest duration, or the latest day that is stated; undefined where nothing says so. */
const lengthOf = (termed: Termed, preference: Preference): Length | undefined => {
  const { contract, stated, begin } = termed;
  const term = preference.value(stated.term);
  if (term !== undefined) return { periods: longestPeriods(term) ?? untilDeclined(term, contract), field: "term" };
  const longest = preference.value(stated.maximumDuration);
  if (longest !== undefined) return { periods: [longest], field: "maximumDuration" };
  const latest = preference.value(stated.latestEndDate ?? stated.endDate);
  if (latest === undefined || begin === undefined) return undefined;
  const days = dayRange(latest).first - dayRange(begin).last + 1;
  const field = stated.latestEndDate === undefined ? "endDate" : "latestEndDate";
  return days <= 0 ? undefined : { periods: [wholeOrDays(firstDayOf(termed), days)], field };
};

/** Tacit renewals go on until one is declined; undefined where none is. */
const untilDeclined = (term: Term, { renewals }: Contract): readonly Duration[] | undefined => {
  const { last } = decidedRenewals(term, renewals);
  return Number.isFinite(last) ? [term.initial, ...renewalPeriods(term, 1, last)] : undefined;
};

/** So many days from a day on, as months where they are a whole number of them. */
const wholeOrDays = (first: number, days: number): Duration => {
  const [from, to] = [dateOfDay(first), dateOfDay(first + days)];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return dayAfter(first, [{ months }]) === first + days ? { months } : { months: 0, days };
};

/** Framework agreements of more than four years need a justification; other regimes have other limits (D2). */
export const checkLength: ContractRule = eachTermed((termed, preference) => {
  const { contract, lot, name } = termed;
  const length = lengthOf(termed, preference);
  if (!contract.framework || length === undefined) return [];
  const { periods, field } = length;
  // A lot that only begins by itself runs as long as its contract, of which that is told.
  if (lot !== undefined && (field === "maximumDuration" || (field === "term" && lot.term === undefined))) return [];
  const { most, law } = limitOf(contract);
  const first = firstDayOf(termed);
  if (periods !== undefined && dayAfter(first, periods) <= dayAfter(first, [most])) return [];
  const runs = periods === undefined ? "without end" : `for up to ${formatPeriods(periods)}`;
  const message = `${name}: runs ${runs}, more than ${formatDuration(most)}`;
  const reason = reasonOf(termed, preference);
  return reason === undefined
    ? [findingOf("D2-length", message, termed.locate(field), `that needs a justification: ${law}`)]
    : [findingOf("D2-justified", `${message}, and says why: ${shortened(reason)}`, termed.locate(field), `see ${law}`)];
});

const MOST_LETTERS = 200;

const shortened = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text);

/** Why it may run for so long (BT-109), as it says itself; as the lots say, where each that runs as long does. */
const reasonOf = ({ contract, lot }: Termed, preference: Preference): string | undefined => {
  if (lot !== undefined) return preference.value(lot.longTermReason ?? contract.longTermReason);
  const reasons = contract.lots
    .filter((one) => !hasOwnTerm(one))
    .map(({ longTermReason }) => preference.value(longTermReason));
  return preference.value(contract.longTermReason) ?? (reasons.includes(undefined) ? undefined : reasons[0]);
};

/** The declared maximum against the term with its renewals (D1). */
export const checkMaximum: ContractRule = eachTermed((termed, preference) => {
  const { contract, lot, name, locate } = termed;
  const term = preference.value(contract.term);
  // A lot declares none of its own.
  if (term === undefined || lot !== undefined) return [];
  const first = firstDayOf(termed);
  const periods = longestPeriods(term);
  return (contract.maximumDuration ?? []).flatMap(({ value, by }) => {
    if (periods !== undefined && dayAfter(first, [value]) === dayAfter(first, periods)) return [];
    const length = periods === undefined ? "without end" : formatPeriods(periods);
    const message = `${name}: ${by.source ?? "the register"} declares at most ${formatDuration(value)}; the term with its renewals is ${length}`;
    return [findingOf("D1-maximum", message, locate("maximumDuration"))];
  });
});

/** A term that begins before the contract was awarded, whatever day the dates stand for (D1). */
export const checkBegin: ContractRule = eachTermed(({ contract, lot, name, locate }, preference) => {
  const start = preference.value((lot ?? contract).startDate);
  const award = preference.value(contract.awardDate);
  if (start === undefined || award === undefined || dayRange(start).last >= dayRange(award).first) return [];
  const message = `${name}: its term begins on ${formatPartialDate(start)}, before the award on ${formatPartialDate(award)}`;
  return [findingOf("D1-begin", message, locate("startDate"))];
});

/** An end that lies before the begin, whatever day the dates stand for (D1d). */
export const checkReversed: ContractRule = eachTermed(({ lot, name, stated, begin, locate }, preference) => {
  const end = preference.value(stated.endDate);
  const latest = preference.value(stated.latestEndDate);
  const ends = [
    { field: "endDate", ends: "ends", date: end, after: begin, what: "begins" },
    {
      field: "latestEndDate",
      ends: "ends at the latest",
      date: latest,
      after: end ?? begin,
      what: end === undefined ? "begins" : "ends",
    },
  ] as const;
  return ends.flatMap(({ field, ends, date, after, what }) => {
    if (date === undefined || after === undefined || dayRange(date).last >= dayRange(after).first) return [];
    // Where a lot has the ends of its contract, its own begin is what does not fit.
    const wrong = lot !== undefined && lot[field] === undefined ? "startDate" : field;
    const message = `${name}: ${ends} on ${formatPartialDate(date)}, before it ${what} on ${formatPartialDate(after)}`;
    return [findingOf("D1-reversed", message, locate(wrong), "compare both with the notice")];
  });
});

/** The stated end of the initial period against the one that follows from the term (D1). */
export const checkEnd: ContractRule = eachTermed(({ contract, lot, name, begin, locate }, preference) => {
  const own = lot ?? contract;
  const end = preference.value(own.endDate);
  const term = preference.value(own.term);
  const [firm] = term === undefined ? [] : phasesOf({ begin, term });
  if (end === undefined || firm === undefined) return [];
  const stated = dayRange(end);
  if (stated.first <= firm.lastDays.last && firm.lastDays.first <= stated.last) return [];
  const message = `${name}: ends on ${formatPartialDate(end)} by its stated end, but on ${formatEnd(firm)} by its term`;
  return [findingOf("D1-end", message, locate("endDate"), "the stated end counts: correct it or the term")];
});
