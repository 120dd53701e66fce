import { type DayRange, dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { isUndecided, leaving, type Phase } from "../model/phases.ts";
import type { ReckonedDate } from "../model/reckoned-date.ts";
import type { Duration } from "../model/term.ts";
import type { Contract } from "./contract.ts";
import type { TermDates } from "./contract-term.ts";

/** The last day to do something: as coarse as the dates that it follows from, and the days of which it is one. */
export interface LastDay {
  readonly date: ReckonedDate;
  readonly days: DayRange;
}

/** By when somebody has to act on a contract, or a lot with a term of its own (D1b); neither where nothing says so. */
export interface DecisionDays {
  /** The last day to give notice, or to decide a renewal. */
  readonly noticeBy: LastDay | undefined;
  /** The last day to begin the procedure that is to follow. */
  readonly procedureBy: LastDay | undefined;
}

/** Whether somebody must take up what follows on a phase; a tacit renewal follows unless notice is given. */
const isDecidedAfter = (phases: readonly Phase[], phase: Phase): boolean =>
  phases[phases.indexOf(phase) + 1]?.open === true;

/**
 * Before which end notice is given: the next one, or that of the firm part as long as nobody decided what follows. Where
 * the time for that is over, and the contract ran on by itself, the next one counts.
 */
const endToDecide = (phases: readonly Phase[], notice: Duration, at: PartialDate): Phase | undefined => {
  const day = dayRange(at);
  if (isUndecided(phases, day)) return phases[0];
  const ahead = phases.filter(({ end, lastDays }) => end !== undefined && lastDays.last >= day.first);
  const inTime = ahead.find((phase) => isDecidedAfter(phases, phase) || leaving(phase, notice).days.last >= day.first);
  return inTime ?? ahead[0];
};

/** The days that a contract's periods of notice and of preparation give, for one of its terms as it stands on a day. */
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
