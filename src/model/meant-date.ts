import { daysInMonth, formatPartialDate, type PartialDate, parsePartialDate } from "./partial-date.ts";

interface DateProblem {
  readonly problem: string;
  readonly hint: string;
}

const FORMS = "write 2026, 2026-03 or 2026-03-31";
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** The number of a month that is written as a word: its full name, or at least the first three letters of it. */
const monthNamed = (word = ""): number | undefined => {
  const index = MONTHS.findIndex((name) => word.length >= 3 && name.toLowerCase().startsWith(word.toLowerCase()));
  return index < 0 ? undefined : index + 1;
};

const CENTURY = 2000;
const yearOf = (text = ""): number => (text.length === 2 ? CENTURY + Number(text) : Number(text));

const dateOf = (
  year: string | undefined,
  month: number | string | undefined,
  day?: string,
): PartialDate | undefined => {
  const date = { year: yearOf(year), month: Number(month ?? 0), ...(day !== undefined && { day: Number(day) }) };
  return parsePartialDate(formatPartialDate(date));
};

/** Each notation with the dates that it may mean. */
const NOTATIONS: readonly (readonly [RegExp, (parts: readonly string[]) => readonly (PartialDate | undefined)[]])[] = [
  [/^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?$/, ([year, month, day]) => [dateOf(year, month, day)]],
  [/^(\d{4})(\d{2})(\d{2})$/, ([year, month, day]) => [dateOf(year, month, day)]],
  [/^(\d{4}-\d{2}-\d{2})[T ]\d.*$/, ([day = ""]) => [parsePartialDate(day)]],
  [/^(\d{4})[-/.](\d{1,2})$/, ([year, month]) => [dateOf(year, month)]],
  [/^(\d{1,2})[-/.](\d{4})$/, ([month, year]) => [dateOf(year, month)]],
  [/^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})$/, ([day, month, year]) => [dateOf(year, month, day)]],
  [
    /^(\d{1,2})[-/ ](\d{1,2})[-/ ](\d{4}|\d{2})$/,
    ([one, other, year]) => [dateOf(year, other, one), dateOf(year, one, other)],
  ],
  [
    /^(\d{1,2})(?:st|nd|rd|th|\.)?[- ]([A-Za-z]+)\.?,?[- ](\d{4})$/,
    ([day, month, year]) => [dateOf(year, monthNamed(month), day)],
  ],
  [
    /^([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/,
    ([month, day, year]) => [dateOf(year, monthNamed(month), day)],
  ],
  [/^([A-Za-z]+)\.?,? (\d{4})$/, ([month, year]) => [dateOf(year, monthNamed(month))]],
];

const meantDates = (text: string): readonly string[] => {
  for (const [form, datesOf] of NOTATIONS) {
    const match = form.exec(text);
    if (match === null) continue;
    const dates = datesOf(match.slice(1)).filter((date) => date !== undefined);
    if (dates.length > 0) return [...new Set(dates.map(formatPartialDate))];
  }
  return [];
};

const missingDay = (text: string): string | undefined => {
  const [, year = "", monthText, dayText] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:Z|[+-][\d:]+)?$/.exec(text) ?? [];
  if (year === "") return undefined;
  const month = Number(monthText ?? 1);
  if (Number(year) === 0) return "years begin with 0001";
  if (month < 1 || month > MONTHS.length) return "months go from 01 to 12";
  const days = daysInMonth(Number(year), month);
  if (dayText === undefined || (Number(dayText) >= 1 && Number(dayText) <= days)) return undefined;
  return `${MONTHS[month - 1]} ${year} has ${days} days`;
};

export const explainDate = (text: string): DateProblem => {
  const missing = missingDay(text);
  if (missing !== undefined) return { problem: `"${text}" does not exist: ${missing}`, hint: FORMS };
  const meant = meantDates(text);
  if (meant.length === 0) return { problem: `"${text}" is not a date`, hint: FORMS };
  return { problem: `"${text}" is not an ISO date`, hint: `write ${meant.join(" or ")}` };
};
