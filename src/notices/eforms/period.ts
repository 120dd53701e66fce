import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { formatTerm, type Term } from "../../model/term.ts";
import { childOf, textOf, type XmlElement } from "../../syntax/xml/element.ts";
import type { Notes } from "../notice.ts";
import { readNoticeDate, statedTerm } from "../stated-values.ts";

import { type NoticeReading, valueIn } from "./reading.ts";

/** For how long a lot runs, as far as the notice says. */
export interface Period {
  readonly term: Term | undefined;
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
}

/** The period of a lot's procurement project: BT-36, BT-536, BT-537 and BT-58. */
export const periodOf = (project: XmlElement | undefined, lot: string, { notes }: NoticeReading): Period => {
  const planned = childOf(project, "PlannedPeriod");
  const renewals = valueIn(childOf(project, "ContractExtension"), "MaximumNumberNumeric");
  if (renewals !== undefined && Number(renewals) > 0) {
    notes.add("D1", `renewed up to ${renewals} times, for a length that no field states: it is left out`, lot);
  }
  return {
    term: termOf(childOf(planned, "DurationMeasure"), lot, notes),
    start: dateIn(planned, "StartDate"),
    end: dateIn(planned, "EndDate"),
  };
};

const termOf = (measure: XmlElement | undefined, lot: string, notes: Notes): Term | undefined => {
  if (measure === undefined) return undefined;
  return statedTerm(textOf(measure), measure.attributes["unitCode"] ?? "", notes, lot);
};

const MOST_REMEMBERED = 2000;
/** Days recur, within a notice and from one to the next. */
const REMEMBERED = new Map<string, PartialDate | undefined>();

/** A date as notices write it; none where a year far past stands for one that is not known. */
export const dateIn = (parent: XmlElement | undefined, name: string): PartialDate | undefined => {
  const written = valueIn(parent, name);
  if (written === undefined) return undefined;
  if (REMEMBERED.has(written)) return REMEMBERED.get(written);
  const read = readNoticeDate(written);
  const date = read === undefined || read.year <= 2000 ? undefined : read;
  if (REMEMBERED.size < MOST_REMEMBERED) REMEMBERED.set(written, date);
  return date;
};

/** What all periods agree in. */
export const commonPeriod = (periods: readonly Period[]): Period => ({
  term: common(
    periods,
    ({ term }) => term,
    (a, b) => formatTerm(a) === formatTerm(b),
  ),
  start: common(periods, ({ start }) => start, isSameDate),
  end: common(periods, ({ end }) => end, isSameDate),
});

/** What a lot states by itself, where lots do not agree in it: its begin, and its end with its term. */
export const ownPeriod = (own: Period | undefined, common: Period): Partial<Period> => {
  if (own === undefined) return {};
  const ends = (own.term && !common.term) || (own.end && !common.end);
  return {
    start: common.start === undefined ? own.start : undefined,
    ...(ends && { term: own.term, end: own.end }),
  };
};

const isSameDate = (a: PartialDate, b: PartialDate): boolean =>
  comparePartialDates(a, b) === 0 && a.offset === b.offset;

const common = <T>(
  periods: readonly Period[],
  partOf: (period: Period) => T | undefined,
  isSame: (a: T, b: T) => boolean,
): T | undefined => {
  const [first] = periods;
  const part = first && partOf(first);
  if (part === undefined) return undefined;
  const agree = (other: T | undefined) => other !== undefined && isSame(part, other);
  return periods.every((period) => agree(partOf(period))) ? part : undefined;
};
