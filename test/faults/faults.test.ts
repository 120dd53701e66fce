import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tarOf, zipOf } from "../archives.ts";
import type { Outcome } from "../cases/case-file.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { LONG } from "../long.ts";
import { FAULTS_SCRIPT, withFaults } from "./faults.ts";

/**
 * Each call of the file system goes wrong, one after the other: afterwards each file is the old one or the new one, and
 * the program has either done all that it should, or says what it could not do.
 */
const ROOT = join(import.meta.dirname, "..", "..");
const REGISTER = "contracts:\n- title: Masts # ours\n  contract: masts\n  lots: [{lot: 1, ceiling: EUR 2M}]\n";
const LINES =
  '{"supplier":"s","name":"Nord"}\n{"contract":"c","lots":[{"lot":"1","ceiling":"EUR 3M","suppliers":["s"]}]}\n';
const LEDGER = "order,lot,amount\nA,1,100.00\nB,1,200.00\n";
const WITH_LEDGER = `${REGISTER.replace("contracts:\n", "contracts:\n- ledger: { file: orders.csv, currency: EUR }\n").replace("\n- title", "\n  title")}`;
const NOTICE = readFileSync(join(ROOT, "test", "notices", "folder", "bridges.xml"));

type Files = Readonly<Record<string, string | Buffer>>;

interface Scenario {
  readonly name: string;
  /** What lies in the folder before. */
  readonly files: Files;
  readonly argv: (folder: string) => readonly string[];
}

const writing: readonly Scenario[] = [
  {
    name: "fmt of several files",
    files: {
      "a.yaml": REGISTER,
      "b.yaml": REGISTER.replaceAll("masts", "lamps"),
      "c.yaml": REGISTER.replaceAll("masts", "nets"),
    },
    argv: (folder) => ["fmt", folder],
  },
  { name: "init", files: {}, argv: (folder) => ["init", join(folder, "new.yaml")] },
  {
    name: "convert into a file that is there",
    files: { "in.jsonl": LINES, "out.yaml": "old\n" },
    argv: (folder) => ["convert", "-d", join(folder, "in.jsonl"), "--output", join(folder, "out.yaml")],
  },
  {
    name: "convert into a new file",
    files: { "in.yaml": REGISTER },
    argv: (folder) => [
      "convert",
      "--to",
      "jsonl",
      "-d",
      join(folder, "in.yaml"),
      "--output",
      join(folder, "out.jsonl"),
    ],
  },
];

const reading: readonly Scenario[] = [
  { name: "a register", files: { "a.yaml": REGISTER }, argv: (folder) => ["total", "-d", join(folder, "a.yaml")] },
  { name: "JSON Lines", files: { "a.jsonl": LINES }, argv: (folder) => ["lots", "-d", join(folder, "a.jsonl")] },
  {
    name: "a folder",
    files: { "a.yaml": REGISTER, "b.jsonl": LINES, "c.xml": NOTICE },
    argv: (folder) => ["lots", "-d", folder],
  },
  {
    name: "archives",
    files: {
      "a.zip": zipOf({ "n.xml": NOTICE }),
      "b.tar.gz": gzipSync(await tarOf({ "r.jsonl": LINES })),
      "c.yaml.gz": gzipSync(REGISTER),
    },
    argv: (folder) => ["lots", "-d", folder],
  },
  {
    name: "a ledger",
    files: { "a.yaml": WITH_LEDGER, "orders.csv": LEDGER },
    argv: (folder) => ["headroom", "-d", join(folder, "a.yaml")],
  },
  { name: "check", files: { "a.yaml": REGISTER }, argv: (folder) => ["check", folder] },
];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-faults-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const prepare = (files: Files): void => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o640 });
};

const isDraft = (name: string): boolean => name.startsWith(".");

/** The files as bytes show them; those that are no drafts. */
const found = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !isDraft(name))
      .map((name) => [name, readFileSync(join(folder, name), "latin1")]),
  );

interface Expected {
  readonly outcome: Outcome;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
}

const faultless = async ({ files, argv }: Scenario): Promise<Expected> => {
  prepare(files);
  const before = found();
  const outcome = await runInProcess(argv(folder));
  // What notices are assumed to mean is said besides.
  expect(outcome.stderr).toMatch(/^(?:note: .*\n)*$/);
  expect(outcome.exitCode).toBe(0);
  return { outcome, before, after: found() };
};

/** Each file is the old one or the new one. */
const expectWhole = ({ before, after }: Expected): void => {
  const now = found();
  for (const name of new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(now)])) {
    expect([before[name], after[name]], name).toContain(now[name]);
  }
};

/** How many files are as they should come to be. */
const written = ({ before, after }: Expected): number => {
  const now = found();
  return Object.keys(after).filter((name) => now[name] === after[name] && before[name] !== after[name]).length;
};

/** All is done and said, or it is said what could not be read or written. */
const expectHonest = (outcome: Outcome, expected: Expected, what: string): void => {
  expectWhole(expected);
  expect(readdirSync(folder).filter(isDraft), what).toEqual([]);
  if (outcome.exitCode === 0) {
    expect({ what, ...outcome, files: found() }).toEqual({ what, ...expected.outcome, files: expected.after });
    return;
  }
  const told = outcome.exitCode === 66 ? /^lotbook: cannot read / : OUTPUT_ERROR;
  expect([66, 74], `${what}\n${outcome.stderr}`).toContain(outcome.exitCode);
  expect(outcome.stderr, what).toMatch(told);
  const far = /formatted (\d+) of 3 files/.exec(outcome.stderr)?.[1];
  if (far !== undefined) expect(Number(far), what).toBe(written(expected));
};

const OUTPUT_ERROR = /^lotbook: (cannot write .*|.* is written, but may not last if the machine stops: .*)\n/;

/** Has the calls fail one after the other, until the command succeeds untouched. */
const failEach = async (scenario: Scenario, code: string, most?: number): Promise<number> => {
  const expected = await faultless(scenario);
  for (let at = 1; ; at++) {
    prepare(scenario.files);
    const plan = { folder, at, code, ...(most !== undefined && { most }) };
    const { result, calls } = await withFaults(plan, () => runInProcess(scenario.argv(folder)));
    const call = calls[at - 1];
    expectHonest(result, expected, `${code} at call ${at}: ${call?.name} ${call?.path}`);
    if (call === undefined) return at - 1;
  }
};

describe.each(writing)("$name", (scenario) => {
  test.each(LONG ? ["EIO", "ENOENT", "ENOSPC", "EACCES"] : ["EIO", "ENOENT"])(
    "whatever call fails with %s",
    async (code) => {
      expect(await failEach(scenario, code)).toBeGreaterThan(8);
    },
  );

  test.runIf(LONG)("whatever call fails, where reads and writes are short", async () => {
    expect(await failEach(scenario, "EIO", 500)).toBeGreaterThan(8);
  });

  test("where every read and write is short, all the same is written", async () => {
    const expected = await faultless(scenario);
    prepare(scenario.files);
    const { result } = await withFaults({ folder, most: 7 }, () => runInProcess(scenario.argv(folder)));
    expect({ result, files: found() }).toEqual({ result: expected.outcome, files: expected.after });
  });

  test("wherever it is killed, and nobody else can read a draft", async () => {
    const expected = await faultless(scenario);
    prepare(scenario.files);
    const drafts: number[] = [];
    const before = () => {
      expectWhole(expected);
      for (const name of readdirSync(folder).filter(isDraft)) drafts.push(statSync(join(folder, name)).mode & 0o7);
    };
    const { calls } = await withFaults({ folder, before }, () => runInProcess(scenario.argv(folder)));
    expect(calls.length).toBeGreaterThan(8);
    expect(drafts.length).toBeGreaterThan(2);
    const replaces = Object.keys(expected.before).some((name) => expected.before[name] !== expected.after[name]);
    if (replaces) expect(new Set(drafts)).toEqual(new Set([0]));
  });

  test("what is written lies on the disk before it takes its name, and the name, too", async () => {
    prepare(scenario.files);
    const { calls } = await withFaults({ folder }, () => runInProcess(scenario.argv(folder)));
    const steps = calls.filter(({ name }) => /^(write|fsync|rename|link)Sync$/.test(name));
    const [first] = steps
      .map(({ name }) => name)
      .join(" ")
      .split(/(?<=(?:rename|link)Sync fsyncSync) /);
    expect(first).toMatch(/^(writeSync )+fsyncSync (rename|link)Sync fsyncSync$/);
    expect(steps.at(-1)).toEqual({ name: "fsyncSync", path: folder });
  });
});

describe.each(reading)("reading $name", (scenario) => {
  test.each(["EIO", "ENOENT"])("whatever call fails with %s", async (code) => {
    expect(await failEach(scenario, code)).toBeGreaterThan(1);
  });

  test("in short pieces gives the same answer", async () => {
    const { outcome } = await faultless(scenario);
    const { result } = await withFaults({ folder, most: 7 }, () => runInProcess(scenario.argv(folder)));
    expect(result).toEqual(outcome);
  });
});

/** How a process of its own ended. */
const killedAt = (scenario: Scenario, at: number): Promise<string> => {
  const env = { PATH: process.env["PATH"], LOTBOOK_FAULT: JSON.stringify({ folder, at, mode: "kill" }) };
  const argv = ["--require", FAULTS_SCRIPT, join(ROOT, "bin", "lotbook.js"), ...scenario.argv(folder)];
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { env }, (error) => resolve(String(error?.signal ?? error?.code ?? 0)));
  });
};

test("a process that is killed leaves whole files, and the next one goes on", { timeout: 300_000 }, async () => {
  for (const scenario of LONG ? writing : writing.slice(0, 1)) {
    const expected = await faultless(scenario);
    prepare(scenario.files);
    const { calls } = await withFaults({ folder }, () => runInProcess(scenario.argv(folder)));
    const worthIt = (name: string): boolean => LONG || name === "fsyncSync";
    const numbers = calls.flatMap(({ name }, index) => (worthIt(name) ? [index + 1] : []));
    for (const at of LONG ? numbers : numbers.slice(2, 4)) {
      prepare(scenario.files);
      expect(await killedAt(scenario, at), `${scenario.name}, call ${at}`).toBe("SIGKILL");
      expectWhole(expected);
      if (scenario.name === "init" && found()["new.yaml"] !== undefined) continue;
      expect(await runInProcess(scenario.argv(folder))).toMatchObject({ exitCode: 0 });
      expect(found()).toEqual(expected.after);
    }
  }
});
