import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { schemaOf } from "./answer-schemas.ts";
import { type Case, parseCaseFile, printCaseFile, splitWords, visibleOutcome } from "./cases/case-file.ts";
import { inputOf } from "./cases/input-of.ts";
import { runInProcess } from "./cases/run-in-process.ts";

const FOLDER = join(import.meta.dirname, "cases");
const UPDATE = process.env["UPDATE_CASES"] === "1";
const HOSTILE = /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\u001b(?!\[\d+m)/;

const run = (wanted: Case) =>
  runInProcess(splitWords(wanted.command), {
    ...wanted,
    input: inputOf(wanted),
    inputIs: wanted.redirected === undefined ? "pipe" : "file",
  });

/** Holds an answer in JSON against what `lotbook schema` prints for its command. */
const expectToObeySchema = async (command: string, json: string): Promise<void> => {
  const { valid } = await schemaOf(splitWords(command)[0] ?? "");
  valid(JSON.parse(json));
  expect(valid.errors).toBeNull();
};

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".case"))) {
  const path = join(FOLDER, file);
  const { about, cases } = parseCaseFile(readFileSync(path, "utf8"));
  if (UPDATE) {
    test(`${file} is written anew`, async () => {
      const updated: Case[] = [];
      for (const each of cases) updated.push({ ...each, expected: visibleOutcome(await run(each)) });
      writeFileSync(path, printCaseFile({ about, cases: updated }));
    });
    continue;
  }
  describe(file, () => {
    test("has cases, each under a name of its own", () => {
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
      expect(cases.length).toBeGreaterThan(0);
      expect(printCaseFile({ about, cases })).toBe(readFileSync(path, "utf8"));
    });
    for (const each of cases) {
      test(each.name, async () => {
        const outcome = await run(each);
        expect(visibleOutcome(outcome)).toEqual(each.expected);
        expect(outcome.stderr).not.toMatch(/internal error|^ +at /m);
        if (/ --json/.test(each.command) && outcome.exitCode < 2) {
          const projected = each.command.includes(" --fields");
          if (projected) JSON.parse(outcome.stdout);
          else await expectToObeySchema(each.command, outcome.stdout);
        }
        if (each.terminal === undefined) return;
        expect(outcome.stdout + outcome.stderr).not.toMatch(HOSTILE);
        // Machine formats and the examples of the help have lines that nothing may break.
        if (/ -f (?!table)| --json/.test(each.command)) return;
        const columns = each.terminal;
        const lines = outcome.stdout.split("\n").filter((line) => !line.startsWith("  $ "));
        expect(lines.filter((line) => stringWidth(line) > columns)).toEqual([]);
      });
    }
  });
}
