import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseGitPath } from "../../../src/inputs/data-words.ts";
import type { Unreadable } from "../../../src/inputs/folders.ts";
import { gitFilesAt } from "../../../src/inputs/git/git-files.ts";
import { InputError } from "../../../src/model/errors.ts";
import { openRegister } from "../../../src/register/open-register.ts";
import { hasGit, makeRepository, type Repository, withGit } from "../../git-repository.ts";
import { allOf } from "../../reading.ts";

describe("paths at a revision", () => {
  test.each([
    ["git:HEAD:contracts/a.yaml", "HEAD", "contracts/a.yaml"],
    ["git:HEAD~2:", "HEAD~2", ""],
    ["git:HEAD^{/fix: it}:a:b", "HEAD^{/fix: it}", "a:b"],
    ["git::a", "", "a"],
  ])("%s", (text, revision, path) => {
    expect(parseGitPath(text)).toEqual({ revision, path });
  });

  test.each(["git:HEAD", "a.yaml", "./git:HEAD:a", "git"])("%s is none", (text) => {
    expect(parseGitPath(text)).toBeUndefined();
  });
});

const register = (ceiling: string) => `contracts: [{ contract: k, lots: [{ lot: 1, ceiling: ${ceiling} }] }]\n`;

describe.skipIf(!hasGit)(withGit("files at a revision"), () => {
  let repository: Repository;
  beforeAll(() => {
    repository = makeRepository();
    vi.spyOn(process, "cwd").mockReturnValue(repository.folder);
    repository.commit({
      "contracts/a.yaml": register("EUR 1"),
      "contracts/a/z.yaml": "contracts: [{ contract: z, lots: [{ lot: 1 }] }]\n",
      "contracts/notes.txt": "nothing to read",
      "contracts/.hidden/b.yaml": "not: read",
      'contracts/Łódź \n".yaml': "suppliers: [{ supplier: s, name: S }]\n",
      "other/lines": '{"contract":"lines","lots":[{"lot":"1"}]}\n',
      "empty/readme.txt": "no data",
    });
    mkdirSync(join(repository.folder, "links"));
    symlinkSync("../contracts/a.yaml", join(repository.folder, "links", "a.yaml"));
    repository.git("tag", "first");
    repository.commit({ "contracts/a.yaml": register("EUR 2") });
    writeFileSync(join(repository.folder, "contracts/a.yaml"), register("EUR 3"));
  });
  afterAll(() => {
    vi.restoreAllMocks();
    repository.remove();
  });

  const ceilingAt = async (path: string): Promise<bigint | undefined> => {
    const [[contract] = []] = await allOf((await openRegister(path)).contracts());
    const ceiling = contract?.lots[0]?.ceiling?.[0].value;
    return typeof ceiling === "object" ? ceiling.minor : undefined;
  };

  test("a file as it was", async () => {
    expect(await ceilingAt("git:first:contracts/a.yaml")).toBe(100n);
    expect(await ceilingAt("git:HEAD:contracts/a.yaml")).toBe(200n);
    expect(await ceilingAt("git:HEAD~1:contracts/a.yaml")).toBe(100n);
    expect(await ceilingAt("git:main@{0}:contracts/a.yaml")).toBe(200n);
  });

  test("a folder as it was: what can be data, in the order of its names, links followed and hidden files left out", () => {
    const names = ["a/z.yaml", "a.yaml", "notes.txt", 'Łódź \n".yaml'];
    for (const folder of ["git:first:contracts", "git:first:contracts/"])
      expect(gitFilesAt(folder, []).map(({ path }) => path)).toEqual(
        names.map((name) => `git:first:contracts/${name}`),
      );
    const top = gitFilesAt("git:HEAD:", []).map(({ path }) => path);
    expect(top).toEqual(expect.arrayContaining(["git:HEAD:contracts/a.yaml", "git:HEAD:links/a.yaml"]));
    expect(top.filter((path) => path.includes("hidden"))).toEqual([]);
  });

  test("what a folder holds and cannot be read is told: other repositories, and names that are no UTF-8", async () => {
    const { git } = repository;
    const top = git("rev-parse", "HEAD").trim();
    const a = git("rev-parse", "HEAD:contracts/a.yaml").trim();
    const z = git("rev-parse", "HEAD:contracts/a/z.yaml").trim();
    const entries = [
      `100644 blob ${a}\ta.yaml`,
      `160000 commit ${top}\tmodule`,
      `100644 blob ${a}\t\xe8.yaml`,
      `100644 blob ${z}\t\xe9.yaml`,
    ];
    const input = Buffer.from(entries.map((entry) => `${entry}\0`).join(""), "latin1");
    const tree = execFileSync("git", ["mktree", "-z"], { cwd: repository.folder, input }).toString().trim();
    const commit = git("commit-tree", "-m", "Odd", tree).trim();
    const why = [
      `cannot read git:${commit}:\\xE8.yaml: its name is not UTF-8`,
      `cannot read git:${commit}:\\xE9.yaml: its name is not UTF-8`,
      `cannot read git:${commit}:module: it is another repository (a submodule)`,
    ];
    await expect(openRegister(`git:${commit}:`)).rejects.toThrow(why.join("\n"));
    const skipping = await openRegister(`git:${commit}:`, { skipBad: true });
    expect((await allOf(skipping.contracts())).flat().map(({ id }) => id)).toEqual(["k"]);
    expect(skipping.findings().map(({ message }) => message)).toEqual(why);
    await expect(openRegister(`git:${commit}:module`)).rejects.toThrow("it is another repository (a submodule)");
  });

  /** Stores an object as git does, whatever is in it: no program of git would make some of these trees. */
  const objectOf = (type: "tree" | "blob", content: Buffer): string => {
    const stored = Buffer.concat([Buffer.from(`${type} ${content.length}\0`), content]);
    const object = createHash("sha1").update(stored).digest("hex");
    const folder = join(repository.folder, ".git/objects", object.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    // Git keeps what it has from being written once more.
    if (!existsSync(join(folder, object.slice(2))))
      writeFileSync(join(folder, object.slice(2)), deflateSync(stored, { level: 1 }), { mode: 0o644 });
    return object;
  };
  const blobOf = (content: string | Buffer): string => objectOf("blob", Buffer.from(content));

  /** A tree of entries that are written `100644 OBJECT name`. */
  const treeOf = (...entries: readonly string[]): string =>
    objectOf(
      "tree",
      Buffer.concat(
        entries.map((entry) => {
          const [, mode = "", object = "", name = ""] = /^(\d+) (\S+) (.*)$/s.exec(entry) ?? [];
          return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(object, "hex")]);
        }),
      ),
    );

  test("what a checkout would have elsewhere, or not at all, is told", async () => {
    const [a, b] = [blobOf(register("EUR 1")), blobOf("contracts: []\n")];
    const names = ["sub/b.yaml", "../x.yaml", "", "..", "a.yaml"];
    const tree = treeOf(
      `100644 ${a} a.yaml`,
      ...names.map((name) => `100644 ${b} ${name}`),
      `000000 ${b} of-no-kind.yaml`,
    );
    const nameless = "its name cannot be a file's: a checkout has it elsewhere, or not at all";
    const unreadable: Unreadable[] = [];
    expect(gitFilesAt(`git:${tree}:`, unreadable).map(({ path }) => path)).toEqual([`git:${tree}:a.yaml`]);
    expect(unreadable.map(({ error }) => error.message.replace(`cannot read git:${tree}:`, ""))).toEqual([
      `: ${nameless}`,
      `..: ${nameless}`,
      `../x.yaml: ${nameless}`,
      "a.yaml: another file of this name stands before it",
      "of-no-kind.yaml: it is of an unknown kind",
      `sub/b.yaml: ${nameless}`,
    ]);
  });

  test("files that are larger than what is read are told before they are read, and one content is read once", () => {
    const large = blobOf(Buffer.alloc(33 * 2 ** 20, " "));
    const tree = treeOf(`100644 ${large} a.yaml`, `100644 ${large} b.txt`, `100644 ${large} c.txt`);
    const unreadable: Unreadable[] = [];
    const files = gitFilesAt(`git:${tree}:`, unreadable);
    expect(files.map(({ path }) => path)).toEqual([`git:${tree}:b.txt`, `git:${tree}:c.txt`]);
    expect(files[0]?.bytes).toBe(files[1]?.bytes);
    expect(unreadable.map(({ error }) => error.message)).toEqual([`git:${tree}:a.yaml is larger than 32 MiB`]);
    expect(() => gitFilesAt(`git:${tree}:a.yaml`, [])).toThrow("a.yaml is larger than 32 MiB");
    const many = treeOf(...Array.from({ length: 32 }, (_, index) => `100644 ${large} ${index + 100}.txt`));
    expect(() => gitFilesAt(`git:${many}:`, [])).toThrow(`git:${many}: is larger than 1024 MiB`);
  });

  test("links are followed as long as the system's can be, and no longer", () => {
    const linked = (text: string): string =>
      treeOf(`100644 ${blobOf("a: b\n")} a.yaml`, `120000 ${blobOf(text)} b.yaml`);
    expect(gitFilesAt(`git:${linked(`${"./".repeat(1000)}a.yaml`)}:b.yaml`, [])).toHaveLength(1);
    expect(() => gitFilesAt(`git:${linked(`${"./".repeat(1 << 15)}a.yaml`)}:b.yaml`, [])).toThrow(/b\.yaml/);
  });

  test("a few trees that stand in each other very often are not followed, and a tree that stands twice is", () => {
    const blob = blobOf("contracts: []\n");
    const tenTimes = (entry: string): string =>
      treeOf(...Array.from({ length: 10 }, (_, digit) => `${entry} f${digit}`));
    let tree = tenTimes(`100644 ${blob}`);
    const twice = treeOf(`40000 ${tree} a`, `40000 ${tree} b`);
    expect(gitFilesAt(`git:${twice}:`, [])).toHaveLength(20);
    for (let level = 0; level < 8; level++) tree = tenTimes(`40000 ${tree}`);
    expect(() => gitFilesAt(`git:${tree}:`, [])).toThrow("the same folders stand in it again and again");
    for (let level = 0; level < 100; level++) tree = treeOf(`40000 ${tree} d`);
    expect(() => gitFilesAt(`git:${tree}:`, [])).toThrow("it has folders more than 100 deep");
  });

  test("a folder as a register, whose findings name the files", async () => {
    const opened = await openRegister("git:first:contracts");
    expect((await allOf(opened.contracts())).flat().map(({ id }) => id)).toEqual(["z", "k"]);
    expect(opened.suppliers.map(({ origin }) => origin.locate(["name"]))).toEqual([
      expect.objectContaining({ file: 'git:first:contracts/Łódź \n".yaml', line: 1 }),
    ]);
  });

  test("JSON Lines without a name that tells", async () => {
    expect((await allOf((await openRegister("git:first:other")).contracts())).flat().map(({ id }) => id)).toEqual([
      "lines",
    ]);
  });

  test.each([
    ["git:nowhere:a.yaml", 'cannot read git:nowhere:a.yaml: git knows no revision "nowhere"'],
    ["git::a.yaml", 'cannot read git::a.yaml: git knows no revision ""'],
    ["git:--output=x:a.yaml", 'cannot read git:--output=x:a.yaml: git knows no revision "--output=x"'],
    ["git:HEAD:b.yaml", "cannot read git:HEAD:b.yaml: there is no such file or folder at that revision"],
    ["git:HEAD", "git:HEAD names no revision"],
    ["git:HEAD:empty", "the folder git:HEAD:empty holds no data"],
  ])("%s is refused", async (path, message) => {
    await expect(openRegister(path)).rejects.toThrow(message);
    await expect(openRegister(path)).rejects.toThrow(InputError);
  });

  test("where there is no repository, or no git", async () => {
    vi.spyOn(process, "cwd").mockReturnValueOnce(tmpdir());
    await expect(openRegister("git:HEAD:a.yaml")).rejects.toThrow(/^cannot read git:HEAD:a.yaml: not a git repository/);
    vi.stubEnv("PATH", join(repository.folder, "contracts"));
    await expect(openRegister("git:HEAD:a.yaml")).rejects.toThrow("cannot read git:HEAD:a.yaml: git is not installed");
    vi.unstubAllEnvs();
  });
});

test.skipIf(process.platform === "win32")("what looks like an option of git never reaches it", () => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-options-"));
  const asked = join(folder, "asked");
  writeFileSync(join(folder, "git"), `#!/bin/sh\n: > "${asked}"\nexit 1\n`, { mode: 0o755 });
  vi.stubEnv("PATH", folder);
  try {
    for (const path of ["git:--output=x:a", "git:-C:a", "git:--upload-pack=x:a", "git::a"])
      expect(() => gitFilesAt(path, [])).toThrow(InputError);
    expect(existsSync(asked)).toBe(false);
    expect(() => gitFilesAt("git:HEAD:a", [])).toThrow(InputError);
    expect(existsSync(asked)).toBe(true);
  } finally {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  }
});
