import { expect, test } from "vitest";
import { ReadingLog } from "../../src/notices/reading-log.ts";

test("of each rule the first assumptions are kept, and all are counted", () => {
  const log = new ReadingLog();
  for (let index = 1; index <= 25; index++) log.addAssumption("R-MAX", { file: `${index}.xml`, text: "assumed" });
  log.addAssumption("R-AMT", { file: "a.xml", text: "assumed, too" });
  const [max, amount] = log.assumptions();
  expect(max).toMatchObject({ rule: "R-MAX", count: 25 });
  expect(max?.first.map(({ file }) => file)).toEqual(Array.from({ length: 20 }, (_, index) => `${index + 1}.xml`));
  expect(amount).toEqual({ rule: "R-AMT", count: 1, first: [{ file: "a.xml", text: "assumed, too" }] });
});

test("what is said again of the same file is only counted", () => {
  const log = new ReadingLog();
  for (let index = 0; index < 60; index++)
    log.addAssumption("O1", { file: "a.jsonl", text: `assumed of ${index % 15}` });
  expect(log.assumptions()).toMatchObject([{ rule: "O1", count: 60 }]);
  expect(log.assumptions()[0]?.first).toHaveLength(15);
});

test("of each rule a thousand findings are kept, and the others counted", () => {
  const log = new ReadingLog();
  for (let index = 1; index <= 1002; index++) log.addFinding({ rule: "F1", severity: "error", message: `${index}` });
  for (let index = 1; index <= 1000; index++) log.addFinding({ rule: "F2", severity: "error", message: `${index}` });
  const findings = log.findings();
  expect(findings).toHaveLength(1001 + 1000);
  expect(findings[1000]).toEqual({ rule: "F1", severity: "error", message: "and 2 more of this rule" });
  expect(findings.at(-1)?.message).toBe("1000");
});
