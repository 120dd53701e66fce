import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../../src/engine/rules/catalogue.ts";
import { explain, rules } from "../../../src/engine/rules/explain.ts";
import { RULE_IDS, RULES, type RuleId, tellsOfAgreement } from "../../../src/model/rule.ts";
import { parseCaseFile } from "../../cases/case-file.ts";
import { findingsIn } from "../../checking.ts";
import { rowsOf } from "../../open-text.ts";
import { fileText } from "../../pages.ts";

describe("every rule is found in its own reproducer, as grave as it is said to be", () => {
  test.each(RULE_IDS)("%s", async (id) => {
    const found = (await findingsIn(CATALOGUE.get(id)?.reproducer ?? "")).filter(({ rule }) => rule === id);
    expect(found.map(({ severity }) => severity)).toContain(RULES[id]);
    expect(found.every(({ position }) => position !== undefined)).toBe(true);
  });
});

test("every rule has its reproducer's whole answer among the cases", () => {
  const { cases } = parseCaseFile(readFileSync("test/cases/reproducers.case", "utf8"));
  const commandFor = (id: RuleId): string => `check -${tellsOfAgreement(id) ? " --verbose" : ""} ${id}`;
  expect(cases.map(({ rule, command }) => `${command} ${rule}`)).toEqual(RULE_IDS.map(commandFor));
  for (const { rule, expected } of cases) expect(expected.stdout).toContain(`[${rule}]`);
});

test("the page of rules has an entry for each, in their order and as grave, and lists them above", () => {
  const page = fileText("docs/rules.md");
  const listed = [...page.matchAll(/^\| ([A-Z]\S+) \| ([a-z]+) \| (.+) \|$/gm)].map(([, ...row]) => row);
  const headed = [...page.matchAll(/^### (.+) \((\w+)\)$/gm)].map(([, ...heading]) => heading);
  const known = RULE_IDS.map((id) => [id, RULES[id]]);
  expect(headed).toEqual(known);
  expect([...CATALOGUE.keys()]).toEqual(RULE_IDS);
  expect(listed).toEqual(known.map(([id = "", grave]) => [id, grave, CATALOGUE.get(id)?.help]));
});

test("entries are whole sentences, and reproducers fit a page", () => {
  for (const { help, why, mend, reproducer } of CATALOGUE.values()) {
    for (const text of [help, why, mend]) expect(text).toMatch(/^[A-Z].*[.]$/);
    expect(help.length).toBeLessThan(100);
    expect(reproducer).toMatch(/\n$/);
    expect(reproducer.split("\n").filter((line) => line.length > 76)).toEqual([]);
  }
});

test("rules can be read as rows, all or some", async () => {
  expect((await rowsOf(rules())).map(({ rule }) => rule)).toEqual(RULE_IDS);
  const [row, ...others] = await rowsOf(explain(["T4-child"]));
  expect(others).toEqual([]);
  expect(row).toEqual({ rule: "T4-child", severity: "error", ...CATALOGUE.get("T4-child") });
});
