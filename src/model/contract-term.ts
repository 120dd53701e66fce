import type { Preference } from "./claim.ts";
import type { Contract } from "./contract.ts";
import type { PartialDate } from "./partial-date.ts";
import { firmEnd, latestEnd, type Term } from "./term.ts";

/** When a contract ends, and from which date that is reckoned. */
export interface TermDates {
  readonly from: "startDate" | "awardDate" | undefined;
  readonly begin: PartialDate | undefined;
  readonly term: Term | undefined;
  /** The end of the initial period. */
  readonly firmEnd: PartialDate | undefined;
  /** The end with every renewal. */
  readonly latestEnd: PartialDate | undefined;
}

/** The ends of a contract's term (D1), reckoned from its start, or from its award where no start is stated. */
export const termDates = (contract: Contract, preference: Preference): TermDates => {
  const term = preference.value(contract.term);
  const start = preference.value(contract.startDate);
  const begin = start ?? preference.value(contract.awardDate);
  const from = begin === undefined ? undefined : start === undefined ? "awardDate" : "startDate";
  if (term === undefined || begin === undefined) {
    return { from, begin, term, firmEnd: undefined, latestEnd: undefined };
  }
  return { from, begin, term, firmEnd: firmEnd(begin, term), latestEnd: latestEnd(begin, term) };
};
