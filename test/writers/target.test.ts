import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { UsageError } from "../../src/model/errors.ts";
import { differ, freeTargetOf, stateOf, targetOf } from "../../src/writers/target.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-target-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string): string => join(folder, name);
writeFileSync(at("file"), "old");

describe("where a name leads", () => {
  test("to a file, which is there or may be", () => {
    expect(targetOf(at("file"))).toEqual({
      kind: "file",
      name: at("file"),
      path: at("file"),
      before: stateOf(at("file")),
    });
    expect(targetOf(at("free"))).toEqual({ kind: "file", name: at("free"), path: at("free"), before: undefined });
  });

  test("through links, from where each stands", () => {
    mkdirSync(at("below"));
    symlinkSync("../file", at("below/link"));
    symlinkSync(at("below/link"), at("absolute"));
    symlinkSync("below/new", at("to-be"));
    expect(targetOf(at("absolute"))).toMatchObject({ path: `${folder}/below/../file`, before: stateOf(at("file")) });
    expect(targetOf(at("to-be"))).toMatchObject({ path: at("below/new"), before: undefined });
  });

  test.each([
    ["", "the file to write has no name"],
    [folder, "it is a folder"],
    [at("file/below"), "not a folder"],
    [at("circle"), "circle"],
  ])("nowhere: %s", (name, message) => {
    if (name.endsWith("circle")) symlinkSync("circle", name);
    expect(() => targetOf(name)).toThrow(message);
    if (name === "") expect(() => targetOf(name)).toThrow(UsageError);
  });

  test("to one that is free, if none may be there", () => {
    expect(freeTargetOf(at("free"))).toMatchObject({ kind: "file", before: undefined });
    expect(() => freeTargetOf(at("file"))).toThrow("it is there already");
  });
});

describe.skipIf(process.platform !== "linux")("what is no file of its own is written into", () => {
  test("a device", () => {
    expect(targetOf("/dev/null")).toEqual({ kind: "stream", name: "/dev/null", descriptor: undefined });
    expect(freeTargetOf("/dev/null")).toMatchObject({ kind: "stream" });
  });

  test("what is open, by its number, and through a link what every program has", () => {
    const open = openSync(at("file"), "a");
    for (const name of [`/dev/fd/${open}`, `/proc/self/fd/${open}`])
      expect(targetOf(name)).toEqual({ kind: "stream", name, descriptor: open });
    symlinkSync(`/dev/fd/${open}`, at("own"));
    expect(() => targetOf(at("own"))).toThrow("it leads to what this program has open for itself");
    closeSync(open);
    symlinkSync("/dev/fd/2", at("error"));
    expect(targetOf(at("error"))).toEqual({ kind: "stream", name: at("error"), descriptor: 2 });
    const own = openSync(folder, "r");
    expect(() => targetOf(`/dev/fd/${own}`)).toThrow("cannot write");
    closeSync(own);
  });

  test("a number elsewhere is a name as any", () => {
    expect(targetOf(at("1"))).toMatchObject({ kind: "file", path: at("1") });
  });

  const theirs = `/proc/${process.ppid}`;
  const isMine = existsSync(`${theirs}/fd/1`);
  const because = isMine ? "" : " (skipped: the system shows this user none)";
  test.skipIf(!isMine)(`but not what another process has open${because}`, () => {
    for (const path of [`${theirs}/fd/1`, `${theirs}/task/${process.ppid}/fd/1`])
      expect(() => targetOf(path)).toThrow("it is what another process has open");
  });
});

test("a file differs by whatever may be known of it, and from none", () => {
  const before = stateOf(at("file"));
  expect(differ(before, stateOf(at("file")))).toBe(false);
  expect(differ(undefined, undefined)).toBe(false);
  expect(differ(before, undefined)).toBe(true);
  expect(differ(undefined, before)).toBe(true);
  linkSync(at("file"), at("second"));
  expect(differ(before, stateOf(at("file")))).toBe(true);
});
