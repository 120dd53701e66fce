import { execFile, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseCaseFile, splitWords, visibleOutcome } from "./cases/case-file.ts";
import { inputOf } from "./cases/input-of.ts";
import { someOf, times } from "./long.ts";

/** What only a process shows. The program must be built. */
const ROOT = join(import.meta.dirname, "..");
const BIN = join(ROOT, "bin", "lotbook.js");
const LARGE_CONTRACTS = times(10_000, 2_000);
/** A long name makes a large answer of few contracts. */
const BUYER = "Office of Long Names, ".repeat(50);

interface Settings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly bin?: string;
  /** What standard input reads; without it, nothing. */
  readonly input?: string | Buffer;
}

interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

const bareEnvironment = { PATH: process.env["PATH"] ?? "" };

const run = (argv: readonly string[], { cwd = ROOT, env = {}, bin = BIN, input = "" }: Settings = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [bin, ...argv],
      { cwd, env: { ...bareEnvironment, ...env }, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => resolve({ stdout, stderr, exitCode: Number(error?.code ?? 0) }),
    );
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });

const shell = (script: string): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(
      "bash",
      ["--norc", "-c", script],
      { cwd: ROOT, env: { ...bareEnvironment, NODE: process.execPath, BIN, LARGE: large } },
      (error, stdout, stderr) => resolve({ stdout, stderr, exitCode: Number(error?.code ?? 0) }),
    );
  });

let folder = "";
let large = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-"));
  large = join(folder, "large.jsonl");
  let lines = '{"supplier":"s","name":"Sürplus Ltd"}\n';
  for (let index = 0; index < LARGE_CONTRACTS; index++) {
    lines += `{"contract":"c${index}","title":"Contract number ${index}","buyer":"${BUYER}","lots":[{"lot":"1","title":"A lot of contract ${index}","ceiling":"EUR ${index}.${String(index % 100).padStart(2, "0")}","suppliers":["s"]}]}\n`;
  }
  writeFileSync(large, lines);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe("the built program", () => {
  test("answers as its sources do", async () => {
    const caseFolder = join(ROOT, "test", "cases");
    const all = readdirSync(caseFolder)
      .filter((name) => name.endsWith(".case"))
      .flatMap((name) => parseCaseFile(readFileSync(join(caseFolder, name), "utf8")).cases)
      .filter(({ terminal, redirected }) => terminal === undefined && redirected === undefined)
      // Standard input is a socket here, not a pipe.
      .filter(({ expected }) => !expected.stderr.includes("standard input is a pipe"))
      .filter(({ command }, index) => index % 10 === 0 || /wide|hostile|--sources|--help/.test(command));
    const cases = someOf(all, 10);
    expect(cases.length).toBeGreaterThan(times(40, 5));
    const waiting = [...cases];
    const worker = async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
        const { command, env, expected } = next;
        const input = inputOf(next);
        const ended = await run(splitWords(command), { env, ...(input && { input }) });
        expect({ command, ...visibleOutcome(ended) }).toEqual({ command, ...expected });
      }
    };
    await Promise.all([worker(), worker(), worker()]);
  });

  test("answers from any folder", async () => {
    writeFileSync(join(folder, "here.yaml"), "contracts:\n  - contract: c\n    lots: [{ lot: 1, ceiling: EUR 5M }]\n");
    const own = await run(["total", "-d", "here.yaml"], { cwd: folder });
    expect(own).toEqual({ stdout: "Total  EUR 5M\nEach shared ceiling counted once.\n", stderr: "", exitCode: 0 });
    const shipped = await run(["total"], { cwd: folder });
    expect(shipped.stdout).toContain("EUR 34.4M");
  });

  test("does not mind NODE_EXTRA_CA_CERTS", async () => {
    const { stdout, exitCode } = await run(["total"], { env: { NODE_EXTRA_CA_CERTS: join(folder, "none.pem") } });
    expect({ stdout, exitCode }).toEqual({ ...(await run(["total"])), stderr: undefined });
  });

  test("loads no part of Node that small questions do not need", async () => {
    const hook = join(folder, "loaded.cjs");
    writeFileSync(hook, 'process.on("exit", () => require("fs").writeSync(2, process.moduleLoadList.join(",")));');
    const env = { NODE_OPTIONS: `--require "${hook}"` };
    const bare = spawnSync(process.execPath, [hook], { env: { ...process.env, ...env }, encoding: "utf8" });
    const { stderr } = await run(["lots"], { env });
    const more = stderr.split(",").filter((name) => !bare.stderr.includes(name));
    expect(more).toContain("NativeModule vm");
    expect(more.filter((name) => /^NativeModule (stream|zlib|v8|crypto|net|child_process)$/.test(name))).toEqual([]);
  });

  test("leaves what few answers need to files of their own", () => {
    const holding = (text: string) =>
      readdirSync(join(ROOT, "dist", "cli")).filter(
        (name) => name.endsWith(".js") && readFileSync(join(ROOT, "dist", "cli", name), "latin1").includes(text),
      );
    // Each text stands in that package or source alone, and in what is built of it.
    expect(holding("Map keys must be unique")).toEqual(["yaml.js"]);
    expect(holding("disallowed character in entity name")).toEqual(["read-notices.js", "workbook.js"]);
    expect(holding("Either not a zip file, or file is truncated")).toEqual(["read-notices.js", "workbook.js"]);
    expect(holding("bgMagentaBright")).toEqual(["chalk.js"]);
    expect(holding("RGI_Emoji")).toEqual(["grapheme-width.js"]);
  });

  test("has its errors once, for they are told apart by their classes", () => {
    const files = readdirSync(join(ROOT, "dist", "cli")).filter((name) => name.endsWith(".js"));
    const withErrors = files.filter((name) =>
      readFileSync(join(ROOT, "dist", "cli", name), "latin1").includes("exitCode=66"),
    );
    expect(withErrors).toEqual(["lotbook.js"]);
  });

  test("is plain ASCII, for it is read as Latin-1", () => {
    const folder = join(ROOT, "dist", "cli");
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".js"))) {
      expect(readFileSync(join(folder, name), "latin1"), name).not.toMatch(/[^\x00-\x7f]/);
    }
  });

  test("never forces its end: what was written would be lost", () => {
    const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => join(ROOT, "src", name));
    for (const file of [...files, BIN]) expect(readFileSync(file, "utf8"), file).not.toMatch(/process\.(exit|abort)\(/);
  });
});

describe("standard output", () => {
  test("a reader that has seen enough is no error", async () => {
    const csv = await shell('"$NODE" "$BIN" lots -d "$LARGE" -f csv | head -1; echo "$PIPESTATUS"');
    expect(csv.stdout).toMatch(/^contract,lot,.*\n0\n$/);
    expect(csv.stderr).toBe("");
    const table = await shell('"$NODE" "$BIN" lots -d "$LARGE" | head -2 | tail -1; echo "$PIPESTATUS"');
    expect(table.stdout).toMatch(/^─.*\n0\n$/);
    expect(table.stderr).toBe("");
  });

  test("a reader that has left before the first byte is no error", async () => {
    const { stdout, stderr } = await shell('{ sleep 0.3; "$NODE" "$BIN" lots; echo "exit $?" >&2; } | true');
    expect({ stdout, stderr }).toEqual({ stdout: "", stderr: "exit 0\n" });
  });

  test("a reader that leaves keeps errors quiet, too", async () => {
    const { stdout } = await shell(
      '{ sleep 0.3; "$NODE" "$BIN" lots --lot 9 2>&1; echo "exit $?" >&3; } 3>&1 | true; true',
    );
    expect(stdout).toBe("");
  });

  test("a full disk is error 74, with a message", async () => {
    for (const argv of [["lots"], ["lots", "--json"], ["--help"], ["--version"], ["schema", "lots"]]) {
      const full = openSync("/dev/full", "w");
      const child = spawn(process.execPath, [BIN, ...argv], { cwd: ROOT, stdio: ["ignore", full, "pipe"] });
      closeSync(full);
      let stderr = "";
      child.stderr?.on("data", (chunk) => {
        stderr += chunk;
      });
      const exitCode = await new Promise((resolve) => child.on("close", resolve));
      expect({ argv, exitCode }).toEqual({ argv, exitCode: 74 });
      expect(stderr).toMatch(/^lotbook: cannot write the answer: no space left/);
      expect(stderr).not.toMatch(/ at /);
    }
  });

  test("a slow reader gets every byte of many, of which a pipe holds few", async () => {
    const whole = await run(["lots", "-d", large, "--json"]);
    expect(whole.exitCode).toBe(0);
    const bytes = Buffer.byteLength(whole.stdout);
    expect(bytes).toBeGreaterThan(LARGE_CONTRACTS * 1_000);
    expect(JSON.parse(whole.stdout)).toHaveLength(LARGE_CONTRACTS);
    const child = spawn(process.execPath, [BIN, "lots", "-d", large, "--json"], { cwd: ROOT });
    const chunks: Buffer[] = [];
    for await (const chunk of child.stdout) {
      chunks.push(chunk);
      await sleep(2);
    }
    expect(Buffer.concat(chunks).toString("utf8") === whole.stdout).toBe(true);
  });

  test("the rows after the first hundreds keep the layout of the table", async () => {
    const { stdout } = await run(["lots", "-d", large]);
    const lines = stdout.split("\n");
    expect(lines).toHaveLength(2 + LARGE_CONTRACTS + 3 + 1);
    expect(lines[2]).toMatch(/^c0 +1 +A lot of contract 0 .* EUR 0\.00 {2}Sürplus Ltd$/);
    expect(lines[1_000]).toMatch(/^c998 +1 +A lot of contract 998 .* EUR 998\.98 {2}Sürplus Ltd$/);
    const last = LARGE_CONTRACTS - 1;
    const figure = `${Math.trunc(last / 1_000)},999`;
    expect(lines[last + 2]).toMatch(
      new RegExp(`^c${last} +1 +A lot of contract ${last} .* EUR ${figure}\\.99 {2}Sürplus Ltd$`),
    );
  });
});

describe("standard input and files", () => {
  test("a register comes through a pipe", async () => {
    const input = readFileSync(large);
    const { stdout, exitCode } = await run(["total", "-d", "-"], { input });
    const fromFile = await run(["total", "-d", large]);
    expect({ stdout, exitCode }).toEqual({ stdout: fromFile.stdout, exitCode: 0 });
  });

  test("a named pipe is read like a file", async () => {
    const { stdout, stderr } = await shell(
      '"$NODE" "$BIN" total -d <(cat test/registers/folder/*.y*ml | sed "s/^--.*//")',
    );
    expect(stderr).toBe("");
    expect(stdout).toContain("EUR 3M");
  });

  test.skipIf(process.platform !== "linux")("what waits in a pipe is told, and stays there", async () => {
    const { stdout, stderr } = await shell(
      'printf "lot: 1" | { until read -t 0; do sleep 0.01; done; "$NODE" "$BIN" total; cat; }',
    );
    expect(stdout).toMatch(/^Total {2}EUR 34\.4M\n(?:.*\n)*lot: 1$/);
    expect(stderr).toBe(
      "note: standard input is a pipe with data in it, which was not read; to read it: lotbook total -\n",
    );
  });

  test.each([
    ["a pipe that is empty", "sleep 1"],
    ["a pipe that ended without data", "true"],
  ])("%s is no matter", async (_, writer) => {
    expect((await shell(`${writer} | { sleep 0.1; "$NODE" "$BIN" total; }`)).stderr).toBe("");
  });

  test("a file that standard input is redirected from answers", async () => {
    expect((await shell('"$NODE" "$BIN" contracts --fields contract -f csv < examples/fleet.yaml')).stdout).toBe(
      "contract\nfleet\n",
    );
  });

  test("a closed standard input is empty", async () => {
    const { stderr, exitCode } = await shell('"$NODE" "$BIN" lots -d - <&-');
    expect(exitCode).toBe(65);
    expect(stderr).toMatch(/^<stdin>:1:1: the file is empty/);
  });

  test("what is missing or cannot be read is error 66", async () => {
    mkdirSync(join(folder, "no-registers"));
    for (const path of [join(folder, "nowhere.yaml"), join(folder, "no-registers"), "/proc/self/mem", `${large}/x`]) {
      for (const command of ["lots", "check"]) {
        const { stdout, stderr, exitCode } = await run([command, "-d", path]);
        expect({ path, stdout, exitCode }).toEqual({ path, stdout: "", exitCode: 66 });
        expect(stderr).toMatch(/^lotbook: /);
        expect(stderr).not.toMatch(/ at \S+:\d/);
      }
    }
  });

  test("a file that breaks while it is read is error 66, in whichever of the program's files that is found out", async () => {
    const release = (id: number) => `{"ocid":"ocds-x-${id}","tag":["award"],"awards":[{"id":"1","status":"active"}]}\n`;
    const file = join(folder, "breaks.jsonl");
    writeFileSync(file, Array.from({ length: 20 }, (_, index) => release(index)).join(""));
    const failing = (at: number): Settings => ({
      env: {
        NODE_OPTIONS: `--require "${join(ROOT, "test", "failing-fs.cjs")}"`,
        FAIL_UNDER: file,
        FAIL_AT: String(at),
      },
    });
    // The start asks how long it is, and goes on whatever it is told; then come finding it, and reading it.
    for (const at of [1, 2, 3, 4]) {
      const { stderr, exitCode } = await run(["total", "-d", file], failing(at));
      expect({ at, stderr, exitCode }).toMatchObject({ at, exitCode: 66 });
      expect(stderr).toBe(
        `lotbook: cannot read ${file}: input/output error\n${at <= 2 ? "  hint: check the path\n" : ""}`,
      );
    }
  });

  test("an interrupt ends it", async () => {
    const child = spawn(process.execPath, [BIN, "lots", "-d", "-"], { cwd: ROOT });
    const end = new Promise<string>((resolve) => child.on("exit", (code, signal) => resolve(`${signal ?? code}`)));
    child.stdin.write("contracts:\n");
    await sleep(300);
    child.kill("SIGINT");
    expect(["SIGINT", "130"]).toContain(await end);
  });

  test("a file that is written is what standard output would be", async () => {
    const file = join(mkdtempSync(join(folder, "out-")), "new.yaml");
    expect(await run(["convert", "--output", file])).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(readFileSync(file, "utf8")).toBe((await run(["convert"])).stdout);
  });
});

describe("machine output is the same everywhere", () => {
  const places: readonly Record<string, string>[] = [
    { TZ: "Pacific/Kiritimati" },
    { TZ: "America/Los_Angeles" },
    { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" },
    { LC_ALL: "C", LANG: "C", TZ: "Asia/Kathmandu" },
  ];
  const questions = [
    ["lots", "-f", "csv", "-d", "test/registers/city.yaml", "--sort", "title"],
    ["contracts", "--json", "-d", "test/registers/city.yaml", "--sort", "-awardDate"],
    ["suppliers", "-f", "tsv", "-d", "test/registers/city.yaml", "--sort", "name"],
    ["suppliers", "-f", "ndjson", "--supplier", "IBM"],
    ["sources", "-f", "ndjson"],
    ["total", "--by", "year", "-f", "markdown"],
    ["check", "--json", "test/registers/city.yaml"],
  ];
  for (const question of someOf(questions, 3)) {
    test(question.join(" "), async () => {
      const here = await run(question, { env: { TZ: "UTC", LC_ALL: "C.UTF-8" } });
      expect(here.stdout.length).toBeGreaterThan(50);
      await Promise.all(
        someOf(places, 2).map(async (env) =>
          expect({ env, ...(await run(question, { env })) }).toEqual({ env, ...here }),
        ),
      );
    });
  }
});
