import { type DayRange, dateOfDay, dayRange, shiftDay } from "../model/calendar.ts";
import { UsageError } from "../model/errors.ts";
import { hasDecimalComma, meantFigure } from "../model/meant-amount.ts";
import { explainDate } from "../model/meant-date.ts";
import {
  isMoneyProblem,
  isQuantity,
  type Money,
  type MoneyProblem,
  parseFigure,
  splitCurrency,
} from "../model/money.ts";
import { formatPartialDate, type PartialDate, parsePartialDate } from "../model/partial-date.ts";
import { countedIn, unitKey } from "../model/quantity.ts";

/** One value, which then is both ends, or a range, either end of which may be open. */
export type Range<T> =
  | { readonly single: true; readonly low: T; readonly high: T }
  | { readonly single: false; readonly low: T | undefined; readonly high: T | undefined };

export interface AskedAmount {
  readonly figure: string;
  readonly currency: string | undefined;
  /** The same as money, in the currency with the most decimals where none was named. */
  readonly money: Money;
}
export type Amounts = Range<AskedAmount>;

interface RelativeDate extends Period {
  readonly kind: "relative";
}
export type AskedDate = { readonly kind: "date"; readonly date: PartialDate } | RelativeDate;
export type Dates = Range<AskedDate> & {
  /** Whether dates that only may lie in the range are wanted, too. */
  readonly perhaps: boolean;
};
export interface Period {
  readonly count: number;
  readonly unit: DateUnit;
}
export type Counts = Range<number>;

const DATE_UNITS = ["d", "w", "m", "y"] as const;
type DateUnit = (typeof DATE_UNITS)[number];

export interface ValueProblem {
  readonly problem: string;
  readonly expected: string;
}

export const isValueProblem = <T extends object | number>(value: T | ValueProblem): value is ValueProblem =>
  typeof value === "object" && "problem" in value;

const AMOUNT_FORMS = "write 10M, EUR10M, EUR10.2M or 10252762.00";
const DATE_FORMS = "write 2026, 2026-03, 2026-03-31, today, today+180d or -6m (units d, w, m, y)";
const PERIOD_FORMS = "write 180d, 26w, 6m or 1y";

/** The currency by which to read a figure without one: it has the most decimals. */
const FINEST_CURRENCY = "CLF";

export const askedAmount = (figure: string, currency: string | undefined): AskedAmount | MoneyProblem => {
  const isCounted = currency !== undefined && isQuantity({ currency });
  const money = isCounted ? countedIn(figure, currency) : parseFigure(figure, currency ?? FINEST_CURRENCY);
  return isMoneyProblem(money) ? money : { figure, currency, money };
};

/** Reads an amount as registers write it, or a figure alone: `EUR10M`, `EUR 10M`, `€10M`, `10M EUR`, `10M`. */
export const parseAskedAmount = (text: string): AskedAmount | ValueProblem => {
  const split = splitCurrency(text);
  const asked = split === undefined ? askedAmount(text, undefined) : askedAmount(split[1], split[0]);
  if (!("problem" in asked)) return asked;
  if (split !== undefined) return { problem: asked.problem, expected: asked.hint };
  const figure = meantFigure(text);
  const problem = hasDecimalComma(text) ? `"${text}" has a decimal comma` : `"${text}" is not an amount`;
  return { problem, expected: figure === undefined ? AMOUNT_FORMS : `write ${figure.replaceAll(",", "")}` };
};

/** Reads `1000`, or `1000 machines`. */
export const parseAskedQuantity = (text: string): AskedAmount | ValueProblem => {
  const [, figure = text, unit] = /^(\S+) +(\S.*)$/.exec(text) ?? [];
  const asked = askedAmount(figure, unit === undefined ? undefined : unitKey(unit));
  if (!("problem" in asked)) return asked;
  return { problem: `"${text}" is not a quantity`, expected: 'quantities are written 1000 or "1000 machines"' };
};

/** Reads a date of any precision, `today`, `today+180d`, `today-1y`, `+6m` or `-6m`. */
export const parseAskedDate = (text: string): AskedDate | ValueProblem => {
  const date = parsePartialDate(text);
  if (date !== undefined) return { kind: "date", date };
  if (text === "today") return { kind: "relative", count: 0, unit: "d" };
  const match = /^(?:today)?([+-]\d{1,4})([dwmy])$/.exec(text);
  const unit = DATE_UNITS.find((candidate) => candidate === match?.[2]);
  if (match === null || unit === undefined) return dateProblem(text);
  // Adding zero turns -0 into 0.
  return { kind: "relative", count: Number(match[1]) + 0, unit };
};

const PERIOD = /^P?([+-]?\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)$/i;

/** Suggests how to write a length of time that is written differently: `6m` for `6 months`. */
const meantPeriod = (text: string): string | undefined => {
  const [, count, unit = ""] = PERIOD.exec(text) ?? [];
  return count === undefined ? undefined : `${count}${unit.charAt(0).toLowerCase()}`;
};

const NEAR_DAYS: ReadonlyMap<string, string> = new Map([
  ["now", "today"],
  ["yesterday", "-1d"],
  ["tomorrow", "+1d"],
]);

/** Suggests how to write a distance from today that is written differently: `+6m` for `6m` and `in 6 months`. */
const meantDistance = (text: string): string | undefined => {
  const near = NEAR_DAYS.get(text.toLowerCase());
  if (near !== undefined) return near;
  const [, length = text, ago] = /^(?:in )?(.*?)( ago)?$/i.exec(text) ?? [];
  const period = meantPeriod(length);
  if (period === undefined || /^[+-]/.test(period)) return period;
  return `${ago === undefined ? "+" : "-"}${period}`;
};

const dateProblem = (text: string): ValueProblem => {
  const { problem, hint } = explainDate(text);
  if (!problem.endsWith("is not a date")) return { problem, expected: hint };
  const meant = meantDistance(text);
  return { problem, expected: meant === undefined ? DATE_FORMS : `write ${meant}` };
};

/** The days that a date in a query means, counted from a day that stands for today. */
export const daysAsked = (asked: AskedDate, today: PartialDate): DayRange => {
  if (asked.kind === "date") return dayRange(asked.date);
  const { first, last } = dayRange(today);
  return { first: shiftDay(first, asked.count, asked.unit), last: shiftDay(last, asked.count, asked.unit) };
};

/** The day that a text names: a date of any precision, `today`, or a distance from it such as `+6m`. */
export const dayAsked = (text: string, today: PartialDate): PartialDate | ValueProblem => {
  const asked = parseAskedDate(text);
  if (isValueProblem(asked)) return asked;
  if (asked.kind === "date") return asked.date;
  return asked.count === 0 ? today : dateOfDay(daysAsked(asked, today).last);
};

/** The fewest and the most days that each unit may have. */
const UNIT_DAYS: Readonly<Record<DateUnit, readonly [number, number]>> = {
  d: [1, 1],
  w: [7, 7],
  m: [28, 31],
  y: [365, 366],
};

/** Whether one distance from today ends before another on whatever day today is. */
export const isEarlier = (a: RelativeDate, b: RelativeDate): boolean => {
  if (a.unit === b.unit) return a.count < b.count;
  const days = ({ count, unit }: RelativeDate, which: 0 | 1) => UNIT_DAYS[unit][which] * count;
  return Math.max(days(a, 0), days(a, 1)) < Math.min(days(b, 0), days(b, 1));
};

/** Reads `180d`, `26w`, `6m` or `1y`. */
export const parsePeriod = (text: string): Period | ValueProblem => {
  const match = /^(\d{1,4})([dwmy])$/.exec(text);
  const unit = DATE_UNITS.find((candidate) => candidate === match?.[2]);
  if (match === null || unit === undefined)
    return { problem: `"${text}" is not a length of time`, expected: periodForms(text) };
  return { count: Number(match[1]), unit };
};

const periodForms = (text: string): string => {
  const meant = meantPeriod(/^\d+$/.test(text) ? `${text}d` : text);
  return meant === undefined || /^[+-]/.test(meant) ? PERIOD_FORMS : `write ${meant}`;
};

/** Reads a length of time that may be a text. Throws UsageError with the name of the option. */
export const periodAsked = (period: Period | string, name: string): Period => {
  const read = typeof period === "string" ? parsePeriod(period) : period;
  if (isValueProblem(read)) throw new UsageError(`${name}: ${read.problem}`, read.expected);
  return read;
};

export const parseCount = (text: string): number | ValueProblem =>
  /^\d{1,9}$/.test(text)
    ? Number(text)
    : {
        problem: `"${text}" is not a whole number`,
        expected: /^\d+ ?%$/.test(text) ? "write it without the sign" : "numbers are written 3, 2..5 or 2..",
      };

export const printAmount = ({ figure, currency = "" }: AskedAmount): string =>
  currency !== "" && isQuantity({ currency }) ? `${figure} ${currency}` : `${currency}${figure}`;

export const printDate = (asked: AskedDate): string => {
  if (asked.kind === "date") return formatPartialDate(asked.date);
  if (asked.count === 0 && asked.unit === "d") return "today";
  return `today${asked.count < 0 ? "" : "+"}${asked.count}${asked.unit}`;
};

/** Reads `low..high`, either end of which may be open, or a single value. */
export const parseRange = <T extends object | number>(
  text: string,
  parse: (text: string) => T | ValueProblem,
): Range<T> | ValueProblem => {
  const dots = text.indexOf("..");
  if (dots === -1) {
    const value = parse(text);
    return isValueProblem(value) ? value : { low: value, high: value, single: true };
  }
  const [lowText, highText] = [text.slice(0, dots), text.slice(dots + 2)];
  const low = lowText === "" ? undefined : parse(lowText);
  const high = highText === "" ? undefined : parse(highText);
  if (low !== undefined && isValueProblem(low)) return low;
  if (high !== undefined && isValueProblem(high)) return high;
  if (low === undefined && high === undefined)
    return { problem: "the range has no end", expected: "write low..high, low.. or ..high" };
  return { low, high, single: false };
};

export const printRange = <T>({ low, high, single }: Range<T>, print: (value: T) => string): string => {
  if (single && low !== undefined) return print(low);
  return `${low === undefined ? "" : print(low)}..${high === undefined ? "" : print(high)}`;
};
