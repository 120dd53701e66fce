import fs, { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/errors.ts";
import { listsOf } from "../../src/register/records.ts";
import { readXml } from "../../src/syntax/xml.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { inLong, LONG, times } from "../long.ts";

/** More than there is room for on the stack, where each item of a list or each repetition of a pattern takes some. */
const MANY = times(1_000_000, 300_000);
describe("numbers of things have no cliff", () => {
  test("records of a list", () => {
    const suppliers = Array.from({ length: MANY }, (_, index) => `s${index}`);
    const findings: Finding[] = [];
    const locate = () => ({ file: "many.yaml", line: 1, column: 1, text: "" });
    expect(listsOf({ value: { suppliers }, locate }, findings).suppliers.length).toBe(MANY);
    expect(findings).toEqual([]);
  });

  test("attributes of an element", () => {
    const result = readXml(`<a ${'x="" '.repeat(4 * MANY)}/>`, "notice.xml");
    if (!("findings" in result)) throw new Error("it was read");
    expect(result.findings[0]).toMatchObject({ message: "duplicate attribute: x", position: { file: "notice.xml" } });
  });

  test.skipIf(!LONG)(inLong("files of a folder"), async () => {
    const { folder, restore } = folderOf(130_000, '<a xmlns="x"/>');
    try {
      const skipped = await runInProcess(["total", "-d", folder, "-d", "examples/award-notice.xml", "--skip-bad"]);
      expect(skipped.exitCode).toBe(0);
      expect(skipped.stdout).toContain("EUR 950,000");
      expect(skipped.stderr).toContain("passed over: 130000 documents of other kinds");
    } finally {
      restore();
    }
  });
});

/** A folder in which the file system finds one file under so many names, while it is told so. */
const folderOf = (count: number, content: string): { readonly folder: string; readonly restore: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), "lotbook-many-"));
  writeFileSync(join(folder, "notice-0.xml"), content);
  const [only] = fs.readdirSync(folder, { encoding: "buffer", withFileTypes: true });
  const stats = fs.statSync(join(folder, "notice-0.xml"));
  const listed = Array.from({ length: count }, (_, index) =>
    Object.assign(Object.create(only ?? null), { name: Buffer.from(`notice-${100_000 + index}.xml`) }),
  );
  const { readdirSync, statSync, readFileSync } = fs;
  const isOne = (path: unknown): boolean => String(path).startsWith(join(folder, "notice-"));
  const given = Buffer.from(content);
  Object.assign(fs, {
    readdirSync: (path: string, ...rest: never[]) => (path === folder ? listed : readdirSync(path, ...rest)),
    statSync: (path: string, ...rest: never[]) => (isOne(path) ? stats : statSync(path, ...rest)),
    readFileSync: (path: string, ...rest: never[]) => (isOne(path) ? given : readFileSync(path, ...rest)),
  });
  syncBuiltinESMExports();
  const restore = () => {
    Object.assign(fs, { readdirSync, statSync, readFileSync });
    syncBuiltinESMExports();
    rmSync(folder, { recursive: true });
  };
  return { folder, restore };
};
