import { expect, test } from "vitest";
import {
  DataError,
  type Finding,
  InputError,
  InputErrors,
  OutputError,
  UsageError,
  UserError,
  withoutLine,
} from "../../src/model/errors.ts";

test("every kind of mistake has its exit code and its name", () => {
  const errors = [
    new UsageError("no such field", "did you mean lot?"),
    new InputError("missing"),
    new OutputError("disk full"),
    new DataError([]),
  ];
  expect(errors.map(({ name, exitCode }) => [name, exitCode])).toEqual([
    ["UsageError", 2],
    ["InputError", 66],
    ["OutputError", 74],
    ["DataError", 65],
  ]);
  expect(errors.every((error) => error instanceof UserError)).toBe(true);
  expect(errors.map(({ hint }) => hint)).toEqual(["did you mean lot?", undefined, undefined, undefined]);
});

test("several inputs that cannot be read are told a line each", () => {
  const errors = [new InputError("a.yaml is missing", "look elsewhere"), new InputError("b.yaml is a folder")];
  const all = new InputErrors(errors, "both are named in c.yaml");
  expect(all).toMatchObject({ errors, exitCode: 66, hint: "both are named in c.yaml" });
  expect(all.message).toBe("a.yaml is missing\nb.yaml is a folder");
});

test("findings stand in reading order: file by file as they were read, and down each file", () => {
  const finding = (message: string, file?: string, line = 0, column = 0): Finding => ({
    rule: "N2-amount",
    severity: "error",
    message,
    ...(file !== undefined && { position: { file, line, column, text: "" } }),
  });
  const { findings } = new DataError([
    finding("first file", "z.yaml", 9, 1),
    finding("second file, second line", "a.yaml", 2, 1),
    finding("second file, first line, later", "a.yaml", 1, 8),
    finding("second file, first line", "a.yaml", 1, 3),
    finding("first file, further up", "z.yaml", 4, 5),
  ]);
  expect(findings.map(({ message }) => message)).toEqual([
    "first file, further up",
    "first file",
    "second file, first line",
    "second file, first line, later",
    "second file, second line",
  ]);
  const placed = finding("somewhere", "a.yaml", 1, 1);
  expect(new DataError([placed, finding("nowhere")]).findings.map(({ message }) => message)).toEqual([
    "nowhere",
    "somewhere",
  ]);
});

test("an error of the data carries every finding", () => {
  const findings = [
    { rule: "N2-amount", severity: "error", message: "first" },
    { rule: "N4-date", severity: "error", message: "second" },
  ] as const;
  const error = new DataError(findings);
  expect(error.findings).toEqual(findings);
  expect(error.message).toBe("first\nsecond");
});

test("a finding is told without its line, with all else that it says", () => {
  const finding = { rule: "N4-date", severity: "error", message: "no date", hint: "write 2026" } as const;
  const position = { file: "a.yaml", line: 3, column: 5, text: "secret: 1" };
  expect(withoutLine({ ...finding, position })).toEqual({ ...finding, position: { ...position, text: "" } });
  expect(withoutLine(finding)).toEqual(finding);
});
