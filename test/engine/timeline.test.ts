import { expect, test } from "vitest";
import { arrange } from "../../src/engine/report.ts";
import { TIMELINE_COLUMNS, timeline } from "../../src/engine/timeline.ts";
import { linesOf, openText, rowsOf } from "../open-text.ts";

const REGISTER = `
contracts:
  - { contract: a, title: A, startDate: 2016-01-01, term: 1 year + 1 renewal of 1 year, lots: [{ lot: 1 }, { lot: 2 }] }
  - { contract: b, awardDate: 2015, term: 18 months, lots: [{ lot: 1 }] }
  - { contract: c, awardDate: 2015, lots: [{ lot: 1 }] }
`;

test("one row a phase, with the precision of its dates", async () => {
  const report = timeline(await openText(REGISTER), { at: { year: 2017 } });
  expect(await linesOf(report, ...TIMELINE_COLUMNS.map(({ name }) => name))).toEqual([
    "a | - | A | firm | 2016-01-01 | day | 2016-12-31 | day | ended or renewal 1",
    "a | - | A | renewal 1 | 2017-01-01 | day | 2017-12-31 | day | ended or renewal 1",
    "b | - | - | firm | 2015 | year | 2016-07..2017-06 | between | firm or ended",
  ]);
  expect(report.closing().notes).toEqual([
    "Left out: 1 contract whose end is unknown.",
    "Where no start date is stated, ends are counted from the award date.",
  ]);
});

test("the day is the present one where none is named", async () => {
  const report = timeline(await openText(REGISTER));
  expect(await rowsOf(report)).toHaveLength(3);
  expect(report.shape).toMatchObject({ kind: "drawing", day: { day: expect.any(Number) } });
});

test("it is drawn, whatever the order and the number of rows, until fields are named", async () => {
  const register = await openText(REGISTER);
  expect(arrange(timeline(register), { sort: ["-end"], limit: 1 }).shape).toBeDefined();
  expect(arrange(timeline(register), { fields: ["contract"] }).shape).toBeUndefined();
});
