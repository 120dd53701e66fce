import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { explainSystemError } from "../../src/inputs/system-error.ts";
import { tarOf, zipOf } from "../archives.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { times } from "../long.ts";

interface Failing {
  readonly calls: () => number;
  readonly restore: () => void;
}

const { failFrom }: { failFrom: (options: { under: string; at: number; code: string }) => Failing } = createRequire(
  import.meta.url,
)("../failing-fs.cjs");

const folder = mkdtempSync(join(tmpdir(), "lotbook-failing-"));
afterAll(() => rmSync(folder, { recursive: true }));

const CODES = ["EIO", "EACCES", "EMFILE", "ESTALE", "ENAMETOOLONG", "ELOOP", "ETIMEDOUT", "EWHATEVER"];
const REGISTER = "contracts:\n  - contract: c\n    lots: [{ lot: 1, ceiling: EUR 5M }]\n";
const LINE = '{"contract":"d","lots":[{"lot":"1","ceiling":"EUR 6M"}],"ledger":"orders.csv"}\n';
const NOTICE = "examples/award-notice.xml";
const RELEASE = '{"ocid":"o","tag":["award"],"awards":[{"id":"1","status":"active"}]}';
const write = (path: string, content: string | Buffer): void => writeFileSync(join(folder, path), content);

mkdirSync(join(folder, "deep"));
write("a.yaml", REGISTER);
write("deep/b.jsonl", LINE);
write("deep/orders.csv", "order,amount,date\n1,EUR 5,2024-01-01\n");
write("lines.jsonl", `${RELEASE}\n${RELEASE.replace('"o"', '"p"')}\n`);
copyFileSync(NOTICE, join(folder, "notice.xml"));
const late = { "late.xml": "<a/>", "x.yaml": REGISTER.replaceAll("c\n", "e\n") };
write("bulk.zip", zipOf(late));
write("bulk.tar", await tarOf({ "x.yaml": REGISTER.replaceAll("c\n", "f\n") }));
write("lines.jsonl.gz", gzipSync(RELEASE));
write("cut.zip", zipOf(late).subarray(0, 100));

/** Runs a command once for each call of the file system that it makes, or for some of them, which fails from that call on. */
const failEach = async (argv: readonly string[]): Promise<number> => {
  for (let at = 1; ; at += times(1, 3)) {
    const code = CODES[at % CODES.length] ?? "EIO";
    const failing = failFrom({ under: folder, at, code });
    const outcome = await runInProcess(argv).finally(failing.restore);
    if (failing.calls() < at) return at - 1;
    expect({ at, code, ...outcome }).toMatchObject({ at, exitCode: 66 });
    expect(outcome.stderr).toMatch(
      /^(lotbook: cannot read \/[^:]*: [^\n]+\n( {2}hint: [^\n]+\n)?)+(lotbook: \d+ inputs cannot be read\n)?$/,
    );
  }
};

describe("a call of the system that fails is an error of the input, wherever it is made", () => {
  test.each([
    "check .",
    "total -d .",
    "headroom -d deep/b.jsonl",
    "fmt --check .",
    "convert --to jsonl -d bulk.zip",
    "lots -d cut.zip",
    "lots -d bulk.tar",
    "contracts -d lines.jsonl.gz",
    "contracts -d notice.xml --aliases a.yaml",
  ])("%s", async (command) => {
    const argv = command.split(" ").map((word) => (/^\.$|\.\w+$/.test(word) ? join(folder, word) : word));
    expect(await failEach(argv)).toBeGreaterThan(1);
  });
});

test("what the system has against a file is said in words that say it, and else in its own", () => {
  const codes =
    "ENOENT EEXIST EACCES EROFS EISDIR ENOTDIR EMFILE EIO ELOOP ENAMETOOLONG ESTALE ENOTCONN EBUSY ETIMEDOUT EBADF ENXIO ENODEV ENOSPC";
  const explained = (code: string): string =>
    explainSystemError(Object.assign(new Error(`${code}: as the system has it`), { code }));
  const words = codes.split(" ").map(explained);
  for (const said of words) expect(said).toMatch(/^[a-z][a-z' /-]+$/);
  expect(new Set(words).size).toBe(words.length);
  expect(explained("EPERM")).toBe(explained("EACCES"));
  expect(explained("ENFILE")).toBe(explained("EMFILE"));
  expect(explained("EWHATEVER")).toBe("EWHATEVER: as the system has it");
});

describe("what cannot be read in a folder", () => {
  const broken = mkdtempSync(join(tmpdir(), "lotbook-links-"));
  afterAll(() => rmSync(broken, { recursive: true }));
  writeFileSync(join(broken, "a.yaml"), REGISTER);
  symlinkSync("gone.yaml", join(broken, "b.yaml"));
  symlinkSync("gone.xml", join(broken, "c.xml"));
  const message = `cannot read ${broken}/b.yaml: it is a link to gone.yaml, which is not there`;
  const other = message.replaceAll("b.yaml", "c.xml").replace("gone.yaml", "gone.xml");
  const SKIP_HINT = "  hint: --skip-bad leaves out what cannot be read\n";
  const argvOf = (command: string): string[] => command.split(" ").map((word) => (word === "FOLDER" ? broken : word));

  test.each([
    "total -d FOLDER",
    "check FOLDER",
    "fmt --check FOLDER",
    "diff FOLDER examples/award-notice.xml",
    "convert --to jsonl -d FOLDER",
    "lots -d examples/award-notice.xml --aliases FOLDER",
  ])("is an error with its place: %s", async (command) => {
    expect(await runInProcess(argvOf(command))).toEqual({
      stdout: "",
      stderr: `lotbook: ${message}\nlotbook: ${other}\n${SKIP_HINT}lotbook: 2 inputs cannot be read\n`,
      exitCode: 66,
    });
  });

  test.each(["total -d FOLDER", "fmt --check FOLDER", "diff FOLDER FOLDER/a.yaml", "convert --to jsonl -d FOLDER"])(
    "is a warning with --skip-bad: %s",
    async (command) => {
      const argv = argvOf(command).map((word) => word.replace("FOLDER", broken));
      const { stderr, exitCode } = await runInProcess([...argv, "--skip-bad"]);
      expect(stderr).toContain(`warning: ${broken}/b.yaml:1:1: ${message} [F9]\n`);
      expect(stderr).toMatch(/\nlotbook: 2 warnings: what could not be read is left out of the answer\n$/);
      expect(exitCode).toBe(0);
    },
  );

  test("is told together with what is missing by its name, each hint once", async () => {
    const missing = ["one", "two"].map((name) => join(broken, name));
    const { stderr, exitCode } = await runInProcess(["check", broken, ...missing]);
    expect(stderr.split("\n")).toEqual([
      ...missing.map((path) => `lotbook: cannot read ${path}: no such file or folder`),
      "  hint: check the path",
      `lotbook: ${message}`,
      `lotbook: ${other}`,
      SKIP_HINT.trimEnd(),
      "lotbook: 4 inputs cannot be read",
      "",
    ]);
    expect(exitCode).toBe(66);
    // What is missing stays an error, and is all that is told then.
    const skipping = await runInProcess(["check", broken, ...missing, "--skip-bad"]);
    expect(skipping.stderr).toContain("lotbook: 2 inputs cannot be read\n");
    expect(skipping.stderr).not.toContain("gone.yaml");
  });

  test("is found by check", async () => {
    const { stdout, exitCode } = await runInProcess(["check", broken, "--skip-bad", "--strict"]);
    expect(stdout).toContain(`warning: ${message} [F9]`);
    expect(stdout).toContain("Found: 2 warnings.");
    expect(exitCode).toBe(1);
  });
});
