import { type PartialDate, parsePartialDate } from "../model/partial-date.ts";

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ]\S*?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * The day of a date or moment of ISO 8601, with the offset that was written, which never shifts it (N4):
 * `2024-01-31`, `2024-01-31+01:00`, `2024-01-31T23:59:59.000Z`. Undefined for any other text.
 */
export const readNoticeDate = (text: string): PartialDate | undefined => {
  const [, day, offset = ""] = MOMENT.exec(text.trim()) ?? [];
  return day === undefined ? parsePartialDate(text.trim()) : parsePartialDate(day + offset);
};
