import { type DayRange, dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { lotTermDates } from "../records/contract-term.ts";
import { isDate } from "../records/guards.ts";
import { askedField, unanswered } from "./asked-fields.ts";
import type { Clause, Operator } from "./query.ts";
import { oncePerTerm, type Subject, type Test } from "./subject.ts";
import { type Dates, daysAsked } from "./values.ts";

/** The last days of the firm part, or of the last renewal; endless where there is no last one. */
const endDays = (
  { contract, lot }: Subject,
  field: "firmEnd" | "latestEnd",
  preference: Preference,
): DayRange | undefined => lotTermDates(contract, lot, preference).phases.at(field === "firmEnd" ? 0 : -1)?.lastDays;

/** The days that the date of a field may stand for: an end's, that is reckoned or stated; undefined where nothing is said. */
export const daysIn = (field: string, preference: Preference): ((subject: Subject) => DayRange | undefined) => {
  if (field === "firmEnd" || field === "latestEnd") return (subject) => endDays(subject, field, preference);
  const asked = askedField(field, "date");
  if (asked === undefined) throw unanswered(field);
  return (subject) => {
    const stated = asked.statedOf(subject, preference);
    return isDate(stated) ? dayRange(stated) : undefined;
  };
};

/** A clause of a field of dates; what is unknown matches nothing. */
export const askDates = (
  { field, op, values }: Clause & { readonly kind: "dates" },
  preference: Preference,
  today: PartialDate,
): Test => {
  const tests = values.map((range) => testOf(range, op, today));
  const daysOfField = daysIn(field, preference);
  const matches: Test = (subject) => {
    const days = daysOfField(subject);
    return days !== undefined && tests.some((test) => test(days));
  };
  const asked: Test = op === "!=" ? (subject) => !matches(subject) : matches;
  const stated = askedField(field, "date");
  return stated === undefined || stated.of === "contract" ? oncePerTerm(asked) : asked;
};

type DaysTest = (days: DayRange) => boolean;

/** Certain, unless "perhaps" is asked for: a date known to the month lies in a range when all its days do. */
const testOf = (range: Dates, op: Operator, today: PartialDate): DaysTest => {
  if (range.single && op !== ":") return comparedWith(daysAsked(range.low, today), op);
  const from = range.low === undefined ? Number.NEGATIVE_INFINITY : daysAsked(range.low, today).first;
  const to = range.high === undefined ? Number.POSITIVE_INFINITY : daysAsked(range.high, today).last;
  return range.perhaps
    ? ({ first, last }) => last >= from && first <= to
    : ({ first, last }) => first >= from && last <= to;
};

const comparedWith = ({ first, last }: DayRange, op: Operator): DaysTest => {
  switch (op) {
    case "<":
      return (days) => days.last < first;
    case "<=":
      return (days) => days.last <= last;
    case ">":
      return (days) => days.first > last;
    case ">=":
      return (days) => days.first >= first;
    default:
      return (days) => days.first === first && days.last === last;
  }
};
