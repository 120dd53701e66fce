import { describe, expect, test } from "vitest";
import { splitWords } from "./cases/case-file.ts";
import { runInProcess } from "./cases/run-in-process.ts";
import { fileText } from "./pages.ts";

/** The rows of the page: each question with the command that answers it. */
const QUESTIONS = [...fileText("docs/questions.md").matchAll(/^\| ([^|]+) \| `lotbook ([^`]+)` \|$/gm)].map(
  ([, question = "", command = ""]) => ({ question, command }),
);

/** The register that the questions are asked of; it has orders, a ledger, renewals and modifications. */
const DATA = ["--data", "examples/fleet.yaml", "--at", "2025-06-30"];

test("every row of the page has a command", () => {
  const rows = fileText("docs/questions.md").match(/^\| (?!question|---).*\|$/gm) ?? [];
  expect(QUESTIONS.length).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(20);
});

describe("each question has its answer in one command", () => {
  test.each(QUESTIONS)("$question", async ({ command }) => {
    const { stdout, stderr, exitCode } = await runInProcess([...splitWords(command), ...DATA]);
    expect(stderr).not.toMatch(/^lotbook: /);
    expect([0, 1]).toContain(exitCode);
    expect(stdout).not.toBe("");
  });
});
