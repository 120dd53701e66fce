import { type DayRange, wholeMonths } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import type { Phase } from "../../model/phases.ts";
import type { Contract } from "../../records/contract.ts";
import { datesTogether, lotTermDates, termUnits } from "../../records/contract-term.ts";
import type { Lot } from "../../records/lot.ts";
import { plural } from "../views.ts";
import type { CeilingUse } from "./ceiling-use.ts";
import type { BesideEnd } from "./headroom-rows.ts";

const lotsOf = ({ scope }: CeilingUse, { lots }: Contract): readonly Lot[] => {
  switch (scope.kind) {
    case "contract":
      return lots;
    case "group":
      return lots.filter(({ id }) => scope.group.lots.includes(id));
    default:
      return [scope.lot];
  }
};

/** What is firm of the contract or the lots that a ceiling is for; undefined where nothing says when it ends. */
export const firmPartOf = (
  use: CeilingUse,
  contract: Contract,
  preference: Preference,
  day: PartialDate,
): Phase | undefined => {
  const [only, ...others] = lotsOf(use, contract);
  const dates =
    only !== undefined && others.length === 0
      ? lotTermDates(contract, only, preference, day)
      : datesTogether(termUnits(contract, lotsOf(use, contract), preference, day));
  return dates.phases[0];
};

const distance = (from: number, to: number): string => {
  const months = wholeMonths(from, to);
  return months === 0 ? plural(to - from, "day") : plural(months, "month");
};

/** How the day on which a ceiling runs out lies to an end, both known to be one of some days: each way that may be. */
export const besideEnd = (days: DayRange, end: DayRange): BesideEnd => {
  const words = [
    ...(days.first < end.last ? (["before-end"] as const) : []),
    ...(days.last >= end.first ? (["after-end"] as const) : []),
  ];
  return { words, text: besideText(days, end) };
};

/** Counts from the first day that the end may be, as what is firm is firm until then. */
const besideText = ({ first, last }: DayRange, end: DayRange): string => {
  if (first >= end.last) return "not before its end";
  if (first >= end.first) return "perhaps early";
  const most = distance(first, end.first);
  if (last >= end.first) return `up to ${most} early, or not`;
  const least = distance(last, end.first);
  return least === most ? `${most} early` : `between ${least} and ${most} early`;
};
