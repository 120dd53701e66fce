import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runInProcess } from "./cases/run-in-process.ts";

/** What the README shows beside the commands and their answers. The library must be built. */
const ROOT = join(import.meta.dirname, "..");
const fileText = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const README = fileText("README.md");

/** The first block in the given language. */
const block = (language: string): string => {
  const [, text = ""] = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(README) ?? [];
  return text;
};

test("the registers that it shows are those in examples/", () => {
  expect(block("yaml")).toBe(fileText("examples/harbour.yaml"));
  expect(block("json")).toBe(fileText("examples/small-contracts.jsonl"));
});

test("the library example prints what stands below it", () => {
  const argv = ["--input-type=module", "--eval", block("js")];
  expect(execFileSync(process.execPath, argv, { cwd: ROOT, encoding: "utf8" })).toBe(block("text"));
});

test("CI runs its two commands, and installs once for both", () => {
  const commands = [...README.matchAll(/^```sh\n(.+)\n```/gm)].map(([, command]) => command);
  expect(commands).toEqual(["npm ci && npx lotbook lots", "npm ci && npm test"]);
  expect(fileText(".ci/run")).toContain(`\n(${commands[0]})`);
  expect(fileText(".ci/run")).toContain("\nnpm test\n");
});

test("files that it names exist, and headings that it links to", () => {
  const links = [...README.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  const headings = [...README.matchAll(/^#+ (.+)$/gm)].map(
    ([, heading = ""]) => `#${heading.toLowerCase().replaceAll(" ", "-")}`,
  );
  expect(links.filter((target) => !(headings.includes(target) || existsSync(join(ROOT, target))))).toEqual([]);
});

/** The rows of the table of rules of totals: what is asked, and what is answered. */
const totalRules = [...README.matchAll(/^\| [^|]+ \| `(contract:[^`]+)` \| ([^|]+) \|$/gm)].map(
  ([, query = "", answer = ""]) => [query, answer] as const,
);

test("the table of rules of totals has ten", () => {
  expect(totalRules).toHaveLength(10);
});

test.each(totalRules)("total %s is %s", async (query, answer) => {
  const argv = ["total", ...query.split(" "), "--data", join(ROOT, "examples/totals.yaml")];
  const { stdout, stderr } = await runInProcess(argv);
  expect(stderr).toBe("");
  expect([...stdout.matchAll(/^Total +(.+)$/gm)].map(([, total]) => total).join(", ")).toBe(answer);
});
