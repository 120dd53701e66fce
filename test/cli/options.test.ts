import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { GLOBAL_OPTIONS, SELECTION_OPTIONS } from "../../src/cli/options.ts";
import { allCommands } from "../../src/commands/commands.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-options-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("--output takes every answer", () => {
  test.each([
    [["lots"]],
    [["lots", "-f", "csv"]],
    [["total", "--json"]],
    [["timeline", "--svg"]],
    [["fields", "lots"]],
    [["schema", "lots"]],
    [["convert", "-f", "jsonl"]],
    [["diff", "examples/harbour-2023.yaml", "examples/harbour.yaml"]],
  ])("%j", async (argv) => {
    const file = join(folder, "answer");
    const shown = await runInProcess(argv);
    const written = await runInProcess([...argv, "-o", file]);
    expect(written).toEqual({ ...shown, stdout: "" });
    expect(readFileSync(file, "utf8")).toBe(shown.stdout);
  });

  test("without colour and as wide as it needs, though the terminal has both", async () => {
    const file = join(folder, "answer");
    await runInProcess(["lots", "-o", file], { terminal: 60 });
    expect(readFileSync(file, "utf8")).toBe((await runInProcess(["lots"])).stdout);
  });
});

test("what a command takes is said in words, and its examples call it", async () => {
  const commands = await allCommands();
  const taken = commands.flatMap(({ argument, options = [] }) => [...(argument ? [argument] : []), ...options]);
  for (const { description } of [...taken, ...GLOBAL_OPTIONS, ...SELECTION_OPTIONS])
    expect(description).toMatch(/^[a-z-]\S*( \S+)+$|^[a-z]+$/i);
  for (const { name, examples } of commands)
    for (const example of examples) expect(example).toMatch(new RegExp(`^lotbook ${name}( |$)`));
});

describe("an option that does nothing where it stands is refused", async () => {
  const VALUES: Readonly<Record<string, string>> = { "--format": "csv", "--limit": "1", "--at": "2016" };
  const meaningless = (await allCommands()).flatMap(({ name, takes }) =>
    GLOBAL_OPTIONS.filter(({ about }) => about !== undefined && takes !== undefined && !takes.includes(about)).map(
      ({ flags }) => [name, /--[a-z-]+/.exec(flags)?.[0] ?? "", flags.includes("<")] as const,
    ),
  );

  test("there are some", () => expect(meaningless.length).toBeGreaterThan(20));

  test.each(meaningless)("%s %s", async (name, option, takesValue) => {
    const argv = [name, option, ...(takesValue ? [VALUES[option] ?? "x"] : [])];
    if (name === "schema") argv.push("lots");
    const { stderr, stdout, exitCode } = await runInProcess(argv);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
    expect(stderr).toContain(`lotbook: ${option} does nothing for ${name}\n`);
  });

  test.each([
    [["lots", "--raw"], "--raw is for csv and tsv"],
    [["lots", "--excel"], "--excel is for csv"],
    [["lots", "--excel", "--format", "tsv"], "--excel is for csv"],
    [["lots", "--locale", "de", "--format", "csv"], "--locale is for csv that Excel opens"],
    [["convert", "--json"], "--json does nothing for yaml"],
    [["convert", "--limit", "3"], "--limit does nothing for yaml"],
  ])("%j", async (argv, message) => {
    expect((await runInProcess(argv)).stderr).toContain(`lotbook: ${message}\n`);
  });
});

test("each command says what it is for, and so do its argument and its options", async () => {
  const everywhere = GLOBAL_OPTIONS.map(({ flags, description }) => [flags, description]);
  const own = (await allCommands()).flatMap(({ name, summary, argument, options = [] }) =>
    [[name, summary], ...(argument ? [[`${name} ${argument.name}`, argument.description]] : [])].concat(
      options.map(({ flags, description }) => [`${name} ${flags}`, description]),
    ),
  );
  expect([...everywhere, ...own].filter(([, words]) => words === "")).toEqual([]);
});

test.each([
  ["lots, contracts or suppliers", ["list", "ls"]],
  ["lots", ["search", "find", "query"]],
  ["show", ["get", "info", "view"]],
  ["check", ["validate", "lint"]],
  ["fmt", ["format"]],
  ["convert", ["export"]],
  ["init", ["new", "create"]],
  ["total", ["sum"]],
  ["headroom", ["budget", "remaining"]],
  ["expiring", ["ending"]],
  ["orders", ["spend"]],
])("who knows %s by another name is told: %j", async (called, words) => {
  for (const word of words)
    expect((await runInProcess([word])).stderr).toBe(
      `lotbook: unknown command "${word}"\n  hint: did you mean ${called}?\n`,
    );
});

test("an option that takes a value or none stays one before --", async () => {
  const first = await runInProcess(["suppliers", "lot:1", "--shares", "-d", "examples/market.yaml"]);
  expect(first.stdout).toContain("Share");
  const words = ["suppliers", "-d", "examples/market.yaml", "--shares", "lot:1", "--"];
  expect(await runInProcess(words)).toEqual(first);
});

describe("fields of JSON", () => {
  test("--json=lot,title picks them", async () => {
    const { stdout } = await runInProcess(["lots", "--json=lot,title"]);
    expect(JSON.parse(stdout)[0]).toEqual({ lot: "1", title: "Private cloud infrastructure" });
  });

  test("--json lot,title says so", async () => {
    const { stderr, exitCode } = await runInProcess(["lots", "--json", "lot,title"]);
    const hint = "fields go after an equals sign: --json=lot,title";
    expect({ stderr, exitCode }).toEqual({
      stderr: `lotbook: "lot,title" after --json is read as a query\n  hint: ${hint}\n`,
      exitCode: 2,
    });
  });
});

describe("clauses with a hyphen", () => {
  const lots = async (word: string): Promise<string> => {
    const { stdout, stderr } = await runInProcess(["lots", word, "--fields", "lot", "-f", "csv"]);
    return stderr || stdout.split("\n").slice(1, -1).join(" ");
  };

  test.each([
    ["-private", "2 3"],
    ["-fleet", "1 2 3"],
    ["-dock", "1 2 3"],
    ["-oslo", "1 2 3"],
    ["-deployment:private", "2 3"],
    ["-firmEnd:2030", "1 2 3"],
    ["-offers>100", "1 2 3"],
  ])("%s is one", async (word, wanted) => {
    expect(await lots(word)).toBe(wanted);
  });

  test.each(["-json", "-format", "-limit", "-sort", "-data"])("%s is hardly one", async (word) => {
    expect(await lots(word)).toContain(`lotbook: ${word} is not an option\n  hint: did you mean -${word}?`);
  });

  test.each(["-fcsv", "-f=csv"])("%s is a format", async (word) => {
    expect((await runInProcess(["lots", word])).stdout).toMatch(/^contract,lot,/);
  });

  test("-dexamples/harbour.yaml is data", async () => {
    expect(await lots("-dexamples/harbour.yaml")).toBe("1 2 3");
  });
});

test("fits is a command, and takes an amount without quotes", async () => {
  const where = ["-d", "examples/fleet.yaml", "--at", "2025-06-30"];
  const quoted = await runInProcess(["fits", "EUR 130k", "--lot", "1", ...where]);
  expect(quoted.exitCode).toBe(1);
  for (const argv of [
    ["fits", "EUR", "130k", "lot:1"],
    ["fits", "130k", "EUR", "lot:1"],
    ["headroom", "--fits", "EUR130k", "--lot", "1"],
  ])
    expect(await runInProcess([...argv, ...where])).toEqual(quoted);
});
