import { dateOfDay, dayNumber, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { dayAfter, formatEnd, phasesOf } from "../../model/phases.ts";
import { type Duration, formatDuration, formatPeriods, longestPeriods } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { termDates } from "../../records/contract-term.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";
import { LIMITS } from "./term-limits.ts";

/** Where nothing says when a contract begins: days and months are then held against each other from here on. */
const ANY_BEGIN = dayNumber(2024, 1, 1);

/** The first day of a contract, from which its periods are reckoned. */
const firstDayOf = (contract: Contract, preference: Preference): number => {
  const { begin } = termDates(contract, preference);
  return begin === undefined ? ANY_BEGIN : dayRange(begin).first;
};

/** A term to look at: of the contract, or of a lot. */
interface Length {
  readonly name: string;
  /** Undefined where it has no end. */
  readonly periods: readonly Duration[] | undefined;
  readonly path: readonly (string | number)[];
}

const tooLong = (contract: Contract, { name, periods, path }: Length, first: number): readonly Finding[] => {
  const { most, law } = LIMITS[contract.regime ?? "classic"];
  const isWithin = periods !== undefined && dayAfter(first, periods) <= dayAfter(first, [most]);
  if (!contract.framework || isWithin) return [];
  const length = periods === undefined ? "without end" : `for up to ${formatPeriods(periods)}`;
  const message = `${name}: runs ${length}, more than ${formatDuration(most)}`;
  return [findingOf("D2-length", message, contract.origin.locate(path), `that needs a justification: ${law}`)];
};

/** How long a contract can run: by its term, its longest duration, or the latest day that is stated. */
const lengthOf = (contract: Contract, preference: Preference, first: number): readonly Length[] => {
  const name = contract.id;
  const term = preference.value(contract.term);
  if (term !== undefined) return [{ name, periods: longestPeriods(term), path: ["term"] }];
  const longest = preference.value(contract.maximumDuration);
  if (longest !== undefined) return [{ name, periods: [longest], path: ["maximumDuration"] }];
  const latest = preference.value(contract.latestEndDate ?? contract.endDate);
  const { begin } = termDates(contract, preference);
  if (latest === undefined || begin === undefined) return [];
  const days = dayRange(latest).first - dayRange(begin).last + 1;
  const path = [contract.latestEndDate === undefined ? "endDate" : "latestEndDate"];
  return days <= 0 ? [] : [{ name, periods: [wholeOrDays(first, days)], path }];
};

/** So many days from a day on, as months where they are a whole number of them. */
const wholeOrDays = (first: number, days: number): Duration => {
  const [from, to] = [dateOfDay(first), dateOfDay(first + days)];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return dayAfter(first, [{ months }]) === first + days ? { months } : { months: 0, days };
};

/** Framework agreements of more than four years need a justification; other regimes have other limits (D2). */
export const checkLength: ContractRule = (contract, preference) => {
  const first = firstDayOf(contract, preference);
  const ofLots = contract.lots.flatMap((lot, index): Length[] => {
    const own = preference.value(lot.term);
    if (own === undefined) return [];
    const path = ["lots", index, "term"];
    return [{ name: `lot ${lotRef(contract, lot)}`, periods: longestPeriods(own), path }];
  });
  return [...lengthOf(contract, preference, first), ...ofLots].flatMap((one) => tooLong(contract, one, first));
};

/** The declared maximum against the term with its renewals (D1). */
export const checkMaximum: ContractRule = (contract, preference) => {
  const term = preference.value(contract.term);
  if (term === undefined) return [];
  const first = firstDayOf(contract, preference);
  const periods = longestPeriods(term);
  return (contract.maximumDuration ?? []).flatMap(({ value, by }) => {
    if (periods !== undefined && dayAfter(first, [value]) === dayAfter(first, periods)) return [];
    const length = periods === undefined ? "without end" : formatPeriods(periods);
    const message = `${contract.id}: ${by.source ?? "the register"} declares at most ${formatDuration(value)}; the term with its renewals is ${length}`;
    return [findingOf("D1-maximum", message, contract.origin.locate(["maximumDuration"]))];
  });
};

/** A term that begins before the contract was awarded, whatever day the dates stand for (D1). */
export const checkBegin: ContractRule = (contract, preference) => {
  const start = preference.value(contract.startDate);
  const award = preference.value(contract.awardDate);
  if (start === undefined || award === undefined || dayRange(start).last >= dayRange(award).first) return [];
  const message = `${contract.id}: its term begins on ${formatPartialDate(start)}, before the award on ${formatPartialDate(award)}`;
  return [findingOf("D1-begin", message, contract.origin.locate(["startDate"]))];
};

/** An end that lies before the begin, whatever day the dates stand for (D1d). */
export const checkReversed: ContractRule = (contract, preference) => {
  const { begin } = termDates(contract, preference);
  const end = preference.value(contract.endDate);
  const latest = preference.value(contract.latestEndDate);
  const dates = [
    { key: "endDate", name: "ends", date: end, after: begin, what: "begins" },
    {
      key: "latestEndDate",
      name: "ends at the latest",
      date: latest,
      after: end ?? begin,
      what: end === undefined ? "begins" : "ends",
    },
  ] as const;
  return dates.flatMap(({ key, name, date, after, what }) => {
    if (date === undefined || after === undefined || dayRange(date).last >= dayRange(after).first) return [];
    const message = `${contract.id}: ${name} on ${formatPartialDate(date)}, before it ${what} on ${formatPartialDate(after)}`;
    return [findingOf("D1-reversed", message, contract.origin.locate([key]), "compare both with the notice")];
  });
};

/** The stated end of the initial period against the one that follows from the term (D1). */
export const checkEnd: ContractRule = (contract, preference) => {
  const end = preference.value(contract.endDate);
  const { begin, term } = termDates(contract, preference);
  const [firm] = term === undefined ? [] : phasesOf({ begin, term });
  if (end === undefined || firm === undefined) return [];
  const stated = dayRange(end);
  if (stated.first <= firm.lastDays.last && firm.lastDays.first <= stated.last) return [];
  const message = `${contract.id}: ends on ${formatPartialDate(end)}, as is stated; by its term on ${formatEnd(firm)}`;
  return [
    findingOf("D1-end", message, contract.origin.locate(["endDate"]), "the stated end counts: correct it, or the term"),
  ];
};
