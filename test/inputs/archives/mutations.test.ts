import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentsOf } from "../../../src/inputs/archives/documents.ts";
import { LIMITS } from "../../../src/inputs/archives/entry.ts";
import { tarOf, zipOf } from "../../archives.ts";
import { seeded } from "../../seeded.ts";

const FILES = {
  "a.xml": "<a>first</a>",
  "b.json.gz": gzipSync('{"ocid":"1"}'),
  "c.jsonl": '{"ocid":"1"}\n{"ocid":"2"}\n',
  "d.zip": zipOf({ "e.xml": "<e/>" }),
  "f.yaml": "contracts: []",
};

const ARCHIVES: readonly (readonly [string, "zip" | "tar" | "gzip", () => Promise<Buffer>])[] = [
  ["zip", "zip", async () => zipOf(FILES)],
  ["zip with lengths behind each file", "zip", async () => zipOf(FILES, { descriptors: true })],
  ["tar", "tar", async () => await tarOf(FILES)],
  ["tar.gz", "gzip", async () => gzipSync(await tarOf(FILES))],
];

/** Bytes overwritten at some places, and the end cut off or not. */
const change = fc.record({
  places: fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 4 }),
  kept: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
});

describe("an archive that was changed anywhere gives documents and located problems, and never fails otherwise", () => {
  test.each(ARCHIVES)("%s", async (_, content, pack) => {
    const original = await pack();
    await fc.assert(
      fc.asyncProperty(change, async ({ places, kept }) => {
        const bytes = Buffer.from(original.subarray(0, Math.floor(original.length * kept)));
        for (const [place, byte] of places) if (bytes.length > 0) bytes[Math.floor(place * (bytes.length - 1))] = byte;
        const input = {
          kind: "notices" as const,
          content,
          file: "bulk",
          path: undefined,
          named: true,
          size: bytes.length,
          kept: undefined,
          chunks: () => [bytes],
        };
        for await (const document of documentsOf(input, { ...LIMITS, documentBytes: 2 ** 20 })) {
          if (document.kind !== "problem") continue;
          expect(document.finding).toMatchObject({ rule: "F9", position: { line: 1, column: 1 } });
          expect(document.finding.severity).toMatch(/^(error|warning)$/);
          expect(document.finding.position?.file).toMatch(/^bulk/);
        }
      }),
      seeded(250),
    );
  });
});
