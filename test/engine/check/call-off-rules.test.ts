import { expect, test } from "vitest";
import { linesFound } from "../../checking.ts";

const ruleOf = (line: string): string | undefined => line.split(/ |: /)[1];

const found = (contracts: string) => linesFound("T11", `contracts: [${contracts}]`);

test("T11: a call-off of what is not among the data, by its id or by a notice's number", async () => {
  const notice = "publications: [{ publication: 00012345-2024, date: 2024-01-02 }]";
  expect(await found("{ contract: a, callOffOf: f, lots: [] }")).toEqual([
    "warning T11-unknown: a is a call-off of f, which is not among the data",
  ]);
  expect(await found("{ contract: a, callOffOf: f, lots: [] }, { contract: f, lots: [] }")).toEqual([]);
  expect(
    await found(`{ contract: a, callOffOf: 00012345-2024, lots: [] }, { contract: f, ${notice}, lots: [] }`),
  ).toEqual([]);
});

test("T11: a notice that sets up a framework agreement itself and names another is passed over", async () => {
  const notice = "publications: [{ publication: 00012345-2024, date: 2024-01-02 }]";
  expect(await found(`{ contract: a, callOffOf: f, framework: yes, ${notice}, lots: [] }`)).toEqual([]);
  expect(await found(`{ contract: a, callOffOf: f, framework: no, ${notice}, lots: [] }`)).toEqual([
    "warning T11-unknown: a is a call-off of f, which is not among the data",
  ]);
});

test("T11: what is in a circle is told as that only", async () => {
  expect(await found("{ contract: a, callOffOf: b, lots: [] }, { contract: b, callOffOf: a, lots: [] }")).toEqual([
    "warning T11-circle: a is a call-off of b, and so in a circle of itself",
    "warning T11-circle: b is a call-off of a, and so in a circle of itself",
  ]);
});

test.each([
  ["YAML", "{ contract: f, no: key, lots: [] }, { contract: a, callOffOf: f, lots: [] }"],
  ["YAML, the framework last", "{ contract: a, callOffOf: f, lots: [] }, { contract: f, no: key, lots: [] }"],
])("T11: a framework that is left out for what is wrong with it is among the data: %s", async (_, contracts) => {
  expect((await found(contracts)).map(ruleOf)).toEqual(["F3"]);
});

test("T11: the same in JSON Lines", async () => {
  const lines = [
    { contract: "f", no: "key", lots: [] },
    { contract: "a", callOffOf: "f", lots: [] },
    { contract: "b", callOffOf: "g", lots: [] },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join("\n");
  expect((await linesFound("T11", text)).map(ruleOf)).toEqual(["F3", "T11-unknown"]);
});
