import { dateOfDay } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { phasesOf } from "../../model/phases.ts";
import { firmTerm, type Term } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { anyOf, type JsonMap } from "./json-text.ts";
import type { Losses } from "./losses.ts";
import { daysOf, lastMomentOf, momentOf } from "./values.ts";

/** The period of a contract as it is stated: its first and last day, or its length without the renewals. */
export const contractPeriodOf = (contract: Contract, preference: Preference, losses: Losses): JsonMap | undefined => {
  const start = preference.value(contract.startDate);
  const end = preference.value(contract.endDate);
  const term = preference.value(contract.term);
  if (term !== undefined && end !== undefined && start?.day === undefined) losses.add("term");
  return anyOf({
    startDate: momentOf(start, losses),
    endDate: lastMomentOf(end, losses),
    maxExtentDate: lastMomentOf(lastPossibleDay(contract, preference, losses), losses),
    durationInDays: term === undefined || end !== undefined ? undefined : daysOf(term.initial),
  });
};

/** The period of a lot with a term of its own. */
export const termPeriodOf = (
  start: PartialDate | undefined,
  term: Term | undefined,
  losses: Losses,
): JsonMap | undefined => anyOf({ startDate: momentOf(start, losses), durationInDays: term && daysOf(term.initial) });

const lastPossibleDay = (contract: Contract, preference: Preference, losses: Losses): PartialDate | undefined => {
  const start = preference.value(contract.startDate);
  const longest = preference.value(contract.maximumDuration);
  const latest = preference.value(contract.latestEndDate);
  if (latest !== undefined) return latest;
  if (longest === undefined) return undefined;
  if (start?.day === undefined) {
    losses.add("maximumDuration");
    return undefined;
  }
  const [whole] = phasesOf({ begin: start, term: firmTerm(longest) });
  return whole && dateOfDay(whole.lastDays.first);
};
