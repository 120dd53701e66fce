import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, expect, test } from "vitest";
import { textOfName } from "../../src/inputs/bytes.ts";
import { filesAt, isUnreadable } from "../../src/inputs/folders.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-folders-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (path: string): void => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "");
};

/** The files of a folder, and why others cannot be read. */
const found = (path = ""): string[] =>
  filesAt(join(folder, path)).map((one) =>
    isUnreadable(one) ? one.error.message.replaceAll(folder, "") : relative(folder, one.path),
  );

test("a folder's files and those of its folders, in order, without hidden ones", () => {
  for (const path of ["b.xml", "a/2.xml", "a/10.xml", "a/deep/er/1.xml", ".git/x.yaml", "a/.x.yaml", "c/readme.md"]) {
    write(path);
  }
  expect(found()).toEqual(["a/10.xml", "a/2.xml", "a/deep/er/1.xml", "b.xml", "c/readme.md"]);
  expect(filesAt(folder)).toContainEqual({ path: join(folder, "b.xml"), named: false, size: 0 });
});

test("a file is named by the user", () => {
  const path = join(folder, "b.xml");
  expect(filesAt(path)).toEqual([{ path, named: true, size: 0 }]);
});

test("a folder that links lead to again is read once", () => {
  write("links/inner/file.xml");
  symlinkSync("..", join(folder, "links/inner/up"));
  symlinkSync("inner", join(folder, "links/twice"));
  symlinkSync("inner/file.xml", join(folder, "links/one.xml"));
  expect(found("links")).toEqual(["links/inner/file.xml", "links/one.xml"]);
});

test("links that lead nowhere, or to each other, are told where they stand", () => {
  write("lost/file.xml");
  symlinkSync("nowhere/else.xml", join(folder, "lost/a.xml"));
  symlinkSync("c", join(folder, "lost/b"));
  symlinkSync("b", join(folder, "lost/c"));
  symlinkSync("file.xml/inner", join(folder, "lost/d.xml"));
  expect(found("lost")).toEqual([
    "cannot read /lost/a.xml: it is a link to nowhere/else.xml, which is not there",
    "cannot read /lost/b: its links lead in a circle",
    "cannot read /lost/c: its links lead in a circle",
    "cannot read /lost/d.xml: part of the path is not a folder",
    "lost/file.xml",
  ]);
});

test("links lead out of the folder that was named to nothing, nor to what is hidden in it", () => {
  for (const path of ["house/in/a.yaml", "house/.git/config", "house/..2024/c.yaml", "elsewhere/b.yaml"]) write(path);
  const link = (path: string, target: string) => symlinkSync(target, join(folder, "house", path));
  link("a.yaml", "in/../in/a.yaml");
  link("config.yaml", ".git/config");
  link("deep", "in");
  link("in/git", "../.git");
  link("in/out.yaml", "../../elsewhere/b.yaml");
  link("machine", "/");
  link("out", "../elsewhere");
  link("passwd.yaml", "/etc/passwd");
  // As Kubernetes puts files into a container.
  link("..data", "..2024");
  link("c.yaml", "..data/c.yaml");
  const astray = (path: string) =>
    `cannot read /${path}: it is a link that leads out of the folder, or to a hidden file`;
  expect(found("house")).toEqual([
    "house/a.yaml",
    "house/c.yaml",
    astray("house/config.yaml"),
    "house/deep/a.yaml",
    astray("house/deep/git"),
    astray("house/deep/out.yaml"),
    astray("house/machine"),
    astray("house/out"),
    astray("house/passwd.yaml"),
  ]);
  // What is named itself may be a link to anywhere.
  expect(found("house/out")).toEqual(["house/out/b.yaml"]);
});

test.skipIf(process.platform !== "linux")("a name that is not UTF-8, and what is no file, are told", () => {
  write("bytes/file.xml");
  const path = Buffer.concat([Buffer.from(`${folder}/bytes/`), Buffer.from([0xe9, 0x74, 0xe9]), Buffer.from(".yaml")]);
  writeFileSync(path, "");
  execFileSync("mkfifo", [join(folder, "bytes/pipe.yaml")]);
  expect(found("bytes")).toEqual([
    "cannot read /bytes/\\xE9t\\xE9.yaml: its name is not UTF-8",
    "bytes/file.xml",
    "cannot read /bytes/pipe.yaml: it is neither a file nor a folder",
  ]);
  expect(textOfName(Buffer.from("é\ufffd.yaml"))).toBe("é\ufffd.yaml");
  expect(() => found("bytes/\ufffd.yaml")).toThrow(/no such file or folder$/);
});

test.skipIf(process.getuid?.() === 0)("a folder that may not be read is told", () => {
  write("locked/file.xml");
  chmodSync(join(folder, "locked"), 0o000);
  expect(found()).toContain("cannot read /locked: permission denied");
  chmodSync(join(folder, "locked"), 0o700);
});

test("what does not exist is an error", () => {
  expect(() => found("nowhere")).toThrow(/^cannot read .*nowhere: no such file or folder$/);
});
