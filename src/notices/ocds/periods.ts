import { dayNumber, firstDayNumber } from "../../model/calendar.ts";
import { flatMap } from "../../model/lists.ts";
import { remembered } from "../../model/once.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { dayAfter } from "../../model/phases.ts";
import { type Duration, formatDuration, type Term } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import type { Lot } from "../../records/lot.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import { readNoticeDate } from "../stated-values.ts";
import type { Award } from "./awards.ts";
import { isStanding, mapIn, mapsIn, textIn } from "./plain-members.ts";
import type { Process } from "./process.ts";
import { frameworkOf } from "./tender.ts";

export type Times = Pick<Contract, "startDate" | "endDate" | "latestEndDate" | "term" | "maximumDuration"> & {
  /** Whether each lot has a term of its own, see {@link timesOfLot}. */
  readonly byLot: boolean;
};

interface Place {
  readonly period: PlainMap;
  readonly pointer: string;
}

const readDate = remembered(readNoticeDate);

/** A date that an object states under a key. What is no date is noted, and counts as missing. */
export const dateIn = (object: PlainMap, key: string, pointer: string, process: Process): PartialDate | undefined => {
  const text = textIn(object, key);
  const date = text === undefined ? undefined : readDate(text);
  if (text !== undefined && date === undefined) process.assumptions.make("noDate", `${pointer}/${key}`);
  return date;
};

const NO_TIMES: Times = {
  startDate: undefined,
  endDate: undefined,
  latestEndDate: undefined,
  term: undefined,
  maximumDuration: undefined,
  byLot: false,
};

/**
 * When a process's contracts run: as the contracts state themselves, else the awards, the lots, the tender or the
 * framework agreement. Where the contracts, awards or lots differ from each other, there is no one answer. If they are
 * lots, each then has a term of its own.
 */
export const timesOf = (process: Process, awards: readonly Award[]): Times => {
  const renewal = commonRenewal(process);
  for (const { places, lots } of placesOf(process, awards)) {
    const [first] = places;
    if (first === undefined) continue;
    // What some lots say of themselves does not hold for others.
    const areAll = lots === undefined || (lots === places.length && renewal !== undefined);
    if (areAlike(places, MEMBERS) && areAll) {
      if (renewal === undefined) process.assumptions.make("unlikeRenewals");
      return timesIn(first, process, renewal ?? NO_RENEWAL);
    }
    process.assumptions.make(lots === undefined ? "unlikePeriods" : "unlikeTerms");
    if (lots === undefined) break;
    const together = lots === places.length && areAlike(places, ["startDate"]);
    const startDate = together ? timesIn(first, process, NO_RENEWAL).startDate : undefined;
    return { ...NO_TIMES, startDate, byLot: true };
  }
  return NO_TIMES;
};

/** When a lot runs, by its own period. Its begin is left out where all lots begin together. */
export const timesOfLot = (
  lot: PlainMap,
  pointer: string,
  process: Process,
  common: Times,
): Pick<Lot, "startDate" | "endDate" | "latestEndDate" | "term"> => {
  const [place] = placeIn(lot, "contractPeriod", pointer);
  if (!common.byLot || place === undefined) return {};
  const renewal = renewalIn(mapIn(lot, "renewal"), process);
  const { startDate, endDate, latestEndDate, term } = timesIn(place, process, renewal, false);
  return { startDate: common.startDate === undefined ? startDate : undefined, endDate, latestEndDate, term };
};

const MEMBERS = ["startDate", "endDate", "maxExtentDate", "durationInDays"] as const;

/** The days of a period as they are written, without the time of day. */
const daysOf = ({ period }: Place, members: readonly (typeof MEMBERS)[number][]): string =>
  members.map((member) => textIn(period, member)?.slice(0, DAY) ?? "").join(" ");

const saysNothing = (period: PlainMap): boolean => MEMBERS.every((member) => textIn(period, member) === undefined);

const areAlike = ([first, ...others]: readonly Place[], members: readonly (typeof MEMBERS)[number][]): boolean => {
  if (first === undefined || others.length === 0) return true;
  const days = daysOf(first, members);
  return others.every((other) => daysOf(other, members) === days);
};

interface Places {
  readonly places: readonly Place[];
  /** How many lots there are, where these are periods of lots. */
  readonly lots?: number;
}

function* placesOf({ plain }: Process, awards: readonly Award[]): Generator<Places> {
  yield {
    places: flatMap(mapsIn(plain, "contracts"), (contract, index) =>
      isStanding(contract) ? placeIn(contract, "period", `/contracts/${index}`) : [],
    ),
  };
  yield { places: flatMap(awards, (award) => placeIn(award.plain, "contractPeriod", award.pointer)) };
  const tender = mapIn(plain, "tender");
  if (tender === undefined) return;
  const lots = mapsIn(tender, "lots");
  yield {
    places: flatMap(lots, (lot, index) => placeIn(lot, "contractPeriod", `/tender/lots/${index}`)),
    lots: lots.length,
  };
  yield { places: placeIn(tender, "contractPeriod", "/tender") };
  yield { places: placeIn(frameworkOf(tender) ?? {}, "period", "/tender/techniques/frameworkAgreement") };
}

const placeIn = (object: PlainMap, key: string, pointer: string): readonly Place[] => {
  const period = mapIn(object, key);
  return period === undefined || saysNothing(period) ? [] : [{ period, pointer: `${pointer}/${key}` }];
};

/**
 * The times of a period. The latest day becomes the longest duration where it can. A lot has no longest duration, and
 * keeps the day.
 */
const timesIn = ({ period, pointer }: Place, process: Process, renewal: Renewal, asDuration = true): Times => {
  const by = (member: string) => process.by(period, pointer, `/${member}`);
  const start = dateIn(period, "startDate", pointer, process);
  const end = dateIn(period, "endDate", pointer, process);
  const months = monthsBetween(start, end);
  const initial = months === undefined ? statedLength(period, end, process) : { months };
  const latest = dateIn(period, "maxExtentDate", pointer, process);
  const longest = asDuration ? monthsBetween(start, latest) : undefined;
  return {
    startDate: factOf(start, by("startDate")),
    endDate: factOf(end, by("endDate")),
    term: factOf(withRenewals(initial, renewal), by(end === undefined ? "durationInDays" : "endDate")),
    // A latest day that is no whole number of months away is kept as a day.
    latestEndDate: factOf(longest === undefined ? latest : undefined, by("maxExtentDate")),
    maximumDuration: factOf(longest === undefined ? undefined : { months: longest }, by("maxExtentDate")),
    byLot: false,
  };
};

/** The number of whole months from a first day to a last one; undefined where it is not whole. */
export const monthsBetween = (first: PartialDate | undefined, last: PartialDate | undefined): number | undefined => {
  if (first?.day === undefined || last?.month === undefined || last.day === undefined) return undefined;
  const months = (last.year - first.year) * 12 + last.month - (first.month ?? 1);
  const next = dayNumber(last.year, last.month, last.day) + 1;
  return [months, months + 1].find(
    (count) => count > 0 && dayAfter(firstDayNumber(first), [{ months: count }]) === next,
  );
};

const DAY = "2024-01-31".length;

const statedLength = (
  period: PlainMap,
  end: PartialDate | undefined,
  { assumptions }: Process,
): Duration | undefined => {
  if (end !== undefined) return undefined;
  const days = Number(textIn(period, "durationInDays") ?? "");
  const length = durationOfDays(days);
  if (length !== undefined && length.months > 0) {
    assumptions.make("approximatePeriod", undefined, `${days} days, ${length.months} months`);
  }
  return length;
};

const MOST_DAYS = 36_525;

/**
 * The months that a number of days stands for: years of 365 days, with or without their leap days, or months of 30
 * days. Undefined for any other number.
 */
export const monthsOfDays = (days: number): number | undefined => {
  if (!Number.isInteger(days) || days <= 0 || days > MOST_DAYS) return undefined;
  const years = Math.floor(days / 365);
  if (years > 0 && days - years * 365 <= Math.ceil(years / 4)) return years * 12;
  return days % 30 === 0 ? days / 30 : undefined;
};

/** The months that a number of days mostly stands for, else the days as such. */
const durationOfDays = (days: number): Duration | undefined => {
  const months = monthsOfDays(days);
  if (months !== undefined) return { months };
  return Number.isInteger(days) && days > 0 && days <= MOST_DAYS ? { months: 0, days } : undefined;
};

/** How often a contract may be renewed, and for how long each time. */
interface Renewal {
  readonly renewals: number;
  readonly period: Duration;
}

const withRenewals = (initial: Duration | undefined, { renewals, period }: Renewal): Term | undefined =>
  initial && { initial, renewals: Array.from({ length: renewals }, () => period) };

/** The renewals that all lots state alike (renewals extension); undefined where they differ. */
const commonRenewal = (process: Process): Renewal | undefined => {
  const lots = mapsIn(mapIn(process.plain, "tender") ?? {}, "lots");
  const [first = NO_RENEWAL, ...others] = lots.map((lot) => renewalIn(mapIn(lot, "renewal"), process));
  const alike = others.every((other) => other === first || textOf(other) === textOf(first));
  return alike ? first : undefined;
};

const textOf = ({ renewals, period }: Renewal): string => `${renewals} ${formatDuration(period)}`;

const NO_RENEWAL: Renewal = { renewals: 0, period: { months: 0 } };

const renewalIn = (renewal: PlainMap | undefined, { assumptions }: Process): Renewal => {
  const renewals = Number((renewal && textIn(renewal, "maximumRenewals")) ?? "");
  if (renewal === undefined || !Number.isInteger(renewals) || renewals <= 0 || renewals > 100) return NO_RENEWAL;
  const period = durationOfDays(Number(textIn(mapIn(renewal, "period") ?? {}, "durationInDays") ?? ""));
  if (period === undefined) assumptions.make("unmeasuredRenewals", undefined, `up to ${renewals}`);
  return period === undefined ? NO_RENEWAL : { renewals, period };
};
