import { groupThousands } from "./phrases.ts";

/** What an amount in another notation means, for callers that refuse it and say how to write it. */

const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["", ""],
  ...["k", "tsd", "tausend", "thousand"].map((word) => [word, "k"] as const),
  ...["m", "mn", "mio", "mm", "million", "millions", "millionen"].map((word) => [word, "M"] as const),
  ...["b", "bn", "mrd", "billion", "billions", "milliard", "milliards", "milliarden"].map(
    (word) => [word, "bn"] as const,
  ),
]);

/** The suffix that a word or letter behind a figure stands for. Undefined for any other word. */
export const suffixMeant = (word: string): string | undefined => SUFFIXES.get(word.toLowerCase().replace(/\.$/, ""));

/** Figures with any separators: groups of three digits or digits alone, and the decimals behind another separator. */
const GROUPED = /^(-?)(\d{1,3}(?:([.,'\u2019_ \u00a0\u202f])\d{3})(?:\3\d{3})*|\d+)(?:([.,])(\d+))?$/;

/** The figure in the notation of registers, where the text leaves no doubt: `1.250.000,50` is 1,250,000.50. */
export const meantFigure = (text: string): string | undefined => {
  const [, digits = "", word = ""] = /^(.*\d) ?([A-Za-z]*)\.?$/.exec(text.trim()) ?? [];
  const suffix = suffixMeant(word);
  const [, sign = "", whole = "", group, point, fraction] = GROUPED.exec(digits) ?? [];
  if (suffix === undefined || whole === "" || (point !== undefined && point === group)) return undefined;
  const plain = groupThousands(whole.replaceAll(/\D/g, ""));
  return `${sign}${plain}${fraction === undefined ? "" : `.${fraction}`}${suffix}`;
};

/** Whether a comma stands where the decimals begin: `10,5` or `1.250,00`, not `1,250`. */
export const hasDecimalComma = (figure: string): boolean =>
  /^[^,]*,\d+ ?[A-Za-z]*$/.test(figure) && !/^\D*\d{1,3},\d{3}(\D|$)/.test(figure);

/** Signs that stand before or behind a figure and belong to a single currency, each with its code. */
export const CURRENCY_SIGNS: ReadonlyMap<string, string> = new Map([
  ["€", "EUR"],
  ["£", "GBP"],
  ["US$", "USD"],
  ["C$", "CAD"],
  ["A$", "AUD"],
  ["NZ$", "NZD"],
  ["MX$", "MXN"],
  ["R$", "BRL"],
  ["₹", "INR"],
  ["₴", "UAH"],
  ["Ft", "HUF"],
  ["zł", "PLN"],
  ["Kč", "CZK"],
]);

/** A sign, escaped for a pattern. */
export const signPattern = (sign: string): string => sign.replace("$", "\\$");

/** Signs that several currencies share, each with the common ones among them. */
export const SHARED_SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ["$", ["USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "UYU", "HKD", "SGD", "TWD"]],
  ["¥", ["JPY", "CNY"]],
  ["kr", ["SEK", "NOK", "DKK"]],
]);

/**
 * The currencies that a shared sign at the beginning or end of a text may stand for. Empty where there is no such sign.
 */
export const currenciesOfSign = (text: string): readonly string[] => {
  const [, codes = []] = [...SHARED_SIGNS].find(([sign]) => text.startsWith(sign) || text.endsWith(sign)) ?? [];
  return codes;
};
