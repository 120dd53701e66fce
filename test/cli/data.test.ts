import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { pathsAmong, queryLookup } from "../../src/cli/data.ts";
import { InputError } from "../../src/model/errors.ts";
import { openText } from "../open-text.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-query-"));
afterAll(() => rmSync(folder, { recursive: true }));

const register = await openText("queries: [{ query: late, find: is:ended }, { query: big, find: 'ceiling:10M..' }]\n");
const lookup = queryLookup(register);

const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return `@${join(folder, name)}`;
};

test("queries are found by their name in the register, or in a file", () => {
  expect(lookup(":late")).toBe("is:ended");
  expect(lookup(":nope")).toBeUndefined();
  expect(lookup(file("a.query", "is:sole\n title:é\n"))).toBe("is:sole\n title:é\n");
  expect(lookup(`@${join(folder, "nowhere")}`)).toBeUndefined();
});

test("a file that cannot be a query is refused, also one without end", () => {
  const refusal = (reference: string): string => {
    try {
      return `accepted: ${lookup(reference)}`;
    } catch (error) {
      if (error instanceof InputError) return error.message.replaceAll(`${folder}/`, "");
      throw error;
    }
  };
  expect(refusal(`@${folder}`)).toBe(`cannot read ${folder}: is a folder`);
  // It is there, or would be: to call it missing would send people the wrong way.
  symlinkSync("circle", join(folder, "circle"));
  expect(refusal(`@${join(folder, "circle")}`)).toBe("cannot read circle: its links lead in a circle");
  expect(refusal(file("is-file", "x").concat("/x"))).toBe("cannot read is-file/x: part of the path is not a folder");
  const long = "x".repeat(300);
  expect(refusal(`@${long}`)).toBe(`cannot read ${long}: the path is too long`);
  expect(refusal("@/dev/zero")).toBe("/dev/zero is too large for a query");
  expect(refusal(file("large", Buffer.alloc(65_537, "a")))).toBe("large is too large for a query");
  expect(lookup(file("fits", Buffer.alloc(65_536, "a")))).toHaveLength(65_536);
  expect(refusal(file("latin1", Buffer.from("caf\xe9", "latin1")))).toBe("latin1 is not valid UTF-8");
});

test("a named pipe is read to its end", () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  spawn("bash", ["-c", `{ printf is:; sleep 0.1; printf sole; } > "${pipe}"`], { stdio: "ignore" });
  expect(lookup(`@${pipe}`)).toBe("is:sole");
});

test("a word of a query that names a file, with or without its ending, is told", () => {
  const named = join(folder, "harbour");
  expect(pathsAmong([named, "lot:1"], "lots")).toEqual([]);
  writeFileSync(`${named}.jsonl`, "");
  expect(pathsAmong([named, "lot:1"], "lots")).toEqual([
    `there is a file ${named}.jsonl here; to read it: lotbook lots ${named}.jsonl`,
  ]);
  expect(pathsAmong(["docs"], "lots")).toEqual([
    '"docs" is also the name of a file or folder here; to read it: lotbook lots ./docs',
  ]);
});
