import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { lots, type OpenOptions, openRegister, type Register } from "../../src/index.ts";
import type { Progress } from "../../src/model/input-file.ts";
import { tarOf, zipOf } from "../archives.ts";
import { rowsOf } from "../open-text.ts";
import { allOf } from "../reading.ts";

const NOTICES = "test/notices/folder";
const BRIDGES = readFileSync(`${NOTICES}/bridges.xml`);
const CHANGED = readFileSync(`${NOTICES}/2024/bridges-changed.xml`);
const ROADS = readFileSync(`${NOTICES}/2024/roads.xml`);
const HARBOUR = readFileSync(`${NOTICES}/harbour.yaml`);
const ALL = {
  "bridges.xml": BRIDGES,
  "2024/bridges-changed.xml": CHANGED,
  "2024/roads.xml": ROADS,
  "harbour.yaml": HARBOUR,
};

const folder = mkdtempSync(join(tmpdir(), "lotbook-notices-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fileOf = (name: string, bytes: string | Buffer): string => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};

/** The lots of data, a line each, whatever their order. */
const linesOf = async (register: Register): Promise<string[]> =>
  (await rowsOf(lots(register)))
    .map(({ contract, lot, ceiling, suppliers }) => {
      const amount = typeof ceiling === "object" ? `${ceiling.minor}` : ceiling;
      return `${contract}/${lot} ${amount}: ${suppliers.map(({ id }) => id).join(", ")}`;
    })
    .sort();

const read = async (paths: string | readonly string[], options: OpenOptions = {}): Promise<string[]> =>
  await linesOf(await openRegister(paths, options));

const PACKED = [
  ["zip", zipOf(ALL)],
  ["tgz", gzipSync(await tarOf(ALL))],
] as const;

describe("archives of little are unpacked once", () => {
  test.each(PACKED)("%s: what is asked again comes from what was unpacked", async (ending, bytes) => {
    const path = fileOf(`once.${ending}`, bytes);
    const register = await openRegister(path);
    const first = await linesOf(register);
    expect(first.length).toBeGreaterThan(2);
    rmSync(path);
    expect(await linesOf(register)).toEqual(first);
  });
});

describe("the same notices, however they are packed", () => {
  const inGzip = Object.fromEntries(Object.entries(ALL).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]));

  test.each([
    ["zip", async () => zipOf(ALL)],
    ["tar", async () => await tarOf(ALL)],
    ["tar.gz", async () => gzipSync(await tarOf(ALL))],
    ["a zip of gzip", async () => zipOf(inGzip)],
    [
      "a tar.gz of a zip and a tar",
      async () => {
        const { "harbour.yaml": harbour, ...notices } = ALL;
        return gzipSync(await tarOf({ "a.zip": zipOf(notices), "b.tar": await tarOf({ "harbour.yaml": harbour }) }));
      },
    ],
  ])("%s", async (name, pack) => {
    const expected = await read(NOTICES);
    const bytes = await pack();
    expect(await read(fileOf("packed", bytes))).toEqual(expected);
    const stdin = async function* () {
      for (let at = 0; at < bytes.length; at += 999) yield bytes.subarray(at, at + 999);
    };
    expect(await read("-", { stdin }), `${name} on standard input`).toEqual(expected);
  });

  test("in any order", async () => {
    const paths = [`${NOTICES}/bridges.xml`, `${NOTICES}/2024/bridges-changed.xml`, `${NOTICES}/2024/roads.xml`];
    const expected = await read(paths);
    for (const order of [
      [2, 0, 1],
      [1, 2, 0],
      [1, 0, 2],
    ]) {
      expect(await read(order.map((index) => paths[index] ?? ""))).toEqual(expected);
    }
  });

  test("registers in JSON Lines, too", async () => {
    const line = '{"contract":"quay","lots":[{"lot":"1","ceiling":"EUR 5"}]}\n';
    const one = ["quay/1 500: "];
    expect(await read(fileOf("lines.jsonl.gz", gzipSync(line)))).toEqual(one);
    expect(await read(fileOf("lines.zip", zipOf({ "a/lines.jsonl": line })))).toEqual(one);
    expect(
      await read(fileOf("one-line.json", '{"contracts":[{"contract":"quay","lots":[{"lot":"1","ceiling":"EUR 5"}]}]}')),
    ).toEqual(one);
  });
});

test("notices that are too many to keep in memory are read again, and all of their reading is counted", async () => {
  const many = mkdtempSync(join(folder, "many-"));
  const filling = `<!--${" ".repeat(63_000 - BRIDGES.length)}-->`;
  for (let number = 0; number < 280; number++) {
    const text = BRIDGES.toString().replaceAll("100200-2024", `${100_200 + number}-2024`);
    const own = text.replaceAll("-8000-000000000001", `-8000-${String(number).padStart(12, "0")}`);
    writeFileSync(join(many, `${number}.xml`), own + filling);
  }
  let last: Progress | undefined;
  const progress = (state: Progress): void => {
    last = state;
  };
  const found = await read(many, { progress });
  expect(found.filter((line) => line.includes("/LOT-0001 500000000: "))).toHaveLength(280);
  expect(last?.total).toBeGreaterThan(2 * 16 * 2 ** 20);
  expect(last?.bytes).toBe(last?.total);
});

test("aliases may stand in JSON Lines, beside what else a register has", async () => {
  const aliases = fileOf(
    "aliases.jsonl",
    '{"contract":"c","lots":[{"lot":"1"}]}\n{"supplier":"b","name":"Borea Surveys"}\n',
  );
  expect(await read(`${NOTICES}/bridges.xml`, { aliases: [aliases] })).toEqual([
    "00100200-2024/LOT-0001 500000000: IE:IE-700123, b",
    "00100200-2024/LOT-0002 missing: ",
  ]);
});

describe("what cannot be read", () => {
  test("the others are answered, and the library tells what was left out", async () => {
    const packed = gzipSync(await tarOf({ "1.xml": BRIDGES, "2.xml": ROADS }));
    const register = await openRegister(fileOf("cut.tar.gz", packed.subarray(0, packed.length - 60)));
    expect(register.findings()).toEqual([]);
    expect(await linesOf(register)).toEqual(await read(`${NOTICES}/bridges.xml`));
    expect(register.findings()).toEqual([
      {
        rule: "F9",
        severity: "error",
        message: "it ends too early",
        hint: "is it complete?",
        position: { file: join(folder, "cut.tar.gz!/2.xml"), line: 1, column: 1, text: "" },
      },
    ]);
  });

  test("each reading tells anew", async () => {
    const register = await openRegister([`${NOTICES}/bridges.xml`, "test/notices/call.xml"], { skipBad: true });
    for (let times = 0; times < 2; times++) {
      expect(await linesOf(register)).toHaveLength(2);
      expect(register.findings().map(({ severity }) => severity)).toEqual(["warning"]);
    }
  });

  test("a notice with the id of a contract in a register is left out", async () => {
    const yaml = fileOf("same-id.yaml", "contracts: [{ contract: 00100200-2024, lots: [{ lot: 1 }] }]");
    const lines = fileOf("same-id.jsonl", '{"contract":"00555001-2024","lots":[{"lot":"1"}]}');
    const register = await openRegister([yaml, lines, NOTICES]);
    expect(await linesOf(register)).toEqual([
      "00100200-2024/1 missing: ",
      "00555001-2024/1 missing: ",
      "harbour/1 30000000: alba",
    ]);
    const compared = "lotbook compare with the same data says where the two differ";
    expect(register.findings().map(({ rule, message, hint }) => `${rule} ${message}: ${hint}`)).toEqual([
      `F7 the contract "00555001-2024" stands twice: the other one is at an earlier line; ${compared}`,
      `F7 the contract "00100200-2024" stands twice: the other one is at ${yaml}:1; ${compared}`,
    ]);
  });

  test("two procedures under one number are not put together", async () => {
    const other = fileOf("other.xml", ROADS.toString().replace("555001-2024", "100200-2024"));
    const register = await openRegister([`${NOTICES}/bridges.xml`, other]);
    expect(await linesOf(register)).toEqual(await read(`${NOTICES}/bridges.xml`));
    expect(register.findings().map(({ message, hint }) => `${message}; ${hint}`)).toEqual([
      `the contract "00100200-2024" stands twice; the other one is at ${NOTICES}/bridges.xml`,
    ]);
  });

  test.each([
    ["no element at all", "<!-- nothing -->", "1:16: document must contain a root element"],
    [
      "an encoding that nobody knows",
      '<?xml version="1.0" encoding="martian"?><a/>',
      '1:1: the encoding "martian" is not known',
    ],
    ["bytes that are no UTF-8", Buffer.from("<a>\n\xe9</a>", "latin1"), "2:1: the file is not valid UTF-8 here"],
  ])("XML with %s", async (_, content, told) => {
    const register = await openRegister([fileOf("broken.xml", content), `${NOTICES}/bridges.xml`]);
    expect(await linesOf(register)).toHaveLength(2);
    const [finding, ...others] = register.findings();
    expect(others).toEqual([]);
    expect(`${finding?.position?.line}:${finding?.position?.column}: ${finding?.message}`).toBe(told);
  });

  test("XML that is no notice is passed over where nobody names it", async () => {
    const files = { "page.xhtml": "<html/>", "news.atom": "<feed/>", "sheet.svg": "<svg/>", "1.xml": BRIDGES };
    expect((await openRegister(fileOf("mixed.zip", zipOf(files)))).findings()).toEqual([]);
    const register = await openRegister(fileOf("named.zip", zipOf({ ...files, "2.xml": "<html/>", "3.xml": "<a/>" })));
    expect(await linesOf(register)).toHaveLength(2);
    expect(register.findings()).toEqual([]);
    expect(passedOver(register)).toEqual(["1 web page", "1 document of another kind"]);
  });

  const UBL = "urn:oasis:names:specification:ubl:schema:xsd";
  const other = (root: string, type = ""): string =>
    `<${root} xmlns="${UBL}:${root}-2"><NoticeTypeCode>${type}</NoticeTypeCode></${root}>`;
  const ted = (form: string): string =>
    `<TED_EXPORT><FORM_SECTION><${form} CATEGORY="ORIGINAL"/></FORM_SECTION></TED_EXPORT>`;
  const OTHERS = {
    "a.xml": other("ContractNotice", "cn-standard"),
    "b.xml": other("ContractNotice", "cn-desg"),
    "c.xml": other("PriorInformationNotice"),
    "d.xml": ted("F02_2014"),
    "e.xml": ted("F01_2014"),
    "f.csv": "ID_NOTICE_CAN,YEAR\n1,2020\n",
    "g.json": '{"releases":[]}',
    "h.json": '{"notices":[{"publication-number":"1-2030"}],"totalNoticeCount":1}',
    "k.xlsx": zipOf({ "[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>" }),
    "m.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><ContractFolderStatus/></feed>',
    "licitaciones.atom": '<feed xmlns="http://www.w3.org/2005/Atom"><ContractFolderStatus/></feed>',
    "n.pdf": "%PDF-1.7\n",
  };
  const COUNTED = [
    "2 contract notices",
    "2 prior information notices",
    "2 feeds of PLACSP",
    "1 design contest",
    "1 TED CSV",
    "1 package without releases",
    "1 answer of TED's search",
    "1 XLSX workbook",
    "1 PDF",
  ];
  const passedOver = (register: Awaited<ReturnType<typeof openRegister>>): readonly string[] =>
    register.passedOver().map(({ one, many, count }) => `${count} ${count === 1 ? one.replace(/^an? /, "") : many}`);

  test("what tells of no award is counted in folders and archives, and wrong where somebody names it", async () => {
    const inArchive = await openRegister(fileOf("month.zip", zipOf({ ...OTHERS, "1.xml": BRIDGES })));
    expect(await linesOf(inArchive)).toHaveLength(2);
    expect([inArchive.findings(), passedOver(inArchive)]).toEqual([[], COUNTED]);
    const folder = mkdtempSync(join(tmpdir(), "lotbook-others-"));
    for (const [name, content] of Object.entries({ ...OTHERS, "1.xml": BRIDGES }))
      writeFileSync(join(folder, name), content);
    const inFolder = await openRegister(folder);
    expect(await linesOf(inFolder)).toHaveLength(2);
    expect([inFolder.findings(), passedOver(inFolder)]).toEqual([[], COUNTED]);
    for (const [name, content] of Object.entries(OTHERS)) {
      const alone = await openRegister([fileOf(name, content), `${NOTICES}/bridges.xml`]);
      expect(await linesOf(alone), name).toHaveLength(2);
      expect(
        alone.findings().map(({ severity }) => severity),
        name,
      ).toEqual(["error"]);
      expect(alone.findings()[0]?.message, name).toMatch(/^this is not an award notice: it is an? /);
    }
  });

  test("members tell office documents, whatever they are called", async () => {
    const messageOf = async (files: Record<string, string>) => {
      const register = await openRegister([fileOf("book.bin", zipOf(files)), `${NOTICES}/bridges.xml`]);
      await linesOf(register);
      return register.findings().map(({ message }) => message.replace(/.*it is /, ""));
    };
    expect(await messageOf({ "_rels/.rels": "<r/>", "xl/workbook.xml": "<w/>" })).toEqual(["an XLSX workbook"]);
    expect(await messageOf({ mimetype: "x", "content.xml": "<w/>" })).toEqual(["an ODS spreadsheet"]);
    expect(await messageOf({ "[Content_Types].xml": "<t/>", "word/document.xml": "<w/>" })).toEqual([
      "an office document",
    ]);
    expect(await messageOf({ mimetype: "x", "a.txt": "" })).toEqual(["an office document"]);
  });

  test("a stray file in a folder stops nothing with --skip-bad, and without it is an error", async () => {
    const strays = {
      "compose.yaml": "services:\n  web: {}\n",
      "broken.yml": "a: [\n",
      "list.yaml": "- a\n",
      "lines.ndjson": '{"a":1}\n{"a":2}\n',
    };
    const folder = mkdtempSync(join(tmpdir(), "lotbook-stray-"));
    for (const [name, content] of Object.entries({ ...strays, "1.xml": BRIDGES }))
      writeFileSync(join(folder, name), content);
    const register = await openRegister(folder, { skipBad: true });
    expect(await linesOf(register)).toHaveLength(2);
    expect(
      register.findings().map(({ severity, position }) => `${severity} ${position?.file.slice(folder.length + 1)}`),
    ).toEqual(["warning broken.yml", "warning compose.yaml", "warning list.yaml"]);
    await expect(openRegister(folder)).rejects.toThrow();
    await expect(openRegister(join(folder, "list.yaml"), { skipBad: true })).rejects.toThrow();
  });
});

test("assumptions are told by rule, the first of each and how many there are", async () => {
  const numbered = (index: number): Buffer =>
    Buffer.from(
      CHANGED.toString()
        .replace("300400-2024", `${index}-2024`)
        .replace(/(ContractFolderID>)[^<]*/, `$1${index}`),
    );
  const files = Object.fromEntries(Array.from({ length: 25 }, (_, index) => [`${index + 1}.xml`, numbered(index + 1)]));
  const register = await openRegister(fileOf("changed.zip", zipOf(files)));
  await linesOf(register);
  const [assumption] = register.assumptions();
  expect(assumption).toMatchObject({ rule: "R-WIN", count: 25 });
  expect(assumption?.first).toHaveLength(20);
  expect(assumption?.first[0]?.file).toBe(join(folder, "changed.zip!/1.xml"));
});

test("notices of one procedure are found in any encoding, and however they are spaced", async () => {
  const text = BRIDGES.toString();
  const wide = Buffer.from(`\uFEFF${text.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, "utf16le");
  const latin1 = Buffer.from(text.replace("UTF-8", "ISO-8859-1").replace("Town of", "Fórt of"), "latin1");
  const spaced = Buffer.from(text.replace(/(<cbc:ContractFolderID)>([^<]*)</, "$1 >\n\t$2\n<"));
  for (const [name, bytes] of Object.entries({ wide, latin1, spaced })) {
    const register = await openRegister([fileOf(`${name}.xml`, bytes), `${NOTICES}/2024/bridges-changed.xml`]);
    expect(await linesOf(register)).toEqual([
      "00100200-2024/LOT-0001 600000000: IE:IE-700123, 00100200-2024:ORG-0003",
      "00100200-2024/LOT-0002 missing: ",
    ]);
  }
});

test("a modification in the older forms belongs to the award notice that it names", async () => {
  const ted = (number: string, form: string, procedure: string, title: string): string =>
    `<TED_EXPORT><CODED_DATA_SECTION><NOTICE_DATA><NO_DOC_OJS>${number}</NO_DOC_OJS></NOTICE_DATA></CODED_DATA_SECTION><FORM_SECTION>` +
    `<${form} CATEGORY="ORIGINAL"><PROCEDURE>${procedure}</PROCEDURE><OBJECT_CONTRACT><TITLE><P>${title}</P></TITLE></OBJECT_CONTRACT>` +
    `<AWARD_CONTRACT><LOT_NO>1</LOT_NO><AWARDED_CONTRACT/></AWARD_CONTRACT></${form}></FORM_SECTION></TED_EXPORT>`;
  const award = fileOf("f03.xml", ted("2019/S 016-034225", "F03_2014", "", "Roads"));
  const change = fileOf(
    "f20.xml",
    ted("2021/S 031-078194", "F20_2014", "<NOTICE_NUMBER_OJ>2019/S 16-34225</NOTICE_NUMBER_OJ>", "Roads, longer"),
  );
  for (const paths of [
    [award, change],
    [change, award],
  ]) {
    const [contract, ...others] = await allOf((await openRegister(paths)).contracts());
    expect(others).toEqual([]);
    expect(contract?.map(({ id, title, publications }) => [id, title, publications.map((one) => one.id)])).toEqual([
      ["00034225-2019", "Roads, longer", ["00034225-2019", "00078194-2021"]],
    ]);
  }
});

describe("OCDS", () => {
  const release = (ocid: string, id: string, date: string, lotId: string, amount: number): string =>
    JSON.stringify({
      ocid,
      id,
      date,
      tag: ["award"],
      tender: { lots: [{ id: lotId, title: `as ${id} says` }] },
      awards: [
        {
          id: lotId,
          status: "active",
          relatedLots: [lotId],
          value: { amount, currency: "EUR" },
          suppliers: [{ id: "S", name: "Alba" }],
        },
      ],
    });
  const awarded = async (paths: string | readonly string[]): Promise<string[]> =>
    (await rowsOf(lots(await openRegister(paths)))).map(
      ({ contract, lot, awarded: values }) =>
        `${contract}/${lot} ${values.map((value) => (value === "withheld" ? value : value.minor)).join()}`,
    );

  test("releases of one process, in several files or on lines far apart, are one contract", async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      release(`p${index}`, `p${index}-1`, "2024-01-01T00:00:00Z", "1", index),
    );
    const later = release("p7", "p7-2", "2024-02-01T00:00:00Z", "1", 999_999);
    const lines = await awarded(fileOf("releases.jsonl", [...many, later].join("\n")));
    expect(lines).toHaveLength(2000);
    expect(lines.filter((line) => line.startsWith("p7/"))).toEqual(["p7/1 99999900"]);
    const first = fileOf("first.json", many[7] ?? "");
    const second = fileOf("second.json.gz", gzipSync(later));
    expect(await awarded([first, second])).toEqual(["p7/1 99999900"]);
    expect(await awarded([second, first])).toEqual(["p7/1 99999900"]);
  });
});
