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

/** How a day lies to an end: before it, or not before it ends, as far as that is certain. */
export const besideEnd = (day: number, { first, last }: DayRange): BesideEnd | undefined => {
  if (day < first) return { word: "before-end", text: `${distance(day, first)} early` };
  if (day >= last) return { word: "after-end", text: "not before its end" };
  return undefined;
};
