import { gunzipSync, gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import { documentsOf } from "../../../src/readers/archives/documents.ts";
import { LIMITS, type Limits } from "../../../src/readers/archives/limits.ts";
import { contentOf } from "../../../src/readers/content.ts";
import type { NoticeInput } from "../../../src/readers/inputs.ts";
import { tarOf, zipOf } from "../../archives.ts";

const MIB = 2 ** 20;

/** An input held in memory, in chunks of so many bytes, each in the same buffer. */
const inputOf = (bytes: Buffer, file = "bulk", chunk = 1000, named = true): NoticeInput => {
  const content = contentOf(bytes, true);
  if (content === undefined || content === "yaml" || content === "register-lines") throw new Error("no such input");
  const reused = Buffer.alloc(chunk);
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield reused.subarray(0, bytes.copy(reused, 0, at, at + chunk));
  };
  return { kind: "notices", content, file, path: undefined, named, size: bytes.length, kept: undefined, chunks };
};

/** What was read, a line each: `kind file: text`, or the finding of a problem. */
const read = async (input: NoticeInput, limits: Partial<Limits> = {}): Promise<string[]> => {
  const lines: string[] = [];
  for await (const document of documentsOf(input, { ...LIMITS, ...limits })) {
    if (document.kind === "problem") lines.push(`${document.finding.position?.file}! ${document.finding.message}`);
    else lines.push(`${document.kind} ${document.file}: ${document.bytes.toString().slice(0, 40)}`);
  }
  return lines;
};

const RELEASE = '{"ocid":"1"}';
const FILES = { "a.xml": "<a/>", "b/c.json": RELEASE, "b/d.yaml": "contracts: []" };
const READ = ["xml bulk!/a.xml: <a/>", `ocds bulk!/b/c.json: ${RELEASE}`, "register bulk!/b/d.yaml: contracts: []"];

describe("archives and what is in them", () => {
  test("a zip", async () => {
    expect(await read(inputOf(zipOf(FILES)))).toEqual(READ);
  });

  test("a tar", async () => {
    expect(await read(inputOf(await tarOf(FILES)))).toEqual(READ);
  });

  test("a tar in gzip", async () => {
    expect(await read(inputOf(gzipSync(await tarOf(FILES))))).toEqual(READ);
  });

  test("a text in gzip keeps the file's name", async () => {
    expect(await read(inputOf(gzipSync("<a/>"), "a.xml.gz"))).toEqual(["xml a.xml.gz: <a/>"]);
  });

  test("gzip in parts, one after the other", async () => {
    const bytes = Buffer.concat([gzipSync("<a>"), gzipSync("</a>")]);
    expect(await read(inputOf(bytes))).toEqual(["xml bulk: <a></a>"]);
  });

  test("an empty zip", async () => {
    expect(await read(inputOf(zipOf({})))).toEqual([]);
  });

  test("archives in archives", async () => {
    const inner = zipOf({ "1.xml.gz": gzipSync("<one/>"), "2.zip": zipOf({ "3.xml": "<three/>" }) });
    const outer = gzipSync(await tarOf({ "inner.zip": inner, "4.xml": "<four/>" }));
    expect(await read(inputOf(outer))).toEqual([
      "xml bulk!/inner.zip!/1.xml.gz: <one/>",
      "xml bulk!/inner.zip!/2.zip!/3.xml: <three/>",
      "xml bulk!/4.xml: <four/>",
    ]);
  });

  test("hidden files, and files that are no data, are passed over", async () => {
    const files = {
      ".hidden.xml": "<a/>",
      "__MACOSX/._a.xml": "<a/>",
      "a/.b/c.xml": "<a/>",
      "readme.md": "Read me.",
      "sheet.xlsx": zipOf({ "a.xml": "<a/>" }),
      "notice.txt": "<b/>",
    };
    expect(await read(inputOf(zipOf(files)))).toEqual(["xml bulk!/notice.txt: <b/>"]);
  });

  test("names that lead elsewhere are shown as they are", async () => {
    expect(await read(inputOf(zipOf({ "../../etc/a.xml": "<a/>" })))).toEqual(["xml bulk!/../../etc/a.xml: <a/>"]);
    expect(await read(inputOf(await tarOf({ "../a.xml": "<a/>" })))).toEqual(["xml bulk!/../a.xml: <a/>"]);
  });

  test("links and folders in a tar are passed over", async () => {
    const entries = [
      { header: { name: "a/", size: 0, type: "directory" as const } },
      { header: { name: "a/b.xml", size: 0, type: "symlink" as const, linkname: "c.xml" } },
      { header: { name: "a/c.xml", size: 4 }, body: "<c/>" },
    ];
    expect(await read(inputOf(Buffer.from(await packTar(entries))))).toEqual(["xml bulk!/a/c.xml: <c/>"]);
  });

  test("long names and letters beyond ASCII", async () => {
    const long = `${"folder/".repeat(30)}${"n".repeat(120)}.xml`;
    const names = [long, "é/ł.xml", `${"p/".repeat(60)}n.xml`];
    const files = Object.fromEntries(names.map((name) => [name, "<a/>"]));
    const outcome = names.map((name) => `xml bulk!/${name}: <a/>`);
    expect(await read(inputOf(await tarOf(files)))).toEqual(outcome);
    expect(await read(inputOf(zipOf(files)))).toEqual(outcome);
  });

  test("an archive found in a folder counts only by its name", async () => {
    const zip = zipOf(FILES);
    expect(await read(inputOf(zip, "book.docx", 1000, false))).toEqual([]);
    expect(await read(inputOf(zip, "bulk.zip", 1000, false))).toHaveLength(3);
  });

  test("lines come in blocks, with their numbers", async () => {
    const text = Array.from({ length: 100 }, (_, index) => `{"ocid":"${index}"}\n`).join("");
    const blocks: (readonly [number, string])[] = [];
    for await (const document of documentsOf(inputOf(gzipSync(`${text}{"ocid":"last"}`, { level: 0 }), "x", 100))) {
      if (document.kind === "lines") blocks.push([document.firstLine, document.bytes.toString()]);
    }
    const lines = blocks.map(([, block]) => block).join("");
    expect(lines).toBe(`${text}{"ocid":"last"}`);
    for (const [firstLine, block] of blocks) {
      expect(block.startsWith(`{"ocid":"${firstLine === 101 ? "last" : firstLine - 1}"}`)).toBe(true);
    }
    expect(blocks.length).toBeGreaterThan(2);
  });
});

describe("what cannot be read", () => {
  const late = { ...FILES, "z.xml": `<z>${"0123456789".repeat(50)}</z>` };

  test("a tar cut short: all that stands before is read", async () => {
    const tar = await tarOf(late);
    const cut = tar.subarray(0, tar.length - 1024 - 100);
    expect(await read(inputOf(cut))).toEqual([...READ, "bulk!/z.xml! it ends too early"]);
  });

  test("a tar cut short between two files", async () => {
    const tar = await tarOf(late);
    expect(await read(inputOf(tar.subarray(0, 3 * 1024)))).toEqual([...READ, "bulk! it ends too early"]);
  });

  test("a tar in gzip cut short", async () => {
    const random = Buffer.from(Array.from({ length: 5000 }, (_, index) => 33 + ((index * index * 7) % 90)));
    const whole = gzipSync(await tarOf({ ...FILES, "z.xml": Buffer.concat([Buffer.from("<z>"), random]) }), {
      level: 0,
    });
    expect(await read(inputOf(whole.subarray(0, 5000)))).toEqual([...READ, "bulk!/z.xml! it ends too early"]);
  });

  test("a damaged tar", async () => {
    const tar = await tarOf(late);
    tar.write("nonsense", 1024 + 148);
    expect(await read(inputOf(tar))).toEqual([READ[0], "bulk! it is damaged"]);
  });

  test("lines in gzip cut short: those before are read", async () => {
    const text = Array.from({ length: 1000 }, (_, index) => `{"ocid":"${index * 7919}"}\n`).join("");
    const packed = gzipSync(text, { level: 0 });
    const lines = await read(inputOf(packed.subarray(0, 10_000)));
    expect(lines.at(-1)).toBe("bulk! it ends too early");
    expect(lines.length).toBeGreaterThan(1);
  });

  test("a damaged file in a zip: the others are read", async () => {
    const zip = zipOf(late);
    zip.fill(0xff, 30 + "a.xml".length, 30 + "a.xml".length + 4);
    expect(await read(inputOf(zip))).toEqual([
      "bulk!/a.xml! it is damaged",
      ...READ.slice(1),
      "xml bulk!/z.xml: <z>0123456789012345678901234567890123456",
    ]);
  });

  describe("a zip cut short: the files before are read, though the list of contents is lost", () => {
    const files = { ...late, "folder/": "", "last.xml": "<last/>" };
    const rest = ["xml bulk!/z.xml: <z>0123456789012345678901234567890123456", "xml bulk!/last.xml: <last/>"];

    test.each([
      ["as usual", {}],
      ["stored", { stored: true }],
      ["with lengths behind each file", { descriptors: true }],
    ])("%s", async (_, options) => {
      const zip = zipOf(files, options);
      expect(await read(inputOf(zip))).toEqual([...READ, ...rest]);
      const list = zip.indexOf("PK\u0001\u0002");
      expect(await read(inputOf(zip.subarray(0, list + 50)))).toEqual([...READ, ...rest, "bulk! it ends too early"]);
      expect(await read(inputOf(zip.subarray(0, list)))).toEqual([...READ, ...rest, "bulk! it ends too early"]);
      const within = zip.indexOf("z.xml") + "z.xml".length + 3;
      expect(await read(inputOf(zip.subarray(0, within)))).toEqual([...READ, "bulk!/z.xml! it ends too early"]);
      const header = zip.indexOf("z.xml") - 10;
      expect(await read(inputOf(zip.subarray(0, header)))).toEqual([...READ, "bulk! it ends too early"]);
    });

    test("with a damaged and an encrypted file in it", async () => {
      const zip = zipOf(late);
      zip.fill(0xff, 30 + "a.xml".length, 30 + "a.xml".length + 4);
      expect(await read(inputOf(zip.subarray(0, zip.indexOf("PK\u0001\u0002"))))).toEqual([
        "bulk!/a.xml! it is damaged",
        ...READ.slice(1),
        rest[0],
        "bulk! it ends too early",
      ]);
      const secret = zipOf({ "a.xml": "<a/>" }, { flags: 1 });
      expect(await read(inputOf(secret.subarray(0, -10)))).toEqual([
        "bulk!/a.xml! it is damaged",
        "bulk! it ends too early",
      ]);
    });
  });

  test("encrypted files in a zip", async () => {
    expect(await read(inputOf(zipOf({ "a.xml": "<a/>" }, { flags: 1 })))).toEqual(["bulk!/a.xml! it is encrypted"]);
  });

  test("a damaged archive in an archive: the others are read", async () => {
    const damaged = gzipSync("<a/>");
    damaged.fill(0xff, 10);
    const tar = await tarOf({ "1.xml.gz": damaged, "2.xml": "<two/>" });
    expect(await read(inputOf(tar))).toEqual(["bulk!/1.xml.gz! it is damaged", "xml bulk!/2.xml: <two/>"]);
  });
});

describe("what unpacks to too much", () => {
  const zeros = Buffer.alloc(20 * MIB);
  const bomb = gzipSync(Buffer.concat([Buffer.from("<a>"), zeros]));

  test("many times its length", async () => {
    expect(bomb.length).toBeLessThan(MIB / 10);
    expect(await read(inputOf(bomb))).toEqual(["bulk! it unpacks to more than 500 times its length"]);
    const zip = zipOf({ "1.xml": "<one/>", "2.xml": Buffer.concat([Buffer.from("<a>"), zeros]), "3.xml": "<three/>" });
    expect(await read(inputOf(zip))).toEqual([
      "xml bulk!/1.xml: <one/>",
      "bulk!/2.xml! it unpacks to more than 500 times its length",
    ]);
  });

  test("more bytes than may be", async () => {
    expect(await read(inputOf(bomb), { bytes: MIB })).toEqual([`bulk! it unpacks to more than ${MIB} bytes`]);
    const zip = zipOf({ "1.xml": "<a>0123456789</a>", "2.xml": "<a>0123456789</a>", "3.xml": "<a/>" });
    expect(await read(inputOf(zip), { bytes: 30 })).toEqual([
      "xml bulk!/1.xml: <a>0123456789</a>",
      "bulk!/2.xml! it unpacks to more than 30 bytes",
    ]);
  });

  test("a document that is too long: the others are read", async () => {
    const zip = zipOf({ "1.xml": Buffer.concat([Buffer.from("<a>"), Buffer.alloc(2 * MIB)]), "2.xml": "<two/>" });
    const lines = await read(inputOf(zip), { documentBytes: MIB });
    expect(lines).toEqual(["bulk!/1.xml! it is longer than 1 MiB", "xml bulk!/2.xml: <two/>"]);
  });

  test("too many files", async () => {
    const files = Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`${index}.xml`, "<a/>"]));
    const outcome = ["xml bulk!/0.xml: <a/>", "xml bulk!/1.xml: <a/>", "bulk! it holds more than 2 files"];
    expect(await read(inputOf(zipOf(files)), { entries: 2 })).toEqual(outcome);
    expect(await read(inputOf(await tarOf(files)), { entries: 2 })).toEqual(outcome);
  });

  test("packed too many times over", async () => {
    let bytes: Buffer = Buffer.from("<a/>");
    for (let times = 0; times < 6; times++) bytes = gzipSync(bytes);
    expect(await read(inputOf(bytes))).toEqual(["bulk! it is packed more than 5 times over"]);
    expect(await read(inputOf(gunzipSync(bytes)))).toEqual(["xml bulk: <a/>"]);
  });
});
