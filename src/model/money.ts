/**
 * Net and gross differ as currencies do. What may be added has one unit ({@link unitOf}): the currency, and whether VAT
 * is in the amount. Sums, totals and comparisons go by it. Amounts are marked once, when their contract is read.
 */

import { minorUnitDigits } from "./currency.ts";
import { CURRENCY_SIGNS, currenciesOfSign, hasDecimalComma, meantFigure } from "./meant-amount.ts";
import { once } from "./once.ts";
import { groupThousands } from "./phrases.ts";

/**
 * An exact amount of one currency, or an exact quantity of one named unit (L4). Both are figures in a unit, and are
 * limited, added and compared in the same way, but never with each other. `minor` counts the currency's minor units
 * (cents), or millionths of a named unit. `precision` is the power of ten of the main unit to which the figure is
 * known: 5 for `EUR 10.2M`, 0 for `EUR 700,000`, -2 for `EUR 1.00`.
 */
export interface Money {
  readonly minor: bigint;
  /** The code of the currency. Of a quantity, its unit in lower case: `machines`. */
  readonly currency: string;
  /** The unit of a quantity as it was written, where that is not in lower case: `GPU hours`. */
  readonly called?: string;
  readonly precision: number;
  /** The figure as a notice wrote it, where it has more decimals than the currency. `minor` is what it rounds to. */
  readonly written?: string;
  /**
   * Set where the amount includes value added tax. Others are net of it, as Directive 2014/24/EU art. 5(1) counts
   * values.
   */
  readonly vat?: "included";
  /**
   * Set where parts of a sum are unknown. The true figure is at least or at most this one, or lies between `least` and
   * this one.
   */
  readonly bound?: "atLeast" | "atMost" | "between";
  /** With the bound "between": the lower end, in minor units. The amount itself is the upper end. */
  readonly least?: bigint;
}

/** What a record says of an amount: a known figure (which may be zero), nothing, or that it is kept secret. */
export type Amount = Money | "missing" | "withheld";

export const INCLUDING_VAT = " incl. VAT";

/**
 * The unit that amounts must share to be added and compared (T7): the currency, and whether they include value added
 * tax. `EUR`, or `EUR incl. VAT`.
 */
export const unitOf = ({ currency, vat }: Pick<Money, "currency" | "vat">): string =>
  vat === undefined ? currency : currency + INCLUDING_VAT;

/** The currency of a unit, and whether VAT is in its amounts. */
export const currencyIn = (unit: string): Pick<Money, "currency" | "vat"> =>
  unit.endsWith(INCLUDING_VAT)
    ? { currency: unit.slice(0, -INCLUDING_VAT.length), vat: "included" }
    : { currency: unit };

const moneyIn = (unit: string, minor: bigint, precision: number): Money => {
  const { currency, vat } = currencyIn(unit);
  return vat === undefined ? { minor, currency, precision } : { minor, currency, precision, vat };
};

export const isKnown = (amount: Amount): amount is Money => typeof amount === "object";

export interface MoneyProblem {
  readonly rule: "N2-amount" | "N2-currency" | "N2-decimals" | "L4-quantity";
  readonly problem: string;
  readonly hint: string;
}

export const SUFFIX_EXPONENT: ReadonlyMap<string, number> = new Map([
  ["k", 3],
  ["M", 6],
  ["bn", 9],
]);
const MAX_DIGITS = 24;
const FIGURE = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?(k|M|bn)?$/;
const AMOUNT_FORMS = "write EUR 10.2M, EUR 10,252,762.00 or 10252762.00 EUR";

/** Powers of ten. Every amount needs one, and raising takes longer than reading an amount. */
const POWERS = once(() => Array.from({ length: 20 }, (_, exponent) => 10n ** BigInt(exponent)));

const tenTo = (exponent: number): bigint => POWERS()[exponent] ?? 10n ** BigInt(exponent);

const BEFORE = /^([A-Za-z]{3} |[A-Z]{3}(?=-?\d)|[\u20ac\u00a3] ?)(\S+)$/;
const AFTER = /^(\S+?)( [A-Za-z]{3}|[A-Z]{3}| ?[\u20ac\u00a3])$/;

/** Splits `EUR 10M`, `EUR10M`, `10M EUR` and `€10M` into the currency and the figure, which is not read yet. */
export const splitCurrency = (text: string): readonly [currency: string, figure: string] | undefined => {
  const before = BEFORE.exec(text);
  const [, one = "", other = ""] = before ?? AFTER.exec(text) ?? [];
  if (one === "") return undefined;
  const [currency, figure] = before === null ? [other.trim(), one] : [one.trim(), other];
  return before === null && !/^-?[\d.]/.test(figure) ? undefined : [CURRENCY_SIGNS.get(currency) ?? currency, figure];
};

const meantAmount = (text: string): { readonly currency: string | undefined; readonly figure: string } | undefined => {
  const [, before = "", middle = "", after = ""] =
    /^([A-Z]{3}|[\u20ac\u00a3])?\s*(.*?)\s*([A-Z]{3}|[\u20ac\u00a3])?$/.exec(text) ?? [];
  const figure = meantFigure(middle);
  const sign = before || after || undefined;
  return figure === undefined ? undefined : { figure, currency: sign && (CURRENCY_SIGNS.get(sign) ?? sign) };
};

const explainUnsplit = (text: string): MoneyProblem => {
  const codes = currenciesOfSign(text);
  if (codes.length > 0) {
    const hint = `name the currency by its code: ${codes.slice(0, 3).join(", ")} …`;
    return { rule: "N2-currency", problem: `"${text}" may be in several currencies`, hint };
  }
  const { figure, currency } = meantAmount(text) ?? {};
  if (figure === undefined) return { rule: "N2-amount", problem: `"${text}" is not an amount`, hint: AMOUNT_FORMS };
  if (currency !== undefined) return explainFigure(text, currency);
  const hint = `write it, for example: EUR ${figure}`;
  return { rule: "N2-currency", problem: `the amount "${text}" has no currency`, hint };
};

const explainFigure = (written: string, currency: string): MoneyProblem => {
  const figure = meantFigure(
    written.replace(/^[A-Z\u20ac\u00a3]+\s*/, "").replace(/\s*[A-Z\u20ac\u00a3]{3}$|\s*[\u20ac\u00a3]$/, ""),
  );
  const problem = hasDecimalComma(written) ? `"${written}" has a decimal comma` : `"${written}" is not a figure`;
  const isMeant = figure !== undefined && !isMoneyProblem(parseFigure(figure, currency));
  return { rule: "N2-amount", problem, hint: isMeant ? `write ${currency} ${figure}` : AMOUNT_FORMS };
};

const explainCurrency = (currency: string): MoneyProblem => {
  const upper = currency.toUpperCase();
  const known = minorUnitDigits(upper) !== undefined;
  return {
    rule: "N2-currency",
    problem: `"${currency}" is not an ISO 4217 currency code`,
    hint: known
      ? `currency codes are written in capitals: ${upper}`
      : "use a three-letter code such as EUR, USD or GBP",
  };
};

/** The longest figure that is read as a number: with the most decimals that a currency has, four, it is still exact. */
const MAX_PLAIN_LENGTH = 12;
const [SPACE, ZERO, NINE, POINT] = [32, 48, 57, 46];
const CODE_LENGTH = 3;

/**
 * Reads a figure of digits and at most one point without a pattern. Most figures are like that, and long ledgers have a
 * million of them. Undefined for any other figure, and for one that is wrong.
 */
const parsePlainFigure = (figure: string, currency: string, minorDigits: number): Money | undefined => {
  if (figure === "" || figure.length > MAX_PLAIN_LENGTH) return undefined;
  if (figure.charCodeAt(0) === ZERO && figure.charCodeAt(1) >= ZERO) return undefined;
  let value = 0;
  let decimals = -1;
  for (let index = 0; index < figure.length; index++) {
    const code = figure.charCodeAt(index);
    if (decimals >= 0) decimals++;
    if (code >= ZERO && code <= NINE) value = value * 10 + code - ZERO;
    else if (code === POINT && index > 0 && decimals < 0) decimals = 0;
    else return undefined;
  }
  if (decimals === 0 || decimals > minorDigits) return undefined;
  const precision = decimals < 0 ? 0 : -decimals;
  return { minor: BigInt(value * 10 ** (minorDigits + precision)), currency, precision };
};

/**
 * Reads a figure with an optional suffix (`10.2M`, `10,252,762.00`) in the given currency, exactly. Refuses exponents,
 * octal and hexadecimal forms, misplaced separators and more decimals than the currency has.
 */
export const parseFigure = (figure: string, currency: string): Money | MoneyProblem => {
  const digits = minorUnitDigits(currency);
  return digits === undefined ? explainCurrency(currency) : parseFigureIn(figure, currency, digits);
};

const MAY_BE_THOUSANDS = /^-?[1-9]\d{0,2}\.\d{3}$/;

/** The decimals without zeros for which the currency has no places. Databases write such zeros: `12500.0000`. */
const withoutNeedlessZeros = (decimals: string, places: number): string =>
  /[1-9]/.test(decimals.slice(places)) ? decimals : decimals.slice(0, places);

export const parseFigureIn = (figure: string, currency: string, digits: number): Money | MoneyProblem => {
  const plain = parsePlainFigure(figure, currency, digits);
  if (plain !== undefined) return plain;
  const match = FIGURE.exec(figure);
  if (match === null) return explainFigure(figure, currency);
  const [, sign, whole = "", decimals = "", suffix = ""] = match;
  const plainWhole = whole.replaceAll(",", "");
  if (plainWhole.length > 1 && plainWhole.startsWith("0")) {
    return { rule: "N2-amount", problem: `"${figure}" starts with a zero`, hint: AMOUNT_FORMS };
  }
  if (plainWhole.length + decimals.length > MAX_DIGITS) {
    return {
      rule: "N2-amount",
      problem: `"${figure.slice(0, 30)}…" has more than ${MAX_DIGITS} digits`,
      hint: AMOUNT_FORMS,
    };
  }
  const exponent = SUFFIX_EXPONENT.get(suffix) ?? 0;
  const mayBeThousands = MAY_BE_THOUSANDS.test(figure);
  const fraction = mayBeThousands ? decimals : withoutNeedlessZeros(decimals, exponent + digits);
  const precision = exponent - fraction.length;
  if (precision < -digits) {
    return {
      rule: "N2-decimals",
      problem: `"${figure}" has more decimals than ${currency} has (${digits})`,
      hint: mayBeThousands
        ? `write ${currency} ${figure.replace(".", ",")} if the point separates thousands`
        : "round the figure, or check the currency",
    };
  }
  const magnitude = BigInt(plainWhole + fraction) * tenTo(precision + digits);
  return { minor: sign === "-" ? -magnitude : magnitude, currency, precision };
};

/** Reads an amount as people write it: `EUR 10.2M`, `EUR10.2M`, `€10.2M`, `10252762.00 EUR`. */
export const parseMoney = (text: string): Money | MoneyProblem => parsePlainMoney(text) ?? parseWrittenMoney(text);

/** Reads an amount as programs write it, `EUR 10252762.00`, without a pattern. Undefined for any other text. */
const parsePlainMoney = (text: string): Money | undefined => {
  if (text.charCodeAt(CODE_LENGTH) !== SPACE) return undefined;
  const currency = text.slice(0, CODE_LENGTH);
  const digits = minorUnitDigits(currency);
  return digits === undefined ? undefined : parsePlainFigure(text.slice(CODE_LENGTH + 1), currency, digits);
};

const parseWrittenMoney = (text: string): Money | MoneyProblem => {
  const parts = splitCurrency(text);
  if (parts === undefined) return explainUnsplit(text);
  return parseFigure(parts[1], parts[0]);
};

export const isMoneyProblem = (parsed: Money | MoneyProblem): parsed is MoneyProblem => "problem" in parsed;

/** How many decimals quantities are calculated with. */
export const QUANTITY_DECIMALS = 6;

/** Whether a figure is a quantity of a named unit rather than an amount of money (L4). */
export const isQuantity = ({ currency }: Pick<Money, "currency">): boolean => {
  const first = currency.charCodeAt(0);
  // Codes of currencies are in capitals, and units never are.
  return !(first >= CAPITAL_A && first <= CAPITAL_Z);
};

const [CAPITAL_A, CAPITAL_Z] = [65, 90];

/**
 * The most frequent of some units. Units of money come before those of quantities, and of equally frequent ones the
 * first in order of letters counts. The order of the list makes no difference.
 */
export const usualUnit = (units: readonly string[]): string | undefined => {
  const counts = new Map<string, number>();
  for (const unit of units) counts.set(unit, (counts.get(unit) ?? 0) + 1);
  const rank = ([unit, count]: readonly [string, number]): number =>
    (isQuantity({ currency: unit }) ? 0 : units.length) + count;
  const ranked = [...counts].sort((a, b) => rank(b) - rank(a) || (a[0] < b[0] ? -1 : 1));
  return ranked[0]?.[0];
};

export const minorDigits = (currency: string): number =>
  minorUnitDigits(currency) ?? (isQuantity({ currency }) ? QUANTITY_DECIMALS : 2);

/** The figure as a plain decimal with the given number of decimals, never with an exponent. */
const decimalText = (minor: bigint, minorDigits: number, decimals: number): string => {
  const negative = minor < 0n;
  const padded = (negative ? -minor : minor).toString().padStart(minorDigits + 1, "0");
  const whole = padded.slice(0, padded.length - minorDigits);
  const fraction = padded.slice(padded.length - minorDigits).slice(0, decimals);
  return `${negative ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
};

/**
 * How many decimals to show: those that were written. A quantity shows all that it has, because its unit has no
 * smallest part.
 */
const decimalsOf = (money: Money): number =>
  Math.max(0, -(isQuantity(money) ? showingAll(money).precision : money.precision));

/** The exact decimal literal, with the decimals that were written: `10200000`, `10252762.00`. */
export const moneyLiteral = (money: Money): string =>
  decimalText(money.minor, minorDigits(money.currency), decimalsOf(money));

/** A plain decimal as a whole number of units with so many decimals, rounded half away from zero. */
export const roundDecimal = (decimal: string, decimals: number): bigint => {
  const [whole = "", fraction = ""] = decimal.split(".");
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, "0"));
  if (fraction.slice(decimals) < "5") return kept;
  return whole.startsWith("-") ? kept - 1n : kept + 1n;
};

/**
 * The literal for machines. It has every decimal that a notice wrote, although only minor units are calculated with.
 */
export const exactLiteral = (money: Money): string => {
  const { written, minor, currency } = money;
  const stands = written !== undefined && roundDecimal(written, minorDigits(currency)) === minor;
  return stands ? written : moneyLiteral(money);
};

const suffixFor = (precision: number): readonly [suffix: string, exponent: number] => {
  if (precision <= 0) return ["", 0];
  if (precision <= 3) return ["k", 3];
  return precision <= 6 ? ["M", 6] : ["bn", 9];
};

const figureText = (stated: Money): string => {
  const money = isQuantity(stated) ? showingAll(stated) : stated;
  const [suffix, exponent] = suffixFor(money.precision);
  const decimals = Math.max(0, exponent - money.precision);
  const scaled = decimalText(money.minor, minorDigits(money.currency) + exponent, decimals);
  return `${scaled.replace(/\d+/, groupThousands)}${suffix}`;
};

/**
 * The amount for people, to its written precision: `EUR 10.2M`, `EUR 10,252,762.00`. `≥ EUR 3M` is a lower bound,
 * `≤ EUR 3M` an upper one, `EUR 2M to EUR 3M` a range. `incl. VAT` stands behind an amount that includes the tax. A
 * quantity has its unit behind it: `2,500 machines`.
 */
export const formatMoney = (money: Money): string => {
  const { currency, called = currency, precision, vat, bound, least = 0n } = money;
  const text = isQuantity(money)
    ? `${figureText(money)} ${called}`
    : `${currency} ${figureText(money)}${vat === undefined ? "" : INCLUDING_VAT}`;
  if (bound === "between") return `${formatMoney({ minor: least, currency, called, precision })} to ${text}`;
  return bound === undefined ? text : `${bound === "atLeast" ? "≥" : "≤"} ${text}`;
};

/** Zero in the given unit: see {@link unitOf}. */
export const zeroMoney = (unit: string): Money => moneyIn(unit, 0n, 0);

export const zeroLike = (money: Money): Money => {
  const { called } = money;
  return { ...zeroMoney(unitOf(money)), ...(called !== undefined && { called }) };
};

/**
 * The same amount, exact to the last minor unit whatever precision it was written with. A quantity is exact to whole
 * units, or to the decimals that were written.
 */
export const toMinorPrecision = (money: Money): Money => ({
  ...money,
  precision: isQuantity(money) ? Math.min(0, money.precision) : -minorDigits(money.currency),
});

const isMultiple = (minor: bigint, precision: number, minorDigits: number): boolean =>
  minor % tenTo(precision + minorDigits) === 0n;

/** The same amount, with a precision fine enough to show all its digits, and those of another figure in its unit. */
export const showingAll = (money: Money, other: bigint = money.minor): Money => {
  const digits = minorDigits(money.currency);
  let { precision } = money;
  while (precision > -digits && !(isMultiple(money.minor, precision, digits) && isMultiple(other, precision, digits))) {
    precision--;
  }
  return precision === money.precision ? money : { ...money, precision };
};

/** The range from a lower end to the amount. */
export const rangeTo = (money: Money, least: bigint): Money => {
  const shown = showingAll(money, least);
  // On Node 20, adding properties behind a spread takes twenty times as long.
  if (shown.bound === undefined && shown.least === undefined) return { bound: "between", least, ...shown };
  return { ...shown, bound: "between", least };
};

/** The parts of a running sum of at least one amount: its minor units in full, and the precisions of what was added. */
export interface MoneySumParts {
  readonly unit: string;
  readonly called?: string | undefined;
  readonly minor: bigint;
  readonly coarsest: number;
  readonly finest: number;
}

/**
 * A running sum in one unit ({@link unitOf}). It is known as precisely as its coarsest part where its digits allow that
 * (10.2M + 13.9M is 24.1M), and shows every digit where they do not (10.2M + 1.00 is 10,200,001.00).
 */
export class MoneySum {
  readonly unit: string;
  /**
   * What quantities call their unit. Of several spellings it is the first in order of letters, in whatever order they
   * are added.
   */
  #called: string | undefined;
  #minor = 0n;
  #coarsest = Number.NEGATIVE_INFINITY;
  #finest = Number.POSITIVE_INFINITY;

  constructor(unit: string) {
    this.unit = unit;
  }

  add(money: Money): void {
    if (unitOf(money) !== this.unit) throw new Error(`cannot add ${unitOf(money)} to ${this.unit}`);
    this.#minor += money.minor;
    if (money.called !== undefined) this.#call(money.called);
    if (money.precision > this.#coarsest) this.#coarsest = money.precision;
    if (money.precision < this.#finest) this.#finest = money.precision;
  }

  #call(called: string): void {
    if (this.#called === undefined || called < this.#called) this.#called = called;
  }

  copy(): MoneySum {
    const copy = new MoneySum(this.unit);
    copy.addSum(this.parts());
    return copy;
  }

  parts(): MoneySumParts {
    return {
      unit: this.unit,
      called: this.#called,
      minor: this.#minor,
      coarsest: this.#coarsest,
      finest: this.#finest,
    };
  }

  addSum({ called, minor, coarsest, finest }: MoneySumParts): void {
    if (called !== undefined) this.#call(called);
    this.#minor += minor;
    this.#coarsest = Math.max(this.#coarsest, coarsest);
    this.#finest = Math.min(this.#finest, finest);
  }

  value(): Money {
    if (this.#coarsest < this.#finest) return zeroMoney(this.unit);
    const called = this.#called;
    const plain = moneyIn(this.unit, this.#minor, this.#coarsest);
    const sum = called === undefined ? plain : { ...plain, called };
    const fits = isMultiple(this.#minor, this.#coarsest, minorDigits(sum.currency));
    return fits ? sum : { ...sum, precision: this.#finest };
  }
}

/** The sums by unit, in order of first appearance. Unlike amounts are never added (T7). */
export const sumByUnit = (amounts: Iterable<Money>): Money[] => {
  const sums = new Map<string, MoneySum>();
  for (const money of amounts) {
    const unit = unitOf(money);
    const sum = sums.get(unit) ?? new MoneySum(unit);
    sums.set(unit, sum);
    sum.add(money);
  }
  return [...sums.values()].map((sum) => sum.value());
};

export const multiplyMoney = (money: Money, count: number): Money => ({
  ...money,
  minor: money.minor * BigInt(count),
});

/** `a` less `b`, exactly. Both must be in one unit. */
export const differenceOf = (a: Money, b: Money): Money => {
  if (a.minor === b.minor) return zeroLike(a);
  const difference = new MoneySum(unitOf(a));
  difference.add(a);
  difference.add({ ...b, minor: -b.minor });
  return difference.value();
};

/** The minor units between which an amount lies. An end is undefined where nothing limits it. */
interface Ends {
  readonly low: bigint | undefined;
  readonly high: bigint | undefined;
}

const endsOf = ({ minor, bound, least }: Money): Ends => ({
  low: bound === "atMost" ? undefined : bound === "between" ? least : minor,
  high: bound === "atLeast" ? undefined : minor,
});

const moneyWithin = (unit: string, { low, high }: Ends): Money | undefined => {
  const at = (minor: bigint): Money => toMinorPrecision(moneyIn(unit, minor, 0));
  if (low === undefined) return high === undefined ? undefined : { ...at(high), bound: "atMost" };
  if (high === undefined) return { ...at(low), bound: "atLeast" };
  return { ...at(high), bound: "between", least: low };
};

const less = (a: bigint | undefined, b: bigint | undefined): bigint | undefined =>
  a === undefined || b === undefined ? undefined : a - b;

/**
 * `a` less `b`, as exactly as both are known. Undefined where nothing limits the result, and for unlike currencies or
 * net and gross, which are never subtracted from each other (T7).
 */
export const subtractMoney = (a: Money, b: Money): Money | undefined => {
  if (unitOf(a) !== unitOf(b)) return undefined;
  if (a.bound === undefined && b.bound === undefined) return differenceOf(a, b);
  const [minuend, subtrahend] = [endsOf(a), endsOf(b)];
  const ends = { low: less(minuend.low, subtrahend.high), high: less(minuend.high, subtrahend.low) };
  return moneyWithin(unitOf(a), ends);
};

export const smallerOf = (a: Money, b: Money): Money => (b.minor < a.minor ? b : a);

/**
 * Divides an amount over weights. Parts are exact to the minor unit, and those of a quantity to whole units, or as
 * finely as it is written. The parts with the largest remainders get the units left over, earlier ones first among
 * equals. If all weights are zero, they count as equal. The parts add up to the amount, and are bounds where it is one.
 */
export const divideMoney = (money: Money, weights: readonly bigint[]): Money[] => {
  if (money.minor < 0n) {
    const mirrored = divideMoney({ ...money, minor: -money.minor }, weights);
    return mirrored.map((part) => ({ ...part, minor: -part.minor }));
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0n);
  if (total === 0n)
    return weights.length === 0
      ? []
      : divideMoney(
          money,
          weights.map(() => 1n),
        );
  const step = smallestPart(money);
  const whole = money.minor / step;
  const parts = weights.map((weight) => (whole * weight) / total);
  const left = Number(whole - parts.reduce((sum, part) => sum + part, 0n));
  const byRemainder = weights
    .map((weight, index) => ({
      index,
      remainder: (whole * weight) % total,
    }))
    .sort((a, b) => Number(b.remainder - a.remainder));
  const roundedUp = new Set(byRemainder.slice(0, left).map(({ index }) => index));
  return parts.map((part, index) => ({
    ...toMinorPrecision(money),
    minor: (roundedUp.has(index) ? part + 1n : part) * step,
  }));
};

/**
 * The smallest part into which an amount is divided: a minor unit. Quantities are divided as finely as they are
 * written, so that no machine is cut in two.
 */
const smallestPart = (money: Money): bigint =>
  isQuantity(money) ? tenTo(QUANTITY_DECIMALS + Math.min(0, showingAll(money).precision)) : 1n;

export type FigureVerdict = "agrees" | "rounded" | "cut" | "contradicts";

/**
 * How two figures of different precision relate (N3). Either the finer one, rounded or cut to the precision of the
 * coarser, gives the coarser one, or they contradict each other. Units and precisions are on one common scale.
 */
export const compareFigures = (
  a: { readonly units: bigint; readonly precision: number },
  b: { readonly units: bigint; readonly precision: number },
): FigureVerdict => {
  if (a.units === b.units) return "agrees";
  const [fine, coarse] = a.precision <= b.precision ? [a, b] : [b, a];
  const step = tenTo(Math.max(0, coarse.precision));
  const below = fine.units - (((fine.units % step) + step) % step);
  if ((fine.units - below) * 2n >= step ? coarse.units === below + step : coarse.units === below) return "rounded";
  return coarse.units === below ? "cut" : "contradicts";
};

/** {@link compareFigures} for amounts. Different currencies contradict each other, and so do net and gross. */
export const compareMoney = (a: Money, b: Money): FigureVerdict => {
  if (unitOf(a) !== unitOf(b)) return "contradicts";
  const digits = minorDigits(a.currency);
  return compareFigures(
    { units: a.minor, precision: a.precision + digits },
    { units: b.minor, precision: b.precision + digits },
  );
};

/** What a record says an amount is: a figure, or that the figure is kept secret. */
export type StatedAmount = Money | "withheld";

/**
 * The value of several contracts together: one amount per currency, never empty. Withheld where all values that are
 * there are secret.
 */
export type StatedAmounts = readonly [Money, ...Money[]] | "withheld";
