import { formatPartialDate, type PartialDate } from "../../../model/partial-date.ts";
import { formatTerm, type Term } from "../../../model/term.ts";
import { childOf, textOf, type XmlElement } from "../../xml/element.ts";
import type { Notes } from "../notes.ts";
import { readNoticeDate } from "../notice-date.ts";
import { type NoticeReading, valueIn } from "./reading.ts";

/** For how long a lot runs, as far as the notice says. */
export interface Period {
  readonly term: Term | undefined;
  readonly start: PartialDate | undefined;
  readonly end: PartialDate | undefined;
}

const MONTHS_OF_UNIT: ReadonlyMap<string, number> = new Map([
  ["MONTH", 1],
  ["YEAR", 12],
]);
const MOST_MONTHS = 1200;

/** The period of a lot's procurement project: BT-36, BT-536, BT-537 and BT-58. */
export const periodOf = (project: XmlElement | undefined, lot: string, { notes }: NoticeReading): Period => {
  const planned = childOf(project, "PlannedPeriod");
  const renewals = valueIn(project, "ContractExtension", "MaximumNumberNumeric");
  if (renewals !== undefined && Number(renewals) > 0) {
    notes.add("D1", `renewed up to ${renewals} times, for a length that no field states: it is not reckoned`, lot);
  }
  return {
    term: termOf(childOf(planned, "DurationMeasure"), lot, notes),
    start: dateIn(planned, "StartDate"),
    end: dateIn(planned, "EndDate"),
  };
};

const termOf = (measure: XmlElement | undefined, lot: string, notes: Notes): Term | undefined => {
  if (measure === undefined) return undefined;
  const unit = measure.attributes["unitCode"] ?? "";
  const months = Number(textOf(measure)) * (MONTHS_OF_UNIT.get(unit) ?? Number.NaN);
  if (Number.isInteger(months) && months > 0 && months <= MOST_MONTHS) {
    return { initial: { months }, renewals: 0, renewalPeriod: { months: 0 } };
  }
  notes.add("D1", `a duration of ${textOf(measure)} ${unit} is not reckoned`, lot);
  return undefined;
};

/** A date as notices write it; none where a year far past stands for one that is not known. */
export const dateIn = (parent: XmlElement | undefined, name: string): PartialDate | undefined => {
  const date = readNoticeDate(valueIn(parent, name) ?? "");
  return date === undefined || date.year <= 2000 ? undefined : date;
};

/** What all periods agree in. */
export const commonPeriod = (periods: readonly Period[]): Period => ({
  term: common(
    periods.map(({ term }) => term),
    formatTerm,
  ),
  start: common(
    periods.map(({ start }) => start),
    formatPartialDate,
  ),
  end: common(
    periods.map(({ end }) => end),
    formatPartialDate,
  ),
});

const common = <T>(values: readonly (T | undefined)[], format: (value: T) => string): T | undefined => {
  const [first] = values;
  if (first === undefined) return undefined;
  const written = format(first);
  return values.every((value) => value !== undefined && format(value) === written) ? first : undefined;
};
