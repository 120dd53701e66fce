import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { gitFilesAt } from "../../../src/inputs/git/git-files.ts";
import { hasGit, makeRepository, type Repository, withGit } from "../../git-repository.ts";

const textsAt = (path: string): readonly string[] => gitFilesAt(path, []).map(({ bytes }) => bytes.toString());

describe.skipIf(!hasGit)(withGit("what git is asked for"), () => {
  let repository: Repository;
  let marks: string;

  /** A program that leaves a mark under a name where it is run. */
  const program = (name: string): string => {
    const file = join(repository.folder, ".git", `run-${name}`);
    writeFileSync(file, `#!/bin/sh\n: > '${join(marks, name)}'\ncat\n`, { mode: 0o755 });
    return file;
  };

  beforeEach(() => {
    repository = makeRepository();
    marks = join(repository.folder, ".git", "marks");
    mkdirSync(marks);
    vi.spyOn(process, "cwd").mockReturnValue(repository.folder);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    repository.remove();
  });

  test("is given as it is stored, whatever drivers, hooks and programs the repository names", () => {
    const { commit, git, folder } = repository;
    commit({ "a.yaml": "first", ".gitattributes": "* diff=evil filter=evil merge=evil text eol=crlf ident" });
    commit({ "a.yaml": "second\n" });
    const settings = ["diff.evil.textconv", "diff.evil.command", "diff.external", "filter.evil.clean"];
    const more = ["filter.evil.smudge", "filter.evil.process", "core.fsmonitor", "core.pager", "core.editor"];
    const others = ["core.sshCommand", "core.alternateRefsCommand", "gpg.program", "alias.rev-parse", "alias.ls-tree"];
    for (const name of [...settings, ...more, ...others]) git("config", name, program(name));
    writeFileSync(join(folder, ".git/more"), `[alias]\n\tcat-file = !${program("include.path")}\n`);
    git("config", "include.path", "more");
    const hooks = readdirSync(join(folder, ".git/hooks")).map((name) => name.replace(".sample", ""));
    for (const hook of hooks) writeFileSync(join(folder, ".git/hooks", hook), readFileSync(program(`hook-${hook}`)));
    for (const hook of hooks) chmodSync(join(folder, ".git/hooks", hook), 0o755);
    expect(textsAt("git:HEAD:a.yaml")).toEqual(["second\n"]);
    expect(textsAt("git:HEAD~1:")).toEqual(["first"]);
    expect(readdirSync(marks)).toEqual([]);
    // It is no wonder: git as it is does run them.
    spawnSync("git", ["log", "-p", "--ext-diff"], { cwd: folder });
    spawnSync("git", ["status"], { cwd: folder });
    expect(readdirSync(marks)).not.toEqual([]);
  });

  test("is asked of the repository here, whatever the environment says", () => {
    const other = makeRepository();
    other.commit({ "a.yaml": "other" });
    repository.commit({ "a.yaml": "here" });
    const file = (path: string) => join(other.folder, path);
    const said = {
      GIT_DIR: file(".git"),
      GIT_WORK_TREE: other.folder,
      GIT_OBJECT_DIRECTORY: file(".git/objects"),
      GIT_INDEX_FILE: file(".git/index"),
      GIT_COMMON_DIR: file(".git"),
      GIT_NAMESPACE: "other",
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.worktree",
      GIT_CONFIG_VALUE_0: other.folder,
      GIT_EXTERNAL_DIFF: program("GIT_EXTERNAL_DIFF"),
      GIT_PAGER: program("GIT_PAGER"),
      GIT_TRACE: join(marks, "GIT_TRACE"),
      GIT_TRACE2: join(marks, "GIT_TRACE2"),
      GIT_EXEC_PATH: other.folder,
    };
    for (const [name, value] of Object.entries(said)) vi.stubEnv(name, value);
    expect(textsAt("git:HEAD:a.yaml")).toEqual(["here"]);
    expect(readdirSync(marks)).toEqual([]);
    vi.unstubAllEnvs();
    other.remove();
  });

  test("is not fetched: of a partial clone the answer says what is missing", () => {
    const { commit, git, folder } = repository;
    commit({ "a.yaml": "a" });
    const object = git("rev-parse", "HEAD:a.yaml").trim();
    rmSync(join(folder, ".git/objects", object.slice(0, 2), object.slice(2)));
    git("config", "core.repositoryFormatVersion", "1");
    git("config", "extensions.partialClone", "origin");
    git("config", "remote.origin.promisor", "true");
    git("config", "remote.origin.url", `ext::${program("ext")}`);
    git("config", "protocol.ext.allow", "always");
    expect(() => gitFilesAt("git:HEAD:a.yaml", [])).toThrow(`this clone does not hold ${object}`);
    expect(readdirSync(marks)).toEqual([]);
  });

  test("may lie in the objects of another repository, which git checks as its own; none of its settings counts", () => {
    const { commit, git, folder } = repository;
    commit({ "a.yaml": "a" });
    git("clone", "--quiet", "--bare", "--shared", ".", "borrowing");
    const borrowing = join(folder, "borrowing");
    expect(existsSync(join(borrowing, "objects/info/alternates"))).toBe(true);
    vi.spyOn(process, "cwd").mockReturnValue(borrowing);
    // It lies there as files, as a stranger could have committed it.
    expect(() => gitFilesAt("git:HEAD:a.yaml", [])).toThrow("cannot use bare repository");
    git("clone", "--quiet", "--shared", ".", "clone");
    vi.spyOn(process, "cwd").mockReturnValue(join(folder, "clone"));
    git("config", "core.alternateRefsCommand", program("alternateRefsCommand"));
    expect(textsAt("git:HEAD:a.yaml")).toEqual(["a"]);
    expect(readdirSync(marks)).toEqual([]);
  });

  test.each([
    ["a file that it includes", "[include]\n\tpath = SECRET\n", /: bad config line 1 in file .*secret$/],
    ["a file that it includes for this folder", '[includeIf "gitdir:/**"]\n\tpath = SECRET\n', /bad config line 1/],
    ["a setting", "[core]\n\tbigFileThreshold = hunter2\n", /bad numeric config value '…'/],
    ["a version", "[core]\n\trepositoryFormatVersion = 99\n", /: [Ee]xpected git repo version/],
    ["no settings", "[core\n", /: bad config line/],
  ])("is refused with git's reason, without what it quotes, where a repository has %s", (_, settings, reason) => {
    const { commit, folder } = repository;
    commit({ "a.yaml": "a" });
    const secret = join(folder, "secret");
    writeFileSync(secret, "hunter2: yes\n");
    writeFileSync(join(folder, ".git/config"), settings.replace("SECRET", secret), { flag: "a" });
    let said = "";
    try {
      gitFilesAt("git:HEAD:a.yaml", []);
    } catch (error) {
      said = String(error);
    }
    expect(said).toMatch(reason);
    expect(said).not.toContain("hunter2");
  });

  test("is not taken for missing where git was ended", () => {
    repository.commit({ "a.yaml": "a" });
    const programs = join(repository.folder, ".git/programs");
    mkdirSync(programs);
    writeFileSync(join(programs, "git"), "#!/bin/sh\nkill -9 $$\n", { mode: 0o755 });
    vi.stubEnv("PATH", `${programs}${delimiter}${process.env["PATH"]}`);
    expect(() => gitFilesAt("git:HEAD:a.yaml", [])).toThrow("git was ended by SIGKILL");
  });

  test("is not asked of a git that lies here", () => {
    repository.commit({ "a.yaml": "a" });
    writeFileSync(join(repository.folder, "git"), readFileSync(program("git")), { mode: 0o755 });
    const found = process.env["PATH"] ?? "";
    for (const path of [".", "", repository.folder, `${repository.folder}/`]) {
      vi.stubEnv("PATH", `${path}${delimiter}${found}`);
      expect(textsAt("git:HEAD:a.yaml")).toEqual(["a"]);
      vi.stubEnv("PATH", path);
      expect(() => gitFilesAt("git:HEAD:a.yaml", [])).toThrow("git is not installed");
    }
    expect(readdirSync(marks)).toEqual([]);
  });

  describe("of the folder of another user", () => {
    /** Puts a git first in PATH that takes every folder for another user's, and the user's settings into a file. */
    const distrust = (settings: string): void => {
      const real = (process.env["PATH"] ?? "").split(delimiter).find((folder) => existsSync(join(folder, "git"))) ?? "";
      const [programs, home] = [join(repository.folder, ".git/programs"), join(repository.folder, ".git/home")];
      for (const folder of [programs, join(home, "git")]) mkdirSync(folder, { recursive: true });
      const script = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${join(real, "git")}' "$@"\n`;
      writeFileSync(join(programs, "git"), script, { mode: 0o755 });
      writeFileSync(join(home, "git/config"), settings);
      vi.stubEnv("PATH", `${programs}${delimiter}${process.env["PATH"]}`);
      vi.stubEnv("HOME", dirname(repository.folder));
      vi.stubEnv("XDG_CONFIG_HOME", home);
    };

    beforeEach(() => repository.commit({ "a.yaml": "a" }));

    test("nothing is given", () => {
      repository.git("config", "safe.directory", "*");
      distrust("[safe]\n\tdirectory = /elsewhere\n");
      expect(() => gitFilesAt("git:HEAD:a.yaml", [])).toThrow(
        /^cannot read git:HEAD:a\.yaml: detected dubious ownership/,
      );
    });

    test.each(["*", "~/FOLDER"])(
      "all is given where the user's settings trust %s; they say nothing else",
      (trusted) => {
        const folder = trusted.replace("FOLDER", basename(repository.folder));
        const settings = `[core]\n\tpager = ${program("pager")}\n\tfsmonitor = ${program("fsmonitor")}\n`;
        distrust(`[safe]\n\tdirectory = /elsewhere\n\tdirectory = ${folder}\n${settings}`);
        expect(textsAt("git:HEAD:a.yaml")).toEqual(["a"]);
        expect(readdirSync(marks)).toEqual([]);
      },
    );
  });
});
