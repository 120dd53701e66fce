import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";

const CASES = join(import.meta.dirname, "..", "..", "..", "shared", "cases");
const isThere = existsSync(CASES);
const because = isThere ? "" : " (skipped: ../shared/cases is not there)";

const N = (...names: readonly string[]): readonly string[] => names.map((name) => `notices/${name}`);
const F = (...names: readonly string[]): readonly string[] => names.map((name) => `families/${name}`);
const FRAMEWORK = join(import.meta.dirname, "..", "..", "examples", "award-notice.xml");

const ask = (argv: string, files: readonly string[]) =>
  runInProcess([...argv.split(" "), ...files.flatMap((file) => ["--data", resolve(CASES, file)])]);

/** Files, a question, and what its answer must say, each in a line; whatever the order of the files. */
type Case = readonly [files: readonly string[], argv: string, ...lines: readonly string[]];

const ANSWERS: readonly Case[] = [
  [F("o4.jsonl"), "total --at 2026", "Total  GBP 1,200,000", "Total ordered  GBP 1,200,000"],
  [F("o4.jsonl"), "lots -f tsv --fields contract,callOffOf", "ocds-x-co0\tocds-x-fw", "ocds-x-co3\tocds-x-fw"],
  [F("o4.jsonl"), "headroom --at 2026 -f tsv --fields ordered,left", "1200000\tGBP\texactly\t\tknown\t0\tGBP"],
  [F("o4max.jsonl"), "total --at 2026", "Total  GBP 1,200,000", "Total ordered  GBP 1,200,000"],
  [F("fw.jsonl"), "headroom --at 2026", "GBP 100,000  GBP 115,000  GBP -15,000  115.0 %  breach"],
  [[FRAMEWORK, ...F("calloff-eforms.xml")], "headroom", "EUR 800,000  EUR 900,000  EUR -100,000  112.5 %  breach"],
  [F("calloff.yaml"), "headroom", "EUR 100k  EUR 70k  EUR 30k  70.0 %  open"],
  [F("withheld-old.xml"), "lots -f tsv --fields lot,ceiling", "LOT-0001\t\t\t\t\twithheld", "LOT-0002\t150000\tEUR"],
  [
    F("withheld-116.xml"),
    "lots -f tsv --fields lot,ceiling",
    "LOT-0001\t\t\t\t\twithheld",
    "LOT-0002\t\t\t\t\twithheld",
  ],
  [F("uk.json"), "lots --fields lot,estimate,ceiling,awarded", "GBP 600,000  not stated        –", "GBP 400,000"],
  [F("uk12.json"), "total", "Total  GBP 900,000", "Total awarded  GBP 1,000,000"],
  [N("01-duplicate-award-id.json"), "total", "Total awarded  COP 1,000.00"],
  [N("01-duplicate-award-id.json"), "show ocds-zz0101-1", "contract K  "],
  [N("02-supplier-row-above-total.json"), "suppliers", "Sauce SA  company     1   MXN 0  MXN 53,360", "Total awarded"],
  ...["lots", "contracts", "suppliers", "total"].map(
    (question): Case => [N("03-award-without-value.json"), question, "GBP 10,000.50"],
  ),
  [N("03-award-without-value.json"), "lots -f csv", "10000.50,GBP,exactly"],
  [N("04-contract-only.json"), "lots", "MXN 33,840  Cal y Canto SA"],
  [N("04-contract-only.json"), "expiring --at 2025-06-05", "2025-06-30Z", "in 25 days"],
  [N("04-contract-only.json"), "show ocds-zz0018-1", "startDate", "2025-06-01Z", "signed 2025-05-07Z"],
  [
    N("05-a-framework.xml", "05-b-calloff.xml", "05-c-calloff.xml"),
    "headroom",
    "EUR 1,000,000  EUR 500,000  EUR 500,000  50.0 %  open",
  ],
  [
    N("05-a-framework.xml", "05-b-calloff.xml", "05-c-calloff.xml"),
    "suppliers -f tsv --fields name",
    "Brine AG",
    "Grit Oy",
  ],
  [N("06-a-dps-q1.xml", "06-b-dps-q2.xml"), "total", "Total awarded  EUR 120,000"],
  [N("06-a-dps-q1.xml", "06-b-dps-q2.xml"), "suppliers -f tsv --fields name", "Brine AG", "Grit Oy"],
  [
    N("07-a-award.xml", "07-b-modification.xml"),
    "show 00000601-2023",
    "EUR 5,500,000",
    "2022-12-08+01:00",
    "value EUR 70,000 more; EUR 6,000,000 after it",
  ],
  [N("07-a-award.xml", "07-b-modification.xml"), "total", "Total awarded  EUR 5,500,000"],
  [N("08-calloffs-of-a-framework.json"), "headroom", "EUR 1,000,000  EUR 1,100,000  EUR -100,000  110.0 %  breach"],
  [N("08-calloffs-of-a-framework.json"), "check", "[L1-breach]"],
  [
    N("09-a-f03.xml", "09-b-f20-s03.xml"),
    "show 00000011-2020",
    "2020-03-05; lot no-lot; value EUR 20,000.00 more; EUR 120,000.00 after it; 20.0 % in all; unforeseen circumstances",
  ],
  [
    N("10-fmtval-in-cents.xml"),
    "total",
    "Total awarded  EUR 49,700",
    "4970000 in its attribute and 49 700 in its text",
  ],
  [N("11-doe-sdk-0.1.xml"), "lots", "LOT-0000  Streusalz  Sole GmbH"],
  [N("11-doe-sdk-0.1.xml"), "contracts", "Amt Erlenau  2023-01-20"],
  [N("12-duration-in-days.json"), "contracts", "2032-09-26  2032-09-26"],
  [N("13-max-extent-date.json"), "contracts", "2026-01-31Z  2028-01-31"],
  [N("14-ocds12-final-status.json"), "total", "Total awarded  EUR 100"],
  [N("14-ocds12-final-status.json"), "lots --json --fields lot,status", '{"lot": "2", "status": "cancelled"}'],
  [N("15-ocds12-tender-maximum.json"), "show ocds-zz0011-1", "EUR 4,000,000", "EUR 5,000,000; Hand AB, Palm Oy"],
  [
    N("16-one-ocid-two-buyers.json"),
    "total --by buyer",
    "North Grid      1  GBP 5,000,000",
    "South Water     1    GBP 300,000",
  ],
  [N("17-a-wrapped-release-package.json"), "total", "Total awarded  HNL 100"],
  [N("17-b-wrapped-array.json"), "total", "Total awarded  HNL 100"],
  [N("17-c-wrapped-data.json"), "total", "Total awarded  HNL 100"],
  [N("18-capital-statuses.json"), "total", "Total awarded  USD 10"],
  [N("19-windows-1252.json"), "suppliers", "Café € – O’Neil Ltd"],
  [N("20-concatenated-pretty.json"), "total", "Total awarded  GBP 200"],
  [N("21-a-decp.json"), "total", "Total  EUR 100,000.00"],
  [N("22-uk6-in-ted-export.xml"), "lots", "GBP 100  Birch Motors"],
];

const FOREIGN: readonly (readonly [name: string, called: string])[] = [
  ["21-b-ted-api-search.json", "an answer of TED's search"],
  ["21-c-ted.csv", "a TED CSV"],
  ["21-d-flattened-ocds.csv", "a CSV of flattened OCDS"],
  ["21-e-contracts-finder.csv", "a Contracts Finder CSV"],
  ["21-f-opentender.ndjson", "a tender of Opentender"],
  ["21-g-prozorro-api.json", "a tender of Prozorro's own API"],
  ["21-h-placsp.xml", "a feed of PLACSP"],
];

describe.skipIf(!isThere)(`minimal notices come to the values that were worked out by hand${because}`, () => {
  const each = ANSWERS.map(([files, argv, ...lines]) => ({ files, argv, lines }));
  test.each(each)("$files: $argv", async ({ files, argv, lines }) => {
    for (const order of [files, [...files].reverse()]) {
      const { stdout, stderr } = await ask(argv, order);
      for (const line of lines) expect(stdout + stderr).toContain(line);
    }
  });

  test("without its framework each call-off counts, and a note says so", async () => {
    const lines = readFileSync(join(CASES, "families", "o4.jsonl"), "utf8").split("\n");
    const input = Buffer.from(lines.filter((line) => !line.startsWith('{"ocid": "ocds-x-fw"')).join("\n"));
    const { stdout } = await runInProcess(["total", "--data", "-"], { input });
    expect(stdout).toContain("Total awarded  GBP 1,200,000");
    expect(stdout).toContain("4 call-offs count by themselves: the framework ocds-x-fw is not among the data.");
  });

  test.each(FOREIGN)("%s is called %s", async (name, called) => {
    const { exitCode, stderr } = await ask("total", N(name));
    expect(exitCode).toBe(65);
    expect(stderr).toContain(called);
    expect(stderr).toContain("hint: ");
  });
});
