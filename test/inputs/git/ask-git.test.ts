import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { findProgram, GUARDS, type Guard, guardedGit, type ProgramPlaces } from "../../../src/inputs/git/ask-git.ts";
import { hasGit, makeRepository, type Repository, withGit } from "../../git-repository.ts";

const nameOf = ({ by }: Guard): string => ("variable" in by ? by.variable : by.setting);

/** A repository that does harm where one guard is missing, and how that shows. */
interface Hostile {
  readonly guard: string;
  readonly how: string;
  /** Guards that the git of a user may not know yet. */
  readonly unknown?: readonly string[];
  readonly prepare: (hostile: Setting) => void;
  /** What git is asked; much more than lotbook asks. */
  readonly ask: (hostile: Setting) => readonly string[];
  readonly input?: string;
  /** Where git is asked, from the top of the repository. */
  readonly folder?: string;
  readonly env?: (hostile: Setting) => Record<string, string>;
  readonly harmed: (hostile: Setting, answer: Answer) => boolean;
}

/** A repository, a program that leaves a mark where it is run, and that mark. */
interface Setting extends Repository {
  readonly program: string;
  readonly mark: string;
  readonly notes: string;
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const ranProgram = ({ mark }: Setting): boolean => existsSync(mark);
const PASSWORD = "protocol=https\nhost=example.org\nusername=a\n\n";

/** Commits two files, the second in a second commit, and takes the blob of the first away. */
const makePartial = ({ git, folder, commit }: Setting, settings: Readonly<Record<string, string>>): void => {
  commit({ "a.yaml": "a" });
  const object = git("rev-parse", "HEAD:a.yaml").trim();
  rmSync(join(folder, ".git/objects", object.slice(0, 2), object.slice(2)));
  const partial = { "core.repositoryFormatVersion": "1", "extensions.partialClone": "origin" };
  const remote = { "remote.origin.promisor": "true", "remote.origin.url": "ext::false", ...settings };
  for (const [name, value] of Object.entries({ ...partial, ...remote })) git("config", name, value);
};

const FETCHED = ["cat-file", "-p", "HEAD:a.yaml"];

/** All ways by which a repository has git start a program that fetches. */
const transport = (how: string, settings: (hostile: Setting) => Readonly<Record<string, string>>): Hostile => ({
  guard: "GIT_ALLOW_PROTOCOL",
  how,
  unknown: ["GIT_NO_LAZY_FETCH"],
  prepare: (hostile) => makePartial(hostile, settings(hostile)),
  ask: () => FETCHED,
  harmed: ranProgram,
});

const HOSTILE: readonly Hostile[] = [
  {
    guard: "GIT_NO_LAZY_FETCH",
    how: "a partial clone fetches",
    prepare: (hostile) => makePartial(hostile, {}),
    ask: () => FETCHED,
    env: ({ notes }) => ({ GIT_TRACE: notes }),
    harmed: ({ notes }) => /run_command:.* fetch /.test(readFileSync(notes, "utf8")),
  },
  transport("a helper of the transport", ({ program }) => ({
    "remote.origin.url": `ext::${program}`,
    "protocol.ext.allow": "always",
  })),
  transport("a program on the other side, which is this one", ({ program, folder }) => ({
    "remote.origin.url": folder,
    "remote.origin.uploadpack": program,
    "protocol.allow": "always",
  })),
  transport("ssh", ({ program }) => ({
    "remote.origin.url": "ssh://example.org/a",
    "core.sshCommand": program,
  })),
  transport("a proxy", ({ program }) => ({
    "remote.origin.url": "git://example.org/a",
    "core.gitProxy": program,
    "protocol.git.allow": "always",
  })),
  transport("a url that stands for another", ({ program }) => ({
    "remote.origin.url": "https://example.org/a",
    [`url.ext::${program} .insteadOf`]: "https:",
    "protocol.ext.allow": "always",
  })),
  {
    guard: "GIT_TERMINAL_PROMPT",
    how: "a question",
    prepare: () => {},
    ask: () => ["credential", "fill"],
    input: PASSWORD,
    harmed: (_, { stderr }) => !stderr.includes("terminal prompts disabled"),
  },
  {
    guard: "GIT_ASKPASS",
    how: "core.askPass",
    prepare: ({ git, program }) => git("config", "core.askPass", program),
    ask: () => ["credential", "fill"],
    input: PASSWORD,
    harmed: ranProgram,
  },
  {
    guard: "credential.helper",
    how: "credential.helper",
    prepare: ({ git, program }) => git("config", "credential.helper", `!${program}`),
    ask: () => ["credential", "fill"],
    input: PASSWORD,
    harmed: ranProgram,
  },
  {
    guard: "GIT_PAGER",
    how: "core.pager",
    prepare: ({ git, program }) => git("config", "core.pager", program),
    ask: () => ["var", "GIT_PAGER"],
    harmed: (_, { stdout }) => stdout !== "cat\n",
  },
  {
    guard: "GIT_CONFIG_NOSYSTEM",
    how: "settings of the machine",
    prepare: ({ notes }) => writeFileSync(notes, "[harm]\n\tdone = yes\n"),
    ask: () => ["config", "harm.done"],
    env: ({ notes }) => ({ GIT_CONFIG_SYSTEM: notes }),
    harmed: (_, { stdout }) => stdout === "yes\n",
  },
  {
    guard: "GIT_CONFIG_GLOBAL",
    how: "settings of the user",
    prepare: ({ folder }) => writeFileSync(join(folder, ".gitconfig"), "[harm]\n\tdone = yes\n"),
    ask: () => ["config", "harm.done"],
    env: ({ folder }) => ({ HOME: folder }),
    harmed: (_, { stdout }) => stdout === "yes\n",
  },
  {
    guard: "GIT_NO_REPLACE_OBJECTS",
    how: "a replaced commit",
    prepare: ({ commit, git }) => {
      commit({ "a.yaml": "other" });
      commit({ "a.yaml": "true" });
      git("replace", "HEAD", "HEAD~1");
    },
    ask: () => ["cat-file", "-p", "HEAD:a.yaml"],
    harmed: (_, { stdout }) => stdout !== "true",
  },
  {
    guard: "GIT_GRAFT_FILE",
    how: "another parent",
    prepare: ({ folder, commit, git }) => {
      for (const text of ["other", "true", "last"]) commit({ "a.yaml": text });
      const [last, first] = [git("rev-parse", "HEAD"), git("rev-parse", "HEAD~2")];
      mkdirSync(join(folder, ".git/info"), { recursive: true });
      writeFileSync(join(folder, ".git/info/grafts"), `${last.trim()} ${first}`);
    },
    ask: () => ["cat-file", "-p", "HEAD~1:a.yaml"],
    harmed: (_, { stdout }) => stdout !== "true",
  },
  {
    guard: "core.commitGraph",
    how: "an index of commits with another parent",
    prepare: ({ folder, commit, git }) => {
      for (const text of ["other", "true", "later", "last"]) commit({ "a.yaml": text });
      git("commit-graph", "write", "--reachable");
      const file = join(folder, ".git/objects/info/commit-graph");
      const graph = readFileSync(file);
      // A commit stands there by its tree, then its parent's number in the order of all ids.
      const tree = Buffer.from(git("rev-parse", "HEAD~1^{tree}").trim(), "hex");
      const ids = git("rev-list", "HEAD").trim().split("\n");
      graph.writeUInt32BE([...ids].sort().indexOf(ids.at(-1) ?? ""), graph.indexOf(tree) + tree.length);
      chmodSync(file, 0o600);
      writeFileSync(file, graph);
    },
    ask: () => ["cat-file", "-p", "HEAD~2:a.yaml"],
    harmed: (_, { stdout }) => stdout !== "true",
  },
  {
    guard: "GIT_OPTIONAL_LOCKS",
    how: "an index that is written anew",
    prepare: ({ commit, folder, notes }) => {
      commit({ "a.yaml": "a" });
      utimesSync(join(folder, "a.yaml"), 1, 1);
      writeFileSync(notes, String(statSync(join(folder, ".git/index")).ino));
    },
    ask: () => ["status"],
    harmed: ({ folder, notes }) => readFileSync(notes, "utf8") !== String(statSync(join(folder, ".git/index")).ino),
  },
  {
    guard: "GIT_LITERAL_PATHSPECS",
    how: "a name that is a pattern",
    prepare: ({ commit }) => commit({ "a.yaml": "a" }),
    ask: () => ["ls-tree", "HEAD", "--", ":(top)a.yaml"],
    harmed: (_, { stdout }) => stdout !== "",
  },
  {
    guard: "safe.bareRepository",
    how: "a repository among files",
    prepare: ({ git, folder }) => {
      git("init", "--quiet", "--bare", "inner");
      writeFileSync(join(folder, "inner/config"), "[core]\n\trepositoryformatversion = 0\n[harm]\n\tdone = yes\n");
    },
    folder: "inner",
    ask: () => ["config", "harm.done"],
    harmed: (_, { stdout }) => stdout === "yes\n",
  },
  {
    guard: "core.fsmonitor",
    how: "a program that watches",
    prepare: ({ git, program }) => git("config", "core.fsmonitor", program),
    ask: () => ["status"],
    harmed: ranProgram,
  },
  {
    guard: "core.hooksPath",
    how: "a hook",
    prepare: ({ commit, folder, program }) => {
      commit({ "a.yaml": "a" });
      const hooks = join(folder, ".git/hooks");
      mkdirSync(hooks, { recursive: true });
      writeFileSync(join(hooks, "reference-transaction"), `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    },
    ask: () => ["update-ref", "refs/heads/other", "HEAD"],
    harmed: ranProgram,
  },
];

describe.skipIf(!hasGit)(withGit("a hostile repository"), () => {
  const made: Setting[] = [];
  afterEach(() => {
    for (const { remove } of made.splice(0)) remove();
  });

  const makeHostile = ({ prepare }: Hostile): Setting => {
    const repository = makeRepository();
    const inside = join(repository.folder, ".git");
    const [program, mark] = [join(inside, "program"), join(inside, "mark")];
    writeFileSync(program, `#!/bin/sh\n: > '${mark}'\nexit 1\n`, { mode: 0o755 });
    const setting = { ...repository, program, mark, notes: join(inside, "notes") };
    made.push(setting);
    prepare(setting);
    return setting;
  };

  /** Whether it does harm, with all guards but those. */
  const harmedWithout = (hostile: Hostile, setting: Setting, missing: readonly string[]): boolean => {
    const guards = GUARDS.filter((guard) => !missing.includes(nameOf(guard)));
    const { options, env } = guardedGit(process.env, process.env["PATH"] ?? "", guards);
    const how = {
      cwd: join(setting.folder, hostile.folder ?? ""),
      env: { ...env, ...hostile.env?.(setting) },
      input: hostile.input ?? "",
      encoding: "utf8" as const,
      // Without a terminal no question waits for its answer.
      detached: true,
    };
    const answer = spawnSync("git", [...options, ...hostile.ask(setting)], how);
    return hostile.harmed(setting, answer);
  };

  test.each(HOSTILE.map((hostile) => ({ ...hostile, title: `${hostile.guard}: ${hostile.how}` })))(
    "$title",
    (hostile) => {
      const { guard, unknown = [] } = hostile;
      const setting = makeHostile(hostile);
      expect(harmedWithout(hostile, setting, unknown)).toBe(false);
      expect(harmedWithout(hostile, setting, [...unknown, guard])).toBe(true);
    },
  );

  test("is there for each guard", () => {
    expect(new Set(HOSTILE.map(({ guard }) => guard))).toEqual(new Set(GUARDS.map(nameOf)));
  });
});

test("of the environment git gets where things are, and nothing that says what to do", () => {
  const told = {
    GIT_DIR: "x",
    GIT_EXTERNAL_DIFF: "x",
    GIT_CONFIG_COUNT: "1",
    GIT_SSH_COMMAND: "x",
    GIT_EXEC_PATH: "x",
  };
  const outside = {
    ...told,
    PAGER: "x",
    EDITOR: "x",
    SSH_ASKPASS: "x",
    LC_MESSAGES: "de_DE",
    PATH: ".:/x",
    HOME: "/h",
    TMPDIR: "/t",
  };
  const { env, options } = guardedGit(outside, "/x", []);
  expect(env).toEqual({ PATH: "/x", LC_ALL: "C", HOME: "/h", TMPDIR: "/t" });
  expect(options).toEqual([]);
});

const places = (path: string, files: readonly string[], more: Partial<ProgramPlaces> = {}): ProgramPlaces => ({
  platform: "linux",
  path,
  extensions: undefined,
  folder: "/home/me",
  isProgram: (file) => files.includes(file),
  ...more,
});

describe("a program in PATH", () => {
  test("is the first one", () => {
    const files = ["/usr/bin/git", "/opt/bin/git"];
    expect(findProgram("git", places("/nowhere:/opt/bin:/usr/bin", files))).toBe("/opt/bin/git");
    expect(findProgram("git", places("/nowhere", files))).toBeUndefined();
    expect(findProgram("git", places("", files))).toBeUndefined();
    expect(findProgram("git", { ...places("", files), path: undefined })).toBeUndefined();
  });

  test.each([":", ".", "./", "bin", "../me", "~/bin", "/home/me", "/home/me/", "/home/./me", "/home/you/../me"])(
    "is not looked for where one stands: %s",
    (entry) => {
      const usual = places(`${entry}:/usr/bin`, ["/usr/bin/git"]);
      const isHere = (file: string) => !file.startsWith("/usr/bin/") || file === "/usr/bin/git";
      expect(findProgram("git", { ...usual, isProgram: isHere })).toBe("/usr/bin/git");
    },
  );

  test("is found where the present folder was deleted", () => {
    expect(findProgram("git", places("/usr/bin", ["/usr/bin/git"], { folder: undefined }))).toBe("/usr/bin/git");
  });
});

describe("a program in Windows' PATH", () => {
  const windows = (path: string, files: readonly string[], extensions?: string): ProgramPlaces => ({
    platform: "win32",
    path,
    extensions,
    folder: "C:\\Work\\contracts",
    isProgram: (file) => files.includes(file),
  });
  const PROGRAM = "C:\\Program Files\\Git\\cmd\\git.exe";

  test("has one of the extensions of programs, in their order", () => {
    const path = '"C:\\Program Files\\Git\\cmd"';
    expect(findProgram("git", windows(path, [PROGRAM]))).toBe(PROGRAM);
    expect(findProgram("git", windows(path, [PROGRAM], ".EXE;.COM"))).toBe(PROGRAM);
    const both = [PROGRAM, PROGRAM.replace("exe", "com")];
    expect(findProgram("git", windows(path, both, ".EXE;.COM"))).toBe(PROGRAM);
    expect(findProgram("git", windows(path, both, ".COM;.EXE"))).toBe(both[1]);
  });

  test("is no script, which would need a shell", () => {
    const path = "C:\\scripts;C:\\Program Files\\Git\\cmd";
    expect(findProgram("git", windows(path, ["C:\\scripts\\git.cmd", PROGRAM], ".CMD;.BAT;.EXE"))).toBe(PROGRAM);
    expect(findProgram("git", windows("C:\\scripts", ["C:\\scripts\\git.cmd"], ".CMD"))).toBeUndefined();
  });

  test.each(["", ".", "bin", "C:bin", "\\bin", "/bin", "C:\\work\\CONTRACTS", "c:/Work/contracts/", '"."', "C:"])(
    "is not looked for where one stands: %s",
    (entry) => {
      const usual = windows(`${entry};C:\\Program Files\\Git\\cmd`, []);
      const isHere = (file: string) => !file.startsWith("C:\\Program Files") || file === PROGRAM;
      expect(findProgram("git", { ...usual, isProgram: isHere })).toBe(PROGRAM);
    },
  );

  test("may lie on another machine that is named in full", () => {
    expect(findProgram("git", windows("\\\\server\\tools", ["\\\\server\\tools\\git.exe"]))).toBe(
      "\\\\server\\tools\\git.exe",
    );
  });
});
