import { describe, expect, test } from "vitest";
import { decisions } from "../../src/engine/decisions.ts";
import { expiring } from "../../src/engine/expiring.ts";
import { lots } from "../../src/engine/lots.ts";
import { arrange, type Report, watched } from "../../src/engine/report.ts";
import { formatIcs } from "../../src/output/calendar.ts";
import { openText } from "../open-text.ts";
import { allOf } from "../reading.ts";

const textOf = async <Row>(report: Report<Row>): Promise<string> => (await allOf(formatIcs(report))).join("");

/** The lines of a calendar as they are meant: those that were folded put together again. */
const linesOf = (text: string): readonly string[] => text.replace(/\r\n[ \t]/g, "").split("\r\n");

/** The events of a calendar, each as its properties; alarms as a list. */
const eventsOf = (text: string): readonly Readonly<Record<string, string>>[] => {
  const events: Record<string, string>[] = [];
  for (const line of linesOf(text)) {
    const [, name = "", value = ""] = /^([A-Z-]+(?:;[A-Z]+=[A-Z]+)?):(.*)$/.exec(line) ?? [];
    if (line === "BEGIN:VEVENT") events.push({});
    const event = events.at(-1);
    if (event === undefined || name === "") continue;
    if (name === "TRIGGER") event[name] = [event[name], value].filter(Boolean).join(" ");
    else event[name] ??= value;
  }
  return events;
};

const register = (more: string, id = "k") => `
contracts:
  - contract: ${id}
    title: Roads
    buyer: Town
    lots: []
    ${more}
`;

const ending = async (more: string, at: string, renewals = false): Promise<string> =>
  await textOf(expiring(await openText(register(more)), { at }, { renewals }));

describe("ends as events", () => {
  test("of a day, with alarms before it, and nothing of the clock", async () => {
    const text = await ending("endDate: 2024-02-29", "2023-01-01");
    expect(eventsOf(text)).toEqual([
      {
        BEGIN: "VEVENT",
        UID: expect.stringMatching(/^[0-9a-f]{32}@lotbook$/),
        SEQUENCE: "0",
        DTSTAMP: "20230101T000000Z",
        "DTSTART;VALUE=DATE": "20240229",
        "DTEND;VALUE=DATE": "20240301",
        "X-MICROSOFT-CDO-ALLDAYEVENT": "TRUE",
        "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT": "TRUE",
        SUMMARY: "End of k\\, Roads (firm)",
        TRANSP: "TRANSPARENT",
        DESCRIPTION: "Contract: k\\nTitle: Roads\\nBuyer: Town\\nEnd: 2024-02-29",
        TRIGGER: "-P30D -P7D",
        ACTION: "DISPLAY",
        STATUS: "CONFIRMED",
        END: "VALARM",
      },
    ]);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:-\/\/lotbook[^\r]*\r\nMETHOD:PUBLISH\r\n/);
    expect(text).toMatch(/END:VCALENDAR\r\n$/);
  });

  test.each([
    ["2024-02", "20240201", "20240301"],
    ["2023-12", "20231201", "20240101"],
    ["2024", "20240101", "20250101"],
  ])("%s is all of its days", async (end, start, after) => {
    const [event] = eventsOf(await ending(`endDate: ${end}`, "2023-01-01"));
    expect([event?.["DTSTART;VALUE=DATE"], event?.["DTEND;VALUE=DATE"]]).toEqual([start, after]);
  });

  test("the same event whenever it is written, also when its day has moved", async () => {
    const uids = async (more: string, at: string, renewals = false) =>
      eventsOf(await ending(more, at, renewals)).map(({ UID }) => UID);
    const [uid] = await uids("endDate: 2024-02-29", "2023-01-01");
    expect(await uids("endDate: 2024-05-31", "2024-01-01")).toEqual([uid]);
    const term = "term: 1 year + 2 renewals of 1 year\n    startDate: 2023-01-01";
    const all = await uids(term, "2023-06-01", true);
    expect(new Set([uid, ...all]).size).toBe(3);
    expect(await uids(term, "2023-07-01")).toEqual([all[0]]);
  });

  test("what nobody decided is tentative", async () => {
    const text = await ending("term: 1 year + 1 renewal of 1 year\n    startDate: 2023-01-01", "2024-03-01");
    expect(
      eventsOf(text).map(({ STATUS, DESCRIPTION = "" }) => [STATUS, DESCRIPTION.includes("Nobody decided")]),
    ).toEqual([
      ["CONFIRMED", false],
      ["TENTATIVE", true],
    ]);
  });

  test("of lots with terms of their own", async () => {
    const text = await textOf(
      expiring(
        await openText(
          "contracts: [{ contract: k, lots: [{ lot: 1, title: North, endDate: 2024-01-31 }, { lot: 2, endDate: 2025-01-31 }] }]",
        ),
        { at: "2023-01-01" },
      ),
    );
    expect(eventsOf(text).map(({ SUMMARY }) => SUMMARY)).toEqual(["End of k/1\\, North (firm)", "End of k/2 (firm)"]);
  });
});

test("what there is to do as events", async () => {
  const more =
    "term: 1 year + 1 renewal of 1 year\n    startDate: 2023-01-01\n    noticePeriod: 3 months\n    leadTime: 6 months\n    reviewDate: 2023-07";
  const text = await textOf(decisions(await openText(register(more)), { at: "2023-06-01" }));
  expect(eventsOf(text).map((event) => [event["DTSTART;VALUE=DATE"], event["SUMMARY"]])).toEqual([
    ["20230701", "Review: k\\, Roads"],
    ["20230930", "Decide renewal 1: k\\, Roads"],
    ["20240630", "Begin the next procedure: k\\, Roads"],
  ]);
});

describe("text of strangers", () => {
  const hostile = [
    "a\r\nBEGIN:VEVENT\r\nSUMMARY:no",
    'x;y,z\\n"q"',
    "\u202eback \u200b \u2028",
    "\u{1f469}\u200d\u{1f469}\u200d\u{1f467}".repeat(30),
    "\u00e9".repeat(200),
    "::error::no",
  ];

  test.each(hostile)("adds no line and no event: %j", async (title) => {
    const data = JSON.stringify({ contracts: [{ contract: "k", title, endDate: "2024-01-31", lots: [] }] });
    const text = await textOf(expiring(await openText(data), { at: "2023-01-01" }));
    expect(text.split("BEGIN:VEVENT\r\n")).toHaveLength(2);
    for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text.replace(/\r\n/g, "")).not.toMatch(/[\u0000-\u001f\u007f\u2028\u202e\u200b]/);
    expect(text.replace(/\r\n/g, "\n")).not.toContain("\r");
    expect(text.isWellFormed()).toBe(true);
    expect(eventsOf(text)).toHaveLength(1);
  });

  test("is escaped as calendars unescape it", async () => {
    const data = JSON.stringify({ contracts: [{ contract: "k", title: "x;y,z\\n", endDate: "2024-01-31", lots: [] }] });
    const [event] = eventsOf(await textOf(expiring(await openText(data), { at: "2023-01-01" })));
    expect(event?.["SUMMARY"]?.replace(/\\([\\;,])/g, "$1")).toBe("End of k, x;y,z\\n (firm)");
  });
});

test("an answer keeps its events however it is arranged or watched; one without any is refused", async () => {
  const open = await openText(register("endDate: 2024-01-31"));
  const arranged = arrange(expiring(open, { at: "2023-01-01" }), { sort: ["end"], fields: ["contract"] });
  expect(eventsOf(await textOf(watched(arranged, () => {})))).toHaveLength(1);
  await expect(textOf(lots(open))).rejects.toThrow("this answer cannot be a calendar");
});
