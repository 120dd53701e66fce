import { fold } from "../../model/fold.ts";
import { parsePartialDate } from "../../model/partial-date.ts";
import type { DateNotation } from "../../records/order.ts";
import type { Dialect } from "./dialect.ts";

/**
 * Reads days as people and programs write them in tables, and gives them in the notation of registers. One that is in
 * doubt stays as it is, and is refused.
 */

/** The time behind a day, which nothing here needs. */
const TIME = /,?[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z| ?[AP]M| ?[+-]\d{2}(?::?\d{2})?)?$/i;
const PARTS = /^(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})$/;

const sound = (text: string): string | undefined => (parsePartialDate(text) === undefined ? undefined : text);
const monthOf = (year: string, month: string): string | undefined => sound(`${year}-${month.padStart(2, "0")}`);
const isoOf = (year: string, month: string, day: string): string | undefined =>
  sound(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);

/** Days as accounting programs write them, and as ISO 8601 does in its basic format. */
const COMPACT_DAY = /^((?:19|20|21)\d{2})(\d{2})(\d{2})$/;

const MONTHS_OF_YEAR = 12;

/** The notation that the numbers leave no doubt of: with points the day comes first, and no month is above twelve. */
const certainNotation = (separator: string, first: number, second: number): DateNotation | undefined => {
  if (separator === ".") return "DD.MM.YYYY";
  if (first > MONTHS_OF_YEAR) return "DD/MM/YYYY";
  return second > MONTHS_OF_YEAR ? "MM/DD/YYYY" : undefined;
};

/**
 * Two-digit years from 70 on are of the last century. No contract is older than 1970, and none ends as late as 2070.
 */
const FIRST_OF_LAST_CENTURY = 70;
const wholeYear = (year: string): string =>
  year.length > 2 ? year : String(Number(year) + (Number(year) < FIRST_OF_LAST_CENTURY ? 2000 : 1900));

/** A day with a year of two digits. With hyphens, the two digits that it begins with may be its year instead. */
const SHORT_YEAR = /^(\d{1,2})([./-])(\d{1,2})\2(\d{2})$/;

/** A day as it is written, without its time and with its whole year. */
const plainDay = (written: string, { dates }: Dialect): string => {
  const text = written.replace(TIME, "");
  const [, first = "", sign = "", second = "", year = ""] = SHORT_YEAR.exec(text) ?? [];
  if (year === "" || (sign === "-" && dates === undefined)) return text;
  return [first, second, wholeYear(year)].join(sign);
};

/**
 * The notation that a date itself shows. Undefined where it may be one of two, or where no notation needs to be known.
 */
export const notationOf = (written: string): DateNotation | undefined => {
  const [, first = "", separator = "", second = "", third = ""] = PARTS.exec(plainDay(written, {})) ?? [];
  return first.length <= 2 && third.length === 4
    ? certainNotation(separator, Number(first), Number(second))
    : undefined;
};

const MONTH_OF_YEAR = /^(\d{1,2})[./-](\d{4})$/;
const YEAR_AND_MONTH = /^(\d{4})[./-](\d{1,2})$/;

/** A day or a month in digits. Undefined for any other text, and where the order of day and month is in doubt. */
const dayInDigits = (text: string, { dates }: Dialect): string | undefined => {
  const [, onlyMonth = "", ofYear = ""] = MONTH_OF_YEAR.exec(text) ?? [];
  const [, year = ofYear, month = onlyMonth] = YEAR_AND_MONTH.exec(text) ?? [];
  if (year !== "") return monthOf(year, month);
  const dashed = text.replace(COMPACT_DAY, "$1-$2-$3");
  if (dashed !== text) return sound(dashed);
  const [, first = "", separator = "", second = "", third = ""] = PARTS.exec(text) ?? [];
  if (first.length === 4 && third.length <= 2) return isoOf(first, second, third);
  const notation = dates ?? certainNotation(separator, Number(first), Number(second));
  if (notation === undefined) return undefined;
  const [day, monthOfDay] = notation.startsWith("DD") ? [first, second] : [second, first];
  return isoOf(third, monthOfDay, day);
};

/** The months in English, French and German, in full or short, as they are folded. */
const MONTHS = [
  /^jan(?:v|uary|uar|vier|ner)?$/,
  /^fe[bv](?:r|ruary|ruar|rier)?$/,
  /^(?:mar|march|mars|marz|maerz|mrz)$/,
  /^a[pv]r(?:il)?$/,
  /^ma[yi]$/,
  /^jui?n[ei]?$/,
  /^jui?l(?:y|i|let)?$/,
  /^(?:aug(?:ust)?|aout)$/,
  /^sept?(?:ember|embre)?$/,
  /^o[ck]t(?:ober|obre)?$/,
  /^nov(?:ember|embre)?$/,
  /^de[cz](?:ember|embre)?$/,
] as const;

const YEAR = "(\\d{4}|\\d{2})";
/** `5 March 2024`, `05-Mar-24`, `1er mars 2024`, `1. M\u00e4rz 2024`; `March 5, 2024`; `Mar-24`, `M\u00e4rz 2024`. */
const DAY_MONTH = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th|er)?[.]?[-/ ]? ?([a-z]+)[.,]?[-/ ]? ?${YEAR}$`);
const MONTH_DAY = new RegExp(`^([a-z]+)[.]? (\\d{1,2})(?:st|nd|rd|th)?,? ${YEAR}$`);
const MONTH_ALONE = /^([a-z]+)[.]?(?:[-/ ](?=\d{4})|[-/](?=\d{2}$))(\d+)$/;

const monthCalled = (word: string): string | undefined => {
  const index = MONTHS.findIndex((form) => form.test(word));
  return index < 0 ? undefined : String(index + 1).padStart(2, "0");
};

/** A date with its month as a word. Undefined for any other text. */
const dayWithWord = (text: string): string | undefined => {
  const folded = fold(text);
  const [, first = "", month = "", year = ""] = DAY_MONTH.exec(folded) ?? [];
  const [, otherMonth = month, day = first, otherYear = year] = MONTH_DAY.exec(folded) ?? [];
  const [, onlyMonth = otherMonth, onlyYear = otherYear] = MONTH_ALONE.exec(folded) ?? [];
  const number = monthCalled(onlyMonth);
  if (number === undefined || onlyYear === "") return undefined;
  return day === "" ? monthOf(wholeYear(onlyYear), number) : isoOf(wholeYear(onlyYear), number, day);
};

/** A date in the notation of registers. One whose day is in doubt stays as it is, and is refused. */
export const dayOf = (written: string, dialect: Dialect): string => {
  const text = plainDay(written, dialect);
  return sound(text) ?? dayInDigits(text, dialect) ?? dayWithWord(text) ?? written;
};

export const hasShortYear = (text: string): boolean =>
  SHORT_YEAR.test(text) || (/\D\d{2}$/.test(text) && dayWithWord(text) !== undefined);

/** Whether a text may be one of two days, because only the order of day and month is in doubt. */
export const isAmbiguousDay = (written: string, { dates }: Dialect): boolean => {
  const [, first = "", , second = "", third = ""] = PARTS.exec(plainDay(written, { dates })) ?? [];
  return (
    dates === undefined && first.length <= 2 && third.length === 4 && first !== second && dayOf(written, {}) === written
  );
};
