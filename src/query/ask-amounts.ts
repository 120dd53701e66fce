import type { Preference } from "../model/claim.ts";
import { type Amount, compareMoney, isKnown, type Money, minorDigits } from "../model/money.ts";
import { isAmount } from "../records/guards.ts";
import { askedField, unanswered } from "./asked-fields.ts";
import { ceilingOfLot } from "./lot-ceiling.ts";
import { lotIn } from "./measures.ts";
import type { Clause, Operator } from "./query.ts";
import { type Subject, suppliersOf, type Test } from "./subject.ts";
import type { Amounts, AskedAmount } from "./values.ts";

type AmountTest = (amount: Money) => boolean;

/** The amounts that a lot states in a field; none where nothing is said. */
type AmountsOf = (subject: Subject, preference: Preference) => readonly Amount[];

const listed = (stated: unknown): readonly Amount[] => {
  if (isAmounts(stated)) return stated;
  return isAmount(stated) ? [stated] : [];
};

const isAmounts = (value: unknown): value is readonly Amount[] => Array.isArray(value) && value.every(isAmount);

const amountsIn = (field: string): AmountsOf => {
  if (field === "ceiling" || field === "quantity") {
    const measure = field === "ceiling" ? "money" : "quantity";
    return ({ lot }, preference) => {
      const amount = ceilingOfLot(lotIn(measure, lot), suppliersOf(lot, preference), preference);
      return amount === "missing" ? [] : [amount];
    };
  }
  if (field === "left")
    return ({ ceiling }) => (ceiling === undefined || ceiling.left === "missing" ? [] : [ceiling.left]);
  const asked = askedField(field, "amount");
  if (asked === undefined) throw unanswered(field);
  return (subject, preference) => listed(asked.statedOf(subject, preference));
};

/** Whether a field of amounts is known of a lot. */
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

/** Whether any known amount of a field passes. */
export const someAmount = (field: string, preference: Preference, passes: AmountTest): Test => {
  const amountsOf = amountsIn(field);
  const passesKnown = (amount: Amount): boolean => isKnown(amount) && passes(amount);
  return (subject) => amountsOf(subject, preference).some(passesKnown);
};

/** A clause of a field of amounts; what is unknown matches nothing. */
export const askAmounts = (
  { field, op, values }: Clause & { readonly kind: "amounts" },
  preference: Preference,
): Test => {
  const tests = values.map((range) => perCurrency((currency) => testIn(range, op, currency)));
  const test = someAmount(field, preference, (amount) => tests.some((each) => each(amount)));
  return op === "!=" ? (subject) => !test(subject) : test;
};

/** A test for each currency, made when first needed; the next amount is mostly in the same one. */
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

const testIn = ({ low, high, single }: Amounts, op: Operator, currency: string): AmountTest => {
  if ([low, high].some((end) => end?.currency !== undefined && end.currency !== currency)) return () => false;
  if (!single) return between(low && unitsOf(low, currency).up, high && unitsOf(high, currency).down);
  // One figure after a colon is meant to its own precision: 10.2M finds 10,252,762.00, too (N3).
  return op === ":" ? agreeingWith(low, currency) : comparedWith(unitsOf(low, currency), op);
};

const between = (least: bigint | undefined, most: bigint | undefined): AmountTest => {
  if (least === undefined) return ({ minor }) => most === undefined || minor <= most;
  return most === undefined ? ({ minor }) => minor >= least : ({ minor }) => minor >= least && minor <= most;
};

const agreeingWith = (asked: AskedAmount, currency: string): AmountTest => {
  const { up, down } = unitsOf(asked, currency);
  // Finer than the currency itself: no figure of it can be meant.
  if (up !== down) return () => false;
  const money = { minor: up, currency, precision: asked.money.precision };
  // Figures are asked for as they are stated, net or gross.
  return (amount) =>
    compareMoney(amount, amount.vat === undefined ? money : { ...money, vat: amount.vat }) !== "contradicts";
};

const comparedWith = ({ up, down }: Units, op: Operator): AmountTest => {
  switch (op) {
    case "<":
      return between(undefined, up - 1n);
    case "<=":
      return between(undefined, down);
    case ">":
      return between(down + 1n, undefined);
    case ">=":
      return between(up, undefined);
    default:
      return between(up, down);
  }
};

/** A figure in whole minor units of a currency, rounded up and down where it has more decimals than that. */
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
