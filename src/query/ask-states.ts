import { dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { isUndecided, standingAt } from "../model/phases.ts";
import { lotTermDates, openRenewals } from "../records/contract-term.ts";
import type { Order } from "../records/order.ts";
import { amountPresence, countIn, daysIn } from "./ask-ranges.ts";
import { queryFieldNamed, STATES, type State } from "./fields.ts";
import { isPerSupplier } from "./lot-ceiling.ts";
import { oncePerTerm, type Subject, suppliersInView, suppliersOf, type Test } from "./subject.ts";
import { someText } from "./text-values.ts";

export const askStates = (values: readonly string[], preference: Preference, today: PartialDate): Test => {
  const tests = STATES.filter((state) => values.includes(state)).map((state) => stateTest(state, preference, today));
  return (subject) => tests.some((test) => test(subject));
};

const stateTest = (state: State, preference: Preference, today: PartialDate): Test => {
  switch (state) {
    case "shared":
      return ({ lot }) => suppliersOf(lot, preference).length > 1 && !isPerSupplier(lot);
    case "sole":
      return ({ lot }) => {
        const { length } = suppliersOf(lot, preference);
        return length === 1 || (length > 1 && isPerSupplier(lot));
      };
    case "grouping":
      return (subject) => suppliersInView(subject, preference).some(({ kind }) => kind === "grouping");
    case "framework":
      return ({ contract }) => contract.framework;
    case "awarded":
      return ({ lot }) => lot.status === "awarded";
    case "renewable":
      return oncePerTerm(({ contract, lot }) => openRenewals(contract, lot, preference) > 0);
    case "undecided":
      return oncePerTerm(({ contract, lot }) =>
        isUndecided(lotTermDates(contract, lot, preference, today).phases, dayRange(today)),
      );
    case "ended":
    case "firm":
      return oncePerTerm((subject) => certainlyStands(subject, state, preference, today));
  }
};

const certainlyStands = (
  { contract, lot }: Subject,
  wanted: string,
  preference: Preference,
  today: PartialDate,
): boolean => {
  const { states } = standingAt(lotTermDates(contract, lot, preference, today).phases, today);
  return states.length === 1 && states[0] === wanted;
};

type Presence = "has" | "missing" | "withheld";

export const askPresence = (asked: Presence, fields: readonly string[], preference: Preference): Test => {
  const tests = fields.map((field) => presenceTest(asked, field, preference));
  return (subject) => tests.some((test) => test(subject));
};

const statesItself = (field: string): ((order: Order) => boolean) | undefined =>
  field === "lot" || field === "supplier" || field === "buyer" ? (order) => order[field] !== undefined : undefined;

const presenceTest = (asked: Presence, field: string, preference: Preference): Test => {
  const [states, test] = [statesItself(field), presenceOfLot(asked, field, preference)];
  if (states === undefined || asked === "withheld") return test;
  return (subject) => (subject.order === undefined ? test(subject) : states(subject.order.order) === (asked === "has"));
};

const presenceOfLot = (asked: Presence, field: string, preference: Preference): Test => {
  if (queryFieldNamed(field)?.type === "amount") {
    const presenceOf = amountPresence(field, preference);
    return (subject) => presenceOf(subject) === asked;
  }
  const has = hasTest(field, preference);
  return asked === "missing" ? (subject) => !has(subject) : has;
};

const hasTest = (field: string, preference: Preference): Test => {
  // The number of suppliers is always known, so `missing:suppliers` looks for lots that have none.
  if (field === "suppliers") return ({ lot }) => suppliersOf(lot, preference).length > 0;
  switch (queryFieldNamed(field)?.type) {
    case "date": {
      const daysOf = daysIn(field, preference);
      return (subject) => {
        const days = daysOf(subject);
        // An end that never comes counts as no end.
        return days !== undefined && days.first !== Number.POSITIVE_INFINITY;
      };
    }
    case "count": {
      const countOf = countIn(field, preference);
      return (subject) => countOf(subject) !== undefined;
    }
    default:
      return someText(field, preference, () => true);
  }
};
