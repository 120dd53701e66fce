import { describe, expect, test } from "vitest";
import { check } from "../../../src/engine/check/check.ts";
import { findingsIn, found, lineOf } from "../../checking.ts";
import { openText } from "../../open-text.ts";

const register = (ignore: string) => `ignore: [${ignore}]
suppliers: [{ supplier: a, name: Alpha }, { supplier: b, name: Beta }]
contracts:
  - { contract: one, term: 5 years, ceiling: EUR 5, lots: [{ lot: 1 }] }
  - { contract: two, term: 5 years, ceiling: EUR 5, lots: [{ lot: 1, ceiling: EUR 6 }] }`;

const rulesOf = async (ignore: string) =>
  (await findingsIn(register(ignore))).map(({ rule, message }) => `${rule} ${message.split(/[: ]/)[0]}`);

describe("what a register asks to ignore", () => {
  const all = [
    "T2-unused supplier",
    "T2-unused supplier",
    "D2-length one",
    "D2-length two",
    "T4-sum two",
    "T4-child lot",
  ];

  test.each([
    ["{ rule: D2, reason: justified }", all.filter((line) => !line.startsWith("D2"))],
    ["{ rule: D2, reason: once }, { rule: D2, reason: again }", all.filter((line) => !line.startsWith("D2"))],
    ["{ rule: D2-length, reason: justified, contract: one }", all.filter((line) => line !== "D2-length one")],
    ["{ rule: T4, reason: capped }", all.filter((line) => !line.startsWith("T4"))],
    ["{ rule: T4-sum, reason: capped }", all.filter((line) => !line.startsWith("T4-sum"))],
    ["{ rule: T2, reason: to come, supplier: a }", all.slice(1)],
    ["{ rule: T2, reason: to come }", all.slice(2)],
  ])("%s", async (ignore, left) => {
    expect(await rulesOf(ignore)).toEqual(left);
  });

  test("is counted", async () => {
    const checked = await check(
      await openText(register("{ rule: D2, reason: justified }, { rule: T4, reason: capped }")),
    );
    expect(checked.ignored).toBe(4);
  });

  test("may stand in a contract, for that contract", async () => {
    const contract = "term: 5 years, lots: [{ lot: 1 }], ignore: [{ rule: D2, reason: justified }]";
    expect(await found("D2", contract)).toEqual([]);
    expect(await found("F10", contract)).toEqual([]);
  });

  test("and is reported where it ignores nothing", async () => {
    const findings = await findingsIn(
      register(
        "{ rule: D2, reason: r, contract: three }, { rule: T3, reason: r }, { rule: D2, reason: r, supplier: a }",
      ),
      { only: ["F10"] },
    );
    expect(findings.map((finding) => `${finding.position?.column} ${lineOf(finding)}`)).toEqual([
      "18 info F10: nothing is found of D2 that could be ignored here",
      "60 info F10: nothing is found of T3 that could be ignored here",
      "85 info F10: nothing is found of D2 that could be ignored here",
    ]);
    expect(await found("F10", "lots: [{ lot: 1 }], ignore: [{ rule: T4, reason: r }]")).toEqual([
      "info F10: nothing is found of T4 that could be ignored here",
    ]);
  });

  test("names a rule that there is, and says why", async () => {
    expect((await findingsIn("ignore: [{ rule: T44, reason: r }, { rule: T4 }]")).map(lineOf)).toEqual([
      expect.stringMatching(/^error F6: "T44" is not one of F1, /),
      'error F5: "reason" is missing',
    ]);
  });
});

describe("in JSON Lines", () => {
  const contract = '{"contract":"k","term":"5 years","ceiling":"EUR 5","lots":[{"lot":"1"}]}';

  test("a line with a rule", async () => {
    expect(await findingsIn(`${contract}\n{"rule":"D2","contract":"k","reason":"justified"}\n`)).toEqual([]);
  });

  test("which does not begin with the contract: such lines are passed over when rules are looked for", async () => {
    expect((await findingsIn(`${contract}\n{"contract":"k","rule":"D2","reason":"justified"}\n`)).map(lineOf)).toEqual([
      "warning D2-length: k: runs for up to 5 years, more than 4 years",
      "error F2: a line that begins with a contract's id is one, and this is a rule to ignore",
    ]);
  });
});
