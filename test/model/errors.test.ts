import { expect, test } from "vitest";
import { DataError, InputError, OutputError, UsageError, UserError } from "../../src/model/errors.ts";

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

test("an error of the data carries every finding", () => {
  const findings = [
    { rule: "N2", severity: "error", message: "first" },
    { rule: "N4", severity: "error", message: "second" },
  ] as const;
  const error = new DataError(findings);
  expect(error.findings).toEqual(findings);
  expect(error.message).toBe("first\nsecond");
});
