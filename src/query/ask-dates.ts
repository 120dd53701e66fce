import { type DayRange, dayRange, shiftDay } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { ReckonedDate } from "../model/reckoned-date.ts";
import type { Contract } from "../records/contract.ts";
import { termDates } from "../records/contract-term.ts";
import type { Clause, Operator } from "./query.ts";
import { oncePerContract, type Test } from "./subject.ts";
import type { AskedDate, Dates } from "./values.ts";

/** The date of a field; all of them are the contract's. */
export const dateOf = (field: string, contract: Contract, preference: Preference): ReckonedDate | undefined => {
  switch (field) {
    case "callDate":
      return preference.value(contract.callDate);
    case "awardDate":
      return preference.value(contract.awardDate);
    case "startDate":
      return preference.value(contract.startDate);
    case "firmEnd":
      return termDates(contract, preference).firmEnd;
    default:
      // The last of them: latestEnd.
      return termDates(contract, preference).latestEnd;
  }
};

/** A clause of a field of dates; what is unknown matches nothing. */
export const askDates = (
  { field, op, values }: Clause & { readonly kind: "dates" },
  preference: Preference,
  today: PartialDate,
): Test => {
  const tests = values.map((range) => testOf(range, op, today));
  const matches = (contract: Contract): boolean => {
    const date = dateOf(field, contract, preference);
    if (date === undefined) return false;
    const days = dayRange(date);
    return tests.some((test) => test(days));
  };
  return oncePerContract(op === "!=" ? (contract) => !matches(contract) : matches);
};

const daysOf = (asked: AskedDate, today: PartialDate): DayRange => {
  if (asked.kind === "date") return dayRange(asked.date);
  const { first, last } = dayRange(today);
  return { first: shiftDay(first, asked.count, asked.unit), last: shiftDay(last, asked.count, asked.unit) };
};

type DaysTest = (days: DayRange) => boolean;

/** Certain, unless "perhaps" is asked for: a date known to the month lies in a range when all its days do. */
const testOf = (range: Dates, op: Operator, today: PartialDate): DaysTest => {
  if (range.single && op !== ":") return comparedWith(daysOf(range.low, today), op);
  const from = range.low === undefined ? Number.NEGATIVE_INFINITY : daysOf(range.low, today).first;
  const to = range.high === undefined ? Number.POSITIVE_INFINITY : daysOf(range.high, today).last;
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
