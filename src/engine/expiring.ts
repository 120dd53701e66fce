import { type DayRange, dateOfDay, dayRange, shiftDay, wholeMonths } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { addAll } from "../model/lists.ts";
import { formatDate, formatPartialDate, type PartialDate, type ReckonedDate } from "../model/partial-date.ts";
import { formatStates, isUndecided, type Phase, standingAt } from "../model/phases.ts";
import { plural } from "../model/phrases.ts";
import { MEANING } from "../query/fields.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import { type Period, periodAsked } from "../query/values.ts";
import type { Register } from "../records/register.ts";
import { type CalendarEvent, type Column, column, hidden, type Report, reportLater, whenRoom } from "./report.ts";
import {
  ALARMS,
  type ContractTerm,
  linesOfTermed,
  readTerms,
  soonestFirst,
  type Termed,
  termedName,
  termedOf,
  titleOfTermed,
} from "./terms.ts";

export interface ExpiringRow extends Termed {
  /** What ends: `firm`, `renewal 1` …; `latest` for the last renewal, with which the contract ends for good. */
  readonly what: string;
  readonly phase: string;
  readonly end: ReckonedDate;
  readonly lastDays: DayRange;
  readonly in: string;
  /** The days from the day asked for to the end; negative where the end may have passed. */
  readonly daysAtLeast: number;
  readonly daysAtMost: number;
  readonly certainty: "certain" | "possible";
  /** Set for a renewal that may have begun, and on which nobody decided. */
  readonly decision: "undecided" | undefined;
  readonly state: string | undefined;
}

export interface ExpiringOptions {
  /** How far to look ahead, also as a text (`6m`); without it, there is no limit. */
  readonly within?: Period | string;
  /** Whether the ends of renewals are asked for, too. */
  readonly renewals?: boolean;
}

export const EXPIRING_COLUMNS: readonly Column<ExpiringRow>[] = [
  column.id("contract", MEANING.contract),
  column.id("lot", MEANING.lot),
  whenRoom(column.text("title", MEANING.title)),
  column.text("buyer", MEANING.buyer),
  column.text(
    "what",
    "firm; renewal 1 … where the firm part is over and nobody decided it; with --renewals all, and latest for the last of them.",
    "What ends",
  ),
  column.date("end", MEANING.end),
  column.text("in", MEANING.in),
  hidden(column.count("daysAtLeast", "The days until then, at least; below 0 where the end may have passed.")),
  hidden(column.count("daysAtMost", "The days until then, at most.")),
  column.text("certainty", "certain: it ends in the time asked for; possible: the dates are too coarse to tell."),
  column.text("decision", "undecided: the firm part is over, and nobody decided whether this follows."),
  column.text("state", MEANING.state),
];

const A_MONTH = 31;

/**
 * How far away a range of days is: `over`, `over, or today`, `today`, `in 17 days`, `in 6 months`. If that is not a
 * whole number of months, or not known better, it is `in 5–6 months`.
 */
export const distanceText = (from: DayRange, to: DayRange): string => {
  const [least, most] = [to.first - from.last, to.last - from.first];
  if (most < 0) return "over";
  if (least === most && most <= A_MONTH) return most === 0 ? "today" : `in ${plural(most, "day")}`;
  const whole = wholeMonths(from.first, to.last);
  const atMost = shiftDay(from.first, whole, "m") === to.last ? whole : whole + 1;
  if (least < 0) return most === 0 ? "over, or today" : `over, or in up to ${plural(atMost, "month")}`;
  const atLeast = wholeMonths(from.last, to.first);
  return `in ${plural(atLeast === atMost ? atMost : `${atLeast}–${atMost}`, "month")}`;
};

/**
 * The last day that counts, as far ahead as is asked, and as coarse as the day asked for. Infinitely far where `within`
 * is left out. Throws UsageError for a text that is no period.
 */
export const horizonOf = (day: DayRange, within: Period | string | undefined): DayRange => {
  if (within === undefined) return { first: Number.POSITIVE_INFINITY, last: Number.POSITIVE_INFINITY };
  const { count, unit } = periodAsked(within, "within");
  return { first: shiftDay(day.first, count, unit), last: shiftDay(day.last, count, unit) };
};

/**
 * Whether an end lies between the day and the horizon, each of which is one of a range of days: certainly so, possibly,
 * or not at all.
 */
const certaintyOf = (end: DayRange, day: DayRange, horizon: DayRange): ExpiringRow["certainty"] | undefined => {
  if (end.first >= day.last && end.last <= horizon.first) return "certain";
  return end.last >= day.first && end.first <= horizon.last ? "possible" : undefined;
};

interface Listed {
  readonly phase: Phase;
  readonly what: string;
  readonly undecided: boolean;
  readonly kept: boolean;
}

/**
 * The phase that ends next: the firm part, or the tacit renewal that the day lies in; the last phase if only the latest
 * end is known.
 */
const nextOf = (phases: readonly Phase[], day: DayRange): Phase | undefined =>
  phases.some(({ open }, index) => index > 0 && open)
    ? phases.find(({ end }) => end !== undefined)
    : phases.find(({ lastDays }) => lastDays.last >= day.first);

/**
 * The phases to list of a contract: the one that ends next, or all if renewals are asked for, and all that may have
 * begun while a renewal waits for a decision.
 */
const listedOf = (phases: readonly Phase[], day: DayRange, renewals: boolean): readonly Listed[] => {
  const undecided = isUndecided(phases, day);
  const next = nextOf(phases, day);
  return phases.flatMap((phase, index): Listed[] => {
    const begun = undecided && phase.firstDays.first <= day.last;
    if (!renewals && !begun && phase !== next) return [];
    const isLast = index > 0 && index === phases.length - 1 && phase.open && !begun;
    return [{ phase, what: isLast ? "latest" : phase.name, undecided: begun && phase.open, kept: begun }];
  });
};

const distanceTo = ({ lastDays }: Phase, day: DayRange) => ({
  lastDays,
  in: distanceText(day, lastDays),
  daysAtLeast: lastDays.first - day.last,
  daysAtMost: lastDays.last - day.first,
});

const certaintyOfListed = ({ phase, undecided, kept }: Listed, day: DayRange, horizon: DayRange) => {
  if (undecided) return "possible";
  return kept ? "certain" : certaintyOf(phase.lastDays, day, horizon);
};

const rowsOf = (
  term: ContractTerm,
  preference: Preference,
  at: PartialDate,
  { within, renewals = false }: ExpiringOptions,
): readonly ExpiringRow[] => {
  const { phases } = term.dates;
  const day = dayRange(at);
  const horizon = horizonOf(day, within);
  const about = { state: formatStates(standingAt(phases, at)), ...termedOf(term, preference) };
  return listedOf(phases, day, renewals).flatMap((listed): ExpiringRow[] => {
    const { phase, what, undecided } = listed;
    const certainty = certaintyOfListed(listed, day, horizon);
    if (certainty === undefined || phase.end === undefined) return [];
    const decision = undecided ? "undecided" : undefined;
    return [{ what, phase: phase.name, end: phase.end, certainty, decision, ...about, ...distanceTo(phase, day) }];
  });
};

const bySoonest = (a: ExpiringRow, b: ExpiringRow): number => soonestFirst(a.lastDays, b.lastDays);

/**
 * What ends when, from the day on, the soonest first: the firm parts, and with `renewals` the renewals. A firm part
 * that is over stays listed as long as a renewal may be running on which nobody decided.
 */
export const expiring = (
  register: Register,
  selection: Selection = {},
  options: ExpiringOptions = {},
): Report<ExpiringRow> => ({
  ...reportLater(EXPIRING_COLUMNS, async () => {
    const day = dayOf(selection);
    const terms = readTerms(register, selection, day);
    const rows: ExpiringRow[] = [];
    const { within, ...ever } = options;
    let next: ExpiringRow | undefined;
    for await (const batch of terms.batches) {
      for (const term of batch) {
        addAll(rows, rowsOf(term, register.preference, day, options));
        if (within === undefined || rows.length > 0) continue;
        const later = rowsOf(term, register.preference, day, ever);
        next = [...(next === undefined ? [] : [next]), ...later].sort(bySoonest)[0];
      }
    }
    const closing = terms.closing(rows.length > 0);
    const nothing = rows.length === 0 && within !== undefined ? [nothingEnds(day, within, next)] : [];
    return { rows: rows.sort(bySoonest), closing: { ...closing, notes: [...nothing, ...closing.notes] } };
  }),
  events: { title: "Ends of contracts", day: dayRange(dayOf(selection)), of: eventOf },
});

/** An end as an event of a calendar, which reminds of it while there is time to act. */
const eventOf = (row: ExpiringRow): CalendarEvent => ({
  key: [row.contract, row.lot, "end", row.phase],
  title: `End of ${titleOfTermed(row)} (${row.what === "latest" ? "with every renewal" : row.what})`,
  lines: [
    ...linesOfTermed(row),
    `End: ${formatDate(row.end)}`,
    ...(row.decision === undefined ? [] : ["Nobody decided whether this follows."]),
  ],
  days: row.lastDays,
  certain: row.decision === undefined,
  alarms: ALARMS,
});

const nothingEnds = (at: PartialDate, within: Period | string, next: ExpiringRow | undefined): string => {
  const last = formatPartialDate(dateOfDay(horizonOf(dayRange(at), within).last));
  if (next === undefined) return `Nothing ends before ${last} or later.`;
  return `Nothing ends before ${last}; next: ${termedName(next)}, ${formatDate(next.end)}.`;
};
