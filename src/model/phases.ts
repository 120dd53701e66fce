/**
 * Dates stay as coarse as they were written. Every phase is calculated from the one begin, or from a stated end, so
 * that no error adds up. It keeps two things: the date to show (a month or, at worst, a span between two months), and
 * the range of days that may be meant. Queries, states and `expiring` compare days and so know *certain* from
 * *possible*.
 */

import { type DayRange, dateOfDay, dayNumber, dayRange, shiftDay } from "./calendar.ts";
import {
  addMonths,
  daysInMonth,
  earliestOf,
  formatDate,
  type PartialDate,
  precisionOf,
  type ReckonedDate,
} from "./partial-date.ts";
import { type Duration, decidedRenewals, type Renewals, renewalPeriods, type Term } from "./term.ts";

/**
 * A part of a contract's term (D1). A begin known to the day gives an end to the day: the last day on which the
 * contract still runs. A begin known to the month gives the month in which the phase runs out and the next one follows:
 * 2015-12 and two years end in 2017-12 (or on the eve of it, if the contract began on the first). A bare year gives a
 * year where years are added. Where months are added, the end lies between two months, and where days are added,
 * between two days.
 */
export interface Phase {
  /** `firm`, `renewal 1`, `renewal 2` …, or `extended` where only the latest end is known. */
  readonly name: string;
  readonly begin: ReckonedDate | undefined;
  /** Undefined where the phase has no end, or none that is known. */
  readonly end: ReckonedDate | undefined;
  /** Whether somebody has yet to decide that the phase takes place at all. A tacit renewal needs no decision. */
  readonly open: boolean;
  /** The days that may be its first. Infinitely long ago where its begin is unknown. */
  readonly firstDays: DayRange;
  /**
   * The days that may be its last: the eves of the days on which the next phase may begin. Infinitely far off where it
   * has no last day.
   */
  readonly lastDays: DayRange;
}

/** When something ends: the date to show, and the days that may be its last. */
export type Ending = Pick<Phase, "end" | "lastDays">;

export interface Standing {
  /**
   * `not begun`, a phase's name, or `ended`. There are several where the dates are too coarse to tell, or where nobody
   * decided a renewal that may have begun, and none where the term is unknown.
   */
  readonly states: readonly string[];
  /**
   * The number of open renewals that have not begun. Undefined where the dates are too coarse to tell, or where
   * renewals have no end.
   */
  readonly renewalsLeft: number | undefined;
}

/**
 * The day after a number of months that begin on a day. It has the same number in its month. Where that month is too
 * short, it is the first of the next one. Two years from 2016-01-01 on run until 2018-01-01, and a month from
 * 2016-01-31 on until 2016-03-01.
 */
const afterMonths = (from: number, months: number): number => {
  if (months === 0) return from;
  const { year, month, day } = dateOfDay(from);
  const reached = addMonths({ year, month }, months);
  return dayNumber(reached.year, reached.month, 1) + Math.min(day - 1, daysInMonth(reached.year, reached.month));
};

/**
 * The day after periods that follow each other from a day on. Consecutive periods in months are calculated from the one
 * day on which they begin, so that no error adds up.
 */
export const dayAfter = (from: number, periods: readonly Duration[]): number => {
  let [day, months] = [from, 0];
  for (const period of periods) {
    months += period.months;
    if (period.months > 0) continue;
    day = afterMonths(day, months) + (period.weeks ?? 0) * 7 + (period.days ?? 0);
    months = 0;
  }
  return afterMonths(day, months);
};

const following = ({ first, last }: DayRange): DayRange => ({ first: first + 1, last: last + 1 });
const eveOf = ({ first, last }: DayRange): DayRange => ({ first: first - 1, last: last - 1 });

/** Where periods are calculated from: the days that may be the first, and the date that says so. */
interface Anchor {
  readonly days: DayRange;
  readonly date: PartialDate;
}

const daysAfter = ({ days }: Anchor, periods: readonly Duration[]): DayRange => ({
  first: dayAfter(days.first, periods),
  last: dayAfter(days.last, periods),
});

/**
 * The month, the year or the span that lies so many months after a date that is only known to the month or the year.
 */
const coarselyAfter = ({ year, month }: PartialDate, months: number): ReckonedDate => {
  if (month !== undefined) return addMonths({ year, month }, months);
  if (months % 12 === 0) return { year: year + months / 12 };
  return { earliest: addMonths({ year, month: 1 }, months), latest: addMonths({ year, month: 12 }, months) };
};

/** The date to show for days that lie some periods after an anchor. It is as coarse as the anchor's date. */
const shownAfter = ({ date }: Anchor, periods: readonly Duration[], days: DayRange): ReckonedDate => {
  if (days.first === days.last) return dateOfDay(days.first);
  if (periods.some(({ months }) => months === 0)) {
    return { earliest: dateOfDay(days.first), latest: dateOfDay(days.last) };
  }
  return coarselyAfter(
    date,
    periods.reduce((sum, { months }) => sum + months, 0),
  );
};

const phaseAfter = (
  name: string,
  open: boolean,
  anchor: Anchor,
  before: readonly Duration[],
  to: readonly Duration[],
): Phase => {
  const firstDays = daysAfter(anchor, before);
  const lastDays = eveOf(daysAfter(anchor, to));
  const begin =
    before.length === 0 && anchor.days.first !== anchor.days.last ? anchor.date : shownAfter(anchor, before, firstDays);
  return { name, open, begin, end: shownAfter(anchor, to, lastDays), firstDays, lastDays };
};

/**
 * The last day that leaves a whole period before the end of a phase. For three months before 2026-12-31 that is
 * 2026-09-30, and before 2026-02-28 it is 2025-11-30. The date is as coarse as the end is known.
 */
export const leaving = (
  { end, lastDays }: Phase,
  { months, weeks = 0, days = 0 }: Duration,
): { readonly days: DayRange; readonly date: ReckonedDate | undefined } => {
  if (end === undefined) return { days: lastDays, date: undefined };
  const before = (day: number): number => shiftDay(day + 1, -months, "m") - weeks * 7 - days - 1;
  const left = { first: before(lastDays.first), last: before(lastDays.last) };
  if (left.first === left.last) return { days: left, date: dateOfDay(left.first) };
  if (precisionOf(end) === "between" || months === 0)
    return { days: left, date: { earliest: dateOfDay(left.first), latest: dateOfDay(left.last) } };
  return { days: left, date: coarselyAfter(earliestOf(end), -months) };
};

export interface StatedTimes {
  readonly begin?: PartialDate | undefined;
  /** The last day of the initial period. It takes precedence over one that is calculated from a term. */
  readonly end?: PartialDate | undefined;
  readonly term?: Term | undefined;
  /** The end if every renewal is taken up. */
  readonly latest?: Ending | undefined;
  readonly renewals?: Renewals | undefined;
  /** Until when endless renewals are calculated one by one. Without it, they are one phase that has no end. */
  readonly until?: DayRange | undefined;
}

const FOREVER: DayRange = { first: Number.POSITIVE_INFINITY, last: Number.POSITIVE_INFINITY };
const LONG_AGO: DayRange = { first: Number.NEGATIVE_INFINITY, last: Number.NEGATIVE_INFINITY };

const isOneDay = ({ first, last }: DayRange): boolean => first === last;

interface Reckoning {
  readonly anchor: Anchor;
  readonly before: readonly Duration[];
}

/**
 * Where to calculate from: the begin, unless the stated end of the initial period differs from the one that follows
 * from it.
 */
const reckoningOf = ({ begin, end, term }: StatedTimes): Reckoning | undefined => {
  const anchor = begin && { days: dayRange(begin), date: begin };
  const before = term === undefined ? [] : [term.initial];
  const reckoned = anchor && term && daysAfter(anchor, before);
  if (end === undefined) return anchor && term && { anchor, before };
  const days = following(endDays(end, begin));
  if (
    reckoned !== undefined &&
    anchor !== undefined &&
    isOneDay(reckoned) &&
    isOneDay(days) &&
    reckoned.first === days.first
  )
    return { anchor, before };
  return { anchor: { days, date: end }, before: [] };
};

/**
 * The firm part: from the begin, where that is known, to the stated end or to the end of the last renewal that was
 * exercised.
 */
const firmPart = ({ begin, end, term, renewals }: StatedTimes, { anchor, before }: Reckoning): Phase => {
  const exercised = term === undefined ? [] : renewalPeriods(term, 1, renewals?.exercised ?? 0);
  const all = [...before, ...exercised];
  const isStated = end !== undefined && exercised.length === 0;
  const lastDays = isStated ? endDays(end, begin) : eveOf(daysAfter(anchor, all));
  const shown = isStated ? end : shownAfter(anchor, all, lastDays);
  const days = begin === undefined ? LONG_AGO : dayRange(begin);
  // A stated end before the begin is kept, for the check to find, and moves the begin to it.
  const firstDays = { first: Math.min(days.first, lastDays.first), last: Math.min(days.last, lastDays.last) };
  return { name: "firm", open: false, begin, end: shown, firstDays, lastDays };
};

/** The days that may be a stated last day. Days before the begin are left out, unless all are before it. */
const endDays = (end: PartialDate, begin: PartialDate | undefined): DayRange => {
  const { first, last } = dayRange(end);
  const begun = begin === undefined ? first : dayRange(begin).first;
  return { first: begun > last ? first : Math.max(first, begun), last };
};

/** The most endless renewals that are calculated: two centuries of months. */
const MOST_TACIT = 2400;

/** The renewals after the firm part, one after the other without gap or overlap. */
function* renewalsAfter({ term, renewals, until }: StatedTimes, { anchor, before }: Reckoning): Generator<Phase> {
  if (term === undefined) return;
  const { exercised, last } = renewals ?? decidedRenewals(term, []);
  const periodsTo = (renewal: number): readonly Duration[] => [...before, ...renewalPeriods(term, 1, renewal)];
  const most = Math.min(last, exercised + MOST_TACIT);
  for (let renewal = exercised + 1; renewal <= most; renewal++) {
    const open = renewal <= term.renewals.length;
    const phase = phaseAfter(`renewal ${renewal}`, open, anchor, periodsTo(renewal - 1), periodsTo(renewal));
    const endless = !open && last === Number.POSITIVE_INFINITY;
    yield endless && until === undefined ? { ...phase, end: undefined, lastDays: FOREVER } : phase;
    if (endless && (until === undefined || phase.firstDays.first > until.last)) return;
  }
}

/**
 * The phases with a stated latest end. It becomes the end of the last open phase, or of a new one that extends the firm
 * part.
 */
const withLatest = (phases: readonly Phase[], latest: Ending | undefined): readonly Phase[] => {
  const last = phases.at(-1);
  if (latest === undefined || last === undefined) return phases;
  const { end, lastDays } = latest;
  if (last.open && lastDays.last >= last.firstDays.first) return [...phases.slice(0, -1), { ...last, end, lastDays }];
  if (phases.length > 1 || lastDays.first <= last.lastDays.last) return phases;
  const begin =
    last.end === undefined || precisionOf(last.end) !== "day" ? last.end : dateOfDay(last.lastDays.first + 1);
  return [last, { name: "extended", open: true, begin, end, firstDays: following(last.lastDays), lastDays }];
};

/** The phases where only the latest end is known: a firm part that ends somewhere before it, and what may follow. */
const untilLatest = (begin: PartialDate | undefined, { end, lastDays }: Ending): readonly Phase[] => {
  const firstDays = begin === undefined ? LONG_AGO : dayRange(begin);
  const firm = {
    name: "firm",
    open: false,
    begin,
    end: undefined,
    firstDays: { first: Math.min(firstDays.first, lastDays.first), last: Math.min(firstDays.last, lastDays.last) },
    lastDays: { first: Math.min(firstDays.first, lastDays.first), last: lastDays.last },
  };
  const after = following(firm.lastDays);
  return [firm, { name: "extended", open: true, begin: undefined, end, firstDays: after, lastDays }];
};

/**
 * The firm part and each open renewal, one after the other without gap or overlap. Empty where nothing says when it
 * ends. Renewals that were exercised belong to the firm part.
 */
export const phasesOf = (times: StatedTimes): readonly Phase[] => {
  const reckoning = reckoningOf(times);
  if (reckoning === undefined) return times.latest === undefined ? [] : untilLatest(times.begin, times.latest);
  return withLatest([firmPart(times, reckoning), ...renewalsAfter(times, reckoning)], times.latest);
};

const UNKNOWN: Standing = { states: [], renewalsLeft: undefined };

/**
 * The states that are possible, with `ended` before the first renewal that nobody decided: the contract may have ended
 * instead.
 */
const withUndecided = (standing: readonly string[], phases: readonly Phase[]): readonly string[] => {
  const open = new Set(phases.filter((phase) => phase.open).map(({ name }) => name));
  const undecided = standing.findIndex((state) => open.has(state));
  if (undecided === -1) return standing;
  const others = standing.filter((state) => state !== "ended");
  return [...others.slice(0, undecided), "ended", ...others.slice(undecided)];
};

export const standingAt = (phases: readonly Phase[], date: PartialDate): Standing => {
  const end = phases.at(-1)?.lastDays;
  if (end === undefined) return UNKNOWN;
  const { first, last } = dayRange(date);
  const turns = [...phases.map(({ firstDays }) => firstDays), following(end)];
  // A later begin moves every turn the same way, and none by as much as the length of a phase, so no state in between
  // is skipped.
  const earliest = turns.filter((turn) => turn.last <= first).length;
  const latest = turns.filter((turn) => turn.first <= last).length;
  const left = (begun: number): number => phases.slice(Math.max(1, begun)).filter(({ open }) => open).length;
  const endless = phases.slice(1).some(({ open }) => !open);
  const states = ["not begun", ...phases.map(({ name }) => name), "ended"].slice(earliest, latest + 1);
  return {
    states: withUndecided(states, phases),
    renewalsLeft: left(earliest) === left(latest) && !endless ? left(latest) : undefined,
  };
};

/** Whether a contract's firm part is certainly over, while a renewal that nobody decided could still run. */
export const isUndecided = (phases: readonly Phase[], day: DayRange): boolean => {
  const [firm, last] = [phases[0], phases.at(-1)];
  return firm !== undefined && last?.open === true && firm.lastDays.last < day.first && day.first <= last.lastDays.last;
};

/** When a phase ends, or that it has no end, or that its end is unknown. */
export const formatEnd = ({ end, lastDays }: Phase): string => {
  if (end !== undefined) return formatDate(end);
  return lastDays.last === Number.POSITIVE_INFINITY ? "no day" : "an unknown day";
};

/** Up to so many states are named one by one. */
const MOST_NAMED = 3;

/** `firm`, `firm or ended`, `firm, ended or renewal 1`, `firm to renewal 2 or ended`; undefined where nothing is known. */
export const formatStates = ({ states }: Pick<Standing, "states">): string | undefined => {
  if (states.length <= MOST_NAMED) return joined(states);
  const phases = states.filter((state) => state !== "ended");
  const range = `${phases[0]} to ${phases.at(-1)}`;
  return phases.length < states.length ? `${range} or ended` : range;
};

const joined = (words: readonly string[]): string | undefined => {
  const last = words.at(-1);
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
};
