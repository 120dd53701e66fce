import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, test } from "vitest";
import { tarOf } from "./archives.ts";
import { splitWords } from "./cases/case-file.ts";
import { runInProcess } from "./cases/run-in-process.ts";
import { type Answer, COUNTY, type ExpectedRow } from "./county-answers.ts";
import { times } from "./long.ts";

/**
 * Thirty questions of one county's contracts, each asked in one command: of a register, of ledgers in three formats and of
 * notices. What is expected was worked out by hand (county-answers.ts says how), and is held against the table, JSON and CSV.
 */
const DATA = ["--data", "test/registers/county", "--at", "2026-06-30"];

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, bn: 1e9 };

const number = (digits: string, suffix = ""): string =>
  String(Math.round(Number(digits.replaceAll(",", "")) * (SUFFIXES[suffix] ?? 1) * 100) / 100);

/** A figure as one text, whatever wrote it: its unit, and the number without what only makes it easier to read. */
const figure = (text: string): string | undefined => {
  const [, currency, size, suffix] = /^([A-Z]{3}) (-?[\d,]+(?:\.\d+)?)(k|M|bn)?$/.exec(text) ?? [];
  if (currency !== undefined && size !== undefined) return `${currency} ${number(size, suffix)}`;
  const [, counted, unit = ""] = /^(-?[\d,]+(?:\.\d+)?)(?: (%|hours))?$/.exec(text) ?? [];
  if (counted === undefined) return undefined;
  return unit === "hours" ? `hours ${number(counted)}` : number(counted);
};

const UNSAID = new Set(["", "–", "not stated"]);

/** What stands in a cell for people. */
const plain = (text: string): string => {
  if (UNSAID.has(text)) return "";
  const [low, high] = text.split(" to ");
  if (low !== undefined && high !== undefined) {
    const [from, to] = [figure(low) ?? figure(`${low} %`), figure(high)];
    if (from !== undefined && to !== undefined) return `${from}..${to}`;
  }
  return text.startsWith("≥ ") ? `≥ ${figure(text.slice(2))}` : (figure(text) ?? text);
};

const bounded = (unit: string, value: string, bound: string, least: string): string => {
  const named = (size: string): string => (unit === "" ? number(size) : `${unit} ${number(size)}`);
  if (bound === "between") return `${named(least)}..${named(value)}`;
  return bound === "atLeast" ? `≥ ${named(value)}` : named(value);
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const ofJson = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(ofJson).join("; ");
  if (!isRecord(value)) return plain(String(value ?? ""));
  const { amount, currency = "", percent, number: decimal, quantity, unit = "", bound = "", least = "" } = value;
  const size = [amount, percent, decimal, quantity].find((one) => one !== undefined);
  if (size === undefined) return String(value["name"] ?? JSON.stringify(value));
  return bounded(String(currency || unit), String(size), String(bound), String(least));
};

const ofCsv = (row: Readonly<Record<string, string>>, field: string): string => {
  const value = row[field] ?? "";
  const bound = row[`${field}_bound`];
  if (bound === undefined || value === "" || Number.isNaN(Number(value))) return plain(value);
  return bounded(row[`${field}_currency`] ?? "", value, bound, row[`${field}_least`] ?? "");
};

const expectedIn = (row: ExpectedRow): ExpectedRow =>
  Object.fromEntries(Object.entries(row).map(([field, text]) => [field, plain(text)]));

const ask = async ({ command, exits = 0 }: Answer, ...more: readonly string[]): Promise<string> => {
  const { stdout, exitCode } = await runInProcess([...splitWords(command), ...DATA, ...more]);
  expect(exitCode).toBe(exits);
  return stdout;
};

const only = (expected: readonly ExpectedRow[], textIn: (row: number, field: string) => string, rows: number) =>
  Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(Object.keys(expected[row] ?? expected[0] ?? {}).map((field) => [field, textIn(row, field)])),
  );

/** Those that are answered by files, which the tests below read. */
const ANSWERED_BY_FILES = ["A10b", "B9", "B10", "C10"];

test("there are thirty of them, ten for each who asks", () => {
  const asked = new Set([...COUNTY.map(({ id }) => id), ...ANSWERED_BY_FILES].map((id) => id.replace(/[a-z]$/, "")));
  const all = ["A", "B", "C"].flatMap((who) => Array.from({ length: 10 }, (_, index) => `${who}${index + 1}`));
  expect([...asked].sort()).toEqual(all.sort());
});

describe.each(COUNTY)("$id $command", (answer) => {
  const expected = answer.rows.map(expectedIn);

  test("in JSON", async () => {
    const rows: unknown = JSON.parse(await ask(answer, "-f", "json"));
    const found = (Array.isArray(rows) ? rows : [rows]).filter(isRecord);
    expect(only(expected, (row, field) => ofJson(found[row]?.[field]), found.length)).toEqual(expected);
  });

  test("in CSV", async () => {
    const rows: Readonly<Record<string, string>>[] = parse(await ask(answer, "-f", "csv"), { columns: true });
    expect(only(expected, (row, field) => ofCsv(rows[row] ?? {}, field), rows.length)).toEqual(expected);
  });

  test.skipIf(answer.command.startsWith("check"))("in the table", async () => {
    const lines = (await ask(answer)).split("\n").map((line) => line.trim().split(/ {2,}/).map(plain));
    const totals = lines.filter(([label = ""]) => label.startsWith("Total")).flat();
    for (const { row, ...cells } of expected) {
      const shown = Object.values(cells).filter((cell) => cell !== "");
      // The first five stand in a sentence below.
      if (row === "top") continue;
      if (row === "total") expect(totals).toEqual(expect.arrayContaining(shown));
      else
        expect(
          lines.some((line) => shown.every((cell) => line.includes(cell))),
          shown.join(),
        ).toBe(true);
    }
  });
});

const work = mkdtempSync(join(tmpdir(), "lotbook-county-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const run = (...words: readonly string[]) => runInProcess([...words, "--at", "2026-06-30"]);

test("A10: what there is to decide, as a calendar, in lines of at most 75 octets", async () => {
  const { stdout } = await run("expiring", "--decisions", "-f", "ics", "--data", "test/registers/county");
  for (const line of stdout.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  const days = [...stdout.matchAll(/^DTSTART;VALUE=DATE:(\d+)/gm)].map(([, day]) => day);
  expect(days).toEqual(["20251130", "20260308", "20260515", "20260702", "20260930", "20261231"]);
  const ids = [...stdout.matchAll(/^UID:(.+)\r$/gm)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(days.length);
  // On another day it is the same events.
  const later = await runInProcess(
    "expiring --decisions -f ics --data test/registers/county --at 2026-07-01".split(" "),
  );
  expect([...later.stdout.matchAll(/^UID:(.+)\r$/gm)].map(([, id]) => id)).toEqual(ids);
});

test("B9: a workbook, in which no amount is lost", async () => {
  const file = join(work, "county.xlsx");
  const { exitCode } = await run("convert", "--format", "xlsx", "-o", file, "--data", "test/registers/county");
  expect([exitCode, readFileSync(file).subarray(0, 2).toString()]).toEqual([0, "PK"]);
});

test("B10: an archive as it was downloaded answers as its files do, and counts what it cannot read", async () => {
  const names = ["bridges.json"];
  const files = Object.fromEntries(
    names.map((name) => [`2026-06/${name}`, readFileSync(join("test/registers/county", name))]),
  );
  const archive = join(work, "2026-06.tar.gz");
  writeFileSync(
    archive,
    gzipSync(
      await tarOf({
        ...files,
        "2026-06/other.xml": "<ContractNotice xmlns='urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2'/>",
      }),
    ),
  );
  const { stdout, exitCode } = await run("total", "--json", "-d", archive);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(
    JSON.parse((await run("total", "--json", "-d", "test/registers/county/bridges.json")).stdout),
  );
});

test("C10: one file of evidence, which is derived again byte for byte, and not where any part of it was changed", async () => {
  const pack = join(work, "pack.json");
  await run("audit", "-o", pack, "--data", "test/registers/county");
  const made = readFileSync(pack, "utf8");
  expect((await runInProcess(["audit", "--verify", pack])).exitCode).toBe(0);
  expect(made).not.toContain(process.cwd());
  // A digit of each line in turn, where it has one: of figures, findings, rules, inputs and what was asked.
  const lines = made.split("\n");
  for (const index of lines.keys()) {
    const line = lines[index] ?? "";
    const changed = line.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
    if (changed === line || index % times(7, 35) !== 0 || /"skipBad"|"day"/.test(line)) continue;
    writeFileSync(pack, lines.with(index, changed).join("\n"));
    const { exitCode } = await runInProcess(["audit", "--verify", pack]);
    expect([line, exitCode]).toEqual([line, 1]);
  }
});
