import type { Preference } from "../model/claim.ts";
import { type Amount, compareMoney, isKnown, type Money, minorDigits } from "../model/money.ts";
import type { Lot } from "../records/lot.ts";
import { ceilingOfLot } from "./lot-ceiling.ts";
import type { Clause, Operator } from "./query.ts";
import { suppliersOf, type Test } from "./subject.ts";
import type { Amounts, AskedAmount } from "./values.ts";

type AmountTest = (amount: Money) => boolean;

const singleAmountOf = (field: string, lot: Lot, preference: Preference): Amount => {
  switch (field) {
    case "ceiling":
      return ceilingOfLot(lot, suppliersOf(lot, preference).length, preference);
    case "estimate":
      return preference.value(lot.estimate) ?? "missing";
    default:
      // The last of them: reestimate.
      return preference.value(lot.reestimate) ?? "missing";
  }
};

/** Whether a field of amounts is known of a lot. */
export const amountPresence = (field: string, lot: Lot, preference: Preference): "has" | "missing" | "withheld" => {
  const amount = field === "awarded" ? preference.value(lot.awarded) : singleAmountOf(field, lot, preference);
  if (amount === undefined) return "missing";
  return typeof amount === "string" ? amount : "has";
};

/** Whether any known amount of a field passes. */
export const someAmount = (field: string, preference: Preference, passes: AmountTest): Test => {
  if (field !== "awarded") {
    return ({ lot }) => {
      const amount = singleAmountOf(field, lot, preference);
      return isKnown(amount) && passes(amount);
    };
  }
  return ({ lot }) => {
    const amounts = preference.value(lot.awarded);
    return amounts !== undefined && amounts !== "withheld" && amounts.some(passes);
  };
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
  const step = 10n ** BigInt(minorDigits(money.currency) - minorDigits(currency));
  const down = (money.minor - (((money.minor % step) + step) % step)) / step;
  return { down, up: down * step === money.minor ? down : down + 1n };
};
