import { dateOfDay, dayNumber } from "./calendar.ts";
import { formatPartialDate } from "./partial-date.ts";

const FIRST_OF_1900 = dayNumber(1899, 12, 31);
const FIRST_OF_1904 = dayNumber(1904, 1, 1);
/** Excel takes 1900 for a leap year: its day 60 is none. */
const NO_DAY = 60;
const LAST_SERIAL = 2_958_465;

/** A day of the years 1954 to 2119 as a spreadsheet keeps it, which tables in CSV show where a column was not formatted. */
export const SERIAL_DAY = /^[2-7]\d{4}(?:\.\d+)?$/;

/** The day that a spreadsheet keeps as a number: days since the end of 1899, or since 1904, and a fraction for the hour. */
export const dayOfSerial = (text: string, from1904 = false): string | undefined => {
  const days = Math.floor(Number(text));
  if (!(days >= (from1904 ? 0 : 1) && days <= LAST_SERIAL) || (!from1904 && days === NO_DAY)) return undefined;
  const since = from1904 ? FIRST_OF_1904 : days < NO_DAY ? FIRST_OF_1900 : FIRST_OF_1900 - 1;
  return formatPartialDate(dateOfDay(since + days));
};
