import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { Budget, LIMITS } from "../../../src/inputs/archives/entry.ts";
import { ZipBytes } from "../../../src/inputs/archives/zip-bytes.ts";
import { zipEntries } from "../../../src/inputs/archives/zip-entries.ts";
import { zipOf } from "../../archives.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-zip-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (bytes: Buffer): string => {
  const path = join(folder, "archive.zip");
  writeFileSync(path, bytes);
  return path;
};

const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** A hash of what comes out, by name. */
const contentsOf = async (archive: string | Buffer): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for await (const { name, bytes } of zipEntries(archive, new Budget(LIMITS, 2 ** 24))) {
    const chunks: Buffer[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    found[name] = hashOf(Buffer.concat(chunks));
  }
  return found;
};

const LARGE = Buffer.from(Array.from({ length: 700_000 }, (_, index) => `${index % 977},`).join("")).subarray(
  0,
  5 * 2 ** 19,
);
const FILES = {
  none: Buffer.alloc(0),
  short: Buffer.from("a lot"),
  long: LARGE,
  longer: Buffer.concat([LARGE, LARGE]),
};
const HASHES = Object.fromEntries(Object.entries(FILES).map(([name, content]) => [name, hashOf(content)]));

describe("what goes into a zip archive comes out of it", () => {
  test.each([
    ["deflated", {}],
    ["stored", { stored: true }],
    ["with lengths behind the files", { descriptors: true }],
  ])("%s, whether it is unpacked at once or as it is read, from a file and from memory", async (_, options) => {
    const archive = zipOf(FILES, options);
    expect(await contentsOf(archive)).toEqual(HASHES);
    expect(await contentsOf(fileOf(archive))).toEqual(HASHES);
  });
});

describe("bytes of an archive", () => {
  const bytes = Buffer.from(Uint32Array.from({ length: 100_000 }, (_, index) => index * 2_654_435_761).buffer);
  const range = fc.tuple(fc.nat(bytes.length), fc.oneof(fc.nat(100), fc.nat(200_000)));

  test("are the same wherever they are asked for, and fewer where the archive ends", () => {
    const path = fileOf(bytes);
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 8 }), (ranges) => {
        for (const reader of [new ZipBytes(path), new ZipBytes(bytes)]) {
          for (const [from, length] of ranges)
            expect(reader.at(from, length).equals(bytes.subarray(from, from + length))).toBe(true);
          reader.close(() => {});
        }
      }),
    );
  });

  test("that are not there are an error of whoever reads the list of contents", async () => {
    const reader = new ZipBytes(Buffer.from("short"));
    const error = await new Promise((resolve) => reader.read(Buffer.alloc(9), 0, 9, 0, resolve));
    expect(error).toEqual(new Error("unexpected EOF"));
  });
});
