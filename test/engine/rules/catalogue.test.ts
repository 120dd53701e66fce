import { describe, expect, test } from "vitest";
import { check } from "../../../src/engine/check.ts";
import { CATALOGUE } from "../../../src/engine/rules/catalogue.ts";
import { explain, rules } from "../../../src/engine/rules/explain.ts";
import { DataError, type Finding } from "../../../src/model/errors.ts";
import { RULE_IDS, RULES } from "../../../src/model/rule.ts";
import { openText, rowsOf } from "../../open-text.ts";

const findingsIn = async (text: string): Promise<readonly Finding[]> => {
  try {
    return await check(await openText(text));
  } catch (error) {
    if (error instanceof DataError) return error.findings;
    throw error;
  }
};

describe("every rule is found in its own reproducer, as grave as it is said to be", () => {
  test.each(RULE_IDS)("%s", async (id) => {
    const found = (await findingsIn(CATALOGUE[id].reproducer)).filter(({ rule }) => rule === id);
    expect(found.map(({ severity }) => severity)).toContain(RULES[id]);
    expect(found.every(({ position }) => position !== undefined)).toBe(true);
  });
});

test("entries are whole sentences, and reproducers fit a page", () => {
  for (const { help, why, mend, reproducer } of Object.values(CATALOGUE)) {
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
  expect(row).toEqual({ rule: "T4-child", severity: "error", ...CATALOGUE["T4-child"] });
});
