import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tarOf, zipOf } from "../archives.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const REGISTER = "contracts:\n  - contract: a\n    lots: [{ lot: 1, ceiling: EUR 1M }]\n";
const NAMES = ["xml", "json", "ndjson", "yaml", "yml", "zip", "tar", "gz", "tgz", "tar.gz", "xml.gz", "7z", "bz2"];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-names-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A folder, an archive and an archive in it that hold a register and a file beside it. */
const holding = async (name: string, content: string | Buffer): Promise<readonly string[]> => {
  const files = { "a.yaml": REGISTER, [name]: content };
  const inner = join(folder, "inner");
  mkdirSync(inner);
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(inner, path), bytes);
  const zip = zipOf(files);
  return [
    inner,
    write("all.zip", zip),
    write("all.tar", await tarOf(files)),
    write("twice.zip", zipOf({ "all.zip": zip })),
  ];
};

describe("what is named as data, and empty, is told", () => {
  test.each(NAMES)("%s", async (ending) => {
    for (const path of await holding(`b.${ending}`, "")) {
      const { stderr, exitCode } = await runInProcess(["total", "-d", path]);
      expect({ path, exitCode }).toEqual({ path, exitCode: 65 });
      expect(stderr).toMatch(/b\.[\w.]+:1:1: (it|the file) is empty/);
    }
    const alone = await runInProcess(["total", "-d", join(folder, "inner", `b.${ending}`)]);
    expect(alone.exitCode).toBe(65);
    expect(alone.stderr).toMatch(/:1:1: (it|the file) is empty/);
  });

  test("with --skip-bad as a warning, where it is no register", async () => {
    const [inner = ""] = await holding("b.xml", "");
    const { stdout, stderr, exitCode } = await runInProcess(["total", "-d", inner, "--skip-bad"]);
    expect(stdout).toContain("EUR 1M");
    expect(stderr).toMatch(/^warning: .*b\.xml:1:1: it is empty \[F9\]\n/);
    expect(exitCode).toBe(0);
  });
});

test.each(["csv", "tsv"])("what is named as data, and an empty table, is told to be empty: %s", async (ending) => {
  const { stderr, exitCode } = await runInProcess(["total", "-d", write(`b.${ending}`, "")]);
  expect(stderr).toContain(`b.${ending}:1:1: it is empty [F9]`);
  expect(exitCode).toBe(65);
});

test.each(["b.xml", "b.zip", "b.tar", "b.gz", "b.tgz", "b.jsonl", "b.yaml"])(
  "what is named as data, and nothing of the kind, is told: %s",
  async (name) => {
    for (const path of await holding(name, "Not found\n")) {
      const { stderr, exitCode } = await runInProcess(["total", "-d", path]);
      expect({ path, exitCode }).toEqual({ path, exitCode: 65 });
      expect(stderr).toContain(`${name}:1:`);
    }
  },
);

test.each([
  ["b.yaml", REGISTER.replace("contract: a", "contract: b"), "EUR 2M"],
  ["b.jsonl", '{"contract":"b","lots":[{"lot":"1","ceiling":"EUR 1M"}]}\n', "EUR 2M"],
  ["b.xml", readFileSync("examples/award-notice.xml"), "EUR 1,950,000"],
  ["b.json", '{"releases":[]}', "EUR 1M"],
])("what is packed under the name of data is read: %s", async (name, content, sum) => {
  for (const path of await holding(name, gzipSync(content))) {
    const { stdout, stderr } = await runInProcess(["total", "-d", path]);
    expect(stderr).not.toContain("error");
    expect({ path, stdout }).toEqual({ path, stdout: expect.stringMatching(`^Total +${sum}\n`) });
  }
});

test("other files are passed over", async () => {
  for (const name of ["readme.md", "package.json", "empty.txt", "empty.csv"]) {
    const content = { "readme.md": "# Hello\n", "package.json": '{"name":"x"}\n' }[name] ?? "";
    for (const path of await holding(name, content)) {
      const { stderr, exitCode } = await runInProcess(["total", "-d", path]);
      expect({ path, stderr, exitCode }).toEqual({ path, stderr: "", exitCode: 0 });
    }
    rmSync(join(folder, "inner"), { recursive: true });
  }
});
