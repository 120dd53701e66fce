import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { GLOBAL_OPTIONS } from "../src/cli/options.ts";
import { COMMANDS } from "../src/commands/commands.ts";
import { runInProcess } from "./cases/run-in-process.ts";
import { blocks, fileText, PAGES, ROOT } from "./pages.ts";

/** What the README and the manual show beside the commands and their answers. The library must be built. */
const README = fileText("README.md");

test("the README is short", () => {
  expect(README.split("\n").length).toBeLessThanOrEqual(200);
});

test("the README lists every page of the manual", () => {
  const listed = [...README.matchAll(/^\| \[([\w-]+)\]\(docs\/\1\.md\) \|/gm)].map(([, name]) => `docs/${name}.md`);
  expect(listed.sort()).toEqual([...PAGES.slice(1), "docs/rules.md"].sort());
});

test("the registers that the manual shows are those in examples/", () => {
  expect(blocks("docs/registers.md", "yaml")).toContain(fileText("examples/harbour.yaml"));
  expect(blocks("docs/registers.md", "json")).toContain(fileText("examples/small-contracts.jsonl"));
});

const libraryExamples = blocks("docs/library.md", "js");
const printed = blocks("docs/library.md", "text");

test.each(libraryExamples.map((example, index) => [index + 1, example, printed[index]] as const))(
  "example %i of the library prints what stands below it",
  (_, example, wanted) => {
    const argv = ["--input-type=module", "--eval", example];
    expect(execFileSync(process.execPath, argv, { cwd: ROOT, encoding: "utf8" })).toBe(wanted);
  },
);

test("CI runs its two commands, and installs once for both", () => {
  expect(blocks("README.md", "sh")).toEqual(["npm ci && npx lotbook lots\n", "npm ci && npm test\n"]);
  expect(fileText(".ci/run")).toContain("\n(npm ci && npx lotbook lots)");
  expect(fileText(".ci/run")).toContain("\nnpm test\n");
});

test("the page of commands has each", () => {
  const listed = [...fileText("docs/commands.md").matchAll(/^\| `lotbook ([\w-]+)/gm)].map(([, name]) => name);
  expect(listed.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test("the page of options has each, as the help shows it", () => {
  const page = fileText("docs/options.md");
  for (const { flags } of GLOBAL_OPTIONS)
    expect(page).toContain(`\n| ${flags.replace(/^(-\w), /, "`$1`, ").replace(/(--.+)$/, "`$1`")} | `);
});

const headingsOf = (path: string): string[] =>
  [...fileText(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));

/** Whether a link of a page leads to a file that there is and, where it names one, a heading in it. */
const leadsSomewhere = (page: string, link: string): boolean => {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? page : join(dirname(page), file);
  return existsSync(join(ROOT, target)) && (heading === undefined || headingsOf(target).includes(heading));
};

test.each(["SECURITY.md", ...PAGES])("the links of %s lead somewhere", (page) => {
  const links = [...fileText(page).matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = ""]) => target);
  expect(links.filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

/** The rows of the table of rules of totals: what is asked, and what is answered. */
const totalRules = [...fileText("docs/totals.md").matchAll(/^\| [^|]+ \| `(contract:[^`]+)` \| ([^|]+) \|$/gm)].map(
  ([, query = "", answer = ""]) => [query, answer] as const,
);

test("the table of rules of totals has ten", () => {
  expect(totalRules).toHaveLength(10);
});

test.each(totalRules)("total %s is %s", async (query, answer) => {
  const argv = ["total", ...query.split(" "), "--data", join(ROOT, "examples/totals.yaml")];
  const { stdout, stderr } = await runInProcess(argv);
  expect(stderr).toBe("");
  expect([...stdout.matchAll(/^Total {2,}(.+)$/gm)].map(([, total]) => total).join(", ")).toBe(answer);
});
