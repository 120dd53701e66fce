import { CURRENCY_SIGNS, signPattern } from "./meant-amount.ts";

/** In what tables state amounts, as their headings and cells name it. Its patterns take half a millisecond: no start needs them. */

/** Codes that headings and cells of tables name. Of all others some are words, too: ALL, TOP, TRY. */
const CODES = "EUR|GBP|USD|CHF|SEK|DKK|NOK|PLN|CZK|HUF|RON|BGN|ISK|CAD|AUD|JPY";
const SIGNS = [...CURRENCY_SIGNS.keys()].map(signPattern).join("|");
/** One that begins with a letter is none within a word, nor at the end of a longer sign. */
const SIGN = new RegExp(
  [...CURRENCY_SIGNS.keys()]
    .map((sign) => (/^\w/.test(sign) ? `(?<!\\p{L})${signPattern(sign)}(?!\\p{L})` : sign))
    .join("|"),
  "gu",
);

/** Of k€, T€ and TEUR the first letter is no part of the currency. */
const CODE = new RegExp(`\\b[TkKM]?(${CODES})\\b`, "g");

/** The one currency that headings call by its name as often as by its code. */
const EUROS = /\beuros?\b/i;

export const currenciesNamed = (text: string): ReadonlySet<string> => {
  const codes = [...text.matchAll(CODE)].flatMap(([, code]) => code ?? []);
  const signs = [...text.matchAll(SIGN)].flatMap(([sign]) => CURRENCY_SIGNS.get(sign) ?? []);
  return new Set([...codes, ...signs, ...(EUROS.test(text) ? ["EUR"] : [])]);
};

/** In what a column of amounts is, as its heading says. */
export interface AmountUnit {
  readonly currency: string | undefined;
  /** As it stands behind a figure: `k`, `M`, `bn`, or nothing. */
  readonly scale: string;
}

const MONEY = `(?:${CODES}|${SIGNS}|\\$|euros?\\b)`;

/** `TEUR`, `T€`, `Tsd. €`, `€k`, `(EUR m)`; `in thousands`: letters beside the currency, and words that no number stands before. */
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

/** What the heading of a column of amounts says of them all: `Net (TEUR)`, `Value \u00a3m`, `Montant en milliers d'euros`. */
export const unitOfHeading = (heading: string): AmountUnit => {
  const [currency, ...others] = currenciesNamed(heading);
  const [suffix = "", ...more] = SCALES.flatMap(([one, says]) => (says.test(heading) ? [one] : []));
  return { currency: others.length > 0 ? undefined : currency, scale: more.length > 0 ? "" : suffix };
};

/** A bare figure in the size of its column; zero has none, and one with a size of its own keeps it. */
export const scaledFigure = (figure: string, scale: string): string =>
  /^-?(?=.*[1-9])[\d.,]+$/.test(figure) ? figure + scale : figure;
