import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasGit, makeRepository, type Repository, withGit } from "./git-repository.ts";

/** The built program in a repository, as its user runs it. */
const PROGRAM = join(import.meta.dirname, "..", "bin", "lotbook.js");

const register = (ceiling: string) => `contracts:\n  - contract: k\n    lots: [{ lot: 1, ceiling: ${ceiling} }]\n`;

describe.skipIf(!hasGit)(withGit("diff in a repository"), () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
    repository.commit({ "contracts/a.yaml": register("EUR 1M"), "readme.txt": "no data" });
    repository.commit({ "contracts/a.yaml": register("EUR 1.5M") });
  });
  afterAll(() => repository.remove());

  const lotbook = (folder: string, ...argv: string[]) => {
    const cwd = join(repository.folder, folder);
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...argv], { cwd, encoding: "utf8" });
    return { status, stdout, stderr };
  };

  const CHANGED = {
    status: 1,
    stdout:
      "change,record,fact,changedBy,changedBy_currency,changedBy_bound,changedBy_least,changedBy_state\n" +
      "changed,k/1,ceiling,500000,EUR,exactly,,known\n",
    stderr: "",
  };
  const SHORT = ["--format", "csv", "--fields", "change,record,fact,changedBy"];

  test("what changed since a revision", () => {
    expect(lotbook("", "diff", "git:HEAD~1:contracts", "contracts", ...SHORT)).toEqual(CHANGED);
    expect(lotbook("", "diff", "git:HEAD~1:contracts", "git:main:contracts/a.yaml", ...SHORT)).toEqual(CHANGED);
    expect(lotbook("", "diff", "git:HEAD:contracts", "contracts").status).toBe(0);
  });

  test("one register, with what git's HEAD has", () => {
    expect(lotbook("", "diff", "contracts").status).toBe(0);
    writeFileSync(join(repository.folder, "contracts", "a.yaml"), register("EUR 2M"));
    const sinceHead = { ...CHANGED };
    expect(lotbook("", "diff", "contracts/a.yaml", ...SHORT)).toEqual(sinceHead);
    expect(lotbook("contracts", "diff", "a.yaml", ...SHORT)).toEqual(sinceHead);
    expect(lotbook("contracts", "diff", "../contracts", ...SHORT)).toEqual(sinceHead);
    expect(lotbook("", "diff", join(repository.folder, "contracts", "a.yaml"), ...SHORT)).toEqual(sinceHead);
    expect(lotbook("contracts", "diff", ...SHORT)).toEqual(sinceHead);
    repository.git("checkout", "--quiet", "contracts/a.yaml");
  });

  test("a register that git's HEAD does not have", () => {
    writeFileSync(join(repository.folder, "new.yaml"), register("EUR 2M"));
    const { status, stderr } = lotbook("", "diff", "new.yaml");
    expect({ status, stderr }).toEqual({
      status: 66,
      stderr: expect.stringContaining("git:HEAD:./new.yaml: there is no such file or folder at that revision"),
    });
  });

  test("from a folder of the repository", () => {
    expect(lotbook("contracts", "diff", "git:HEAD~1:contracts", ".", ...SHORT)).toEqual(CHANGED);
    expect(lotbook("contracts", "diff", "git:HEAD~1:./", "a.yaml", ...SHORT)).toEqual(CHANGED);
  });

  test("every command takes a path at a revision, and fmt writes none", () => {
    expect(lotbook("", "total", "-d", "git:HEAD~1:contracts").stdout).toMatch(/^Total {2}EUR 1M\n/);
    expect(lotbook("", "fmt", "git:HEAD:contracts")).toMatchObject({ status: 0 });
    repository.commit({ "contracts/a.yaml": "contracts: [{contract: k, lots: [{lot: 1}]}]\n" });
    expect(lotbook("", "fmt", "git:HEAD:contracts")).toEqual({
      status: 66,
      stdout: "",
      stderr:
        "lotbook: git:HEAD:contracts/a.yaml is a file as it was, and cannot be written\n  hint: fmt --check only looks\n",
    });
    expect(lotbook("", "fmt", "--check", "git:HEAD:contracts").status).toBe(1);
  });
});
