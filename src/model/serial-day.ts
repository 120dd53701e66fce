import { dateOfDay, dayNumber } from "./calendar.ts";
import { formatPartialDate } from "./partial-date.ts";

const FIRST_OF_1900 = dayNumber(1899, 12, 31);
const FIRST_OF_1904 = dayNumber(1904, 1, 1);
/** Excel takes 1900 for a leap year. Its day 60 does not exist. */
const NO_DAY = 60;
const LAST_SERIAL = 2_958_465;

/**
 * A day of the years 1954 to 2119 as a spreadsheet stores it. Tables in CSV show it so where a column was not
 * formatted.
 */
export const SERIAL_DAY = /^[2-7]\d{4}(?:\.\d+)?$/;

/**
 * The day that a spreadsheet stores as a number: the days since the end of 1899, or since 1904, with a fraction for the
 * hour. Undefined for a number that stands for no day.
 */
export const dayOfSerial = (text: string, from1904 = false): string | undefined => {
  const days = Math.floor(Number(text));
  if (!(days >= (from1904 ? 0 : 1) && days <= LAST_SERIAL) || (!from1904 && days === NO_DAY)) return undefined;
  const since = from1904 ? FIRST_OF_1904 : days < NO_DAY ? FIRST_OF_1900 : FIRST_OF_1900 - 1;
  return formatPartialDate(dateOfDay(since + days));
};
