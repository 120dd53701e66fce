import { describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";
import { LONG } from "../long.ts";

/** What logs of build servers obey, wherever a text of strangers may have it. */
const HOSTILE =
  "::error::a\n::warning file=x::b\r::set-env name=c::d\u2028::e ##[error]f ##vso[task.g]h\n##teamcity[i]\n \tsection_start:1:j";

const RECORDS = [
  { source: "::src", title: HOSTILE },
  { source: "other", title: "Other" },
  { supplier: "::s", name: `${HOSTILE}1`, aliases: ["::alias"], members: [{ name: HOSTILE }], legalId: "::1" },
  { supplier: "::t", name: "::error::t", successions: [{ renamed: "2025", from: HOSTILE }] },
  {
    contract: "::c",
    title: HOSTILE,
    buyer: { "::src": HOSTILE, other: "::notice::b" },
    description: HOSTILE,
    note: HOSTILE,
    framework: "yes",
    awardDate: "2024-01-01",
    term: "2 years + 2 renewals of 1 year",
    lots: [
      {
        lot: "::1",
        title: HOSTILE,
        service: "::svc",
        deployment: "::dep",
        ceiling: "EUR 1M",
        suppliers: ["::s", "::t"],
      },
      { lot: "##[error]2", ceiling: "withheld", suppliers: ["::t"] },
    ],
    groups: [{ group: "::g", title: HOSTILE, lots: ["::1", "##[error]2"], ceiling: "EUR 900k" }],
    modifications: [{ modification: "::M", date: "2024-02-01", lot: "::1", amount: "EUR 50k", title: HOSTILE }],
    orders: [
      { order: "::o", lot: "::1", supplier: "::s", date: "2024-03-01", amount: "EUR 12k", description: HOSTILE },
      { order: "::p", lot: "::z", supplier: HOSTILE, date: "2024-03", amount: "USD 5", buyer: HOSTILE },
    ],
  },
  { contract: "::d", callOffOf: "::c", title: HOSTILE, lots: [{ lot: "::1", awarded: "EUR 1k" }] },
  { contract: "::e", callOffOf: "::e", title: HOSTILE, lots: [] },
];
const input = Buffer.from(RECORDS.map((record) => `${JSON.stringify(record)}\n`).join(""));

const COMMANDS = [
  "lots",
  "contracts",
  "suppliers",
  "suppliers --similar",
  "awards",
  "sources",
  "compare",
  "total",
  "total --why",
  "total --by supplier",
  "total --by buyer,lot",
  "headroom",
  "headroom --burn",
  "orders",
  "orders --by buyer,supplier",
  "orders --sample 2",
  "expiring --renewals",
  "expiring --decisions",
  "timeline",
  "check",
  "show ::c",
  "show ::s",
  "fits EUR10 --lot ::c/::1",
];
const FORMATS = ["table", "markdown", "csv", "csv --raw", "tsv", "tsv --raw", "html", "json", "ndjson"];

/** A line that a log obeys, behind white space and colours, too. */
const OBEYED = /^(?:[^\S\n]|\u001b\[[\d;]*m)*(?:::|section_(?:start|end):)|##(?:\[|vso\[|teamcity\[)/i;
const linesOf = (text: string) => text.split(/[\n\r]/);

const obeyedIn = async (argv: string) => {
  const outcome = await runInProcess([...argv.split(" "), "--data", "-", "--at", "2024-06-01"], { input });
  expect(outcome.exitCode, outcome.stderr).toBeLessThan(2);
  return linesOf(outcome.stdout + outcome.stderr).filter((line) => OBEYED.test(line));
};

describe("no line of an answer is a command to a log", () => {
  /** Of each command some formats, and each format of some commands; at full length all of all. */
  const asked = COMMANDS.map((command, nth) => ({
    command,
    formats: FORMATS.filter((_, index) => LONG || (index + nth) % 3 === 0),
  }));
  test.each(asked)("$command", async ({ command, formats }) => {
    for (const format of formats)
      expect([format, await obeyedIn(`${command} --format ${format}`)]).toEqual([format, []]);
  });

  test.each([
    "report",
    "timeline --svg",
    "headroom --svg",
    "convert",
    "convert --to jsonl",
    "convert --to csv",
    "convert --to csv --raw",
    "expiring --renewals --format ics",
    "expiring --decisions --format ics",
  ])("%s", async (command) => expect(await obeyedIn(command)).toEqual([]));

  test("lines of a calendar, wherever they are broken", async () => {
    const contracts = Array.from({ length: 75 }, (_, index) => ({
      contract: `c${index}`,
      title: `${"x".repeat(index)}::error::y section_end:1:z`,
      awardDate: "2024-01-01",
      term: "1 year",
      lots: [{ lot: "1" }],
    }));
    const lines = Buffer.from(contracts.map((contract) => `${JSON.stringify(contract)}\n`).join(""));
    const argv = ["expiring", "--format", "ics", "--data", "-", "--at", "2024-06-01"];
    const { stdout } = await runInProcess(argv, { input: lines });
    expect(stdout).toContain("BEGIN:VEVENT");
    expect(linesOf(stdout).filter((line) => OBEYED.test(line))).toEqual([]);
  });
});
