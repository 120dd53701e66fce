import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { STARTER_REGISTER } from "../../src/writers/starter-register.ts";
import { runInProcess } from "../cases/run-in-process.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const UNTIDY = "contracts:\n- title: Masts # ours\n  contract: masts\n  lots: [{lot: 1}]\n";
const TIDY = "contracts:\n  - contract: masts\n    title: Masts # ours\n    lots: [{ lot: 1 }]\n";

test("init writes a register, and never another one over it", async () => {
  const first = await runInProcess(["init", at("own.yaml")]);
  expect(first).toEqual({
    stdout: `${at("own.yaml")} is there to start from: lotbook lots ${at("own.yaml")}\n`,
    stderr: "",
    exitCode: 0,
  });
  expect(readFileSync(at("own.yaml"), "utf8")).toBe(STARTER_REGISTER);
  writeFileSync(at("own.yaml"), UNTIDY);
  const second = await runInProcess(["init", at("own.yaml")]);
  expect(second).toEqual({
    stdout: "",
    stderr: `lotbook: cannot write ${at("own.yaml")}: it is there already\n  hint: nothing is overwritten: choose another name\n`,
    exitCode: 74,
  });
  expect(readFileSync(at("own.yaml"), "utf8")).toBe(UNTIDY);
  expect(readdirSync(folder)).toEqual(["own.yaml"]);
});

test("what init writes is a good register, in the one layout, on one screen", async () => {
  const file = at("own.yaml");
  await runInProcess(["init", file]);
  const check = JSON.parse((await runInProcess(["check", file, "--json"])).stdout);
  expect(check.filter(({ severity }: { readonly severity: string }) => severity !== "info")).toEqual([]);
  expect((await runInProcess(["fmt", "--check", file])).exitCode).toBe(0);
  const lines = STARTER_REGISTER.split("\n");
  expect(lines.length).toBeLessThan(60);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
});

test("fmt writes what changes, and only that; permissions stay", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  writeFileSync(at("b.yml"), TIDY.replaceAll("masts", "lamps"));
  chmodSync(at("a.yaml"), 0o600);
  const before = statSync(at("b.yml"));
  const { stdout, exitCode } = await runInProcess(["fmt", folder]);
  expect(stdout).toContain(`${at("a.yaml")}  changed\n1 file is laid out already.\n`);
  expect(exitCode).toBe(0);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(TIDY);
  expect(statSync(at("a.yaml")).mode & 0o777).toBe(0o600);
  expect(statSync(at("b.yml"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test("fmt --check writes nothing", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  expect((await runInProcess(["fmt", "--check", folder])).exitCode).toBe(1);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(UNTIDY);
});

test("fmt writes nothing where one of the files cannot be read", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  writeFileSync(at("b.yaml"), "contracts: [\n");
  const { stderr, exitCode } = await runInProcess(["fmt", folder]);
  expect(exitCode).toBe(65);
  expect(stderr).toContain(`${at("b.yaml")}:1:13: `);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(UNTIDY);
});
