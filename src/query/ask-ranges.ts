import { type DayRange, dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { type Amount, compareMoney, isKnown, type Money, minorDigits } from "../model/money.ts";
import type { PartialDate } from "../model/partial-date.ts";
import { daysToAward, lotTermDates } from "../records/contract-term.ts";
import { isAmount, isCounted, isDate } from "../records/kinds.ts";
import { askedField, unanswered } from "./fields.ts";
import { ceilingOfLot, lotIn } from "./lot-ceiling.ts";
import type { Clause, Operator } from "./query.ts";
import { oncePerTerm, type Subject, suppliersOf, type Test } from "./subject.ts";
import { type Amounts, type AskedAmount, type Counts, type Dates, daysAsked } from "./values.ts";

/** The test of a clause. `!=` is the opposite of `=`, so that an unknown value is not the one that was asked for. */
const asked = (op: Operator, test: Test): Test => (op === "!=" ? (subject) => !test(subject) : test);

/** Whether a value passes that lies between two ends, or is known exactly if both are the same. */
type EndsTest<T> = (first: T, last: T) => boolean;

const comparedWith = <T extends number | bigint>(first: T, last: T, op: Operator): EndsTest<T> => {
  switch (op) {
    case "<":
      return (_, end) => end < first;
    case "<=":
      return (_, end) => end <= last;
    case ">":
      return (begin) => begin > last;
    case ">=":
      return (begin) => begin >= first;
    default:
      return (begin, end) => begin === first && end === last;
  }
};

/** Whether all of it lies between two numbers, either of which may be left out. */
const within =
  (from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): EndsTest<number> =>
  (first, last) =>
    first >= from && last <= to;

/**
 * The number that a field has: how many suppliers are in view, or what is stated or worked out. Undefined where nothing
 * is said.
 */
export const countIn = (field: string, preference: Preference): ((subject: Subject) => number | undefined) => {
  if (field === "suppliers") return ({ lot }) => suppliersOf(lot, preference).length;
  if (field === "daysToAward") return ({ contract }) => daysToAward(contract, preference);
  if (field === "used") return ({ ceiling }) => ceiling?.used;
  const stating = askedField(field, "count");
  if (stating === undefined) throw unanswered(field);
  return (subject) => {
    const stated = stating.statedOf(subject, preference);
    return isCounted(stated) ? stated.count : undefined;
  };
};

const countTest = ({ low, high, single }: Counts, op: Operator): EndsTest<number> =>
  single ? comparedWith(low, low, op) : within(low, high);

export const askCounts = (
  { field, op, values }: Clause & { readonly kind: "counts" },
  preference: Preference,
): Test => {
  const tests = values.map((range) => countTest(range, op));
  const countOf = countIn(field, preference);
  return asked(op, (subject) => {
    const count = countOf(subject);
    return count !== undefined && tests.some((test) => test(count, count));
  });
};

/** The days that a field's date may be. For an end it is worked out or stated. Undefined where nothing is said. */
export const daysIn = (field: string, preference: Preference): ((subject: Subject) => DayRange | undefined) => {
  if (field === "firmEnd" || field === "latestEnd")
    return ({ contract, lot }) =>
      lotTermDates(contract, lot, preference).phases.at(field === "firmEnd" ? 0 : -1)?.lastDays;
  const stating = askedField(field, "date");
  if (stating === undefined) throw unanswered(field);
  return (subject) => {
    const stated = stating.statedOf(subject, preference);
    return isDate(stated) ? dayRange(stated) : undefined;
  };
};

/**
 * Whether a date certainly lies in a range, or perhaps does where "perhaps" is asked for. A date that is known to the
 * month lies in a range if all its days do.
 */
const dateTest = (range: Dates, op: Operator, today: PartialDate): EndsTest<number> => {
  const [low, high] = [range.low && daysAsked(range.low, today), range.high && daysAsked(range.high, today)];
  if (range.single && op !== ":" && low !== undefined) return comparedWith(low.first, low.last, op);
  const lies = within(low?.first, high?.last);
  // With "perhaps", the first day must not lie beyond the upper end, nor the last day below the lower one.
  return range.perhaps ? (first, last) => lies(last, first) : lies;
};

export const askDates = (
  { field, op, values }: Clause & { readonly kind: "dates" },
  preference: Preference,
  today: PartialDate,
): Test => {
  const tests = values.map((range) => dateTest(range, op, today));
  const daysOf = daysIn(field, preference);
  const test = asked(op, (subject) => {
    const days = daysOf(subject);
    return days !== undefined && tests.some((each) => each(days.first, days.last));
  });
  const stating = askedField(field, "date");
  return stating === undefined || stating.of === "contract" ? oncePerTerm(test) : test;
};

type AmountTest = (amount: Money) => boolean;

type AmountsOf = (subject: Subject, preference: Preference) => readonly Amount[];

const listed = (stated: unknown): readonly Amount[] => {
  if (Array.isArray(stated) && stated.every(isAmount)) return stated;
  return isAmount(stated) ? [stated] : [];
};

/** Gives what may be spent on a lot, or ordered. Undefined for fields of other amounts. */
const ceilingIn = (field: string): ((subject: Subject, preference: Preference) => Amount) | undefined => {
  if (field !== "ceiling" && field !== "quantity") return undefined;
  const measure = field === "ceiling" ? "money" : "quantity";
  return ({ lot }, preference) => ceilingOfLot(lotIn(measure, lot), suppliersOf(lot, preference), preference);
};

const amountsIn = (field: string): AmountsOf => {
  const ceilingOf = ceilingIn(field);
  if (ceilingOf !== undefined)
    return (subject, preference) => {
      const amount = ceilingOf(subject, preference);
      return amount === "missing" ? [] : [amount];
    };
  if (field === "left")
    return ({ ceiling }) => (ceiling === undefined || ceiling.left === "missing" ? [] : [ceiling.left]);
  const stating = askedField(field, "amount");
  if (stating === undefined) throw unanswered(field);
  return (subject, preference) => listed(stating.statedOf(subject, preference));
};

export const amountPresence = (
  field: string,
  preference: Preference,
): ((subject: Subject) => "has" | "missing" | "withheld") => {
  const amountsOf = amountsIn(field);
  return (subject) => {
    const [first] = amountsOf(subject, preference);
    if (first === undefined) return "missing";
    return typeof first === "string" ? first : "has";
  };
};

export const someAmount = (field: string, preference: Preference, passes: AmountTest): Test => {
  const passesKnown = (amount: Amount): boolean => isKnown(amount) && passes(amount);
  const ceilingOf = ceilingIn(field);
  // Each lot has only one such amount, so no list is made.
  if (ceilingOf !== undefined) return (subject) => passesKnown(ceilingOf(subject, preference));
  const amountsOf = amountsIn(field);
  return (subject) => amountsOf(subject, preference).some(passesKnown);
};

export const askAmounts = (
  { field, op, values }: Clause & { readonly kind: "amounts" },
  preference: Preference,
): Test => {
  const tests = values.map((range) => perCurrency((currency) => amountTest(range, op, currency)));
  return asked(
    op,
    someAmount(field, preference, (amount) => tests.some((each) => each(amount))),
  );
};

/** A test for each currency, made when it is first needed. The next amount usually has the same currency. */
const perCurrency = (make: (currency: string) => AmountTest): AmountTest => {
  const made = new Map<string, AmountTest>();
  let currency: string | undefined;
  let test: AmountTest = () => false;
  return (amount) => {
    if (amount.currency !== currency) {
      currency = amount.currency;
      test = made.get(currency) ?? make(currency);
      made.set(currency, test);
    }
    return test(amount);
  };
};

const amountTest = ({ low, high, single }: Amounts, op: Operator, currency: string): AmountTest => {
  if ([low, high].some((end) => end?.currency !== undefined && end.currency !== currency)) return () => false;
  if (!single) return between(low && unitsOf(low, currency).up, high && unitsOf(high, currency).down);
  // A single figure after a colon is compared to its own precision: 10.2M finds 10,252,762.00, too (N3).
  if (op === ":") return agreeingWith(low, currency);
  const { down, up } = unitsOf(low, currency);
  const test = comparedWith(up, down, op);
  return ({ minor }) => test(minor, minor);
};

const between = (least: bigint | undefined, most: bigint | undefined): AmountTest => {
  if (least === undefined) return ({ minor }) => most === undefined || minor <= most;
  return most === undefined ? ({ minor }) => minor >= least : ({ minor }) => minor >= least && minor <= most;
};

const agreeingWith = (wanted: AskedAmount, currency: string): AmountTest => {
  const { up, down } = unitsOf(wanted, currency);
  // The figure is finer than the currency, so no amount can equal it.
  if (up !== down) return () => false;
  const money = { minor: up, currency, precision: wanted.money.precision };
  // Amounts are compared as they are stated, net or gross.
  return (amount) =>
    compareMoney(amount, amount.vat === undefined ? money : { ...money, vat: amount.vat }) !== "contradicts";
};

/** A figure in whole minor units of a currency, rounded down and up if it has more decimals than the currency. */
interface Units {
  readonly up: bigint;
  readonly down: bigint;
}

const unitsOf = ({ money }: AskedAmount, currency: string): Units => {
  const finer = minorDigits(money.currency) - minorDigits(currency);
  if (finer < 0) {
    const exact = money.minor * 10n ** BigInt(-finer);
    return { down: exact, up: exact };
  }
  const step = 10n ** BigInt(finer);
  const down = (money.minor - (((money.minor % step) + step) % step)) / step;
  return { down, up: down * step === money.minor ? down : down + 1n };
};
