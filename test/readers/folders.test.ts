import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../src/index.ts";
import { filesAt } from "../../src/readers/folders.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-folders-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (path: string): void => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "");
};

const found = (path = ""): string[] => filesAt(join(folder, path)).map(({ path: file }) => relative(folder, file));

test("a folder's files and those of its folders, in order, without hidden ones", () => {
  for (const path of ["b.xml", "a/2.xml", "a/10.xml", "a/deep/er/1.xml", ".git/x.yaml", "a/.x.yaml", "c/readme.md"]) {
    write(path);
  }
  expect(found()).toEqual(["a/10.xml", "a/2.xml", "a/deep/er/1.xml", "b.xml", "c/readme.md"]);
  expect(filesAt(folder).every(({ named }) => !named)).toBe(true);
});

test("a file is named by the user", () => {
  const path = join(folder, "b.xml");
  expect(filesAt(path)).toEqual([{ path, named: true, size: 0 }]);
});

test("a folder that links lead to again is read once, and links that lead nowhere are passed over", () => {
  write("links/inner/file.xml");
  symlinkSync("..", join(folder, "links/inner/up"));
  symlinkSync("inner", join(folder, "links/twice"));
  symlinkSync("nowhere", join(folder, "links/lost"));
  symlinkSync("inner/file.xml", join(folder, "links/one.xml"));
  expect(found("links")).toEqual(["links/inner/file.xml", "links/one.xml"]);
});

test.skipIf(process.getuid?.() === 0)("a folder that may not be read is an error", () => {
  write("locked/file.xml");
  chmodSync(join(folder, "locked"), 0o000);
  expect(() => found()).toThrow(InputError);
  chmodSync(join(folder, "locked"), 0o700);
});

test("what does not exist is an error", () => {
  expect(() => found("nowhere")).toThrow(/^cannot read .*nowhere: no such file or folder$/);
});
