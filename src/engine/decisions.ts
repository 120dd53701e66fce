import { type DayRange, dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { addAll } from "../model/lists.ts";
import { formatDate, type PartialDate, type ReckonedDate } from "../model/partial-date.ts";
import { isUndecided, type Phase } from "../model/phases.ts";
import { capitalised } from "../model/phrases.ts";
import { MEANING } from "../query/fields.ts";
import { dayOf, type Selection } from "../query/selection.ts";
import { decisionDays, type LastDay } from "../records/contract-term.ts";
import type { Register } from "../records/register.ts";
import { distanceText, type ExpiringOptions, horizonOf } from "./expiring.ts";
import { type CalendarEvent, type Column, column, hidden, type Report, reportLater, whenRoom } from "./report.ts";
import {
  ALARMS,
  type ContractTerm,
  linesOfTermed,
  readTerms,
  soonestFirst,
  type Termed,
  termedOf,
  titleOfTermed,
} from "./terms.ts";

export interface DecisionRow extends Termed {
  /** `give notice`, `decide renewal 1` …, `decide the extension`, `begin the next procedure`, or `review`. */
  readonly act: string;
  readonly by: ReckonedDate;
  readonly days: DayRange;
  readonly in: string;
  readonly overdue: "overdue" | "perhaps" | undefined;
}

export const DECISION_COLUMNS: readonly Column<DecisionRow>[] = [
  column.id("contract", MEANING.contract),
  column.id("lot", MEANING.lot),
  whenRoom(column.text("title", MEANING.title)),
  hidden(column.text("buyer", MEANING.buyer)),
  column.text(
    "act",
    "What there is to do: give notice, decide a renewal, begin the next procedure, or review.",
    "To do",
  ),
  column.date("by", "The last day to do it."),
  column.text("in", MEANING.in),
  column.text("overdue", "overdue: that day is over; perhaps: the dates are too coarse to tell."),
];

interface Act {
  readonly act: string;
  readonly by: LastDay | undefined;
}

const endOf = ({ end, lastDays }: Phase): LastDay | undefined => end && { date: end, days: lastDays };
const onDate = (date: PartialDate | undefined): LastDay | undefined => date && { date, days: dayRange(date) };

/** The next renewal that somebody has yet to decide on, and the phase that it follows. */
const openRenewal = (phases: readonly Phase[]): { readonly renewal: Phase; readonly after: Phase } | undefined => {
  const [renewal, after] = [phases.find(({ open }) => open), phases.findLast(({ open }) => !open)];
  return renewal && after && { renewal, after };
};

/** Whether nothing can be decided any more: all phases are over, and no renewal waits for anybody. */
const isOver = (phases: readonly Phase[], day: DayRange): boolean =>
  !isUndecided(phases, day) && phases.every(({ lastDays }) => lastDays.last < day.first);

const actsOf = ({ contract, dates }: ContractTerm, preference: Preference, at: PartialDate): readonly Act[] => {
  const { phases } = dates;
  if (isOver(phases, dayRange(at))) return [];
  const { noticeBy, procedureBy } = decisionDays(contract, dates, preference, at);
  const open = openRenewal(phases);
  const decide = open && {
    act: `decide ${open.renewal.name === "extended" ? "the extension" : open.renewal.name}`,
    by: noticeBy ?? endOf(open.after),
  };
  return [
    decide ?? { act: "give notice", by: noticeBy },
    { act: "begin the next procedure", by: procedureBy },
    { act: "review", by: onDate(preference.value(contract.reviewDate)) },
  ];
};

const overdueOn = (by: DayRange, day: DayRange): DecisionRow["overdue"] => {
  if (by.last < day.first) return "overdue";
  return by.first < day.last ? "perhaps" : undefined;
};

const rowsOf = (
  term: ContractTerm,
  preference: Preference,
  at: PartialDate,
  { within }: Pick<ExpiringOptions, "within">,
): readonly DecisionRow[] => {
  const day = dayRange(at);
  const about = termedOf(term, preference);
  return actsOf(term, preference, at).flatMap(({ act, by }): readonly DecisionRow[] => {
    if (by === undefined || by.days.first > horizonOf(day, within).last) return [];
    const { date, days } = by;
    return [{ ...about, act, by: date, days, in: distanceText(day, days), overdue: overdueOn(days, day) }];
  });
};

/** Keeps one review for each contract, however many of its lots have terms of their own. */
const onceEach = (rows: readonly DecisionRow[]): readonly DecisionRow[] => {
  const reviewed = new Set<string>();
  return rows.flatMap((row) => {
    if (row.act !== "review") return [row];
    if (reviewed.has(row.contract)) return [];
    reviewed.add(row.contract);
    return [{ ...row, lot: undefined }];
  });
};

/**
 * The days by which somebody has to give notice, decide on a renewal, begin the next procedure or review a contract.
 * The soonest comes first, and so what is overdue comes before everything else. A renewal has to be decided on by the
 * end of the firm part, or a period of notice before it.
 */
export const decisions = (
  register: Register,
  selection: Selection = {},
  options: Pick<ExpiringOptions, "within"> = {},
): Report<DecisionRow> => ({
  ...reportLater(DECISION_COLUMNS, async () => {
    const day = dayOf(selection);
    const terms = readTerms(register, selection, day);
    const rows: DecisionRow[] = [];
    for await (const batch of terms.batches) {
      for (const term of batch) addAll(rows, rowsOf(term, register.preference, day, options));
    }
    return {
      rows: onceEach(rows.sort((a, b) => soonestFirst(a.days, b.days))),
      closing: terms.closing(rows.length > 0),
    };
  }),
  events: { title: "Decisions on contracts", day: dayRange(dayOf(selection)), of: eventOf },
});

/** What there is to do as an event of a calendar, on the last day for it. */
const eventOf = (row: DecisionRow): CalendarEvent => ({
  key: [row.contract, row.lot, "decision", row.act],
  title: `${capitalised(row.act)}: ${titleOfTermed(row)}`,
  lines: [...linesOfTermed(row), `By: ${formatDate(row.by)}`],
  days: row.days,
  certain: true,
  alarms: ALARMS,
});
