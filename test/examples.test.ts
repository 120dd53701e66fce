import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { THREE_EXAMPLES } from "../src/cli/program.ts";
import { COMMANDS } from "../src/commands/commands.ts";
import { splitWords } from "./cases/case-file.ts";
import { runInProcess } from "./cases/run-in-process.ts";

const ROOT = join(import.meta.dirname, "..");

describe("every example of the help answers", () => {
  for (const example of new Set([...THREE_EXAMPLES, ...COMMANDS.flatMap(({ examples }) => examples)])) {
    test(example, async () => {
      const [program, ...argv] = splitWords(example);
      expect(program).toBe("lotbook");
      const { stdout, stderr, exitCode } = await runInProcess(argv);
      const unexpected = stderr.replace(/^note: OCDS has no place for .*\n/, "");
      expect({ stderr: unexpected, exitCode }).toEqual({ stderr: "", exitCode: argv[0] === "diff" ? 1 : 0 });
      expect(stdout).not.toMatch(/^(\[\])?\s*$|Nothing matches/);
    });
  }

  test("every command has an example of its own, shown by its help", async () => {
    for (const { name, examples } of COMMANDS) {
      const { stdout } = await runInProcess([name, "--help"]);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) {
        expect(splitWords(example)[1]).toBe(name);
        expect(stdout).toContain(`  $ ${example}\n`);
      }
    }
  });
});

interface Example {
  readonly line: number;
  readonly command: string;
  readonly output: string;
}

/** The commands of the ```console blocks, each with the output that follows it; a blank line may stand before the next. */
const consoleExamples = (markdown: string): Example[] => {
  const examples: { line: number; command: string; output: string }[] = [];
  let inside = false;
  markdown.split("\n").forEach((text, index) => {
    if (text.startsWith("```")) inside = text === "```console";
    else if (!inside) return;
    else if (text.startsWith("$ ")) examples.push({ line: index + 1, command: text.slice(2), output: "" });
    else {
      const example = examples.at(-1);
      if (example === undefined) throw new Error(`line ${index + 1}: output before any command`);
      if (example.command.endsWith("\\")) example.command = `${example.command.slice(0, -1)}${text.replace(/^> /, "")}`;
      else example.output += `${text}\n`;
    }
  });
  return examples;
};

describe("the README shows what the program answers", () => {
  const path = join(ROOT, "README.md");
  const examples = existsSync(path) ? consoleExamples(readFileSync(path, "utf8")) : [];
  const folder = mkdtempSync(join(tmpdir(), "lotbook-readme-"));
  symlinkSync(join(ROOT, "bin", "lotbook.js"), join(folder, "lotbook"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const environment = { PATH: `${folder}${delimiter}${process.env["PATH"]}`, HOME: folder };
  const hasJq = spawnSync("jq", ["--version"]).status === 0;

  test("it has ```console blocks", () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  for (const { line, command, output } of examples) {
    const lacksJq = /\bjq\b/.test(command) && !hasJq;
    test.skipIf(lacksJq)(`line ${line}: ${command}${lacksJq ? " (skipped: jq is not installed)" : ""}`, () => {
      // A failing command is shown with what it says on standard error, as a terminal would.
      const shown = execFileSync("bash", ["-c", `{ ${command}\n} 2>&1; true`], {
        cwd: ROOT,
        env: environment,
        encoding: "utf8",
      });
      expect(shown.trimEnd()).toBe(output.trimEnd());
    });
  }
});
