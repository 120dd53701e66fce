import { expect, test } from "vitest";
import { domainOf, RULE_IDS, RULES, rulesNamed } from "../../src/model/rule.ts";

test("an id is a rule of the form, or a rule of the domain and what it finds", () => {
  expect(RULE_IDS).toEqual(Object.keys(RULES));
  for (const id of RULE_IDS) expect(id).toMatch(/^(F([1-9]|10)|[TNDLEO]\d+-[a-z]+)$/);
  expect([domainOf("T4-child"), domainOf("F1")]).toEqual(["T4", "F1"]);
});

test("a rule of the domain stands for all its findings, an id for itself, any other word for nothing", () => {
  expect(rulesNamed("T3")).toEqual(["T3-both"]);
  expect(rulesNamed("T4")).toContain("T4-child");
  expect(rulesNamed("T4")).toContain("T4-sum");
  expect(rulesNamed("T4-child")).toEqual(["T4-child"]);
  expect(rulesNamed("F1")).toEqual(["F1"]);
  expect(["t4", "T", "", "T4-", "toString"].flatMap(rulesNamed)).toEqual([]);
});
