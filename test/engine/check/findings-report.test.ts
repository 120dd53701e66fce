import { expect, test } from "vitest";
import { check } from "../../../src/engine/check/check.ts";
import { findingsReport } from "../../../src/engine/check/findings-report.ts";
import type { Finding } from "../../../src/model/errors.ts";
import { closingOf, linesOf, openText } from "../../open-text.ts";

const finding = (severity: Finding["severity"], rule: Finding["rule"]): Finding => ({ severity, rule, message: rule });

test("findings are told where they stand", async () => {
  const register = await openText(`contracts:
  - contract: k
    ceiling: EUR 1M
    lots:
      - lot: 1
        ceiling: EUR 2M
`);
  const fields = ["severity", "rule", "at", "file", "line", "column", "hint"];
  expect(await linesOf(findingsReport(await check(register)), ...fields)).toEqual([
    "error | T4-child | <stdin>:6:18 | <stdin> | 6 | 18 | a part cannot be larger than the whole",
    "warning | T4-sum | <stdin>:3:14 | <stdin> | 3 | 14 | -",
  ]);
});

test("findings come errors first, otherwise in reading order, and may lack a position", async () => {
  const findings = [
    finding("info", "F1"),
    finding("warning", "F2"),
    finding("error", "F3"),
    finding("info", "F4"),
    finding("error", "F5"),
  ];
  const report = findingsReport({ findings, ignored: 0 });
  expect(await linesOf(report, "severity", "rule", "at", "line")).toEqual([
    "error | F3 | - | -",
    "error | F5 | - | -",
    "warning | F2 | - | -",
    "info | F1 | - | -",
    "info | F4 | - | -",
  ]);
});

test("what they amount to is said below them", async () => {
  const findings = [finding("warning", "F2"), finding("info", "F1"), finding("info", "F4")];
  expect(await closingOf(findingsReport({ findings, ignored: 0 }))).toEqual(["Found: 1 warning, 2 infos."]);
  expect(await closingOf(findingsReport({ findings: [], ignored: 0 }))).toEqual(["Nothing was found."]);
  expect(await closingOf(findingsReport({ findings: [finding("error", "F1")], ignored: 2 }))).toEqual([
    "Found: 1 error.",
    "Ignored, as the register says: 2 findings.",
  ]);
});
