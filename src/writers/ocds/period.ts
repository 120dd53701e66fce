import { dateOfDay } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { phasesOf } from "../../model/phases.ts";
import { firmTerm } from "../../model/term.ts";
import type { StatedTerm } from "../../records/contract-term.ts";
import { anyOf, type JsonMap } from "./json-text.ts";
import type { Losses } from "./losses.ts";
import { daysOf, lastMomentOf, momentOf } from "./values.ts";

/** The period of a contract or lot as it is stated: its first and last day, or its length without the renewals. */
export const contractPeriodOf = (stated: StatedTerm, preference: Preference, losses: Losses): JsonMap | undefined => {
  const start = preference.value(stated.startDate);
  const end = preference.value(stated.endDate);
  const term = preference.value(stated.term);
  if (term !== undefined && end !== undefined && start?.day === undefined) losses.add("term");
  return anyOf({
    startDate: momentOf(start, losses),
    endDate: lastMomentOf(end, losses),
    maxExtentDate: lastMomentOf(lastPossibleDay(stated, preference, losses), losses),
    durationInDays: term === undefined || end !== undefined ? undefined : daysOf(term.initial),
  });
};

const lastPossibleDay = (stated: StatedTerm, preference: Preference, losses: Losses): PartialDate | undefined => {
  const start = preference.value(stated.startDate);
  const longest = preference.value(stated.maximumDuration);
  const latest = preference.value(stated.latestEndDate);
  if (latest !== undefined) return latest;
  if (longest === undefined) return undefined;
  if (start?.day === undefined) {
    losses.add("maximumDuration");
    return undefined;
  }
  const [whole] = phasesOf({ begin: start, term: firmTerm(longest) });
  return whole && dateOfDay(whole.lastDays.first);
};
