import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";

/** The hooks that the manual shows, as git and pre-commit run them. The program must be built. */
const ROOT = join(import.meta.dirname, "..");
const PAGE = readFileSync(join(ROOT, "docs", "checking.md"), "utf8");
const hasGit = spawnSync("git", ["--version"]).status === 0;

const folder = mkdtempSync(join(tmpdir(), "lotbook-hook-"));
const bin = join(folder, "bin");
const repository = join(folder, "repository");
const env = {
  PATH: `${bin}${delimiter}${process.env["PATH"]}`,
  HOME: folder,
  TMPDIR: folder,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.org",
};

const git = (...argv: string[]) => spawnSync("git", argv, { cwd: repository, env, encoding: "utf8" });
const write = (ceiling: string) =>
  writeFileSync(
    join(repository, "contracts", "harbour.yaml"),
    `contracts:\n  - contract: harbour\n    ceiling: EUR 1M\n    lots: [{ lot: 1, ceiling: ${ceiling} }]\n`,
  );

beforeAll(() => {
  mkdirSync(bin);
  mkdirSync(join(repository, "contracts"), { recursive: true });
  symlinkSync(join(ROOT, "bin", "lotbook.js"), join(bin, "lotbook"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!hasGit)(`the hook for git${hasGit ? "" : " (skipped: git is not installed)"}`, () => {
  beforeAll(() => {
    git("init", "--quiet");
    copyFileSync(join(ROOT, "examples", "pre-commit"), join(repository, ".git", "hooks", "pre-commit"));
    chmodSync(join(repository, ".git", "hooks", "pre-commit"), 0o755);
  });

  test("refuses what is wrong, and shows it", () => {
    write("EUR 2M");
    git("add", ".");
    const { status, stdout, stderr } = git("commit", "--quiet", "-m", "Add the harbour");
    expect(status).toBe(1);
    expect(stdout + stderr).toContain(
      "contracts/harbour.yaml:4:31: error: lot harbour/1: its ceiling EUR 2M is above its contract's EUR 1M [T4-child]",
    );
  });

  test("looks at what is about to be committed, not at what lies in the folder", () => {
    write("EUR 1M");
    expect(git("commit", "--quiet", "-m", "Add the harbour").status).toBe(1);
    git("add", ".");
    write("EUR 2M");
    expect(git("commit", "--quiet", "-m", "Add the harbour").status).toBe(0);
    expect(git("log", "--format=%s").stdout).toBe("Add the harbour\n");
  });
});

describe("the hooks for pre-commit", () => {
  interface Hook {
    readonly id: string;
    readonly entry: string;
    readonly language: string;
  }
  const HOOKS: readonly Hook[] = parse(readFileSync(join(ROOT, ".pre-commit-hooks.yaml"), "utf8"));
  const entry = (wanted: string): string => HOOKS.find(({ id }) => id === wanted)?.entry ?? "";
  const runHook = (wanted: string) =>
    spawnSync("sh", ["-c", entry(wanted)], { cwd: repository, env, encoding: "utf8" });

  test("are those that the manual shows", () => {
    const [, config = ""] = /^```yaml\n(repos:\n[^`]+)```$/m.exec(PAGE) ?? [];
    const shown: readonly { readonly id: string }[] = parse(config).repos[0].hooks;
    expect(shown.map(({ id }) => id)).toEqual(HOOKS.map(({ id }) => id));
    expect(HOOKS.filter(({ language }) => language !== "node")).toEqual([]);
  });

  test("the first refuses what is wrong, the second lays it out", () => {
    write("EUR 2M");
    const { status, stdout } = runHook("lotbook-check");
    expect(status).toBe(1);
    expect(stdout).toContain("is above its contract's EUR 1M [T4-child]");
    writeFileSync(join(repository, "contracts", "harbour.yaml"), "contracts: [{contract: harbour}]\n");
    expect(runHook("lotbook-fmt").status).toBe(0);
    expect(readFileSync(join(repository, "contracts", "harbour.yaml"), "utf8")).toBe(
      "contracts: [{ contract: harbour }]\n",
    );
  });
});

test("the manual shows the hook and the register as they are", () => {
  for (const [language, file] of [
    ["sh", "examples/pre-commit"],
    ["yaml", "examples/checked.yaml"],
  ])
    expect(PAGE).toContain(`\`\`\`${language}\n${readFileSync(join(ROOT, file ?? ""), "utf8")}\`\`\``);
});

test("what it shows of ignore can be read", () => {
  const [, ignore = ""] = /^```yaml\n(ignore:\n[^`]+)```$/m.exec(PAGE) ?? [];
  const shown = execFileSync(process.execPath, [join(ROOT, "bin", "lotbook.js"), "check", "-", "--format", "csv"], {
    input: ignore,
    encoding: "utf8",
  });
  expect(shown.match(/^\w+,F10,/gm)).toEqual(["info,F10,", "info,F10,"]);
});
