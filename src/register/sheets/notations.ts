import { type AmountUnit, scaledFigure } from "../../model/amount-unit.ts";
import { minorUnitDigits } from "../../model/currency.ts";
import { fold } from "../../model/fold.ts";
import { formatMoney, roundDecimal, SUFFIX_EXPONENT } from "../../model/money.ts";
import { remembered } from "../../model/once.ts";
import { plural } from "../../model/phrases.ts";
import { dayOfSerial, SERIAL_DAY } from "../../model/serial-day.ts";
import { countryCode } from "../../notices/stated-values.ts";
import type { Cell } from "../../syntax/sheet.ts";
import { type Dialect, writtenAmount } from "../ledgers/dialect.ts";
import { dayOf } from "../ledgers/written-day.ts";

/**
 * Reads what people write in cells, and gives it in the notation of registers. What is in no notation that is known
 * stays as it is, and is refused.
 */

export const dayIn = (text: string, dialect: Dialect): string =>
  (SERIAL_DAY.test(text) ? dayOfSerial(text) : undefined) ?? dayOf(text, dialect);

/** Whether a text is a day, in whatever order its day, month and year are. */
export const isDay = (text: string): boolean =>
  /^\d{1,4}([-/.])\d{1,2}\1\d{2,4}$/.test(text) || /^\d{4}-\d\d-\d\d$/.test(dayIn(text, {}));

const BETWEEN_DAYS = /\s+(?:[-\u2013\u2014]|to|until|till|bis(?: zum)?|au)\s+|(?<=\d{4})[-\u2013](?=\d{1,2}[./])/i;
const LONGEST_PERIOD = 60;

/** The first and the last day in `01.01.2023 - 31.12.2025`. Undefined for a text that is not two days. */
export const periodIn = (text: string): readonly [first: string, last: string] | undefined => {
  if (text.length > LONGEST_PERIOD) return undefined;
  const [first = "", last = "", ...others] = text.replace(/^(?:from|vom|von|du)\s+/i, "").split(BETWEEN_DAYS);
  return others.length === 0 && isDay(first) && isDay(last) ? [first, last] : undefined;
};

/** An amount with its own currency, or that of its column. Undefined where nothing names one. */
export const amountIn = (cell: Cell, { currency, scale }: AmountUnit, dialect: Dialect): string | undefined => {
  if (cell.kind === "number") return numberIn(cell.text, { currency: cell.currency ?? currency, scale });
  const written = writtenAmount(cell.text, dialect, currency);
  if (written === undefined) return cell.text;
  return withCurrency(scaledFigure(written.figure, scale), written.currency ?? currency);
};

const withCurrency = (figure: string, currency: string | undefined): string | undefined =>
  currency === undefined ? undefined : `${currency} ${figure}`;

/**
 * An amount from a number in a spreadsheet. Spreadsheets leave out zeros at the end of decimals, and may have
 * calculated more decimals than the currency has. Then the amount is rounded, and says what was stated (N2).
 */
const numberIn = (number: string, { currency, scale }: AmountUnit): string | undefined => {
  const [whole = "", decimals = ""] = number.split(".");
  const digits = currency === undefined ? undefined : minorUnitDigits(currency);
  const places = SUFFIX_EXPONENT.get(scale) ?? 0;
  if (currency === undefined || digits === undefined || decimals === "" || decimals.length <= places)
    return withCurrency(scaledFigure(number, scale), currency);
  if (places > 0) {
    const shifted = `${whole}${decimals.slice(0, places)}`.replace(/^(-?)0+(?=\d)/, "$1");
    return numberIn(`${shifted}.${decimals.slice(places)}`, { currency, scale: "" });
  }
  if (decimals.length <= digits) return `${currency} ${whole}.${decimals.padEnd(digits, "0")}`;
  const minor = roundDecimal(number, digits);
  return `${formatMoney({ minor, currency, precision: -digits })} (stated as ${number})`;
};

/** Words and abbreviations for units of time in English, French and German, as they are folded. */
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:y|yrs?|years?|ans?|annees?|j|jahre?n?|jhr)$/, "year"],
  [/^(?:m|mths?|months?|mois|monate?n?|mon|mt)$/, "month"],
  [/^(?:w|wks?|weeks?|semaines?|wochen?)$/, "week"],
  [/^(?:d|days?|jours?|tage?n?)$/, "day"],
];

const unitOf = (word: string): string | undefined => UNITS.find(([form]) => form.test(word))?.[1];

/** The unit of time that a heading names: *Extension period (months)*. */
export const timeUnitIn = (heading: string): string | undefined => {
  const words = fold(heading).match(/\p{L}{3,}/gu) ?? [];
  const [unit, ...others] = new Set(words.flatMap((word) => unitOf(word) ?? []));
  return others.length === 0 ? unit : undefined;
};

/** Adds the column's unit to figures without one, such as `12+12` and `2 x 12`. */
const inUnit = (folded: string, unit: string | undefined): string =>
  unit !== undefined && /^\d[\d+x* ]*$/.test(folded) ? `${folded} ${unit}s` : folded;

/** A length of time, such as `3 Monate`, `2 ans` or `18 months`. A figure without a unit is in that of its column. */
export const durationIn = (text: string, unit?: string): string => {
  const [, digits = "", word = ""] = /^(\d{1,5})\s*([a-z]*)\.?$/.exec(fold(text)) ?? [];
  const found = word === "" ? unit : unitOf(word);
  return digits === "" || found === undefined || Number(digits) === 0 ? text : plural(Number(digits), found);
};

const TO_END =
  /^(\d+ ?[a-z]+\.?),? (?:vor|zum|before|prior to|to|avant)(?: (?:the|la|le|dem))? ?(?:l'|l\u2019)?(?:(?:vertrags|laufzeit)?(?:ende|ablauf)(?: (?:des vertrages|des vertrags|der laufzeit))?|contract (?:end|expiry)|end of (?:the )?contract|expiry|fin du contrat|echeance)$/;

/**
 * A notice period, which may say that it is before the end of the contract: `3 Monate vor Vertragsende` is `3 months`.
 */
export const beforeEndIn = (text: string, unit?: string): string => {
  const [, period] = TO_END.exec(fold(text)) ?? [];
  return durationIn(period ?? text, unit);
};

/** The length of time at the beginning of a text that says more: 3 months in `3 Monate zum Quartalsende`. */
export const durationBeforeMore = (text: string): string | undefined => {
  const [, period = ""] = /^(\d+ ?\p{L}+\.?),? \p{L}/u.exec(text) ?? [];
  const duration = durationIn(period);
  return /^\d+ (?:year|month|week|day)s?$/.test(duration) ? duration : undefined;
};

/**
 * A term, such as `2+1+1 years`, `3 Jahre`, or whatever registers write. Figures alone are in the unit of their column.
 */
export const termIn = (text: string, ofColumn?: string): string => {
  const [, first = "", more = "", word = ""] =
    /^(\d{1,4})((?:\s*\+\s*\d{1,4})*)\s*([a-z]+)\.?$/.exec(inUnit(fold(text), ofColumn)) ?? [];
  const unit = unitOf(word);
  if (first === "" || unit === undefined) return text;
  const renewals = more
    .split("+")
    .slice(1)
    .map((each) => ` + 1 renewal of ${plural(Number(each), unit)}`);
  return plural(Number(first), unit) + renewals.join("");
};

const NONE = /^(?:no|none|nil|0|keine?|nein|aucune?|non|sans)\b/;
const TACIT =
  /^(?:auto|tacit|stillschweig|tacite)[a-z]*\b(?: (?:renewal|reconduction|verlangerung|um|of|for|de|pour))*:? ?/;
const NAMED = "(?:renewals?|options?|extensions?|reconductions?|verlangerung(?:en)?|periods?|terms?)";
const SEVERAL = new RegExp(
  `^(\\d{1,2}) ?(?:x|\\u00d7|\\*|mal|fois|${NAMED}|(?= \\d))(?: (?:of|de|von|um|zu|je|jeweils))? ?(\\d{1,5} ?[a-z]+)\\.?$`,
);
/** Words that may end a text, and say only that each of several is of that length, or is a renewal. */
const SAID_AT_END = new RegExp(` (?:each|chacune?|jeweils|optional|(?:optional )?${NAMED})$`);

const NUMBERS = Object.entries({
  1: "one|an?|un|une|eine?[mnr]?",
  2: "two|deux|zwei",
  3: "three|trois|drei",
  4: "four|quatre|vier",
});
const IN_DIGITS = NUMBERS.map(([digit, words]) => [digit, new RegExp(`\\b(?:${words})\\b(?= \\S)`, "g")] as const);

/** Puts digits for words: `two 1-year extensions` becomes `2 1 year extensions`, and `d'un an` becomes `de 1 an`. */
const withDigits = (folded: string): string =>
  IN_DIGITS.reduce(
    (text, [digit, words]) => text.replace(words, digit),
    folded.replace(/\bd['\u2019]/g, "de "),
  ).replace(/(?<=\d)-(?=[a-z])/g, " ");

/**
 * Words for how often, which stand before a period or after it. The singular of *extension* or the like says once, too.
 */
const TIMES: readonly (readonly [words: string, count: number])[] = [
  ["(?:einmal|1-mal|1x)(?:ig\\w*)?|once|une (?:seule )?fois", 1],
  ["(?:zweimal|2-mal|2x)(?:ig\\w*)?|twice|deux fois", 2],
  ["(?:dreimal|3-mal|3x)(?:ig\\w*)?|three times|trois fois", 3],
  ["optional|(?:verlangerungs)?option|verlangerung|extension|renewal|reconduction", 1],
];

const BY = "(?:um|of|for|by|de|pour)";

const SAID_TIMES = TIMES.map(([words, count]) => ({
  before: new RegExp(`^(?:${words})\\b:? (?:${BY} )?(?=\\d)`),
  after: new RegExp(`^(?:${BY} )?(\\d+ ?[a-z]+),? \\(?(?:${words})\\)?$`),
  count,
}));

/** Puts a count for words: `12 months, once` and `once 12 months` become `1 x 12 months`. */
const counted = (folded: string): string => {
  for (const { before, after, count } of SAID_TIMES) {
    if (before.test(folded)) return folded.replace(before, `${count} x `);
    if (after.test(folded)) return folded.replace(after, `${count} x $1`);
  }
  return folded;
};

/**
 * What stands between renewals of different lengths. *And* does not: a year and 6 months may also be one of 18 months.
 */
const THEN = /\s*(?:[+;]|,? (?:then|puis|dann) )\s*/;

/**
 * Renewals as they follow the initial term in registers: ` + 2 renewals of 1 year`. Empty if there are none, undefined
 * for words that do not say how long they are.
 */
export const renewalsIn = (text: string, unit?: string): string | undefined => {
  const folded = inUnit(fold(text), unit);
  if (NONE.test(folded)) return "";
  const whole = alikeIn(folded);
  if (whole !== undefined) return whole;
  const parts = folded.split(THEN).map(alikeIn);
  return parts.every((part) => part?.startsWith(" + tacit") === false) ? parts.join("") : undefined;
};

/** Renewals of one length, or whose lengths share a unit. Undefined for other words. */
const alikeIn = (text: string): string | undefined => {
  const folded = withDigits(counted(text)).replace(SAID_AT_END, "");
  if (TACIT.test(folded)) {
    const period = durationIn(folded.replace(TACIT, ""));
    return /^\d+ \w+$/.test(period) ? ` + tacit renewals of ${period}` : undefined;
  }
  const [, count = "1", each = folded] = SEVERAL.exec(folded) ?? [];
  const periods = termIn(each).split(" + 1 renewal of ");
  if (!periods.every((period) => /^[1-9]\d* (?:year|month|week|day)s?$/.test(period))) return undefined;
  if (periods.length > 1) return periods.map((period) => ` + 1 renewal of ${period}`).join("");
  return ` + ${plural(Number(count), "renewal")} of ${periods[0]}`;
};

const YES: ReadonlySet<string> = new Set(["yes", "y", "true", "1", "x", "oui", "vrai", "ja", "j", "wahr"]);
const NO: ReadonlySet<string> = new Set(["no", "n", "false", "0", "non", "faux", "nein", "falsch"]);

export const flagIn = (text: string): string => {
  const folded = fold(text);
  return YES.has(folded) ? "yes" : NO.has(folded) ? "no" : text;
};

export const cpvIn = (text: string): string => (/^\d{7}(?:-\d)?$/.test(text) ? `0${text}` : text);

/** How many digits company numbers have, in countries where they are digits and nothing else. */
const NUMBER_LENGTHS: Readonly<Record<string, readonly number[] | undefined>> = {
  BE: [10],
  CZ: [8],
  DK: [8],
  EE: [8],
  FR: [9, 14],
  GB: [8],
  HR: [11],
  IT: [11],
  LT: [9],
  LV: [11],
  NL: [8],
  NO: [9],
  PL: [10],
  SE: [10],
  SK: [8],
};
const MOST_ZEROS = 3;

/**
 * A company's number without blanks and points between its digits, in countries where such numbers are digits alone.
 */
export const numberInDigits = (text: string, country: string | undefined): string => {
  const digits = text.replace(/[\s.]/g, "");
  return NUMBER_LENGTHS[country ?? ""]?.includes(digits.length) && /^\d+$/.test(digits) ? digits : text;
};

/**
 * A company's number with the leading zeros that spreadsheets drop, in countries where the length of numbers is known.
 */
export const numberWithZeros = (text: string, country: string | undefined): string => {
  if (!/^\d+$/.test(text)) return text;
  const length = NUMBER_LENGTHS[country ?? ""]?.find((each) => each >= text.length);
  return length !== undefined && length - text.length <= MOST_ZEROS ? text.padStart(length, "0") : text;
};

const LANGUAGES = ["en", "fr", "de"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** The code of the country with a name in English, French or German. It is remembered, because a few names recur. */
const countryCalled = remembered((name: string): string | undefined => {
  const wanted = fold(name);
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const first of LETTERS) {
      for (const second of LETTERS) {
        const code = countryCode(first + second);
        if (code !== undefined && fold(names.of(code) ?? "") === wanted) return code;
      }
    }
  }
  return undefined;
});

/** The two letters of ISO 3166-1 for a country, from a code or from its name in English, French or German. */
export const countryIn = (text: string): string => {
  const upper = text.toUpperCase();
  return (/^[A-Z]{2,3}$/.test(upper) ? countryCode(upper) : countryCalled(text)) ?? text;
};
