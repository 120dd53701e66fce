import { createHash } from "node:crypto";
import ical, { ICalAlarmType, ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import type { CalendarEvent, Report } from "../engine/report.ts";
import { UsageError } from "../model/errors.ts";
import { safeAnywhere } from "./safe-text.ts";

const DAY_IN_SECONDS = 86_400;

/** Midnight UTC of a day. Days in a calendar have no time zone, and only the date is written. */
const dateOf = (day: number): Date => new Date(day * DAY_IN_SECONDS * 1000);

/**
 * The id of an event. It is the same whenever and wherever the event is written, so that calendars move an event
 * instead of adding another.
 */
const uidOf = (key: readonly (string | undefined)[]): string =>
  `${createHash("sha256").update(JSON.stringify(key)).digest("hex").slice(0, 32)}@lotbook`;

/**
 * The events of an answer as a calendar (RFC 5545). Each takes whole days, and all days of a date that is known to the
 * month or year only, with alarms before the first. Nothing in it depends on the clock. Throws UsageError for answers
 * without events.
 */
export async function* formatIcs<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { events } = report;
  if (events === undefined)
    throw new UsageError(
      "this answer cannot be a calendar",
      "lotbook expiring -f ics writes what ends, with --decisions what there is to do",
    );
  const calendar = ical({ prodId: { company: "lotbook", product: "lotbook" }, method: ICalCalendarMethod.PUBLISH });
  calendar.name(events.title);
  for await (const batch of report.batches)
    for (const row of batch) addEvent(calendar, events.of(row), dateOf(events.day.last));
  yield `${calendar.toString()}\r\n`;
}

const addEvent = (calendar: ReturnType<typeof ical>, event: CalendarEvent, stamp: Date): void => {
  const { key, title, lines, days, certain, alarms } = event;
  const summary = safeAnywhere(title);
  const made = calendar.createEvent({
    id: uidOf(key),
    stamp,
    start: dateOf(days.first),
    // The end is the first day after the event.
    end: dateOf(days.last + 1),
    allDay: true,
    summary,
    description: lines.map(safeAnywhere).join("\n"),
    status: certain ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    transparency: ICalEventTransparency.TRANSPARENT,
  });
  for (const before of alarms)
    made.createAlarm({ type: ICalAlarmType.display, triggerBefore: before * DAY_IN_SECONDS, description: summary });
};
