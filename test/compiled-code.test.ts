import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { someOf } from "./long.ts";

/** What bin/lotbook.js keeps of compiled code, and what it believes of it. The program must be built. */
const ROOT = join(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "lotbook-compiled-"));
const home = join(work, "home");
const program = join(work, "program");
const beside = join(program, "dist", "cli");
const source = join(beside, "lotbook.js");
const NOBODY = 65534;
const isRoot = process.geteuid?.() === 0;

const SAID = "counted once";
const SAID_OTHERWISE = "COUNTED ONCE";
const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

const run = (argv: readonly string[] = ["total"], env: Readonly<Record<string, string>> = {}, cwd = work) =>
  execFileSync(process.execPath, [join(program, "bin", "lotbook.js"), ...argv], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: home, ...env },
    encoding: "utf8",
  });

const keptIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".cache")) : [];

const onlyKept = (folder = beside): string => {
  const [name, ...others] = keptIn(folder);
  expect(others).toEqual([]);
  if (name === undefined) throw new Error(`nothing is kept in ${folder}`);
  return join(folder, name);
};

/** Which file it is, and when it was written: another one has taken its place where this differs. */
const identity = (path: string): string => {
  const { ino, mtimeMs, size } = statSync(path);
  return `${ino} ${mtimeMs} ${size}`;
};

const changeSource = (from: string, to: string): void => {
  const before = readFileSync(source, "latin1");
  expect([before.includes(from), to.length]).toEqual([true, from.length]);
  writeFileSync(source, before.replaceAll(from, to), "latin1");
};

const setAge = (path: string, milliseconds: number): void => {
  const then = new Date(Date.now() - milliseconds);
  utimesSync(path, then, then);
};

/** Code of a program that says something else, and the name under which it was kept. */
let poison: string;
let poisonName: string;

beforeAll(() => {
  mkdirSync(home);
  for (const part of ["bin", "data", "package.json"])
    cpSync(join(ROOT, part), join(program, part), { recursive: true });
  cpSync(join(ROOT, "dist"), join(program, "dist"), {
    recursive: true,
    filter: (path) => !/\.cache(\.\d+)?$/.test(path),
  });
  run();
  rmSync(onlyKept());
  changeSource(SAID, SAID_OTHERWISE);
  run();
  const other = onlyKept();
  poison = readFileSync(other, "latin1");
  poisonName = basename(other);
  rmSync(other);
  changeSource(SAID_OTHERWISE, SAID);
});

beforeEach(() => {
  chmodSync(beside, 0o755);
  rmSync(home, { recursive: true });
  mkdirSync(home);
  for (const name of keptIn(beside)) rmSync(join(beside, name));
});

afterAll(() => rmSync(work, { recursive: true }));

/** Where the program keeps its own, by what the last start kept: it is found out anew where a test changed the program. */
let place: { readonly source: string; readonly path: string } | undefined;

/** Puts it where this program's own would be, in its name. */
const keepPoison = (): string => {
  if (place?.source !== identity(source)) {
    run();
    place = { source: identity(source), path: onlyKept() };
  }
  const { path } = place;
  expect(basename(path)).toHaveLength(poisonName.length);
  writeFileSync(path, poison.replaceAll(poisonName, basename(path)), { encoding: "latin1", mode: 0o600 });
  return path;
};

describe.each([
  ["the program", "lotbook", ["total"]],
  ["what it loads for some answers", "yaml", ["total", "-d", join(ROOT, "test/registers/log.yaml")]],
  ["what runs under a flag of V8's, for there may be much to read", "lotbook", ["headroom"]],
])("what is kept of %s", (_, script, argv) => {
  const kept = (): string => {
    const [name = ""] = keptIn(beside).filter((entry) => entry.startsWith(`${script}-`));
    return join(beside, name);
  };

  test("is used by the next start, as it is", () => {
    const answer = run(argv);
    const before = identity(kept());
    expect(statSync(kept()).size).toBeGreaterThan(10_000);
    expect(run(argv)).toBe(answer);
    expect(identity(kept())).toBe(before);
  });

  test("is neither believed nor left where it is damaged", () => {
    const answer = run(argv);
    const good = readFileSync(kept());
    const flippedAt = (at: number): Buffer => {
      const flipped = Buffer.from(good);
      flipped[at] = (flipped[at] ?? 0) ^ 1;
      return flipped;
    };
    const places = [20, 5_000, Math.trunc(good.length / 2), good.length - 9, good.length - 1];
    const cut = [0, 3, 7, good.length / 2, good.length - 1].map((length) => good.subarray(0, length));
    const twice = Buffer.concat([good, good]);
    const damaged = [...places.map(flippedAt), ...cut, twice, Buffer.alloc(good.length), Buffer.from("nonsense")];
    for (const broken of someOf(damaged, 7)) {
      writeFileSync(kept(), broken);
      expect(run(argv)).toBe(answer);
      expect(readFileSync(kept()).equals(broken)).toBe(false);
    }
  });

  test("can be missing, a folder, or another file's", () => {
    const answer = run(argv);
    const path = kept();
    rmSync(path);
    mkdirSync(path);
    expect(run(argv)).toBe(answer);
    rmSync(path, { recursive: true });
    for (const name of keptIn(beside)) renameSync(join(beside, name), path);
    expect(run(argv)).toBe(answer);
  });
});

test("a program that was changed in place says what it says now, of equal length or not", () => {
  run();
  changeSource(SAID, SAID_OTHERWISE);
  expect(run()).toContain(SAID_OTHERWISE);
  expect(run()).toContain(SAID_OTHERWISE);
  changeSource(SAID_OTHERWISE, SAID);
  expect(run()).toContain(SAID);
});

test("options of Node that change compiled code have files of their own, which stay", () => {
  const withOptions = { NODE_OPTIONS: "--max-old-space-size=300" };
  run();
  run(["total"], withOptions);
  const before = keptIn(beside).map((name) => identity(join(beside, name)));
  for (const env of [{}, withOptions, {}]) run(["total"], env);
  expect(keptIn(beside).map((name) => identity(join(beside, name)))).toEqual(before);
});

test("so does what V8 runs under a flag for there is much to read, which it knows", () => {
  const folder = join(program, "data");
  run();
  run(["total", "-d", folder]);
  const before = keptIn(beside).map((name) => identity(join(beside, name)));
  run();
  const { stderr } = spawnSync(process.execPath, [join(program, "bin", "lotbook.js"), "total", "-d", folder], {
    env: { HOME: home },
    encoding: "utf8",
  });
  expect(stderr).not.toMatch(/flag|--/);
  expect(keptIn(beside).filter((name) => name.startsWith("lotbook-"))).toHaveLength(
    /^v2[02]\./.test(process.version) ? 2 : 1,
  );
  expect(keptIn(beside).map((name) => identity(join(beside, name)))).toEqual(before);
});

test("what another use of a command compiles is kept besides, once", () => {
  const answer = run(["total", "--version"]);
  const first = statSync(onlyKept());
  run(["total", "--why"]);
  expect(statSync(onlyKept()).size).toBeGreaterThan(first.size + 10_000);
  const both = identity(onlyKept());
  run(["total", "--why"]);
  expect(run(["total", "--version"])).toBe(answer);
  expect(identity(onlyKept())).toBe(both);
});

test("one command leaves what another has kept", () => {
  run(["--help"]);
  const help = onlyKept();
  const before = identity(help);
  run();
  expect(keptIn(beside)).toHaveLength(2);
  expect(identity(help)).toBe(before);
});

test("what nobody can ask for is not kept", () => {
  const { status } = spawnSync(process.execPath, [join(program, "bin", "lotbook.js"), "totl"], { env: { HOME: home } });
  expect(status).toBe(2);
  expect([keptIn(beside), readdirSync(home)]).toEqual([[], []]);
});

test("what the command line does not show is looked for once a day", () => {
  run();
  const path = onlyKept();
  setAge(path, DAY - HOUR);
  const yesterday = identity(path);
  run();
  expect(identity(path)).toBe(yesterday);
  setAge(path, DAY + HOUR);
  run();
  expect(Date.now() - statSync(path).mtimeMs).toBeLessThan(HOUR);
});

test("what was not used for a month goes, and drafts that were left; what is not ours stays", () => {
  const old = [
    "lotbook-v20.19.0-linux-x64-1-2.cache",
    "lotbook-v20.19.0-x64.cache",
    "yaml-v22.1.0-linux-x64-1-2.cache.77",
  ];
  const recent = ["lotbook-v22.20.0-linux-x64-1-2.cache"];
  const others = ["photos.cache", "notes-v1.txt"];
  for (const name of [...old, ...recent, ...others]) writeFileSync(join(beside, name), "");
  for (const name of [...old, ...others]) setAge(join(beside, name), 40 * DAY);
  run();
  const left = readdirSync(beside);
  expect(left).toEqual(expect.arrayContaining([...recent, ...others]));
  for (const name of old) expect(left).not.toContain(name);
  for (const name of [...recent, ...others]) rmSync(join(beside, name));
});

test("of many, the newest stay", () => {
  const names = Array.from({ length: 80 }, (_, index) => `lotbook-v20.19.0-linux-x64-${index}-2.cache`);
  for (const [index, name] of names.entries()) {
    writeFileSync(join(beside, name), "");
    setAge(join(beside, name), (index + 1) * HOUR);
  }
  run();
  expect(keptIn(beside)).toHaveLength(64);
  expect(keptIn(beside)).toEqual(expect.arrayContaining(names.slice(0, 63)));
});

describe("what is kept can be read by this user alone", () => {
  test("beside the program", () => {
    run();
    expect(lstatSync(onlyKept()).mode & 0o777).toBe(0o600);
  });

  test.each([
    [{ HOME: home }, join(home, process.platform === "darwin" ? "Library/Caches/lotbook" : ".cache/lotbook")],
    [
      { HOME: home, XDG_CACHE_HOME: join(home, "c") },
      join(home, process.platform === "darwin" ? "Library/Caches/lotbook" : "c/lotbook"),
    ],
  ])("in the user's folder, where others may write beside the program: %o", (env, folder) => {
    chmodSync(beside, 0o775);
    const answer = run(["total"], env);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(lstatSync(onlyKept(folder)).mode & 0o777).toBe(0o600);
    const before = identity(onlyKept(folder));
    expect(run(["total"], env)).toBe(answer);
    expect(identity(onlyKept(folder))).toBe(before);
    expect(keptIn(beside)).toEqual([]);
  });

  test.skipIf(isRoot)("in the user's folder, where the program's is read-only", () => {
    chmodSync(beside, 0o555);
    run(["total"], { HOME: home, XDG_CACHE_HOME: join(home, "c") });
    expect(keptIn(beside)).toEqual([]);
    expect(readdirSync(home)).not.toEqual([]);
  });

  test.each(["", "relative", "."])("and nowhere, where the environment names no folder but %j", (path) => {
    chmodSync(beside, 0o775);
    expect(run(["total"], { HOME: path, XDG_CACHE_HOME: path }, home)).toContain(SAID);
    expect(readdirSync(home)).toEqual([]);
  });

  test.runIf(isRoot)("and not in the home of another user, which sudo leaves in place", () => {
    chmodSync(beside, 0o775);
    chownSync(home, NOBODY, NOBODY);
    run();
    expect(readdirSync(home)).toEqual([]);
  });
});

describe("what somebody else can have written is not believed", () => {
  test("(what only this user can have written is)", () => {
    keepPoison();
    expect(run()).toContain(SAID_OTHERWISE);
  });

  const refused: readonly (readonly [string, (path: string) => void])[] = [
    ["a file that a group may write", (path) => chmodSync(path, 0o660)],
    ["a file that anybody may write", (path) => chmodSync(path, 0o602)],
    ["a folder that a group may write to", () => chmodSync(beside, 0o770)],
    ["a folder that anybody may write to", () => chmodSync(beside, 0o1777)],
    ["a second name of a file", (path) => linkSync(path, join(home, "second"))],
    [
      "a link to a file",
      (path) => {
        copyFileSync(path, join(home, "file"));
        rmSync(path);
        symlinkSync(join(home, "file"), path);
      },
    ],
  ];
  test.each(refused)("%s", (_, change) => {
    change(keepPoison());
    expect(run()).toContain(SAID);
  });

  test("a link to a folder", () => {
    keepPoison();
    const elsewhere = join(home, "cli");
    renameSync(beside, elsewhere);
    symlinkSync(elsewhere, beside);
    const said = run();
    rmSync(beside);
    renameSync(elsewhere, beside);
    expect(said).toContain(SAID);
  });

  test.runIf(isRoot)("another user's file", () => {
    chownSync(keepPoison(), NOBODY, NOBODY);
    expect(run()).toContain(SAID);
  });

  test.runIf(isRoot)("a file in another user's folder", () => {
    keepPoison();
    chownSync(beside, NOBODY, NOBODY);
    const said = run();
    chownSync(beside, 0, 0);
    expect(said).toContain(SAID);
  });
});

describe("a program of which a file is", () => {
  const start = (env = {}) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(program, "bin", "lotbook.js"), "total"], {
      env: { PATH: process.env["PATH"], ...env },
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };

  test.each([
    ["damaged", (path: string) => writeFileSync(path, "(function () { return } })")],
    ["missing", (path: string) => rmSync(path)],
  ])("%s says so in a line", (_, spoil) => {
    const good = readFileSync(source);
    spoil(source);
    const outcome = start();
    const debugged = start({ LOTBOOK_DEBUG: "1" });
    writeFileSync(source, good);
    expect(outcome).toMatchObject({ status: 70, stdout: "" });
    expect(outcome.stderr).toMatch(/^lotbook: a file of the program is missing or damaged: install it anew \(.+\)\n$/);
    expect(debugged.stderr).toContain("    at ");
  });
});
