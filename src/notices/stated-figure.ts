import { minorUnitDigits } from "../model/currency.ts";
import { type Money, minorDigits, roundDecimal } from "../model/money.ts";

/** An amount as a notice states it, and what had to be assumed to read it. */
interface FigureRead {
  readonly money: Money;
  readonly assumption: string | undefined;
}

/** Why a figure of a notice cannot be counted. */
interface FigureRefused {
  readonly problem: string;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
/** As most figures are; a binary number holds it exactly. */
const SHORT_WHOLE_NUMBER = /^\d{1,15}$/;
const MOST_DIGITS = 24;

/** Further decimals are the trace of binary arithmetic: `553056.1799999999`. */
const MOST_DECIMALS = 6;

/**
 * Reads a figure exactly, as programs write it: `120000.50`, `1.2e6`. Decimals past the minor units of its currency are
 * rounded, half away from zero, and said to be so; those that somebody may have meant are kept to be shown (N1, N2). A figure
 * with decimals is known to the last minor unit: programs leave out zeros at its end.
 */
export const readFigure = (figure: string, currency: string): FigureRead | FigureRefused => {
  const digits = minorUnitDigits(currency);
  if (digits === undefined) return { problem: `"${currency}" is not an ISO 4217 currency code` };
  if (SHORT_WHOLE_NUMBER.test(figure)) {
    const minor = BigInt(Number(figure)) * 10n ** BigInt(digits);
    return { money: { minor, currency, precision: 0 }, assumption: undefined };
  }
  const match = NUMBER.exec(figure.trim());
  if (match === null) return { problem: `"${figure}" is not a figure` };
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const decimal = shift(whole, fraction, Number(exponent));
  if (decimal === undefined) return { problem: `"${figure}" has more than ${MOST_DIGITS} digits` };
  const precision = decimal.fraction === "" || digits === 0 ? 0 : -digits;
  if (decimal.fraction.length <= digits) {
    const minor = BigInt(sign + (decimal.whole || "0") + decimal.fraction.padEnd(digits, "0"));
    return { money: { minor, currency, precision }, assumption: undefined };
  }
  return roundedFigure(
    figure,
    `${sign}${decimal.whole || "0"}.${decimal.fraction.replace(/0+$/, "")}`,
    currency,
    precision,
  );
};

const roundedFigure = (figure: string, written: string, currency: string, precision: number): FigureRead => {
  const digits = minorDigits(currency);
  const money = { minor: roundDecimal(written, digits), currency, precision };
  const decimals = written.length - written.indexOf(".") - 1;
  if (decimals <= digits) return { money, assumption: undefined };
  const assumption = `${figure} is rounded to ${digits} decimals, as ${currency} has`;
  return { money: decimals > MOST_DECIMALS ? money : { ...money, written }, assumption };
};

/** The digits before and behind the point, once it has moved by the exponent; undefined where there are too many. */
const shift = (whole: string, fraction: string, exponent: number) => {
  const written = whole + fraction;
  const point = whole.length + exponent;
  if (Math.max(written.length, point, written.length - point) > MOST_DIGITS + 8) return undefined;
  const padded = written.padStart(written.length - point, "0").padEnd(point, "0");
  const split = Math.max(point, 0);
  const digits = padded.slice(0, split).replace(/^0+/, "");
  return digits.length > MOST_DIGITS ? undefined : { whole: digits, fraction: padded.slice(split) };
};
