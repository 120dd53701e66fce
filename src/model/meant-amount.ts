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
  const plain = whole.replaceAll(/\D/g, "").replace(/\B(?=(\d{3})+$)/g, ",");
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
  ["zł", "PLN"],
  ["Kč", "CZK"],
]);

/** Signs that several currencies have, each with some of them. */
const SHARED_SIGNS: ReadonlyMap<string, readonly string[]> = new Map([
  ["$", ["USD", "CAD", "AUD"]],
  ["¥", ["JPY", "CNY"]],
  ["kr", ["SEK", "NOK", "DKK"]],
]);

/** The currencies that a sign in a text may stand for; none where it has no such sign. */
export const currenciesOfSign = (text: string): readonly string[] => {
  const [, codes = []] = [...SHARED_SIGNS].find(([sign]) => text.startsWith(sign) || text.endsWith(sign)) ?? [];
  return codes;
};

/** Codes that headings and cells of tables name. Of all others some are words, too: ALL, TOP, TRY. */
const CODES = "EUR|GBP|USD|CHF|SEK|DKK|NOK|PLN|CZK|HUF|RON|BGN|ISK|CAD|AUD|JPY";
const SIGNS = [...CURRENCY_SIGNS.keys()].map((sign) => sign.replace("$", "\\$")).join("|");

/** The currencies that a text names by their codes or signs. */
export const currenciesNamed = (text: string): ReadonlySet<string> => {
  // Of k€, T€ and TEUR the first letter is no part of the currency.
  const codes = [...text.matchAll(new RegExp(`\\b[TkKM]?(${CODES})\\b`, "g"))].flatMap(([, code]) => code ?? []);
  const signs = [...CURRENCY_SIGNS].flatMap(([sign, code]) => (text.includes(sign) ? [code] : []));
  return new Set([...codes, ...signs]);
};

/** In what a column of amounts is, as its heading says. */
export interface AmountUnit {
  /** The only one that it names. */
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
