import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { IMPORT_FIELDS } from "../../src/records/import-fields.ts";
import { importMapCodec } from "../../src/records/import-map.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-maps-"));
afterAll(() => rmSync(folder, { recursive: true }));

const imported = (map: string, sheet: string) => {
  const file = join(folder, "map.yaml");
  writeFileSync(file, map);
  return runInProcess(["import", "-", "--map", file, "--to", "jsonl"], { input: Buffer.from(sheet) });
};

test("each column says what it is for, and shows one", () => {
  expect(IMPORT_FIELDS.filter(({ says, example }) => says === "" || example === "")).toEqual([]);
});

test("each column has a name of its own, which is no word for another record's", () => {
  const names = IMPORT_FIELDS.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names.filter((name) => name === "id" || name === "name")).toEqual([]);
});

test("a map that names no contracts says how one is written", async () => {
  const { stderr, exitCode } = await imported("columns: { title: Name }", "Name\nA\n");
  expect(exitCode).toBe(65);
  expect(stderr).toContain("the map names no column with the ids of contracts");
  expect(stderr).toContain("write columns: { contract: HEADING }; lotbook import FILE --suggest writes a map");
});

test("one heading to leave out is written as it is, several as a list", async () => {
  const sheet = "Ref,A,B\nx,1,2\n";
  const told = async (leave: string) =>
    (await imported(`columns: { contract: Ref }\nleave: ${leave}`, sheet)).stderr.match(/\b[AB]\b/g) ?? [];
  expect(await told("A")).toEqual(["B"]);
  expect(await told("[A, B]")).toEqual([]);
});

test("a sign between values has three letters at most", async () => {
  const split = async (sign: string) =>
    (await imported(`split: "${sign}"\ncolumns: { contract: Ref, supplier: Who }`, `Ref,Who\nx,Alba${sign}Bora\n`))
      .stderr;
  expect(await split(" / ")).toContain("2 suppliers");
  expect(await split(" // ")).toContain('" // " is too long for a sign between values');
});

test("all that a map may say is explained, with an example", () => {
  const described = [...JSON.stringify(importMapCodec.schema()).matchAll(/"description":"((?:[^"\\]|\\.)*)"/g)];
  expect(described.length).toBeGreaterThan(20);
  for (const [, text] of described) expect(text).toMatch(/^[A-Z].*\. Example: \S/);
});
