import { type DayRange, dateOfDay, dayRange, firstDayNumber } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate, ReckonedDate } from "../model/partial-date.ts";
import { type Ending, isUndecided, leaving, type Phase, phasesOf, type Standing, standingAt } from "../model/phases.ts";
import { type Duration, decidedRenewals, firmTerm, type Term } from "../model/term.ts";
import type { Contract } from "./contract.ts";
import type { Lot } from "./lot.ts";

/** When a contract or a lot ends, and from which date that is calculated. Neither is known where nothing says so. */
export interface TermDates {
  /** Undefined where the end is stated and not calculated. */
  readonly from: "startDate" | "awardDate" | undefined;
  readonly begin: PartialDate | undefined;
  readonly term: Term | undefined;
  /** The firm part and the open renewals. */
  readonly phases: readonly Phase[];
  /** The end of the initial period and of the renewals that were exercised. */
  readonly firmEnd: ReckonedDate | undefined;
  /** The end if every renewal that was not declined is taken up. Also undefined where renewals have no end. */
  readonly latestEnd: ReckonedDate | undefined;
  /** Whether its renewals have no end. */
  readonly endless: boolean;
  /** Set where nothing says when some of its lots end. */
  readonly partial?: true;
}

export type StatedTerm = Pick<Contract, "startDate" | "term" | "endDate" | "latestEndDate" | "maximumDuration">;

/** When a contract or a lot runs, as far as is stated (D1a). */
export type Times = Pick<Lot, "startDate" | "endDate" | "term">;

/**
 * The times after a later statement, which replaces what was stated before. An end or a term replaces both the end and
 * the term.
 */
export const retimed = (before: Times, later: Times): Times => {
  const { term, endDate } = (later.term ?? later.endDate) === undefined ? before : later;
  return { startDate: later.startDate ?? before.startDate, term, endDate };
};

/** Whether a begin, an end or a term is stated, as facts or, in a modification, as values. */
export const saysWhenItRuns = ({ startDate, endDate, term }: { readonly [Name in keyof Times]?: unknown }): boolean =>
  (startDate ?? endDate ?? term) !== undefined;

/** Whether a lot states a begin, an end or a term of its own (D1a). */
export const hasOwnTerm = ({ startDate, endDate, latestEndDate, term }: Lot): boolean =>
  (startDate ?? endDate ?? latestEndDate ?? term) !== undefined;

/**
 * The term of a lot. A begin or an end that the lot does not state is that of its contract. A lot that states when its
 * initial period ends, or how long it runs, has none of its contract's ends.
 */
export const statedTermOf = (contract: Contract, lot: Lot | undefined): StatedTerm => {
  if (lot === undefined) return contract;
  const { startDate = contract.startDate, term, endDate, latestEndDate } = lot;
  if (term !== undefined || endDate !== undefined) return { startDate, term, endDate, latestEndDate };
  return { startDate, ...endsOf(contract), ...(latestEndDate !== undefined && { latestEndDate }) };
};

const endsOf = ({ term, endDate, latestEndDate, maximumDuration }: Contract): Omit<StatedTerm, "startDate"> => ({
  term,
  endDate,
  latestEndDate,
  maximumDuration,
});

/**
 * The ends of a contract's own term (D1): as they are stated, or calculated from its start, or from its award where no
 * start is stated. Decisions on renewals count as the contract has them: see {@link contractAsOf}. Endless renewals are
 * calculated up to `day`. Without it, they are one phase that has no end.
 */
export const termDates = (contract: Contract, preference: Preference, day?: PartialDate): TermDates =>
  datesOf(contract, contract, preference, day);

/** The ends of a lot: of its own term, or of the contract's where it has none. */
export const lotTermDates = (contract: Contract, lot: Lot, preference: Preference, day?: PartialDate): TermDates =>
  datesOf(contract, statedTermOf(contract, lot), preference, day);

const datesOf = (
  contract: Contract,
  stated: StatedTerm,
  preference: Preference,
  day: PartialDate | undefined,
): TermDates => {
  const term = preference.value(stated.term);
  const end = preference.value(stated.endDate);
  const start = preference.value(stated.startDate);
  const begin = start ?? preference.value(contract.awardDate);
  const renewals = term && decidedRenewals(term, contract.renewals);
  const latest = latestOf(stated, begin, term, preference, contract);
  const phases = phasesOf({ begin, end, term, latest, renewals, until: day && dayRange(day) });
  const reckoned = term !== undefined && begin !== undefined && end === undefined;
  const from = reckoned ? (start === undefined ? "awardDate" : "startDate") : undefined;
  const endless = phases.length > 0 && renewals?.last === Number.POSITIVE_INFINITY;
  // Endless renewals are only calculated up to a day.
  const latestEnd = endless ? undefined : phases.at(-1)?.end;
  return { from, begin, term, phases, firmEnd: phases[0]?.end, latestEnd, endless };
};

/** The latest end that is stated, or else that follows from the longest duration. None where a renewal was declined. */
const latestOf = (
  { latestEndDate, maximumDuration }: StatedTerm,
  begin: PartialDate | undefined,
  term: Term | undefined,
  preference: Preference,
  { renewals }: Contract,
): Ending | undefined => {
  if (renewals.some(({ decision }) => decision === "declined")) return undefined;
  const stated = preference.value(latestEndDate);
  if (stated !== undefined) return { end: stated, lastDays: dayRange(stated) };
  const longest = preference.value(maximumDuration);
  if (longest === undefined || begin === undefined) return undefined;
  if (term !== undefined && (term.renewals.length > 0 || term.tacit !== undefined)) return undefined;
  return phasesOf({ begin, term: firmTerm(longest) })[0];
};

/** A part of a contract that ends by itself: a lot with a term of its own, or all the lots without one. */
export interface TermUnit {
  /** Undefined for the contract's own term. */
  readonly lot: Lot | undefined;
  readonly dates: TermDates;
}

const lastDayOf = ({ phases, endless }: TermDates): number =>
  endless ? Number.POSITIVE_INFINITY : (phases.at(-1)?.lastDays.last ?? Number.NEGATIVE_INFINITY);

const isLater = (a: TermDates, b: TermDates): boolean => lastDayOf(a) > lastDayOf(b);

/**
 * What ends by itself among lots of a contract: each lot with a term of its own, and the contract for the others. If
 * all its lots are meant, the contract is also there where it ends after every one of them.
 */
export const termUnits = (
  contract: Contract,
  lots: readonly Lot[],
  preference: Preference,
  day?: PartialDate,
): readonly TermUnit[] => {
  const own = { lot: undefined, dates: termDates(contract, preference, day) };
  const withTerms = lots.filter(hasOwnTerm);
  if (withTerms.length === 0) return [own];
  const units = withTerms.map((lot) => ({ lot, dates: lotTermDates(contract, lot, preference, day) }));
  const isLast = lots.length === contract.lots.length && units.every(({ dates }) => isLater(own.dates, dates));
  return withTerms.length < lots.length || isLast ? [own, ...units] : units;
};

const laterDays = (a: DayRange, b: DayRange): DayRange => ({
  first: Math.max(a.first, b.first),
  last: Math.max(a.last, b.last),
});

/** The firm part of two units together: it lasts until the later of them ends. */
const firmPartOf = (firm: Phase, other: Phase): Phase => {
  const lastDays = laterDays(firm.lastDays, other.lastDays);
  const firstDays = {
    first: Math.min(firm.firstDays.first, other.firstDays.first),
    last: Math.min(firm.firstDays.last, other.firstDays.last),
  };
  const whole = [firm, other].find(
    (one) => one.lastDays.first === lastDays.first && one.lastDays.last === lastDays.last,
  );
  const end =
    whole === undefined ? { earliest: dateOfDay(lastDays.first), latest: dateOfDay(lastDays.last) } : whole.end;
  return { ...firm, firstDays, lastDays, end };
};

/**
 * The phases of several units together: firm as long as any of them is, then the renewals of the unit that ends last.
 */
const phasesTogether = (units: readonly TermUnit[], last: TermDates): readonly Phase[] => {
  const [first, ...others] = units.flatMap(({ dates }) => dates.phases.slice(0, 1));
  if (first === undefined) return [];
  const firm = others.reduce(firmPartOf, first);
  const after = { first: firm.lastDays.first + 1, last: firm.lastDays.last + 1 };
  const later = last.phases.slice(1).filter(({ lastDays }) => lastDays.last > firm.lastDays.first);
  return [firm, ...later.map((phase) => ({ ...phase, firstDays: laterDays(phase.firstDays, after) }))];
};

/** The ends of a contract together with those of its lots: the last of them (D1a). Throws a TypeError without units. */
export const datesTogether = (units: readonly TermUnit[]): TermDates => {
  const [first, ...others] = units.map(({ dates }) => dates);
  if (first === undefined) throw new TypeError("a contract has a term, even if nothing is known of it");
  if (others.length === 0) return first;
  const last = others.reduce((latest, dates) => (isLater(dates, latest) ? dates : latest), first);
  const phases = phasesTogether(units, last);
  return {
    ...last,
    phases,
    firmEnd: phases[0]?.end,
    latestEnd: last.endless ? undefined : phases.at(-1)?.end,
    ...(units.some(({ dates }) => dates.phases.length === 0) && { partial: true }),
  };
};

/** Where a contract stands on a day. Unknown where it may be over and nothing says when some of its lots end. */
export const standingOf = ({ phases, partial }: TermDates, day: PartialDate): Standing => {
  const standing = standingAt(phases, day);
  return partial && standing.states.includes("ended") ? { states: [], renewalsLeft: undefined } : standing;
};

/**
 * The phases in which something may happen on a lot, or on any lot of the contract where none is named. Empty where
 * that may be a lot whose end is unknown.
 */
export const phasesOn = (contract: Contract, lot: Lot | undefined, preference: Preference): readonly Phase[] => {
  if (lot !== undefined) return lotTermDates(contract, lot, preference).phases;
  const units = termUnits(contract, contract.lots, preference);
  return units.every(({ dates }) => dates.phases.length > 0) ? datesTogether(units).phases : [];
};

/** How many renewals may still be taken up, whatever the day. Infinitely many where they have no end. */
export const openRenewals = (contract: Contract, lot: Lot, preference: Preference): number => {
  const chosen = preference.value(statedTermOf(contract, lot).term);
  if (chosen === undefined) return 0;
  const { exercised, last } = decidedRenewals(chosen, contract.renewals);
  return last - exercised;
};

/** How many days went by from the call to the award. Undefined unless both are known to the day. */
export const daysToAward = (
  { callDate, awardDate }: Pick<Contract, "callDate" | "awardDate">,
  preference: Preference,
): number | undefined => {
  const [called, awarded] = [preference.value(callDate), preference.value(awardDate)];
  if (called?.day === undefined || awarded?.day === undefined) return undefined;
  return firstDayNumber(awarded) - firstDayNumber(called);
};

/** The last day to do something: a date, as coarse as those from which it follows, and the days that it may be. */
export interface LastDay {
  readonly date: ReckonedDate;
  readonly days: DayRange;
}

interface DecisionDays {
  readonly noticeBy: LastDay | undefined;
  readonly procedureBy: LastDay | undefined;
}

/** Whether somebody must decide on the phase that follows. A tacit renewal follows unless notice is given. */
const isDecidedAfter = (phases: readonly Phase[], phase: Phase): boolean =>
  phases[phases.indexOf(phase) + 1]?.open === true;

/**
 * The phase before whose end notice is given: the next one that ends, or the firm part as long as nobody decided what
 * follows. Where the time for notice is over and the contract runs on by itself, the next one counts.
 */
const endToDecide = (phases: readonly Phase[], notice: Duration, at: PartialDate): Phase | undefined => {
  const day = dayRange(at);
  if (isUndecided(phases, day)) return phases[0];
  const ahead = phases.filter(({ end, lastDays }) => end !== undefined && lastDays.last >= day.first);
  const inTime = ahead.find((phase) => isDecidedAfter(phases, phase) || leaving(phase, notice).days.last >= day.first);
  return inTime ?? ahead[0];
};

/**
 * The days by which notice must be given and the next procedure must begin. They follow from a contract's periods of
 * notice and of preparation, for one of its terms as it stands on a day.
 */
export const decisionDays = (
  { noticePeriod, leadTime }: Contract,
  { phases, endless }: TermDates,
  preference: Preference,
  at: PartialDate,
): DecisionDays => {
  const notice = preference.value(noticePeriod);
  const lead = preference.value(leadTime);
  const toDecide = notice && endToDecide(phases, notice, at);
  const last = phases.at(-1);
  const isOver = last === undefined || last.lastDays.last < dayRange(at).first;
  return {
    noticeBy: notice && toDecide && lastDayBefore(toDecide, notice),
    procedureBy: lead === undefined || isOver || endless ? undefined : lastDayBefore(last, lead),
  };
};

const lastDayBefore = (phase: Phase, period: Duration): LastDay | undefined => {
  const { date, days } = leaving(phase, period);
  return date && { date, days };
};
