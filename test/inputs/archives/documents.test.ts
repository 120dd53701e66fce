import { randomBytes } from "node:crypto";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, gunzipSync, gzipSync } from "node:zlib";
import { packTar } from "modern-tar";
import { describe, expect, test } from "vitest";
import { documentsOf } from "../../../src/inputs/archives/documents.ts";
import { LIMITS, type Limits } from "../../../src/inputs/archives/entry.ts";
import { contentNamed, contentOf } from "../../../src/inputs/content.ts";
import type { NoticeInput } from "../../../src/inputs/held-input.ts";
import { openPaths } from "../../../src/inputs/inputs.ts";

import { tarOf, zipOf } from "../../archives.ts";

const MIB = 2 ** 20;

/** An input held in memory, in chunks of so many bytes, each in the same buffer. */
const inputOf = (bytes: Buffer, file = "bulk", chunk = 1000, named = true): NoticeInput => {
  const told = contentOf(bytes, true) ?? "other";
  const content = contentNamed(told, { name: file, named }, bytes.length === 0);
  if (content === "yaml" || content === "register-lines" || content === "other") throw new Error("no such input");
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
    else if (document.kind === "foreign") lines.push(`${document.format} ${document.file}: ${document.text}`);
    else lines.push(`${document.kind} ${document.file}: ${document.bytes.toString("utf8", 0, 200).slice(0, 40)}`);
  }
  return lines;
};

/** Few long items are cut as many short ones are, and are read in less time. */
const FILLER = `"x":"${"y".repeat(2000)}"`;
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

  test.each([
    ["decp", '{"marches":{"marche":[', `{"id":"1","acheteur":{},${FILLER}},`, "{}]}}", '{"marches":{"marche":[]}}'],
    ["ocds", '{"uri":"u","releases":[', `{"ocid":"1","awards":[],${FILLER}},`, "{}]}", '{"uri":"u","releases":[]}'],
    ["decp-csv", "id,acheteur_id,montant\n", `1,2,${"3".repeat(2000)}\n`, "", undefined],
  ])(
    "%s is cut at its items where it is long, and refused where one alone is too large",
    async (kind, begin, item, end, around) => {
      const few = `${begin}${item.repeat(3)}${end}`;
      expect(await read(inputOf(zipOf({ "d.json": few })))).toEqual([`${kind} bulk!/d.json: ${few.slice(0, 40)}`]);
      const many = `${begin}${item.repeat((9 * 2 ** 20) / item.length)}${end}`;
      const pieces = await read(inputOf(zipOf({ "d.json": many }), "bulk", 100_000));
      expect(pieces.length).toBeGreaterThan(50);
      expect(new Set(pieces.map((piece) => piece.split(" ")[0]))).toEqual(new Set([`${kind}-piece`]));
      if (around !== undefined) expect(pieces.at(-1)).toBe(`${kind}-piece bulk!/d.json: ${around}`);
      const long = `${begin}${item.replace("1", "1".repeat(6 * 2 ** 20))}`;
      expect((await read(inputOf(gzipSync(long)), { documentBytes: 5 * 2 ** 20 })).at(-1)).toMatch(/^bulk! /);
    },
  );

  test("a text in gzip keeps the file's name", async () => {
    expect(await read(inputOf(gzipSync("<a/>"), "a.xml.gz"))).toEqual(["xml a.xml.gz: <a/>"]);
  });

  test("gzip in parts, one after the other", async () => {
    const bytes = Buffer.concat([gzipSync("<a>"), gzipSync("</a>")]);
    expect(await read(inputOf(bytes))).toEqual(["xml bulk: <a></a>"]);
  });

  test("an empty zip", async () => {
    await expect(read(inputOf(zipOf({})))).rejects.toThrow("the archive bulk holds no data");
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
    expect(await read(inputOf(zipOf(files)))).toEqual(["xlsx bulk!/sheet.xlsx: ", "xml bulk!/notice.txt: <b/>"]);
  });

  test("what a file holds tells what it is, whatever its name; any text may be YAML, which counts by its name", async () => {
    const record = '{"contract":"c"}\n';
    const files = {
      a: "<a/>",
      "b.txt": RELEASE,
      c: `${RELEASE}\n${RELEASE}\n`,
      "d.txt": record + record,
      e: "contracts: []",
    };
    expect(await read(inputOf(zipOf(files)))).toEqual([
      "xml bulk!/a: <a/>",
      `ocds bulk!/b.txt: ${RELEASE}`,
      `ocds-lines bulk!/c: ${RELEASE}\n${RELEASE}\n`,
      `register bulk!/d.txt: ${record}${record}`,
    ]);
  });

  test("names that lead elsewhere are shown as they are", async () => {
    expect(await read(inputOf(zipOf({ "../../etc/a.xml": "<a/>" })))).toEqual(["xml bulk!/../../etc/a.xml: <a/>"]);
    expect(await read(inputOf(await tarOf({ "../a.xml": "<a/>" })))).toEqual(["xml bulk!/../a.xml: <a/>"]);
  });

  test("folders in a tar are passed over", async () => {
    const entries = [
      { header: { name: "a/", size: 0, type: "directory" as const } },
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
      if (document.kind === "ocds-lines") blocks.push([document.firstLine, document.bytes.toString()]);
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

/** A copy with other bytes at some offsets from where a text begins. */
const patched = (bytes: Buffer, text: string, changes: Readonly<Record<number, number>>, from = 0): Buffer => {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(text, from, "latin1");
  for (const [offset, byte] of Object.entries(changes)) copy[at + Number(offset)] = byte;
  return copy;
};

/** A tar's entry: its header with a type and other fields, its checksum, and a body. */
const tarEntry = (
  name: string,
  type: string,
  body = "",
  fields: readonly (readonly [number, string])[] = [],
): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name);
  header.write(body.length.toString(8).padStart(11, "0"), 124);
  header.write(type, 156);
  header.write("ustar\u000000", 257);
  for (const [offset, text] of fields) header.write(text, offset, "latin1");
  header.fill(" ", 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return Buffer.concat([header, Buffer.from(body.padEnd(Math.ceil(body.length / 512) * 512, "\0"))]);
};

const tar = (...entries: Buffer[]): Buffer => Buffer.concat([...entries, Buffer.alloc(1024)]);
const pax = (key: string, value: string): Buffer => {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length;
  while (length < rest.length + String(length).length) length++;
  return tarEntry("pax", "x", `${length}${rest}`);
};

describe("what another program would read otherwise, or not at all, is told", () => {
  const LOCAL = "PK\u0003\u0004";
  const LISTED = "PK\u0001\u0002";
  const ONE = zipOf({ "a.xml": "<a>0123456789</a>" }, { stored: true });
  const BEHIND = zipOf({ "a.xml": "<a>0123456789</a>" }, { stored: true, descriptors: true });
  const TWO = zipOf({ "a.xml": "<a/>", "b.xml": "<b/>" }, { stored: true });
  const differing = (what: string) => [
    `bulk!/a.xml! its own header and the archive's list of contents differ in ${what}`,
  ];
  const CHANGED = "it is damaged: its checksum is not that of its bytes";
  const UNLISTED = "bulk! it has bytes that its list of contents does not name";
  const FOLLOWED = "bulk! something stands after its end that does not belong to it";

  /** The archive with its list of contents cut to so many entries. */
  const listing = (count: number): Buffer => patched(TWO, "PK\u0005\u0006", { 8: count, 10: count });
  const unlisted = (): Buffer => {
    const [first, second] = [TWO.indexOf(LISTED, 0, "latin1"), TWO.lastIndexOf(LISTED, -1, "latin1")];
    const end = TWO.indexOf("PK\u0005\u0006", 0, "latin1");
    const tail = patched(TWO.subarray(end), "PK", { 8: 1, 10: 1, 12: end - second });
    return Buffer.concat([TWO.subarray(0, first), TWO.subarray(second, end), tail]);
  };

  test.each<[string, Buffer, readonly string[]]>([
    ["bytes that were changed", patched(ONE, "0123", { 1: 57 }), [`bulk!/a.xml! ${CHANGED}`]],
    ["another name before the file", patched(ONE, "a.xml", { 0: 98 }), differing("its name")],
    ["another way of packing", patched(ONE, LOCAL, { 8: 8 }), differing("how it is packed")],
    ["encrypted in one place only", patched(ONE, LOCAL, { 6: 1 }), differing("how it is packed")],
    ["another checksum", patched(ONE, LOCAL, { 14: 0 }), differing("its checksum")],
    ["another size", patched(ONE, LOCAL, { 22: 3 }), differing("its size")],
    ["another packed size", patched(ONE, LOCAL, { 18: 3 }), differing("its size")],
    ["lengths that stand behind the file", BEHIND, ["xml bulk!/a.xml: <a>0123456789</a>"]],
    [
      "another checksum before it, where lengths stand behind",
      patched(BEHIND, LOCAL, { 14: 1 }),
      differing("its checksum"),
    ],
    ["another size before it, where lengths stand behind", patched(BEHIND, LOCAL, { 22: 3 }), differing("its size")],
    ["another packed size, where lengths stand behind", patched(BEHIND, LOCAL, { 18: 3 }), differing("its size")],
    [
      "a size that neither fits",
      patched(patched(ONE, LOCAL, { 22: 3 }), LISTED, { 24: 3 }),
      [`bulk!/a.xml! ${CHANGED}`],
    ],
    [
      "an unknown way of packing",
      patched(patched(ONE, LOCAL, { 8: 12 }), LISTED, { 10: 12 }),
      ["bulk!/a.xml! it is packed in a way that cannot be read"],
    ],
    [
      "a link",
      patched(ONE, LISTED, { 5: 3, 41: 0xa0 }),
      ["bulk!/a.xml! it is a link, and links in archives are not followed"],
    ],
    ["a list that is longer than it says", listing(1), ["xml bulk!/a.xml: <a/>", UNLISTED]],
    ["a file that the list leaves out", unlisted(), ["xml bulk!/b.xml: <b/>", UNLISTED]],
    [
      "one file listed twice",
      patched(TWO, LISTED, { 42: 0 }, TWO.indexOf(LISTED, 0, "latin1") + 4),
      [
        "xml bulk!/a.xml: <a/>",
        "bulk!/b.xml! its own header and the archive's list of contents differ in its name",
        "bulk! two of its files share the same bytes",
      ],
    ],
    [
      "one name for two files",
      patched(patched(TWO, "b.xml", { 0: 97 }), "b.xml", { 0: 97 }, TWO.indexOf(LISTED, 0, "latin1")),
      ["xml bulk!/a.xml: <a/>", "bulk!/a.xml! another file of this name stands before it"],
    ],
    ["bytes after the end", Buffer.concat([ONE, Buffer.from("more")]), [FOLLOWED]],
  ])("in a zip: %s", async (_, bytes, told) => {
    expect(await read(inputOf(bytes))).toEqual(told);
  });

  const UNNAMED = "it has content, but its name cannot be a file's";

  test.each(["", "b.xml/", "b.xml\0.txt", "d/.", ".."])("under a name of no file: %j", async (name) => {
    const told = ["xml bulk!/a.xml: <a/>", `bulk!/${name}! ${UNNAMED}`];
    const zip = zipOf({ "a.xml": "<a/>", [name]: "<b/>" });
    expect(await read(inputOf(zip))).toEqual(told);
    const cut = zip.subarray(0, zip.indexOf(LISTED, 0, "latin1"));
    expect(await read(inputOf(cut))).toEqual([...told, "bulk! it ends too early"]);
    const entries = [tarEntry("a.xml", "0", "<a/>"), pax("path", name), tarEntry("b.xml", "0", "<b/>")];
    expect(await read(inputOf(tar(...entries)))).toEqual(told);
  });

  test("in a zip: folders hold nothing, whatever their names", async () => {
    const zip = zipOf({ "a.xml": "<a/>", "d.xml/": "" });
    expect(await read(inputOf(zip))).toEqual(["xml bulk!/a.xml: <a/>"]);
    const full = zipOf({ "a.xml": "<a/>", "d.xml/": "<d/>" });
    const [own, listed] = [full.lastIndexOf(LOCAL, -1, "latin1"), full.lastIndexOf(LISTED, -1, "latin1")];
    const sizeless = patched(patched(full, LOCAL, { 22: 0 }, own), LISTED, { 24: 0 }, listed);
    expect(await read(inputOf(sizeless))).toEqual(["xml bulk!/a.xml: <a/>", `bulk!/d.xml/! ${UNNAMED}`]);
  });

  test("in a zip: what nobody reads is called the same in both places", async () => {
    const zip = zipOf({ "a.xml": "<a/>", ".hidden": "<b/>" });
    const other = patched(zip, ".hidden", { 0: 98 });
    expect(await read(inputOf(other))).toEqual([
      "xml bulk!/a.xml: <a/>",
      "bulk! its own header and the archive's list of contents differ in its name",
    ]);
  });

  /** A zip whose list of contents, or also the header before its file, has another name in Unicode. */
  const renamed = (name: string, places: "one place" | "both places"): Buffer => {
    const path = Buffer.from(name);
    const field = Buffer.alloc(9);
    for (const [at, value] of [0x7075, 5 + path.length].entries()) field.writeUInt16LE(value, 2 * at);
    field.writeUInt8(1, 4);
    field.writeUInt32LE(crc32("a.xml"), 5);
    const extra = Buffer.concat([field, path]);
    const [listed, end] = [ONE.indexOf(LISTED, 0, "latin1"), ONE.indexOf("PK\u0005\u0006", 0, "latin1")];
    const nameEnd = 30 + "a.xml".length;
    const local = Buffer.concat([
      patched(ONE.subarray(0, nameEnd), LOCAL, { 28: places === "both places" ? extra.length : 0 }),
      ...(places === "both places" ? [extra] : []),
      ONE.subarray(nameEnd, listed),
    ]);
    const list = Buffer.concat([patched(ONE.subarray(listed, end), LISTED, { 9: 0, 30: extra.length }), extra]);
    return Buffer.concat([local, list, patched(ONE.subarray(end), "PK", { 12: list.length, 16: local.length })]);
  };

  test("in a zip: another name in Unicode counts where it stands in both places", async () => {
    expect(await read(inputOf(renamed("c.xml", "one place")))).toEqual([
      "bulk!/c.xml! its own header and the archive's list of contents differ in its name",
    ]);
    expect(await read(inputOf(renamed("c.xml", "both places")))).toEqual(["xml bulk!/c.xml: <a>0123456789</a>"]);
  });

  test("in a zip cut short, too", async () => {
    const bytes = patched(ONE, "0123", { 1: 57 });
    const lines = [`bulk!/a.xml! ${CHANGED}`, "bulk! it ends too early"];
    expect(await read(inputOf(bytes.subarray(0, bytes.indexOf(LISTED, 0, "latin1"))))).toEqual(lines);
  });

  const C = tarEntry("c.xml", "0", "<c/>");
  const READ_C = "xml bulk!/c.xml: <c/>";
  const LINK = "and links in archives are not followed";
  const SPARSE = "it is a sparse file, and its holes are left out";

  test.each<[string, Buffer, readonly string[]]>([
    [
      "a link",
      tar(tarEntry("a.xml", "2", "", [[157, "../b"]]), C),
      [`bulk!/a.xml! it is a link to ../b, ${LINK}`, READ_C],
    ],
    [
      "a hard link",
      tar(C, tarEntry("b", "1", "", [[157, "c.xml"]])),
      [READ_C, `bulk!/b! it is a link to c.xml, ${LINK}`],
    ],
    [
      "names and links of which GNU says the whole before them",
      tar(
        tarEntry("././@LongLink", "L", "whole.xml\0"),
        tarEntry("cut", "0", "<a/>"),
        tarEntry("././@LongLink", "K", "../whole\0"),
        tarEntry("b.xml", "2", "", [[157, "../cut"]]),
        C,
      ),
      [
        "xml bulk!/whole.xml: <a/>",
        "bulk!/b.xml! it is a link to ../whole, and links in archives are not followed",
        READ_C,
      ],
    ],
    ["a link with bytes", tar(tarEntry("a.xml", "2", "<a/>"), C), ["bulk! it is damaged"]],
    ["a folder with bytes", tar(tarEntry("a", "5", "<a/>"), C), ["bulk! it is damaged"]],
    ["a pipe", tar(tarEntry("a", "6"), C), ["bulk!/a! it is a device or a pipe", READ_C]],
    ["a sparse file", tar(tarEntry("a.xml", "S", "<a/>"), C), [`bulk!/a.xml! ${SPARSE}`, READ_C]],
    [
      "one with many holes",
      tar(tarEntry("a.xml", "S", "", [[482, "\x01"]]), Buffer.alloc(512), C),
      [`bulk!/a.xml! ${SPARSE}`, READ_C],
    ],
    [
      "one of pax",
      tar(pax("GNU.sparse.name", "real.xml"), tarEntry("a.xml", "0", "<a/>"), C),
      [`bulk!/real.xml! ${SPARSE}`, READ_C],
    ],
    [
      "the rest of a file",
      tar(tarEntry("a.xml", "M", "<a/>"), C),
      ["bulk!/a.xml! it begins in another archive", READ_C],
    ],
    [
      "the name of an archive that has bytes",
      tar(tarEntry("a.xml", "V", "<a/>"), C),
      ['bulk!/a.xml! it is of an unknown kind: "V"', READ_C],
    ],
    ["an unknown kind", tar(tarEntry("a.xml", "Q", "<a/>"), C), ['bulk!/a.xml! it is of an unknown kind: "Q"', READ_C]],
    [
      "one name for two files, written in other ways",
      tar(
        ...["d/c.xml", "./d/c.xml", "/d//c.xml", "d/e/../c.xml", "d\\c.xml"].map((name) => tarEntry(name, "0", "<a/>")),
      ),
      [
        "xml bulk!/d/c.xml: <a/>",
        ...["./d/c.xml", "/d//c.xml", "d/e/../c.xml", "d\\c.xml"].map(
          (name) => `bulk!/${name}! another file of this name stands before it`,
        ),
      ],
    ],
    ["one name for two files", tar(C, C), [READ_C, "bulk!/c.xml! another file of this name stands before it"]],
    ["a name of bytes", tar(tarEntry("", "0", "<a/>", [[0, "\xe9.xml"]])), ["xml bulk!/\\xE9.xml: <a/>"]],
    ["a size below zero", tar(pax("size", "-5"), C), ["bulk! it is damaged"]],
    ["a size beyond all measure", tar(pax("size", "9007199254740993"), C), ["bulk! it is damaged"]],
    ["a size of letters", tar(pax("size", "1e3"), C), ["bulk! it is damaged"]],
    ["a size past the end", tar(pax("size", "90071992547409"), C), ["bulk!/c.xml! it ends too early"]],
    [
      "a name for all files",
      tar(tarEntry("g", "g", "14 path=d.xml\n"), C),
      ["bulk! it is written in a way that cannot be read"],
    ],
    ["what describes no file", tar(C, pax("path", "d.xml")), [READ_C, "bulk! it ends too early"]],
    ["a folder of old", tar(C, tarEntry("d.xml/", "0")), [READ_C]],
    ["another tar behind it", Buffer.concat([tar(C), tar(C)]), [READ_C, FOLLOWED]],
    ["half of its end", Buffer.concat([C, Buffer.alloc(512)]), [READ_C, "bulk! the end of its end is missing"]],
    ["no end", C, [READ_C, "bulk! it ends too early"]],
  ])("in a tar: %s", async (_, bytes, told) => {
    expect(await read(inputOf(bytes))).toEqual(told);
  });

  const packed = gzipSync("<a/>");

  test.each<[string, Buffer, readonly string[]]>([
    ["zeros behind it", Buffer.concat([packed, Buffer.alloc(70_000)]), ["xml bulk: <a/>"]],
    ["other bytes behind it", Buffer.concat([packed, Buffer.from("garbage")]), [FOLLOWED]],
    ["more gzip behind zeros", Buffer.concat([packed, Buffer.alloc(70_000), packed]), [FOLLOWED]],
    ["a wrong checksum", patched(packed, "", { [packed.length - 8]: 0 }), [`bulk! ${CHANGED}`]],
    ["a wrong length", patched(packed, "", { [packed.length - 4]: 9 }), [`bulk! ${CHANGED}`]],
    ["a second part cut short", Buffer.concat([packed, packed.subarray(0, 12)]), ["bulk! it ends too early"]],
  ])("in gzip: %s", async (_, bytes, told) => {
    expect(await read(inputOf(bytes))).toEqual(told);
    expect(await read(inputOf(bytes, "bulk", 10))).toEqual(told);
  });

  test.each([
    ["bz2", "BZh91AY&SY", "bzip2"],
    ["xz", "\xfd7zXZ\0", "xz"],
    ["zst", "\x28\xb5\x2f\xfd", "Zstandard"],
    ["7z", "7z\xbc\xaf\x27\x1c", "7z"],
    ["rar", "Rar!\x1a\x07\0", "RAR"],
    ["lz4", "\x04\x22\x4d\x18", "LZ4"],
    ["lz", "LZIP\x01", "lzip"],
    ["lzma", "\x5d\0\0\x80", "LZMA"],
    ["Z", "\x1f\x9d\x90", "compress"],
  ])("in archives that cannot be read: %s", async (ending, beginning, name) => {
    const bytes = Buffer.from(beginning.padEnd(600, "\0"), "latin1");
    const problem = `it is packed by ${name}, which cannot be read`;
    expect(await read(inputOf(bytes, `notices.${ending}`, 1000, false))).toEqual([`notices.${ending}! ${problem}`]);
    expect(await read(inputOf(bytes, "sheet.bin", 1000, false))).toEqual([]);
    const inner = { [`a.xml.${ending}`]: bytes, "b.xml": "<b/>" };
    expect(await read(inputOf(zipOf(inner)))).toEqual([`bulk!/a.xml.${ending}! ${problem}`, "xml bulk!/b.xml: <b/>"]);
  });

  test("of names that are very long, each once", async () => {
    const long = `${"n".repeat(5000)}.xml`;
    const entries = [pax("path", `a${long}`), C, pax("path", `b${long}`), C, pax("path", `a${long}`), C];
    const lines = await read(inputOf(tar(...entries)));
    expect(lines.map((line) => line.replace(/n{5000}/, "…"))).toEqual([
      "xml bulk!/a….xml: <c/>",
      "xml bulk!/b….xml: <c/>",
      "bulk!/a….xml! another file of this name stands before it",
    ]);
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

  test("many times its length, in parts that are not, one by one", async () => {
    const part = Buffer.concat([Buffer.from("<a>"), Buffer.alloc(9 * MIB)]);
    const zip = zipOf({ "1.xml": part, "2.xml": part, "3.xml": part });
    expect(zip.length * 500).toBeLessThan(3 * part.length);
    const told = "it unpacks to more than 500 times its length";
    expect((await read(inputOf(zip))).at(-1)).toBe(`bulk!/2.xml! ${told}`);
    const nested = zipOf({ "1.gz": gzipSync(part), "2.gz": gzipSync(part), "3.gz": gzipSync(part) });
    expect((await read(inputOf(nested))).at(-1)).toBe(`bulk!/2.gz! ${told}`);
    const padded = zipOf({ "1.xml": part, "2.xml": part, "pad.bin": randomBytes(MIB / 10) });
    expect((await read(inputOf(padded))).map((line) => line.slice(0, 15))).toEqual([
      "xml bulk!/1.xml",
      "xml bulk!/2.xml",
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

describe("a folder of nothing but archives", () => {
  const archivesOf = async (...files: readonly Record<string, string>[]): Promise<readonly NoticeInput[]> => {
    const folder = mkdtempSync(join(tmpdir(), "archives-"));
    for (const [index, each] of files.entries()) writeFileSync(join(folder, `${index}.zip`), zipOf(each));
    const inputs = await openPaths([folder], undefined, []);
    return inputs.filter((input) => input.kind === "notices");
  };

  test("holds no data where none of them does, however often one is read", async () => {
    const [one, other] = await archivesOf({ "read.me": "hello" }, { "read.me": "hello" });
    if (one === undefined || other === undefined) throw new Error("two were made");
    expect([await read(one), await read(one)]).toEqual([[], []]);
    await expect(read(other)).rejects.toThrow("holds no data");
  });

  test("holds data where one of them does", async () => {
    const [one, other] = await archivesOf({ "read.me": "hello" }, { "a.xml": "<a/>" });
    if (one === undefined || other === undefined) throw new Error("two were made");
    expect(await read(one)).toEqual([]);
    expect(await read(other)).toEqual([`xml ${other.file}!/a.xml: <a/>`]);
  });
});
