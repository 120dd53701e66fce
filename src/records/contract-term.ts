import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { type Phase, phasesOf, phasesUntil } from "../model/phases.ts";
import type { ReckonedDate } from "../model/reckoned-date.ts";
import { decidedRenewals, type Term } from "../model/term.ts";
import type { Contract } from "./contract.ts";

/** When a contract ends, and from which date that is reckoned; neither where its begin, or its term and end, are unknown. */
export interface TermDates {
  /** Undefined where the end is stated, and not reckoned. */
  readonly from: "startDate" | "awardDate" | undefined;
  readonly begin: PartialDate | undefined;
  readonly term: Term | undefined;
  /** The firm part and the open renewals. */
  readonly phases: readonly Phase[];
  /** The end of the initial period and of the renewals that were exercised. */
  readonly firmEnd: ReckonedDate | undefined;
  /** The end with every renewal that was not declined. */
  readonly latestEnd: ReckonedDate | undefined;
}

/**
 * The ends of a contract's term (D1), reckoned from its start, or from its award where no start is stated. Decisions on
 * renewals count as the contract has them: see {@link contractAsOf}. Without a term, a stated end is that of the firm part.
 */
export const termDates = (contract: Contract, preference: Preference): TermDates => {
  const term = preference.value(contract.term);
  const end = preference.value(contract.endDate);
  const start = preference.value(contract.startDate);
  const begin = start ?? preference.value(contract.awardDate);
  const phases = phasesBetween(contract, begin, term, end);
  const from = term === undefined || begin === undefined ? undefined : start === undefined ? "awardDate" : "startDate";
  return { from, begin, term, phases, firmEnd: phases[0]?.end, latestEnd: phases.at(-1)?.end };
};

const phasesBetween = (
  { renewals }: Contract,
  begin: PartialDate | undefined,
  term: Term | undefined,
  end: PartialDate | undefined,
): readonly Phase[] => {
  if (begin === undefined) return [];
  if (term !== undefined) return phasesOf(begin, term, decidedRenewals(term, renewals));
  return end === undefined ? [] : phasesUntil(begin, end);
};

/** How many renewals may still be taken up, whatever the day. */
export const openRenewals = ({ term, renewals }: Contract, preference: Preference): number => {
  const chosen = preference.value(term);
  if (chosen === undefined) return 0;
  const { exercised, last } = decidedRenewals(chosen, renewals);
  return last - exercised;
};
