import { dayNumber } from "../../../model/calendar.ts";
import type { Fact } from "../../../model/claim.ts";
import type { Contract } from "../../../model/contract.ts";
import { formatPartialDate, type PartialDate, parsePartialDate } from "../../../model/partial-date.ts";
import { phasesOf } from "../../../model/phases.ts";
import type { Term } from "../../../model/term.ts";
import type { PlainMap } from "../../plain.ts";
import { remembered } from "../../remembered.ts";
import { readNoticeDate } from "../notice-date.ts";
import type { Award } from "./awards.ts";
import { frameworkOf } from "./framework.ts";
import { mapIn, mapsIn, textIn } from "./plain-members.ts";
import { factOf, type Process } from "./process.ts";

export type Times = Pick<Contract, "startDate" | "endDate" | "term" | "maximumDuration">;

/** A period, where it stands. */
interface Place {
  readonly period: PlainMap;
  readonly pointer: string;
}

const readDate = remembered(readNoticeDate);

/** A date that an object states under a key; what is no date is noted, and missing. */
export const dateIn = (object: PlainMap, key: string, pointer: string, process: Process): PartialDate | undefined => {
  const text = textIn(object, key);
  const date = text === undefined ? undefined : readDate(text);
  if (text !== undefined && date === undefined) process.assumptions.make("noDate", `${pointer}/${key}`);
  return date;
};

/** Whether a contract was not cancelled. */
export const isStanding = (contract: PlainMap): boolean => textIn(contract, "status") !== "cancelled";

/**
 * When a process's contracts run: as they state themselves, else their awards, its lots, the tender, or the framework
 * agreement. Where the parts of one of these differ from each other, there is no one answer.
 */
export const timesOf = (process: Process, awards: readonly Award[]): Times => {
  for (const places of placesOf(process, awards)) {
    const [first] = places;
    if (first === undefined) continue;
    const days = daysOf(first);
    if (places.every((place) => daysOf(place) === days)) return timesIn(first, process);
    process.assumptions.make("unlikePeriods");
    break;
  }
  return { startDate: undefined, endDate: undefined, term: undefined, maximumDuration: undefined };
};

const MEMBERS = ["startDate", "endDate", "maxExtentDate", "durationInDays"] as const;

/** A period's days as they are written, without the time of day; empty where it says nothing. */
const daysOf = ({ period }: Place): string =>
  MEMBERS.map((member) => textIn(period, member)?.slice(0, "2024-01-31".length) ?? "")
    .join(" ")
    .trim();

function* placesOf({ plain }: Process, awards: readonly Award[]): Generator<readonly Place[]> {
  yield mapsIn(plain, "contracts").flatMap((contract, index) =>
    isStanding(contract) ? placeIn(contract, "period", `/contracts/${index}`) : [],
  );
  yield awards.flatMap((award) => placeIn(award.plain, "contractPeriod", award.pointer));
  const tender = mapIn(plain, "tender");
  if (tender === undefined) return;
  yield mapsIn(tender, "lots").flatMap((lot, index) => placeIn(lot, "contractPeriod", `/tender/lots/${index}`));
  yield placeIn(tender, "contractPeriod", "/tender");
  yield placeIn(frameworkOf(tender) ?? {}, "period", "/tender/techniques/frameworkAgreement");
}

const placeIn = (object: PlainMap, key: string, pointer: string): readonly Place[] => {
  const period = mapIn(object, key);
  const place = period && { period, pointer: `${pointer}/${key}` };
  return place === undefined || daysOf(place) === "" ? [] : [place];
};

const timesIn = ({ period, pointer }: Place, process: Process): Times => {
  const by = (member: string) => process.by(period, pointer, `/${member}`);
  const start = dateIn(period, "startDate", pointer, process);
  const end = dateIn(period, "endDate", pointer, process);
  const months = wholeMonths(start, end) ?? (end === undefined ? monthsStated(period, process) : undefined);
  const longest = wholeMonths(start, dateIn(period, "maxExtentDate", pointer, process));
  return {
    startDate: factOf(start, by("startDate")),
    endDate: factOf(end, by("endDate")),
    term: withRenewals(months, process, by(end === undefined ? "durationInDays" : "endDate")),
    maximumDuration: factOf(longest === undefined ? undefined : { months: longest }, by("maxExtentDate")),
  };
};

/** How many whole months lie from a first day to a last one; undefined where it is no whole number. */
export const monthsBetween = (first: PartialDate | undefined, last: PartialDate | undefined): number | undefined => {
  if (first?.day === undefined || last?.month === undefined || last.day === undefined) return undefined;
  const months = (last.year - first.year) * 12 + last.month - (first.month ?? 1);
  const end = dayNumber(last.year, last.month, last.day);
  return [months, months + 1].find((count) => count > 0 && phasesOf(first, firmTerm(count))[0]?.lastDays.first === end);
};

const DAY = "2024-01-31".length;

/** {@link monthsBetween} two days; many contracts begin and end on the same ones. */
const wholeMonths = (first: PartialDate | undefined, last: PartialDate | undefined): number | undefined =>
  first === undefined || last === undefined
    ? undefined
    : monthsBetweenDays(`${formatPartialDate(first).slice(0, DAY)} ${formatPartialDate(last).slice(0, DAY)}`).months;

const monthsBetweenDays = remembered((days: string) => {
  const [first = "", last = ""] = days.split(" ");
  return { months: monthsBetween(parsePartialDate(first), parsePartialDate(last)) };
});

const firmTerm = (months: number): Term => ({ initial: { months }, renewals: 0, renewalPeriod: { months: 0 } });

const monthsStated = (period: PlainMap, { assumptions }: Process): number | undefined => {
  const days = Number(textIn(period, "durationInDays") ?? "");
  const months = monthsOfDays(days);
  if (months !== undefined) assumptions.make("approximatePeriod", undefined, `${days} days, ${months} months`);
  return months;
};

const MOST_DAYS = 36_525;

/** Years of 365 days, with their leap days or without, or months of 30. */
export const monthsOfDays = (days: number): number | undefined => {
  if (!Number.isInteger(days) || days <= 0 || days > MOST_DAYS) return undefined;
  const years = Math.floor(days / 365);
  if (years > 0 && days - years * 365 <= Math.ceil(years / 4)) return years * 12;
  return days % 30 === 0 ? days / 30 : undefined;
};

/** The term with the renewals that all lots state alike (renewals extension). */
const withRenewals = (
  months: number | undefined,
  process: Process,
  by: ReturnType<Process["by"]>,
): Fact<Term> | undefined => {
  if (months === undefined) return undefined;
  const tender = mapIn(process.plain, "tender") ?? {};
  const stated = mapsIn(tender, "lots").map((lot) => renewalIn(mapIn(lot, "renewal"), process));
  const [first = NO_RENEWAL] = stated;
  const alike = stated.every(({ renewals, period }) => renewals === first.renewals && period === first.period);
  const { renewals, period } = alike ? first : NO_RENEWAL;
  return factOf({ initial: { months }, renewals, renewalPeriod: { months: period } }, by);
};

const NO_RENEWAL = { renewals: 0, period: 0 };

const renewalIn = (renewal: PlainMap | undefined, { assumptions }: Process): typeof NO_RENEWAL => {
  const renewals = Number((renewal && textIn(renewal, "maximumRenewals")) ?? "");
  if (renewal === undefined || !Number.isInteger(renewals) || renewals <= 0 || renewals > 100) return NO_RENEWAL;
  const period = monthsOfDays(Number(textIn(mapIn(renewal, "period") ?? {}, "durationInDays") ?? ""));
  if (period === undefined) assumptions.make("unmeasuredRenewals", undefined, `up to ${renewals}`);
  return period === undefined ? NO_RENEWAL : { renewals, period };
};
