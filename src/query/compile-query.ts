import { type DayRange, dayRange, shiftDay } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import type { Contract, Supplier } from "../model/contract.ts";
import { openRenewals, termDates } from "../model/contract-term.ts";
import { UsageError } from "../model/errors.ts";
import { fold } from "../model/fold.ts";
import { compareMoney, type Money } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { standingAt } from "../model/phases.ts";
import { queryFieldNamed, STATES, type State } from "./fields.ts";
import { isPerSupplier } from "./lot-ceiling.ts";
import type { Clause, Operator, Query } from "./query.ts";
import { amountsOf, countOf, dateOf, type Subject, searchedTexts, textsOf } from "./subject.ts";
import { type Amounts, type AskedDate, amountLike, type Counts, type Dates } from "./values.ts";

/** What the answer to a query depends on besides the data. */
export interface QueryContext {
  readonly preference: Preference;
  /** The day that `today` means. */
  readonly today: PartialDate;
}

export type Test = (subject: Subject) => boolean;

/** A query made ready to be asked of many lots. */
export interface CompiledQuery {
  readonly test: Test;
  /** Whether it asks about suppliers one by one, so that seats of one lot may answer differently. */
  readonly aboutSeats: boolean;
}

/**
 * Makes a query ready. The test throws UsageError where an amount without a currency meets data of several currencies:
 * comparing them would be wrong whatever the answer (T7).
 */
export const compileQuery = (query: Query, context: QueryContext): CompiledQuery => ({
  test: new Compiler(context).compileWhole(query),
  aboutSeats: asksAboutSeats(query),
});

const SEAT_WORDS: readonly string[] = ["supplier", "country", "kind", "grouping"];

/** The states and fields that a clause names after its colon; nothing that is said of a supplier is ever withheld. */
const wordsOf = ({ field, values }: Clause & { readonly kind: "texts" }): readonly string[] =>
  ["is", "has", "missing"].includes(field) ? values : [];

const asksAboutSeats = (query: Query): boolean => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.some(asksAboutSeats);
    case "not":
      return asksAboutSeats(query.part);
    case "word":
      return true;
    case "texts":
      return [query.field, ...wordsOf(query)].some((word) => SEAT_WORDS.includes(word));
    default:
      return false;
  }
};

class Compiler {
  readonly #preference: Preference;
  readonly #today: PartialDate;
  /** The fields that are compared with amounts without a currency, and the currencies that the data have there. */
  readonly #bare = new Set<string>();
  readonly #currencies = new Set<string>();

  constructor({ preference, today }: QueryContext) {
    this.#preference = preference;
    this.#today = today;
  }

  compileWhole(query: Query): Test {
    const test = this.compile(query);
    if (this.#bare.size === 0) return test;
    // Asked first, so that the order of the clauses does not decide which amounts are met.
    return (subject) => {
      for (const name of this.#bare) this.#refuseSecondCurrency(name, subject);
      return test(subject);
    };
  }

  compile(query: Query): Test {
    switch (query.kind) {
      case "and": {
        const tests = query.parts.map((part) => this.compile(part));
        return (subject) => tests.every((test) => test(subject));
      }
      case "or": {
        const tests = query.parts.map((part) => this.compile(part));
        return (subject) => tests.some((test) => test(subject));
      }
      case "not": {
        const test = this.compile(query.part);
        return (subject) => !test(subject);
      }
      case "any":
        return this.#scope(query.part, "some");
      case "all":
        return this.#scope(query.part, "every");
      case "word":
        return this.#word(query.text);
      default:
        return this.#clause(query);
    }
  }

  #scope(part: Query, quantifier: "some" | "every"): Test {
    const test = this.compile(part);
    const preference = this.#preference;
    return ({ contract }) =>
      contract.lots[quantifier]((lot) => {
        const suppliers = preference.value(lot.suppliers) ?? [];
        return test({ contract, lot, suppliers, holders: suppliers.length });
      });
  }

  #word(text: string): Test {
    const wanted = fold(text);
    const called = supplierTest((supplier) => searchedTexts(supplier).some((name) => fold(name).includes(wanted)));
    return ({ contract, lot, suppliers }) =>
      contract.id === text ||
      lot.id === text ||
      `${contract.id}/${lot.id}` === text ||
      (lot.title !== undefined && fold(lot.title).includes(wanted)) ||
      (contract.title !== undefined && fold(contract.title).includes(wanted)) ||
      suppliers.some(called);
  }

  #clause(clause: Clause): Test {
    switch (clause.kind) {
      case "texts":
        return this.#texts(clause.field, clause.op, clause.values);
      case "amounts":
        return this.#amounts(clause.field, clause.op, clause.values);
      case "dates":
        return this.#dates(clause.field, clause.op, clause.values);
      case "counts":
        return this.#counts(clause.field, clause.op, clause.values);
    }
  }

  #texts(name: string, op: ":" | "=" | "!=", values: readonly string[]): Test {
    if (name === "is") return this.#states(values);
    if (name === "has" || name === "missing" || name === "withheld") return this.#presence(name, values);
    const negate = op === "!=";
    if (queryFieldNamed(name)?.type === "id") {
      const wanted = new Set(values);
      return (subject) => textsOf(name, subject, this.#preference).some((text) => wanted.has(text)) !== negate;
    }
    const folded = values.map(fold);
    const matches = (text: string): boolean => {
      const found = fold(text);
      return op === ":" ? folded.some((wanted) => found.includes(wanted)) : folded.includes(found);
    };
    if (name === "supplier") {
      const called = supplierTest((supplier) => searchedTexts(supplier).some(matches));
      return ({ suppliers }) => suppliers.some(called) !== negate;
    }
    return (subject) => textsOf(name, subject, this.#preference).some(matches) !== negate;
  }

  #states(values: readonly string[]): Test {
    const states = STATES.filter((state) => values.includes(state));
    return (subject) => states.some((state) => this.#is(state, subject));
  }

  #is(state: State, { contract, lot, suppliers, holders }: Subject): boolean {
    switch (state) {
      case "shared":
        return holders > 1 && !isPerSupplier(lot);
      case "sole":
        return holders > 0 && (holders === 1 || isPerSupplier(lot));
      case "grouping":
        return suppliers.some(({ kind }) => kind === "grouping");
      case "framework":
        return contract.framework;
      case "awarded":
        return lot.status === "awarded";
      case "renewable":
        return openRenewals(contract, this.#preference) > 0;
      case "ended":
      case "firm":
        return this.#certainlyStands(contract, state);
    }
  }

  #certainlyStands(contract: Contract, wanted: string): boolean {
    const { states } = standingAt(termDates(contract, this.#preference).phases, this.#today);
    return states.length === 1 && states[0] === wanted;
  }

  #presence(asked: "has" | "missing" | "withheld", fields: readonly string[]): Test {
    return (subject) => fields.some((name) => this.#presenceOf(name, subject) === asked);
  }

  #presenceOf(name: string, subject: Subject): "has" | "missing" | "withheld" {
    switch (queryFieldNamed(name)?.type) {
      case "amount": {
        const amounts = amountsOf(name, subject, this.#preference);
        return typeof amounts === "string" ? amounts : "has";
      }
      case "date":
        return dateOf(name, subject, this.#preference) === undefined ? "missing" : "has";
      case "count":
        return countOf(name, subject, this.#preference) === undefined ? "missing" : "has";
      default:
        return textsOf(name, subject, this.#preference).length === 0 ? "missing" : "has";
    }
  }

  #amounts(name: string, op: Operator, values: readonly Amounts[]): Test {
    if (values.some(({ low, high }) => (low ?? high)?.currency === undefined)) this.#bare.add(name);
    return (subject) => {
      const amounts = amountsOf(name, subject, this.#preference);
      if (typeof amounts === "string") return op === "!=";
      return op === "!="
        ? !amounts.some((amount) => values.some((range) => isEqual(amount, range)))
        : amounts.some((amount) => values.some((range) => isWithinAmounts(amount, op, range)));
    };
  }

  #refuseSecondCurrency(name: string, subject: Subject): void {
    const amounts = amountsOf(name, subject, this.#preference);
    if (typeof amounts === "string") return;
    for (const { currency } of amounts) this.#currencies.add(currency);
    if (this.#currencies.size <= 1) return;
    const found = [...this.#currencies].sort();
    throw new UsageError(
      `${name}: an amount without a currency, and the data have several: ${found.join(", ")}`,
      `say which: ${name}:${found[0]}10M..`,
    );
  }

  #dates(name: string, op: Operator, values: readonly Dates[]): Test {
    const ranges = values.map((range) => ({
      low: range.low && this.#days(range.low),
      high: range.high && this.#days(range.high),
      perhaps: range.perhaps,
    }));
    return (subject) => {
      const date = dateOf(name, subject, this.#preference);
      if (date === undefined) return op === "!=";
      const days = dayRange(date);
      return op === "!="
        ? !ranges.some(({ low }) => low?.first === days.first && low.last === days.last)
        : ranges.some((range) => isWithinDays(days, op, range));
    };
  }

  #days(asked: AskedDate): DayRange {
    if (asked.kind === "date") return dayRange(asked.date);
    const { count, unit } = asked;
    const { first, last } = dayRange(this.#today);
    return { first: shiftDay(first, count, unit), last: shiftDay(last, count, unit) };
  }

  #counts(name: string, op: Operator, values: readonly Counts[]): Test {
    return (subject) => {
      const count = countOf(name, subject, this.#preference);
      if (count === undefined) return op === "!=";
      return op === "!="
        ? !values.some(({ low }) => low === count)
        : values.some((range) => isWithinCounts(count, op, range));
    };
  }
}

/** Asks about a supplier once, for it may hold thousands of lots. */
const supplierTest = (test: (supplier: Supplier) => boolean): ((supplier: Supplier) => boolean) => {
  const known = new Map<Supplier, boolean>();
  return (supplier) => {
    const before = known.get(supplier);
    if (before !== undefined) return before;
    const answer = test(supplier);
    known.set(supplier, answer);
    return answer;
  };
};

const isEqual = (amount: Money, { low }: Amounts): boolean => {
  const asked = low && amountLike(low, amount);
  return asked !== undefined && asked.currency === amount.currency && asked.minor === amount.minor;
};

const isWithinAmounts = (amount: Money, op: Operator, { low, high, single }: Amounts): boolean => {
  const from = low && amountLike(low, amount);
  const to = high && amountLike(high, amount);
  if ((low !== undefined && from === undefined) || (high !== undefined && to === undefined)) return false;
  if ((from ?? to)?.currency !== amount.currency) return false;
  if (from === undefined || to === undefined || !single) {
    return (from === undefined || amount.minor >= from.minor) && (to === undefined || amount.minor <= to.minor);
  }
  // One figure after a colon is meant to its own precision: 10.2M finds 10,252,762.00, too (N3).
  return op === ":" ? compareMoney(amount, from) !== "contradicts" : compareNumbers(amount.minor, op, from.minor);
};

const compareNumbers = <T extends number | bigint>(a: T, op: Operator, b: T): boolean => {
  switch (op) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    default:
      return a === b;
  }
};

/** Certain, unless "perhaps" is asked for: a date known to the month lies in a range when all its days do. */
const isWithinDays = (
  date: DayRange,
  op: Operator,
  {
    low,
    high,
    perhaps,
  }: { readonly low: DayRange | undefined; readonly high: DayRange | undefined; readonly perhaps: boolean },
): boolean => {
  if (op === ":" || low === undefined) {
    const [earliest, latest] = perhaps ? [date.last, date.first] : [date.first, date.last];
    return (low === undefined || earliest >= low.first) && (high === undefined || latest <= high.last);
  }
  switch (op) {
    case "<":
      return date.last < low.first;
    case "<=":
      return date.last <= low.last;
    case ">":
      return date.first > low.last;
    case ">=":
      return date.first >= low.first;
    default:
      return date.first === low.first && date.last === low.last;
  }
};

const isWithinCounts = (count: number, op: Operator, { low, high, single }: Counts): boolean => {
  if (!single || low === undefined) return (low === undefined || count >= low) && (high === undefined || count <= high);
  return compareNumbers(count, op, low);
};
