import { expect, test } from "vitest";
import { warningsText } from "../../src/cli/remarks.ts";
import type { Finding } from "../../src/model/errors.ts";
import { PLAIN_STYLE } from "../../src/output/format.ts";

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
