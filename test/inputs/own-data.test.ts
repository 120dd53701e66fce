import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findOwnData } from "../../src/inputs/own-data.ts";
import { UsageError } from "../../src/model/errors.ts";

const me = process.geteuid?.() ?? 0;

let top = "";
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), "own-data-")));
});
afterEach(() => rmSync(top, { recursive: true }));

/** Makes files, and for names that end in a slash folders. */
const make = (...names: readonly string[]): void => {
  for (const name of names) {
    const path = join(top, name);
    mkdirSync(name.endsWith("/") ? path : dirname(path), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(path, "contracts: []\n");
  }
};

const find = (folder: string, { home, users = [me] }: { home?: string; users?: readonly number[] } = {}) =>
  findOwnData({ folder: join(top, folder), home: home === undefined ? undefined : join(top, home), users });

describe("a user's own data", () => {
  test.each(["contracts.yaml", "contracts.yml", "contracts.json", "contracts.jsonl", "contracts/"])(
    "are %s here",
    (name) => {
      make(name);
      expect(find("")?.path).toBe(name.replace("/", ""));
    },
  );

  test("are nothing else, and no file where a folder is meant or the other way round", () => {
    make("contract.yaml", "contracts.csv", "contracts", "contracts.yaml/");
    expect(find("")).toBeUndefined();
  });

  test("are the folder itself that one stands in", () => {
    make(".git/", "contracts/a/");
    expect(find("contracts")?.path).toBe(".");
    expect(find("contracts/a")?.path).toBe("..");
  });

  test("the first kind is read, and the others are told", () => {
    make("contracts/", "contracts.yml", "contracts.yaml");
    expect(find("")).toEqual({ path: "contracts.yaml", others: ["contracts.yml", "contracts/"] });
  });

  test("are what the start looks for, to tell how much there is to read", () => {
    const listIn = (file: string, name: string) =>
      new RegExp(`const ${name} = (\\[.*?\\])`).exec(readFileSync(file, "utf8"))?.[1] ?? "";
    const files: unknown = JSON.parse(listIn("src/inputs/own-data.ts", "FILES"));
    expect(JSON.parse(listIn("bin/lotbook.js", "FOUND_HERE"))).toEqual([files, "contracts"].flat());
  });

  test("a link that leads nowhere counts, so that it is told", () => {
    symlinkSync(join(top, "nowhere"), join(top, "contracts.yaml"));
    expect(find("")?.path).toBe("contracts.yaml");
  });
});

describe("above", () => {
  test("up to the top of the repository, and no further", () => {
    make("contracts.yaml", "repository/.git/", "repository/a/b/");
    expect(find("repository/a/b")).toBeUndefined();
    make("repository/contracts.yaml");
    expect(find("repository/a/b")?.path).toBe("../../contracts.yaml");
    make("repository/a/contracts/");
    expect(find("repository/a/b")?.path).toBe("../contracts");
  });

  test("the top of a repository may be a file, as for worktrees", () => {
    make("contracts.yaml", "repository/.git", "repository/a/");
    expect(find("repository/a")).toBeUndefined();
  });

  test("up to home, and no further", () => {
    make("contracts.yaml", "home/a/b/");
    expect(find("home/a/b", { home: "home" })).toBeUndefined();
    make("home/contracts.yaml");
    expect(find("home/a/b", { home: "home" })?.path).toBe("../../contracts.yaml");
  });

  test("outside both, only here: above, strangers may write", () => {
    make("contracts.yaml", "a/b/");
    expect(find("a/b", { home: "elsewhere" })).toBeUndefined();
    make("a/b/contracts.yaml");
    expect(find("a/b", { home: "elsewhere" })?.path).toBe("contracts.yaml");
  });

  test("without owners, only below home: anybody could make a repository above", () => {
    make(".git/", "contracts.yaml", "a/");
    expect(find("a", { users: [] })).toBeUndefined();
    expect(find("a", { users: [], home: "" })?.path).toBe("../contracts.yaml");
  });

  test("without owners, up to the repository below home", () => {
    make("home/contracts.yaml", "home/repository/.git/", "home/repository/a/");
    expect(find("home/repository/a", { users: [], home: "home" })).toBeUndefined();
  });
});

describe("what belongs to somebody else", () => {
  test.each(["contracts.yaml", "contracts/"])("is refused, not read and not passed over: %s", (name) => {
    make(".git/", name, "a/");
    expect(() => find("a", { users: [me + 1] })).toThrow(UsageError);
    expect(() => find("a", { users: [me + 1] })).toThrow(`../${name.replace("/", "")} belongs to another user`);
  });

  test("may belong to the user for whom root acts", () => {
    make("contracts.yaml");
    expect(find("", { users: [me + 1, me] })?.path).toBe("contracts.yaml");
  });

  test.skipIf(me !== 0)("is a link of somebody else, or to a file of somebody else", async () => {
    const { lchownSync } = await import("node:fs");
    make("mine.yaml", "theirs.yaml", "a/", "b/");
    symlinkSync(join(top, "mine.yaml"), join(top, "a", "contracts.yaml"));
    lchownSync(join(top, "a", "contracts.yaml"), 4711, 4711);
    symlinkSync(join(top, "theirs.yaml"), join(top, "b", "contracts.yaml"));
    lchownSync(join(top, "theirs.yaml"), 4711, 4711);
    expect(() => find("a")).toThrow("belongs to another user");
    expect(() => find("b")).toThrow("belongs to another user");
  });
});

describe("links out of a repository", () => {
  test("are not followed unasked, be it to a file or a folder", () => {
    make("private/contracts.yaml", "clone/.git/", "folder/.git/");
    symlinkSync("../private/contracts.yaml", join(top, "clone", "contracts.yaml"));
    symlinkSync("../private", join(top, "folder", "contracts"));
    for (const clone of ["clone", "folder"])
      expect(() => find(clone)).toThrow(
        "is a link that leads out of this folder or repository, and is read only if you name it",
      );
  });

  test("nor are they passed over where they lead to a pipe, or are one themselves", () => {
    make("link/.git/", "pipe/.git/");
    execFileSync("mkfifo", [join(top, "elsewhere"), join(top, "pipe", "contracts.yaml")]);
    symlinkSync("../elsewhere", join(top, "link", "contracts.yaml"));
    expect(() => find("link")).toThrow("is a link that leads out of this folder or repository");
    expect(() => find("pipe")).toThrow("contracts.yaml is a device or a pipe, and is read only if you name it");
  });

  test("within it they are", () => {
    make("clone/.git/", "clone/data/mine.yaml", "clone/a/");
    symlinkSync("data/mine.yaml", join(top, "clone", "contracts.yaml"));
    expect(find("clone/a")?.path).toBe(join("..", "contracts.yaml"));
  });
});

test("a folder that is gone has no data", () => {
  expect(findOwnData({ folder: undefined, home: top, users: [me] })).toBeUndefined();
});
