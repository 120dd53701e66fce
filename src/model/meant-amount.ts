import { groupThousands } from "./phrases.ts";

/** What is meant by an amount in another notation, for those who refuse it. */

const SUFFIXES: ReadonlyMap<string, string> = new Map([
  ["", ""],
  ...["k", "tsd", "tausend", "thousand"].map((word) => [word, "k"] as const),
  ...["m", "mn", "mio", "mm", "million", "millions", "millionen"].map((word) => [word, "M"] as const),
  ...["b", "bn", "mrd", "billion", "billions", "milliard", "milliards", "milliarden"].map(
    (word) => [word, "bn"] as const,
  ),
]);

/** The suffix of a figure that a word or letter behind it means; undefined for any other. */
export const suffixMeant = (word: string): string | undefined => SUFFIXES.get(word.toLowerCase().replace(/\.$/, ""));

/** Figures with any separators: groups of three, or digits alone, and after another separator the decimals. */
const GROUPED = /^(-?)(\d{1,3}(?:([.,'\u2019_ \u00a0\u202f])\d{3})(?:\3\d{3})*|\d+)(?:([.,])(\d+))?$/;

/** The figure as it is written here, where a text leaves no doubt of it: `1.250.000,50` is 1,250,000.50. */
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

/** What stands before or behind a figure for a currency: its code, or a sign that belongs to one only. */
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

/** A sign as it stands in a pattern. */
export const signPattern = (sign: string): string => sign.replace("$", "\\$");

/** Signs that several currencies have, each with those that are not rare. */
export const SHARED_SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ["$", ["USD", "CAD", "AUD", "NZD", "MXN", "ARS", "CLP", "COP", "UYU", "HKD", "SGD", "TWD"]],
  ["¥", ["JPY", "CNY"]],
  ["kr", ["SEK", "NOK", "DKK"]],
]);

/** The currencies that a sign in a text may stand for; none where it has no such sign. */
export const currenciesOfSign = (text: string): readonly string[] => {
  const [, codes = []] = [...SHARED_SIGNS].find(([sign]) => text.startsWith(sign) || text.endsWith(sign)) ?? [];
  return codes;
};
