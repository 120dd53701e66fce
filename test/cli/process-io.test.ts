import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FAULTS_SCRIPT, type Plan } from "../faults/faults.ts";
import { times } from "../long.ts";

/** What only a process shows: its streams, its folder, and signals. The program must be built. */
const ROOT = join(import.meta.dirname, "..", "..");
const BIN = join(ROOT, "bin", "lotbook.js");
const UNTIDY = "contracts:\n- title: Masts\n  contract: masts\n  lots: [{lot: 1, ceiling: EUR 2M}]\n";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-process-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal that ended it. */
  readonly end: string;
}

const start = (file: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const settings = { cwd: folder, env: { PATH: process.env["PATH"] ?? "", ...env }, maxBuffer: 1 << 26 };
    const child = execFile(file, argv, settings, (error, stdout, stderr) =>
      resolve({ stdout, stderr, end: String(error?.signal ?? error?.code ?? 0) }),
    );
    child.stdin?.end();
  });

/** A line of the shell, in which `lotbook` is the program. */
const shell = (script: string): Promise<Ended> =>
  start("bash", ["--norc", "-c", `lotbook() { "$NODE" "$BIN" "$@"; }; ${script}`], { NODE: process.execPath, BIN });

/** The program, while something happens to it in the middle. */
const runWith = (plan: Omit<Plan, "before" | "folder">, argv: readonly string[]): Promise<Ended> =>
  start(process.execPath, ["--require", FAULTS_SCRIPT, BIN, ...argv], {
    LOTBOOK_FAULT: JSON.stringify({ folder, ...plan }),
  });

const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const;

describe.each(SIGNALS)("%s", (signal, exitCode) => {
  test("in the middle of a folder leaves no draft, and tells how many files are formatted", async () => {
    for (let number = 0; number < 5; number++) writeFileSync(at(`${number}.yaml`), UNTIDY);
    const ended = await runWith({ mode: "signal", signal, only: "fsyncSync", at: 5 }, ["fmt", folder]);
    expect(ended).toEqual({ stdout: "", stderr: "lotbook: interrupted: formatted 3 of 5 files\n", end: signal });
    expect(readdirSync(folder)).toHaveLength(5);
    const untouched = readdirSync(folder).filter((name) => readFileSync(at(name), "utf8") === UNTIDY);
    expect(untouched).toEqual(["3.yaml", "4.yaml"]);
  });

  test("in the middle of a conversion leaves the old file, and no draft", async () => {
    writeFileSync(at("old.jsonl"), "whole\n");
    const convert = ["convert", "--to", "jsonl", "--output", "old.jsonl"];
    const ended = await runWith({ mode: "signal", signal, only: "writeSync", at: 1 }, convert);
    expect(ended).toEqual({ stdout: "", stderr: "lotbook: interrupted: old.jsonl stays as it was\n", end: signal });
    expect(readdirSync(folder)).toEqual(["old.jsonl"]);
    expect(readFileSync(at("old.jsonl"), "utf8")).toBe("whole\n");
  });

  test("that cannot end the first process of a container gives its exit code", async () => {
    const plan: Omit<Plan, "folder"> = { mode: "signal", signal, only: "writeSync", at: 1, immortal: true };
    const { stderr, end } = await runWith(plan, ["init", "new.yaml"]);
    expect({ stderr, end }).toEqual({
      stderr: "lotbook: interrupted: new.yaml is not written\n",
      end: String(exitCode),
    });
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("a signal that comes when all is written says so", async () => {
  const ended = await runWith({ mode: "signal", signal: "SIGINT", only: "linkSync", at: 1 }, ["init", "new.yaml"]);
  expect(ended).toEqual({ stdout: "", stderr: "lotbook: interrupted: new.yaml is written\n", end: "SIGINT" });
  expect(readdirSync(folder)).toEqual(["new.yaml"]);
});

describe("what is no file is written into, and stays", () => {
  const FIRST = "sources:\n";

  test.each(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1", "-", "link", "link-to-link"])("%s", async (name) => {
    symlinkSync("/proc/self/fd/1", at("link"));
    symlinkSync(at("link"), at("link-to-link"));
    const before = readdirSync("/dev");
    const { stdout, stderr, end } = await shell(`lotbook convert --output ${name} | cat; echo "\${PIPESTATUS[0]}"`);
    expect({ stderr, end }).toEqual({ stderr: "", end: "0" });
    expect(stdout).toMatch(/^sources:\n[\s\S]*\n0\n$/);
    expect(readdirSync(folder)).toEqual(["link", "link-to-link"]);
    expect(readdirSync("/dev")).toEqual(before);
  });

  test("standard output that is a file goes on where it is", async () => {
    await shell("{ echo before; lotbook convert --output /dev/stdout; echo after; } > out");
    expect(readFileSync(at("out"), "utf8")).toMatch(/^before\nsources:\n[\s\S]*\nafter\n$/);
  });

  test("a descriptor that the shell opened", async () => {
    const { end } = await shell("{ echo before >&7; lotbook init /dev/fd/7; } 7> out");
    expect(end).toBe("0");
    expect(readFileSync(at("out"), "utf8")).toMatch(/^before\n# yaml-language-server[\s\S]*\n$/);
    const { stderr } = await shell("lotbook init /dev/fd/77");
    expect(stderr).toBe("lotbook: cannot write /dev/fd/77: it is not open for this\n");
  });

  test("no link, which may be a stranger's, leads into what the program has open", async () => {
    const { stdout, end } = await shell(`for n in $(seq 3 ${times(1, 6)} 21); do
      ln -s /dev/fd/$n link$n
      lotbook convert --output link$n 2>&1 | sed "s/$n/N/"
      lotbook convert --output /proc/self/fd/$n > /dev/null 2>&1; echo $?
    done | sort -u`);
    expect([stdout, end]).toEqual([
      "74\nlotbook: cannot write linkN: it leads to what this program has open for itself\n",
      "0",
    ]);
  });

  test("a command in the place of a file", async () => {
    const { stdout } = await shell("lotbook convert --output >(head -1); wait $!; sleep 0.3");
    expect(stdout).toBe(FIRST);
  });

  test.runIf(process.platform === "linux")("what another process has open is not replaced", async () => {
    const { stderr } = await shell("lotbook convert --output /proc/$$/fd/1 > out; echo after >> out");
    expect(stderr).toMatch(/^lotbook: cannot write \/proc\/\d+\/fd\/1: it is what another process has open\n$/);
  });

  test("a named pipe, also one whose reader has seen enough", async () => {
    const { stdout, end } = await shell(
      "mkfifo pipe; lotbook convert --output pipe & head -1 pipe; wait $!; code=$?; [ -p pipe ] && exit $code",
    );
    expect({ stdout, end }).toEqual({ stdout: FIRST, end: "0" });
  });

  test("a full disk", async () => {
    symlinkSync("/dev/full", at("full"));
    for (const argv of ["convert --output full", "init full", "convert --output /dev/full"]) {
      const { stderr, end } = await shell(`lotbook ${argv}`);
      expect({ argv, end }).toEqual({ argv, end: "74" });
      expect(stderr).toMatch(/^lotbook: cannot write \S*full: no space left on device\n$/);
    }
    expect(readdirSync(folder)).toEqual(["full"]);
  });
});

describe("nothing is written to", () => {
  test.each([
    [".", "it is a folder"],
    ["none/a.yaml", "no such file or folder"],
    ["round", "its links lead in a circle"],
  ])("%s", async (name, reason) => {
    symlinkSync("round", at("round"));
    const { stderr, end } = await shell(`lotbook convert --output ${name}`);
    expect({ stderr, end }).toEqual({ stderr: `lotbook: cannot write ${name}: ${reason}\n`, end: "74" });
  });

  test("no name at all", async () => {
    expect((await shell('lotbook convert --output ""')).end).toBe("2");
    expect((await shell('lotbook init ""')).end).toBe("2");
  });

  test("a register that is no file, by fmt", async () => {
    writeFileSync(at("a.yaml"), UNTIDY);
    const { stderr, end } = await shell("lotbook fmt <(cat a.yaml)");
    expect(stderr).toMatch(/^lotbook: cannot write \/dev\/fd\/\d+: it is no regular file\n {2}hint: /);
    expect(end).toBe("74");
  });
});

test("fmt writes a file once that it meets under two names", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  symlinkSync("a.yaml", at("link.yaml"));
  const { stdout, stderr, end } = await shell("lotbook fmt a.yaml link.yaml ./a.yaml");
  expect({ stderr, end }).toEqual({ stderr: "", end: "0" });
  expect(stdout.match(/changed/g)).toHaveLength(3);
  expect((await shell("lotbook fmt --check .")).end).toBe("0");
});

describe("streams that are closed or the wrong way round", () => {
  test.each(["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])("%s", async (closing) => {
    writeFileSync(at("a.yaml"), UNTIDY);
    const { end } = await shell(`lotbook fmt a.yaml ${closing} && lotbook init ${closing} && lotbook lots ${closing}`);
    expect(end).toBe("0");
    // No file has become the stream that was missing.
    expect(readFileSync(at("a.yaml"), "utf8")).toMatch(/^contracts:\n {2}- contract: masts\n {4}title: Masts\n.*\n$/);
    expect(readdirSync(folder)).toEqual(["a.yaml", "contracts.yaml"]);
  });

  test.each([
    ["< .", "it is a folder"],
    ["0> written", "it is not open for reading"],
    ["0> >(cat)", "it is not open for reading"],
  ])("standard input: %s", async (input, reason) => {
    const { stderr, end } = await shell(`lotbook total -d - ${input}`);
    expect({ stderr, end }).toEqual({ stderr: `lotbook: cannot read standard input: ${reason}\n`, end: "66" });
  });

  test("standard output that is open for reading only", async () => {
    writeFileSync(at("a"), "");
    const { stderr, end } = await shell("lotbook total 1< a");
    expect({ stderr, end }).toEqual({
      stderr: "lotbook: cannot write the answer: it is not open for this\n",
      end: "74",
    });
  });

  test("standard output that does not wait for its reader", async () => {
    const lines = Array.from(
      { length: 4000 },
      (_, number) => `{"contract":"c${number}","title":"${"T".repeat(80)}","lots":[{"lot":"1"}]}\n`,
    );
    writeFileSync(at("a.jsonl"), lines.join(""));
    // Node has pipes not block once they are asked for as streams.
    const script = "process.argv.splice(1, 0, process.env.BIN); process.stdout; require(process.env.BIN)";
    const slow = await shell(
      `"$NODE" -e '${script}' contracts -d a.jsonl -f csv | { sleep 0.4; cat; }; exit "\${PIPESTATUS[0]}"`,
    );
    const { stdout } = await shell("lotbook contracts -d a.jsonl -f csv");
    expect(stdout.length).toBeGreaterThan(300_000);
    expect(slow).toEqual({ stdout, stderr: "", end: "0" });
  });
});

test("the exit code tells what nobody reads on standard error", async () => {
  const { stdout, end } = await shell(`{ sleep 0.3; lotbook total -d "${join(ROOT, "test", "notices")}"; } 2> >(true)`);
  expect(stdout).toContain("Total");
  expect(end).toBe("65");
});

describe("the working folder", () => {
  test("may be gone", async () => {
    const { stdout, stderr, end } = await shell(`mkdir gone; cd gone; rmdir ../gone
      lotbook total; lotbook total -d a.yaml; echo "$?"; lotbook init; echo "$?"; lotbook fmt a.yaml; echo "$?"`);
    expect({ stdout, end }).toEqual({
      stdout: "Total  EUR 34.4M\nEach shared ceiling counted once.\n66\n74\n66\n",
      end: "0",
    });
    expect(stderr).not.toMatch(/internal|uv_cwd/);
  });

  test("may have a path that is too long to say", async () => {
    const { stdout, stderr } = await shell(`
      long=$(printf 'x%.0s' {1..250}); for i in {1..20}; do mkdir $long; cd -P $long; done 2>&1
      lotbook init && lotbook fmt contracts.yaml && lotbook convert --output contracts.yaml -d contracts.yaml
      echo "$?"; lotbook total -d .; lotbook convert --output a -d "${join(ROOT, "examples", "fleet.yaml")}"; rm -rf "${folder}/xx"*`);
    // A ledger cannot be named from a folder that has no path.
    expect(stderr).toBe(
      "lotbook: the working folder is gone, or its path is too long\n  hint: change to another folder\n",
    );
    expect(stdout).toMatch(/^contracts.yaml is there [^\n]*\n1 file is laid out already.\n0\nTotal /);
  });
});

const hasTerminal = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;

describe("a terminal that does not know its size", () => {
  test.skipIf(!hasTerminal)("shows an answer as it is, with no pager", async () => {
    const line = `stty cols 0 rows 0; "${process.execPath}" "${BIN}" lots lot:1 --no-color`;
    const { stdout } = await start("script", ["-qefc", line, "/dev/null"], { LOTBOOK_PAGER: "false" });
    expect(stdout.replaceAll("\r", "").split("\n")[0]).toMatch(
      /^Lot {2}Title +Service {2}Deployment +Ceiling {2}Suppliers$/,
    );
  });
});
