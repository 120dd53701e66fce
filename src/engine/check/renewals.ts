import { dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf } from "../../model/errors.ts";
import type { RenewalDecision } from "../../model/modification.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { formatEnd, isUndecided, type Phase, phasesOf, type StatedTimes } from "../../model/phases.ts";
import { formatDate } from "../../model/reckoned-date.ts";
import { formatTerm, type Term } from "../../model/term.ts";
import type { Contract } from "../../records/contract.ts";
import { hasOwnTerm, statedTermOf, termUnits } from "../../records/contract-term.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A decision, with what it is held against. */
interface Decided {
  readonly contract: Contract;
  readonly decision: RenewalDecision;
  readonly index: number;
  /** Undefined where none is stated, which has no renewals. */
  readonly term: Term | undefined;
  /** All decisions of the contract, by renewal. */
  readonly decisions: ReadonlyMap<number, RenewalDecision>;
  /** When the renewal begins by the term; undefined where that is not known. */
  readonly phase: Phase | undefined;
}

const nameOf = ({ contract, decision }: Decided): string => `${contract.id}, renewal ${decision.renewal}`;

const placeOf = ({ contract, index }: Decided, field: string) => contract.origin.locate(["renewals", index, field]);

const checkNumber = (decided: Decided): readonly Finding[] => {
  const { decision, term } = decided;
  if (term?.tacit !== undefined || decision.renewal <= (term?.renewals.length ?? 0)) return [];
  const has =
    term === undefined ? "no term is stated that has renewals" : `the term of ${formatTerm(term)} has no such renewal`;
  const message = `${nameOf(decided)}: ${has}`;
  return [
    findingOf(
      "D1-renewals",
      message,
      placeOf(decided, "renewal"),
      term === undefined
        ? "state the term with its renewals: 2 years + 1 renewal of 1 year"
        : "the renewals of the term are used up",
    ),
  ];
};

/** A renewal follows those before it: each of them was exercised, and not later. A tacit one needs no decision (D1b). */
const checkSequence = (decided: Decided): readonly Finding[] => {
  const { decisions, decision, term } = decided;
  if (decision.renewal === 1) return [];
  const before = decisions.get(decision.renewal - 1);
  const isTacit = term?.tacit !== undefined && decision.renewal - 1 > term.renewals.length;
  if (before === undefined && isTacit) return [];
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
  const message = `${nameOf(decided)}: exercised on ${formatPartialDate(decision.date)}, after it would have begun on ${phase.begin === undefined ? "a day that is not known" : formatDate(phase.begin)}`;
  return [findingOf("D1-late", message, placeOf(decided, "exercised"), "a contract that has ended cannot be renewed")];
};

/** What a contract and its lots state of when they run; of lots those that have a term of their own. */
const timesIn = (contract: Contract, preference: Preference): readonly StatedTimes[] =>
  [undefined, ...contract.lots.filter(hasOwnTerm)].map((lot) => {
    const { startDate, endDate, term } = statedTermOf(contract, lot);
    const begin = preference.value(startDate) ?? preference.value(contract.awardDate);
    return { begin, end: preference.value(endDate), term: preference.value(term) };
  });

const renewalsOf = ({ renewals, tacit }: Term): number =>
  tacit === undefined ? renewals.length : Number.POSITIVE_INFINITY;

/** The term with the most renewals: a decision is of the contract and its lots alike. */
const longestOf = (terms: readonly Term[]): Term | undefined =>
  terms.reduce<Term | undefined>(
    (most, term) => (most === undefined || renewalsOf(term) > renewalsOf(most) ? term : most),
    undefined,
  );

/** The decisions on renewals against the terms that they renew (D1). */
export const checkRenewals: ContractRule = (contract, preference) => {
  if (contract.renewals.length === 0) return [];
  const times = timesIn(contract, preference);
  const term = longestOf(times.flatMap((one) => one.term ?? []));
  const last = contract.renewals.reduce((most, { renewal }) => Math.max(most, renewal), 0);
  const phases = times.map((one) => phasesOf({ ...one, renewals: { exercised: 0, last } }));
  const decisions = new Map(contract.renewals.map((decision) => [decision.renewal, decision]));
  return contract.renewals.flatMap((decision, index) => {
    const phase = lastToBegin(
      phases.flatMap((each) => each.find(({ name }) => name === `renewal ${decision.renewal}`) ?? []),
    );
    const decided = { contract, decision, index, term, decisions, phase };
    const unknown = checkNumber(decided);
    return unknown.length > 0 ? unknown : [...checkSequence(decided), ...checkTime(decided)];
  });
};

const lastToBegin = (phases: readonly Phase[]): Phase | undefined =>
  phases.toSorted((a, b) => a.firstDays.last - b.firstDays.last).at(-1);

/** A contract of which the firm part is over, or of a lot, while a renewal could still run that nobody decided (D1c). */
export const undecidedIn = (contract: Contract, preference: Preference, day: PartialDate): readonly Finding[] => {
  const { origin, lots } = contract;
  const places = new Map(lots.map(({ id }, index) => [id, () => origin.locate(["lots", index])]));
  return termUnits(contract, lots, preference, day).flatMap(({ lot, dates: { phases } }) => {
    const [firm] = phases;
    if (firm === undefined || !isUndecided(phases, dayRange(day))) return [];
    const begun = phases.filter((phase) => phase.open && phase.firstDays.first <= dayRange(day).last);
    const what = begun.map(({ name }) => (name === "extended" ? "whether it was extended" : name)).join(", ");
    const name = lot === undefined ? contract.id : `lot ${lotRef(contract, lot)}`;
    const message = `${name}: its firm part ended on ${formatEnd(firm)}, and nobody decided ${what}`;
    const position = lot === undefined ? origin.locate(["contract"]) : places.get(lot.id)?.();
    return [findingOf("D1-undecided", message, position, "record it under renewals, as exercised or declined")];
  });
};
