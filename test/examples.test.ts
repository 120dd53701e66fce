import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { THREE_EXAMPLES } from "../src/cli/program.ts";
import { allCommands } from "../src/commands/commands.ts";
import { splitWords } from "./cases/case-file.ts";
import { runInProcess } from "./cases/run-in-process.ts";
import { LONG } from "./long.ts";
import { fileText, PAGES, ROOT } from "./pages.ts";

const COMMANDS = await allCommands();

describe("every example of the help answers", () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-examples-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  for (const example of new Set([...THREE_EXAMPLES, ...COMMANDS.flatMap(({ examples }) => examples)])) {
    test(example, async () => {
      const [program, ...argv] = splitWords(example);
      expect(program).toBe("lotbook");
      // What is written is written elsewhere.
      const elsewhere = argv.map((word, index) => (argv[index - 1] === "--output" ? join(folder, word) : word));
      const { stdout, stderr, exitCode } = await runInProcess(elsewhere);
      const unexpected = stderr.replace(/^note: (?:OCDS|a table of seats) has no place for .*\n/, "");
      expect({ stderr: unexpected, exitCode }).toEqual({ stderr: "", exitCode: argv[0] === "diff" ? 1 : 0 });
      expect(stdout).not.toMatch(/^(\[\])?\s*$|^Nothing matches/);
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
  /** The heading under which it stands; examples of one heading share a folder. */
  readonly heading: string;
}

/** The commands of the ```console blocks, each with the output that follows it; a blank line may stand before the next. */
const consoleExamples = (markdown: string): Example[] => {
  const examples: { -readonly [Key in keyof Example]: Example[Key] }[] = [];
  let language: string | undefined;
  let heading = "";
  markdown.split("\n").forEach((text, index) => {
    if (text.startsWith("```")) language = language === undefined ? text.slice(3) : undefined;
    else if (language === undefined && text.startsWith("## ")) heading = text.slice(3);
    else if (language !== "console") return;
    else if (text.startsWith("$ ")) examples.push({ line: index + 1, command: text.slice(2), output: "", heading });
    else {
      const example = examples.at(-1);
      if (example === undefined) throw new Error(`line ${index + 1}: output before any command`);
      if (example.command.endsWith("\\")) example.command = `${example.command.slice(0, -1)}${text.replace(/^> /, "")}`;
      else example.output += `${text}\n`;
    }
  });
  return examples;
};

/** Whether a command reads files of the project, and answers on standard output. */
const isPlain = (command: string): boolean =>
  /^lotbook [^|&;<>$`*~#]*$/.test(command) &&
  !/ (?:-o|--output|init|fmt|index|import|completion|help|audit) ?/.test(command);

const UPDATE = process.env["UPDATE_EXAMPLES"] === "1";
const hasJq = spawnSync("jq", ["--version"]).status === 0;

/** A page with its outputs written anew, from the last to the first, so that the lines before stay where they are. */
const withOutputs = (markdown: string, outputs: readonly (readonly [Example, string])[]): string => {
  const lines = markdown.split("\n");
  for (const [{ line }, shown] of outputs.toReversed()) {
    const ends = ["```", "$ "].map((end) => lines.findIndex((text, index) => index >= line && text.startsWith(end)));
    const next = Math.min(...ends.filter((end) => end >= 0));
    const gap = lines[next]?.startsWith("$ ") === true ? [""] : [];
    const start = lines.slice(line - 1, next).findIndex((text) => !text.endsWith("\\")) + line;
    lines.splice(start, next - start, ...(shown.trimEnd() === "" ? [] : shown.trimEnd().split("\n")), ...gap);
  }
  return lines.join("\n");
};

describe.each(PAGES)("%s shows what the program answers", (page) => {
  const markdown = fileText(page);
  const examples = consoleExamples(markdown);
  const folder = mkdtempSync(join(tmpdir(), "lotbook-examples-"));
  symlinkSync(join(ROOT, "bin", "lotbook.js"), join(folder, "lotbook"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const environment = { PATH: `${folder}${delimiter}${process.env["PATH"]}`, HOME: folder };

  /** A folder for the examples of a heading, in which the files of the project lie. */
  const folders = new Map<string, string>();
  const folderOf = (heading: string): string => {
    const known = folders.get(heading);
    if (known !== undefined) return known;
    const made = mkdtempSync(join(folder, "at-"));
    for (const name of ["data", "examples", "test"]) symlinkSync(join(ROOT, name), join(made, name));
    folders.set(heading, made);
    return made;
  };

  /** A failing command is shown with what it says on standard error, as a terminal would. */
  const answerOfShell = ({ command, heading }: Example): string =>
    execFileSync("bash", ["-c", `{ ${command}\n} 2>&1; true`], {
      cwd: folderOf(heading),
      env: environment,
      encoding: "utf8",
    });

  /** In the short run what needs no shell, and lies under a heading where nothing is written, is answered in this process. */
  const written = new Set(examples.filter(({ command }) => !isPlain(command)).map(({ heading }) => heading));
  const answer = async (example: Example): Promise<string> => {
    if (LONG || written.has(example.heading)) return answerOfShell(example);
    const { stdout, stderr } = await runInProcess(splitWords(example.command).slice(1));
    return stdout + stderr;
  };

  if (UPDATE) {
    test("it is written anew", () => {
      writeFileSync(
        join(ROOT, page),
        withOutputs(
          markdown,
          examples.map((example) => [example, answerOfShell(example)]),
        ),
      );
    });
    return;
  }
  test.skipIf(examples.length > 0)("it has no examples", () => expect(markdown).not.toContain("$ lotbook"));

  for (const example of examples) {
    const lacksJq = /\bjq\b/.test(example.command) && !hasJq;
    const skipped = lacksJq ? " (skipped: jq is not installed)" : "";
    test.skipIf(lacksJq)(`line ${example.line}: ${example.command}${skipped}`, async () => {
      expect((await answer(example)).trimEnd()).toBe(example.output.trimEnd());
    });
  }
});
