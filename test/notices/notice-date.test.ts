import { expect, test } from "vitest";
import { formatPartialDate } from "../../src/model/partial-date.ts";
import { readNoticeDate } from "../../src/notices/notice-date.ts";

test.each([
  ["2024-01-31", "2024-01-31"],
  ["2024-01-31+01:00", "2024-01-31+01:00"],
  ["2024-01-31T23:59:59.000Z", "2024-01-31Z"],
  ["2024-01-31T00:30:00+02:00", "2024-01-31+02:00"],
  ["2016-01-12T00:00:00.-06:00", "2016-01-12-06:00"],
  ["2024-01-31 10:00:00", "2024-01-31"],
  [" 2024-01-31 ", "2024-01-31"],
  ["2024-01", "2024-01"],
  ["2024", "2024"],
])("N4: %s is the day %s", (text, expected) => {
  const date = readNoticeDate(text);
  expect(date && formatPartialDate(date)).toBe(expected);
});

test.each(["2024-02-30T00:00:00Z", "31.01.2024", "string", "", "2024-01-31T00:00:00+99:00"])(
  "N4: %s is no day",
  (text) => expect(readNoticeDate(text)).toBeUndefined(),
);
