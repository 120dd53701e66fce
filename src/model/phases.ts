import { type Day, type DayRange, dateOfDay, dayNumber, dayRange, firstDayOf, lastDayOf } from "./calendar.ts";
import { addMonths, daysInMonth, type PartialDate } from "./partial-date.ts";
import type { ReckonedDate } from "./reckoned-date.ts";
import type { Renewals, Term } from "./term.ts";

/**
 * A part of a contract's term (D1). A begin known to the day gives an end to the day: the last day on which the contract
 * still runs. A begin known to the month gives the month in which the phase runs out and the next one follows: 2015-12
 * and two years end in 2017-12 (on the eve of it, should it have begun on the first). A bare year does the same where
 * years are added; where months are, the end lies between two months.
 */
export interface Phase {
  /** `firm`, `renewal 1`, `renewal 2` … */
  readonly name: string;
  readonly begin: ReckonedDate;
  readonly end: ReckonedDate;
  /** The days of which one is its first. */
  readonly firstDays: DayRange;
  /** The days of which one is its last: those on the eve of the next phase's first. */
  readonly lastDays: DayRange;
}

/** Where a contract stands in its term at a date (D3), every open renewal taken to be taken up. */
export interface Standing {
  /** `not begun`, a phase's name, or `ended`; several in a row where the dates are too coarse to tell; none where the term is unknown. */
  readonly states: readonly string[];
  /** The open renewals that have not begun; undefined where the dates are too coarse to tell. */
  readonly renewalsLeft: number | undefined;
}

/**
 * The last day of so many months from a day on: the eve of the day with the same number, or the last of a month that is
 * too short to have that eve. 2016-01-01 and two years run to 2017-12-31, 2016-01-31 and one month to 2016-02-29.
 */
const lastDayAfter = ({ year, month, day }: Day, months: number): number => {
  const reached = addMonths({ year, month }, months);
  return dayNumber(reached.year, reached.month, 1) - 1 + Math.min(day - 1, daysInMonth(reached.year, reached.month));
};

/** The last days of a phase that ends so many months after the contract's begin; before the begin itself for none. */
const lastDaysAfter = (begin: PartialDate, months: number): DayRange => ({
  first: lastDayAfter(firstDayOf(begin), months),
  last: lastDayAfter(lastDayOf(begin), months),
});

const following = ({ first, last }: DayRange): DayRange => ({ first: first + 1, last: last + 1 });

/** The month or year that lies so many months after a date known no better than that. */
const coarselyAfter = ({ year, month }: PartialDate, months: number): ReckonedDate => {
  if (month !== undefined) return addMonths({ year, month }, months);
  if (months % 12 === 0) return { year: year + months / 12 };
  return { earliest: addMonths({ year, month: 1 }, months), latest: addMonths({ year, month: 12 }, months) };
};

/** A phase from so many months after the contract's begin to so many; all are reckoned from there, so that no error adds up. */
const phaseOf = (name: string, begin: PartialDate, from: number, to: number): Phase => {
  const lastDays = lastDaysAfter(begin, to);
  const firstDays = following(lastDaysAfter(begin, from));
  if (begin.day === undefined) {
    return { name, begin: coarselyAfter(begin, from), end: coarselyAfter(begin, to), firstDays, lastDays };
  }
  const first = from === 0 ? begin : dateOfDay(firstDays.first);
  return { name, begin: first, end: dateOfDay(lastDays.first), firstDays, lastDays };
};

/**
 * The firm part and each open renewal, one after the other without gap or overlap. Renewals that were exercised belong
 * to the firm part.
 */
export const phasesOf = (
  begin: PartialDate,
  { initial, renewals, renewalPeriod }: Term,
  { exercised, last }: Renewals = { exercised: 0, last: renewals },
): readonly Phase[] => {
  const monthsTo = (renewal: number): number => initial.months + renewal * renewalPeriod.months;
  const open = Array.from({ length: last - exercised }, (_, index) => exercised + index + 1);
  return [
    phaseOf("firm", begin, 0, monthsTo(exercised)),
    ...open.map((renewal) => phaseOf(`renewal ${renewal}`, begin, monthsTo(renewal - 1), monthsTo(renewal))),
  ];
};

/** The one phase of a contract whose last day is stated; none where it would end before it begins. */
export const phasesUntil = (begin: PartialDate, end: PartialDate): readonly Phase[] => {
  const [first, last] = [dayRange(begin), dayRange(end)];
  if (last.last < first.first) return [];
  const firstDays = { first: first.first, last: Math.min(first.last, last.last) };
  const lastDays = { first: Math.max(first.first, last.first), last: last.last };
  return [{ name: "firm", begin, end, firstDays, lastDays }];
};

const UNKNOWN: Standing = { states: [], renewalsLeft: undefined };

/** Where a contract stands at a date of any precision. */
export const standingAt = (phases: readonly Phase[], date: PartialDate): Standing => {
  const end = phases.at(-1)?.lastDays;
  if (end === undefined) return UNKNOWN;
  const { first, last } = dayRange(date);
  const turns = [...phases.map(({ firstDays }) => firstDays), following(end)];
  // A later begin moves every turn the same way, and none by as much as a phase is long: no state between is skipped.
  const earliest = turns.filter((turn) => turn.last <= first).length;
  const latest = turns.filter((turn) => turn.first <= last).length;
  const left = (begun: number): number => Math.max(0, phases.length - Math.max(1, begun));
  return {
    states: ["not begun", ...phases.map(({ name }) => name), "ended"].slice(earliest, latest + 1),
    renewalsLeft: left(earliest) === left(latest) ? left(latest) : undefined,
  };
};

/** `firm`, `firm or renewal 1`, `firm to ended`; undefined where nothing is known. */
export const formatStates = ({ states }: Pick<Standing, "states">): string | undefined =>
  states.length > 2 ? `${states[0]} to ${states.at(-1)}` : states.join(" or ") || undefined;
