import { readdirSync } from "node:fs";
import { join } from "node:path";
import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { TOPICS } from "../../src/cli/manual.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { fileText, ROOT } from "../pages.ts";

test("every page of the manual is a topic", () => {
  expect(readdirSync(join(ROOT, "docs")).sort()).toEqual(TOPICS.map((topic) => `${topic}.md`).sort());
});

test("the general help lists the topics", async () => {
  const { stdout } = await runInProcess(["--help"]);
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(`Topics (lotbook help <topic>): ${TOPICS.join(", ")}`);
});

/** What a page of Markdown says, without how it is set. */
const wordsOf = (markdown: string): string[] =>
  markdown
    .replaceAll(/\]\([^)]*\)/g, "")
    .replaceAll(/^```\w*$|^\| ---.*$/gm, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

describe.each(TOPICS)("lotbook help %s", (topic) => {
  const markdown = fileText(`docs/${topic}.md`);
  const code = new Set(
    [...markdown.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].flatMap(([, text = ""]) => text.split("\n")),
  );

  test("shows the page, with its headings", async () => {
    const { stdout, stderr, exitCode } = await runInProcess(["help", topic]);
    expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
    const lines = stdout.split("\n");
    for (const [, heading = ""] of markdown.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm))
      expect(lines).toContain(heading.replaceAll(/[`\\]/g, ""));
    expect(stdout).not.toMatch(/\*\*|```/);
  });

  test("leaves no word out", async () => {
    const { stdout } = await runInProcess(["help", topic]);
    const shown = new Set(wordsOf(stdout));
    // Of the headings of tables only some have a place.
    const heads = new Set([...markdown.matchAll(/^(\|.+)\n\| ---/gm)].flatMap(([, head = ""]) => wordsOf(head)));
    expect(wordsOf(markdown).filter((word) => !shown.has(word) && !heads.has(word))).toEqual([]);
  });

  test.each([50, 80])("fits into %d columns, but for what can be copied", async (terminal) => {
    const { stdout } = await runInProcess(["help", topic], { terminal, env: { NO_COLOR: "1" } });
    const long = stdout
      .split("\n")
      .filter(
        (line) =>
          stringWidth(line) > terminal &&
          !line.startsWith("  $ ") &&
          !code.has(line.trim()) &&
          !code.has(line.slice(4)),
      );
    expect(long).toEqual([]);
  });
});

test.each(TOPICS)("colours change no letter of %s", async (topic) => {
  const plain = await runInProcess(["help", topic, "--color", "never"]);
  const coloured = await runInProcess(["help", topic, "--color", "always"]);
  expect(coloured.stdout).not.toBe(plain.stdout);
  expect(coloured.stdout.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain.stdout);
});

test("of what is a command and a topic, both are shown", async () => {
  const { stdout } = await runInProcess(["help", "sources"]);
  expect(stdout).toMatch(/^Usage: lotbook sources[\s\S]*\nSources\n/);
});

test("headings are set off where there is colour", async () => {
  const { stdout } = await runInProcess(["--color", "always", "help", "exit-codes"]);
  expect(stdout).toMatch(/^\u001b\[1mExit codes\u001b\[22m\n/);
});
