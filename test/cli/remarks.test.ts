import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { remarksOn, warningsText } from "../../src/cli/remarks.ts";
import type { Finding } from "../../src/model/errors.ts";
import type { Assumption } from "../../src/model/publication.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const warning = (message: string): Finding => ({
  rule: "F9",
  severity: "warning",
  message,
  position: { file: "a.zip", line: 1, column: 1, text: "" },
});

test("warnings that are alike stand once, with how many there are", () => {
  const warnings = [...Array.from({ length: 25 }, () => warning("it is cut off")), warning("it is empty")];
  expect(warningsText(warnings, PLAIN_STYLE).split("\n")).toEqual([
    "warning: a.zip:1:1: it is cut off [F9], 25 times",
    "warning: a.zip:1:1: it is empty [F9]",
    "lotbook: 26 warnings: what could not be read is left out of the answer",
    "",
  ]);
});

test("of many unlike ones the first are shown", () => {
  const warnings = Array.from({ length: 25 }, (_, index) => warning(`no ${index}`));
  const lines = warningsText(warnings, PLAIN_STYLE).trimEnd().split("\n");
  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toMatch(/^lotbook: 25 warnings: .*; the first 20 are shown$/);
});

const assumed = (rule: Assumption["rule"], count: number): Assumption => ({
  rule,
  count,
  first: [
    { file: "a.xml", text: "so it counts" },
    { file: "b.xml", text: "so does this" },
  ].slice(0, count),
});

test.each([
  [[assumed("R-WIN", 1)], ["note: a.xml: so it counts [R-WIN]"]],
  [
    [assumed("R-WIN", 1), assumed("T10", 3)],
    [
      "note: a.xml: so it counts [R-WIN]",
      "note: a.xml: so it counts [T10], and 2 more",
      "note: --notes shows every one",
    ],
  ],
  [
    [assumed("R-WIN", 1), assumed("T10", 3), assumed("E6", 2), assumed("F1", 4)],
    ["note: 4 rules decided what the notices leave open, most often F1 (4), T10 (3), E6 (2); --notes shows every case"],
  ],
])("what was assumed is told in few notes", async (assumptions, notes) => {
  const register = { assumptions: () => assumptions, findings: () => [], passedOver: () => [] };
  const surface = { style: PLAIN_STYLE, width: undefined };
  expect((await remarksOn(register, surface, false)).trimEnd().split("\n")).toEqual(notes);
  const every = await remarksOn(register, { ...surface, everyNote: true }, false);
  expect(every.trimEnd().split("\n")).toHaveLength(assumptions.flatMap(({ first }) => first).length);
  expect(await remarksOn(register, { ...surface, quiet: true }, false)).toBe("");
  expect(await remarksOn(register, surface, true)).toBe("");
});

test("--notes shows every note, however many there are of a rule", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-notes-"));
  const notice = readFileSync("examples/award-notice.xml", "utf8");
  for (let index = 1000; index < 1030; index++)
    writeFileSync(join(folder, `${index}.xml`), notice.replaceAll("0042", String(index)));
  try {
    const { stderr } = await runInProcess(["total", "--notes", "-d", folder]);
    expect(stderr.match(/^note: .*\[R-WIN\]$/gm)).toHaveLength(30);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
