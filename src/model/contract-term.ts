import type { Preference } from "./claim.ts";
import type { Contract } from "./contract.ts";
import type { PartialDate } from "./partial-date.ts";
import { type Phase, phasesOf } from "./phases.ts";
import type { ReckonedDate } from "./reckoned-date.ts";
import type { Term } from "./term.ts";

/** When a contract ends, and from which date that is reckoned; neither where its begin or its term is unknown. */
export interface TermDates {
  readonly from: "startDate" | "awardDate" | undefined;
  readonly begin: PartialDate | undefined;
  readonly term: Term | undefined;
  /** The firm part and the renewals. */
  readonly phases: readonly Phase[];
  /** The end of the initial period. */
  readonly firmEnd: ReckonedDate | undefined;
  /** The end with every renewal. */
  readonly latestEnd: ReckonedDate | undefined;
}

/** The ends of a contract's term (D1), reckoned from its start, or from its award where no start is stated. */
export const termDates = (contract: Contract, preference: Preference): TermDates => {
  const term = preference.value(contract.term);
  const start = preference.value(contract.startDate);
  const begin = start ?? preference.value(contract.awardDate);
  if (term === undefined || begin === undefined) {
    return { from: undefined, begin, term, phases: [], firmEnd: undefined, latestEnd: undefined };
  }
  const from = start === undefined ? "awardDate" : "startDate";
  const phases = phasesOf(begin, term);
  return { from, begin, term, phases, firmEnd: phases[0]?.end, latestEnd: phases.at(-1)?.end };
};
