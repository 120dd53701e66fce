import { type DayRange, dateOfDay, dayNumber, dayRange } from "../../model/calendar.ts";
import type { Preference } from "../../model/claim.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { comparePartialDates, formatDate, formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { dayAfter, formatEnd, isUndecided, type Phase, phasesOf, type StatedTimes } from "../../model/phases.ts";
import type { RenewalDecision } from "../../model/term.ts";
import {
  type Duration,
  decidedRenewals,
  formatDuration,
  formatPeriods,
  formatTerm,
  longestPeriods,
  renewalPeriods,
  type Term,
} from "../../model/term.ts";
import { contractAfterAll, modifiedLot } from "../../records/as-of.ts";
import { type Contract, OPEN_FRAMEWORK, type Regime } from "../../records/contract.ts";
import {
  hasOwnTerm,
  phasesOn,
  type StatedTerm,
  saysWhenItRuns,
  statedTermOf,
  termUnits,
} from "../../records/contract-term.ts";
import type { Lot } from "../../records/lot.ts";
import type { Modification } from "../../records/modification.ts";
import { lotRef } from "../views.ts";
import type { ContractRule } from "./contract-rule.ts";

/** A day to begin with where a contract states none: days and months can be compared only from some day on. */
const ANY_BEGIN = dayNumber(2024, 1, 1);

interface Termed {
  readonly contract: Contract;
  readonly lot: Lot | undefined;
  readonly name: string;
  /** What is stated on when it runs. A lot has from its contract what it does not state itself. */
  readonly stated: StatedTerm;
  readonly begin: PartialDate | undefined;
  readonly locate: (field: keyof StatedTerm) => Position;
}

const termedIn = (contract: Contract, preference: Preference): readonly Termed[] =>
  [undefined, ...contract.lots].flatMap((lot, index): Termed[] => {
    if (lot !== undefined && !hasOwnTerm(lot)) return [];
    const stated = statedTermOf(contract, lot);
    const begin = preference.value(stated.startDate) ?? preference.value(contract.awardDate);
    const path = lot === undefined ? [] : ["lots", index - 1];
    const name = lot === undefined ? contract.id : `lot ${lotRef(contract, lot)}`;
    return [{ contract, lot, name, stated, begin, locate: (field) => contract.origin.locate([...path, field]) }];
  });

/** Applies a rule to a contract, and to its lots that have terms of their own. */
const eachTermed =
  (rule: (termed: Termed, preference: Preference) => readonly Finding[]): ContractRule =>
  (contract, preference) =>
    termedIn(contractAfterAll(contract), preference).flatMap((termed) => rule(termed, preference));

/** The first day, from which periods are counted. */
const firstDayOf = ({ begin }: Termed): number => (begin === undefined ? ANY_BEGIN : dayRange(begin).first);

interface Length {
  readonly periods: readonly Duration[] | undefined;
  readonly field: keyof StatedTerm;
}

/**
 * How long something runs, by its term, its longest duration or its latest stated day. Undefined where none is stated.
 */
const lengthOf = (termed: Termed, preference: Preference): Length | undefined => {
  const { contract, stated, begin } = termed;
  const term = preference.value(stated.term);
  if (term !== undefined) return { periods: longestPeriods(term) ?? untilDeclined(term, contract), field: "term" };
  const longest = preference.value(stated.maximumDuration);
  if (longest !== undefined) return { periods: [longest], field: "maximumDuration" };
  const latest = preference.value(stated.latestEndDate ?? stated.endDate);
  if (latest === undefined || begin === undefined) return undefined;
  const days = dayRange(latest).first - dayRange(begin).last + 1;
  const field = stated.latestEndDate === undefined ? "endDate" : "latestEndDate";
  return days <= 0 ? undefined : { periods: [wholeOrDays(firstDayOf(termed), days)], field };
};

/** The periods of a term with tacit renewals, up to the declined one. Undefined where none is declined. */
const untilDeclined = (term: Term, { renewals }: Contract): readonly Duration[] | undefined => {
  const { last } = decidedRenewals(term, renewals);
  return Number.isFinite(last) ? [term.initial, ...renewalPeriods(term, 1, last)] : undefined;
};

/** A number of days from a day on, as months where they are whole months. */
const wholeOrDays = (first: number, days: number): Duration => {
  const [from, to] = [dateOfDay(first), dateOfDay(first + days)];
  const months = (to.year - from.year) * 12 + to.month - from.month;
  return dayAfter(first, [{ months }]) === first + days ? { months } : { months: 0, days };
};

/** Framework agreements of more than four years need a justification. Other regimes have other limits (D2). */
export const checkLength: ContractRule = eachTermed((termed, preference) => {
  const { contract, lot, name } = termed;
  const length = lengthOf(termed, preference);
  if (!contract.framework || length === undefined) return [];
  const { periods, field } = length;
  // A lot that only has its own begin runs as long as its contract, where this is found already.
  if (lot !== undefined && (field === "maximumDuration" || (field === "term" && lot.term === undefined))) return [];
  const { most, law } = limitOf(contract);
  const first = firstDayOf(termed);
  if (periods !== undefined && dayAfter(first, periods) <= dayAfter(first, [most])) return [];
  const runs = periods === undefined ? "without end" : `for up to ${formatPeriods(periods)}`;
  const message = `${name}: runs ${runs}, more than ${formatDuration(most)}`;
  const reason = reasonOf(termed, preference);
  return reason === undefined
    ? [findingOf("D2-length", message, termed.locate(field), `that needs a justification: ${law}`)]
    : [findingOf("D2-justified", `${message}, and says why: ${shortened(reason)}`, termed.locate(field), `see ${law}`)];
});

const MOST_LETTERS = 200;

const shortened = (text: string): string => (text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text);

/**
 * The stated reason for the length (BT-109). A contract without one has that of its lots, where all lots without a term
 * of their own state one.
 */
const reasonOf = ({ contract, lot }: Termed, preference: Preference): string | undefined => {
  if (lot !== undefined) return preference.value(lot.longTermReason ?? contract.longTermReason);
  const reasons = contract.lots
    .filter((one) => !hasOwnTerm(one))
    .map(({ longTermReason }) => preference.value(longTermReason));
  return preference.value(contract.longTermReason) ?? (reasons.includes(undefined) ? undefined : reasons[0]);
};

/** Compares the declared maximum with the term and its renewals (D1). */
export const checkMaximum: ContractRule = eachTermed((termed, preference) => {
  const { contract, lot, name, locate } = termed;
  const term = preference.value(contract.term);
  // A lot does not declare a maximum.
  if (term === undefined || lot !== undefined) return [];
  const first = firstDayOf(termed);
  const periods = longestPeriods(term);
  return (contract.maximumDuration ?? []).flatMap(({ value, by }) => {
    if (periods !== undefined && dayAfter(first, [value]) === dayAfter(first, periods)) return [];
    const length = periods === undefined ? "without end" : formatPeriods(periods);
    const message = `${name}: ${by.source ?? "the register"} declares at most ${formatDuration(value)}; the term with its renewals is ${length}`;
    return [findingOf("D1-maximum", message, locate("maximumDuration"))];
  });
});

/** Finds a term that begins before the contract was awarded, whichever days coarse dates stand for (D1). */
export const checkBegin: ContractRule = eachTermed(({ contract, lot, name, locate }, preference) => {
  const start = preference.value((lot ?? contract).startDate);
  const award = preference.value(contract.awardDate);
  if (start === undefined || award === undefined || dayRange(start).last >= dayRange(award).first) return [];
  const message = `${name}: its term begins on ${formatPartialDate(start)}, before the award on ${formatPartialDate(award)}`;
  return [findingOf("D1-begin", message, locate("startDate"))];
});

/** Finds an end that lies before the beginning, whichever days coarse dates stand for (D1d). */
export const checkReversed: ContractRule = eachTermed(({ lot, name, stated, begin, locate }, preference) => {
  const end = preference.value(stated.endDate);
  const latest = preference.value(stated.latestEndDate);
  const ends = [
    { field: "endDate", ends: "ends", date: end, after: begin, what: "begins" },
    {
      field: "latestEndDate",
      ends: "ends at the latest",
      date: latest,
      after: end ?? begin,
      what: end === undefined ? "begins" : "ends",
    },
  ] as const;
  return ends.flatMap(({ field, ends, date, after, what }) => {
    if (date === undefined || after === undefined || dayRange(date).last >= dayRange(after).first) return [];
    // Where a lot has the end of its contract, it is the lot's own beginning that does not fit.
    const wrong = lot !== undefined && lot[field] === undefined ? "startDate" : field;
    const message = `${name}: ${ends} on ${formatPartialDate(date)}, before it ${what} on ${formatPartialDate(after)}`;
    return [findingOf("D1-reversed", message, locate(wrong), "compare both with the notice")];
  });
});

/** Compares the stated end of the initial period with the one that follows from the term (D1). */
export const checkEnd: ContractRule = eachTermed(({ contract, lot, name, begin, locate }, preference) => {
  const own = lot ?? contract;
  const end = preference.value(own.endDate);
  const term = preference.value(own.term);
  const [firm] = term === undefined ? [] : phasesOf({ begin, term });
  if (end === undefined || firm === undefined) return [];
  const stated = dayRange(end);
  if (stated.first <= firm.lastDays.last && firm.lastDays.first <= stated.last) return [];
  const message = `${name}: ends on ${formatPartialDate(end)} by its stated end, but on ${formatEnd(firm)} by its term`;
  return [findingOf("D1-end", message, locate("endDate"), "the stated end counts: correct it or the term")];
});

interface TermLimit {
  readonly most: Duration;
  readonly law: string;
}

const LIMITS: Readonly<Record<Regime, TermLimit>> = {
  classic: { most: { months: 48 }, law: "Directive 2014/24/EU art. 33(1)" },
  utilities: { most: { months: 96 }, law: "Directive 2014/25/EU art. 51(1)" },
  defence: { most: { months: 84 }, law: "Directive 2009/81/EC art. 29(2)" },
  concession: { most: { months: 60 }, law: "Directive 2014/23/EU art. 18(2)" },
  "financial regulation": { most: { months: 48 }, law: "Regulation (EU, Euratom) 2024/2509, Annex I, 1.1" },
  "uk-2023": { most: { months: 48 }, law: "Procurement Act 2023 s. 47, 8 years for defence, security and utilities" },
};

/** An open framework: a scheme of successive frameworks on the same terms. */
const OPEN: TermLimit = { most: { months: 96 }, law: "Procurement Act 2023 s. 49" };

/** How long a framework agreement may run without a justification. */
const limitOf = ({ regime, notes }: Pick<Contract, "regime" | "notes">): TermLimit =>
  regime === "uk-2023" && notes.some(({ text }) => text === OPEN_FRAMEWORK) ? OPEN : LIMITS[regime ?? "classic"];

interface Decided {
  readonly contract: Contract;
  readonly decision: RenewalDecision;
  readonly index: number;
  /** Undefined where none is stated: then there are no renewals. */
  readonly term: Term | undefined;
  readonly decisions: ReadonlyMap<number, RenewalDecision>;
  /** The renewal's own phase by the term. Undefined where that is not known. */
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

/**
 * Finds a decision on a renewal where the one before is undecided, or was decided later. A tacit one needs no decision
 * (D1b).
 */
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

/** Finds a renewal that was exercised when the contract no longer ran. */
const checkTime = (decided: Decided): readonly Finding[] => {
  const { decision, phase } = decided;
  if (phase === undefined || decision.decision === "declined") return [];
  if (dayRange(decision.date).first <= phase.firstDays.last) return [];
  const message = `${nameOf(decided)}: exercised on ${formatPartialDate(decision.date)}, after it would have begun on ${phase.begin === undefined ? "a day that is not known" : formatDate(phase.begin)}`;
  return [findingOf("D1-late", message, placeOf(decided, "exercised"), "a contract that has ended cannot be renewed")];
};

/** When a contract runs, and those of its lots that have a term of their own. */
const timesIn = (contract: Contract, preference: Preference): readonly StatedTimes[] =>
  [undefined, ...contract.lots.filter(hasOwnTerm)].map((lot) => {
    const { startDate, endDate, term } = statedTermOf(contract, lot);
    const begin = preference.value(startDate) ?? preference.value(contract.awardDate);
    return { begin, end: preference.value(endDate), term: preference.value(term) };
  });

const renewalsOf = ({ renewals, tacit }: Term): number =>
  tacit === undefined ? renewals.length : Number.POSITIVE_INFINITY;

/** The term with the most renewals: a decision holds for the contract and its lots alike. */
const longestOf = (terms: readonly Term[]): Term | undefined =>
  terms.reduce<Term | undefined>(
    (most, term) => (most === undefined || renewalsOf(term) > renewalsOf(most) ? term : most),
    undefined,
  );

/** Compares the decisions on renewals with the terms that they renew (D1). */
export const checkRenewals: ContractRule = (contract, preference) => {
  if (contract.renewals.length === 0) return [];
  const times = timesIn(contractAfterAll(contract), preference);
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

/** Finds a contract or lot whose firm part is over while an undecided renewal could still run (D1c). */
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

/** The last phase of what a modification changes. Undefined where nothing says when it ends. */
const lastPhase = (contract: Contract, modification: Modification, preference: Preference): Phase | undefined => {
  const id = modifiedLot(modification, contract);
  const lot = contract.lots.find((one) => one.id === id);
  return phasesOn(contract, lot, preference).at(-1);
};

/** Why a modification cannot have its date, as far as the dates are certain. */
const whyNot = (
  contract: Contract,
  days: DayRange,
  last: Phase | undefined,
  preference: Preference,
): string | undefined => {
  const award = preference.value(contract.awardDate);
  if (award !== undefined && days.last < dayRange(award).first)
    return `before the award on ${formatPartialDate(award)}`;
  return last !== undefined && days.first > last.lastDays.last
    ? `after the latest end on ${formatEnd(last)}`
    : undefined;
};

/** A contract as its earlier modifications left it: those before a day that say when it runs. */
const retimedBefore = (contract: Contract, date: PartialDate): Contract => {
  const modifications = contract.modifications.filter(
    (one) => saysWhenItRuns(one) && comparePartialDates(one.date, date) < 0,
  );
  return modifications.length === 0 ? contract : contractAfterAll({ ...contract, modifications });
};

/** Finds modifications that are dated before the award or after the latest end, whatever today is (D1d). */
export const checkModificationDates: ContractRule = (contract, preference) =>
  contract.modifications.flatMap((modification, index) => {
    const { id, date } = modification;
    const last = lastPhase(retimedBefore(contract, date), modification, preference);
    const why = whyNot(contract, dayRange(date), last, preference);
    if (why === undefined) return [];
    const message = `${contract.id}: modification "${id}" is dated ${formatPartialDate(date)}, ${why}`;
    return [findingOf("D1-modification", message, contract.origin.locate(["modifications", index, "date"]))];
  });
