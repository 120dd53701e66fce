import { addMonths, daysInMonth, type PartialDate } from "./partial-date.ts";

/** A day of the calendar as the number of days since 1970-01-01; exact for every year, in no time zone. */
export const dayNumber = (year: number, month: number, day: number): number => {
  // Counting years from March puts the leap day last (the civil-calendar method of H. Hinnant).
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
};

/** The date of a day number. */
export const dateOfDay = (days: number): Required<Omit<PartialDate, "offset">> => {
  let year = 1970 + Math.floor(days / 365.2425);
  while (dayNumber(year, 1, 1) > days) year--;
  while (dayNumber(year + 1, 1, 1) <= days) year++;
  let month = 1;
  while (month < 12 && dayNumber(year, month + 1, 1) <= days) month++;
  return { year, month, day: days - dayNumber(year, month, 1) + 1 };
};

/** The first and last day that a date may stand for. */
export interface DayRange {
  readonly first: number;
  readonly last: number;
}

export const dayRange = ({ year, month, day }: PartialDate): DayRange => {
  if (month === undefined) return { first: dayNumber(year, 1, 1), last: dayNumber(year, 12, 31) };
  if (day === undefined) {
    return { first: dayNumber(year, month, 1), last: dayNumber(year, month, daysInMonth(year, month)) };
  }
  const only = dayNumber(year, month, day);
  return { first: only, last: only };
};

/** A distance from a day: whole days, weeks, months or years, forwards or back. */
export const shiftDay = (days: number, count: number, unit: "d" | "w" | "m" | "y"): number => {
  if (unit === "d" || unit === "w") return days + count * (unit === "w" ? 7 : 1);
  const moved = addMonths(dateOfDay(days), count * (unit === "y" ? 12 : 1));
  return moved === undefined ? days : dayRange(moved).first;
};
