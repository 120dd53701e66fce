import { CURRENCY_SIGNS, signPattern } from "./meant-amount.ts";

/**
 * The currencies and scales that headings and cells of tables name. Compiling the patterns takes half a millisecond,
 * and the program starts without them.
 */

/** Codes that are looked for in headings and cells of tables. Some of the others are words as well: ALL, TOP, TRY. */
const CODES = "EUR|GBP|USD|CHF|SEK|DKK|NOK|PLN|CZK|HUF|RON|BGN|ISK|CAD|AUD|JPY";
const SIGNS = [...CURRENCY_SIGNS.keys()].map(signPattern).join("|");
/** Finds a currency sign. One that begins with a letter does not count within a word or at the end of a longer sign. */
const SIGN = new RegExp(
  [...CURRENCY_SIGNS.keys()]
    .map((sign) => (/^\w/.test(sign) ? `(?<!\\p{L})${signPattern(sign)}(?!\\p{L})` : sign))
    .join("|"),
  "gu",
);

/** Finds a currency code. In k€, T€ and TEUR the first letter does not belong to the currency. */
const CODE = new RegExp(`\\b[TkKM]?(${CODES})\\b`, "g");

/** The one currency that headings call by its name as often as by its code. */
const EUROS = /\beuros?\b/i;

export const currenciesNamed = (text: string): ReadonlySet<string> => {
  const codes = [...text.matchAll(CODE)].flatMap(([, code]) => code ?? []);
  const signs = [...text.matchAll(SIGN)].flatMap(([sign]) => CURRENCY_SIGNS.get(sign) ?? []);
  return new Set([...codes, ...signs, ...(EUROS.test(text) ? ["EUR"] : [])]);
};

/** The unit that a column's heading gives its amounts: a currency, a scale, or both. */
export interface AmountUnit {
  readonly currency: string | undefined;
  /** The suffix that a figure would have: `k`, `M`, `bn`, or nothing. */
  readonly scale: string;
}

const MONEY = `(?:${CODES}|${SIGNS}|\\$|euros?\\b)`;

/**
 * A pattern for one scale: its letters next to a currency (`TEUR`, `T€`, `Tsd. €`, `€k`, `(EUR m)`), or its words
 * without a number before them (`in thousands`).
 */
const scaled = (letters: string, words: string): RegExp =>
  new RegExp(
    [
      `(?<![\\p{L}\\d.,])(?:${letters}) ?${MONEY}`,
      `${MONEY}(?:(?:${letters})(?![\\p{L}\\d])| (?:${letters})(?=[)\\]]|$))`,
      `(?<![\\p{L}\\d.,]|\\d )(?:${words})(?!\\p{L})`,
    ].join("|"),
    "iu",
  );

const THOUSANDS = "1[., '\u2019\u00a0\u202f]?000|['\u2019]?000s?";

const SCALES: readonly (readonly [suffix: string, says: RegExp])[] = [
  ["k", scaled(`t|k|${THOUSANDS}`, "thousands?|tausend|tsd|milliers|['\u2019]?000s?")],
  ["M", scaled("m|mn", "millions?|millionen|mio")],
  ["bn", scaled("md", "bn|billions?|milliards?|milliarden|mrd")],
];

/**
 * Reads the unit of a column of amounts from its heading: `Net (TEUR)`, `Value \u00a3m`, `Montant en milliers d'euros`.
 */
export const unitOfHeading = (heading: string): AmountUnit => {
  const [currency, ...others] = currenciesNamed(heading);
  const [suffix = "", ...more] = SCALES.flatMap(([one, says]) => (says.test(heading) ? [one] : []));
  return { currency: others.length > 0 ? undefined : currency, scale: more.length > 0 ? "" : suffix };
};

/**
 * A bare figure with the scale of its column behind it. Zero stays as it is, and so does a figure with a scale of its
 * own.
 */
export const scaledFigure = (figure: string, scale: string): string =>
  /^-?(?=.*[1-9])[\d.,]+$/.test(figure) ? figure + scale : figure;
