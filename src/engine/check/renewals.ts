import { dayRange } from "../../model/calendar.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import type { RenewalDecision } from "../../model/modification.ts";
import { formatPartialDate } from "../../model/partial-date.ts";
import { type Phase, phasesOf } from "../../model/phases.ts";
import { formatDate } from "../../model/reckoned-date.ts";
import { formatTerm, type Term } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { termDates } from "../../records/contract-term.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A decision, with what it is held against. */
interface Decided {
  readonly contract: Contract;
  readonly decision: RenewalDecision;
  readonly index: number;
  readonly term: Term;
  /** All decisions of the contract, by renewal. */
  readonly decisions: ReadonlyMap<number, RenewalDecision>;
  /** When the renewal begins by the term; undefined where that is not known. */
  readonly phase: Phase | undefined;
}

const nameOf = ({ contract, decision }: Decided): string => `${contract.id}, renewal ${decision.renewal}`;

const placeOf = ({ contract, index }: Decided, field: string) => contract.origin.locate(["renewals", index, field]);

const checkNumber = (decided: Decided): readonly Finding[] => {
  const { decision, term } = decided;
  if (decision.renewal <= term.renewals) return [];
  const message = `${nameOf(decided)}: the term of ${formatTerm(term)} has no such renewal`;
  return [findingOf("D1-renewals", message, placeOf(decided, "renewal"), "the renewals of the term are used up")];
};

/** A renewal follows those before it: each of them was exercised, and not later. */
const checkSequence = (decided: Decided): readonly Finding[] => {
  const { decisions, decision } = decided;
  if (decision.renewal === 1) return [];
  const before = decisions.get(decision.renewal - 1);
  const late = before !== undefined && dayRange(before.date).first > dayRange(decision.date).last;
  if (before !== undefined && !late) return [];
  const what = late ? `was decided later, on ${formatPartialDate(before.date)}` : "is not decided";
  const message = `${nameOf(decided)}: decided on ${formatPartialDate(decision.date)}, but renewal ${decision.renewal - 1} ${what}`;
  return [findingOf("D1-sequence", message, placeOf(decided, decision.decision))];
};

/** A renewal is taken up while the contract still runs. */
const checkTime = (decided: Decided): readonly Finding[] => {
  const { decision, phase } = decided;
  if (phase === undefined || decision.decision === "declined") return [];
  if (dayRange(decision.date).first <= phase.firstDays.last) return [];
  const message = `${nameOf(decided)}: exercised on ${formatPartialDate(decision.date)}, after it would have begun on ${formatDate(phase.begin)}`;
  return [findingOf("D1-late", message, placeOf(decided, "exercised"), "a contract that has ended cannot be renewed")];
};

/** The decisions on renewals against the term that they renew (D1). */
export const checkRenewals: ContractRule = (contract, preference) => {
  const { term, begin } = termDates(contract, preference);
  if (term === undefined) return [];
  const phases = begin === undefined ? [] : phasesOf(begin, term);
  const decisions = new Map(contract.renewals.map((decision) => [decision.renewal, decision]));
  return contract.renewals.flatMap((decision, index) => {
    const decided = { contract, decision, index, term, decisions, phase: phases[decision.renewal] };
    const unknown = checkNumber(decided);
    return unknown.length > 0 ? unknown : [...checkSequence(decided), ...checkTime(decided)];
  });
};
