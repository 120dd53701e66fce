import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { runInProcess } from "../cases/run-in-process.ts";
import { LONG } from "../long.ts";

const folder = mkdtempSync(join(tmpdir(), "lotbook-traps-"));
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** A line of a record that is right, to stand beside what is wrong. */
const GOOD = "contracts:\n  - contract: c\n    lots:\n      - lot: 1\n";

/** What a user reads of a file: what stands on standard error without the folder's name. */
const read = async (name: string, content: string | Uint8Array) => {
  const path = write(name, content);
  const { stdout, stderr, exitCode } = await runInProcess(["lots", "-d", path, "--json"]);
  return { stdout, stderr: stderr.replaceAll(`${folder}/`, ""), exitCode };
};

/** The file is refused: exit 65, nothing on standard output, a place, the line and a caret; never a trace. */
const expectRefusal = async (name: string, content: string | Uint8Array, where: string, message: string) => {
  const { stdout, stderr, exitCode } = await read(name, content);
  expect({ stdout, exitCode, stderr }).toEqual({ stdout: "", exitCode: 65, stderr });
  const lines = stderr.split("\n");
  expect(lines[0]).toContain(`${name}:${where}${where === "" || where.endsWith(":") ? "" : ": "}`);
  expect(lines[0]).toContain(message);
  expect(lines[2]).toMatch(/^ +\^$/);
  expect(stderr).toMatch(/lotbook: \d+ errors? in the data(; the first 200 are shown)?\n$/);
  expect(stderr).not.toMatch(/^ +at |internal error/m);
};

const lotIds = async (name: string, content: string | Uint8Array): Promise<string[]> => {
  const { stdout, stderr, exitCode } = await read(name, content);
  expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
  const rows: { lot: string }[] = JSON.parse(stdout);
  return rows.map(({ lot }) => lot);
};

describe("YAML that is refused, with its place", () => {
  const bomb = `contracts: &a [x, x]\n${"bcdefghi"
    .split("")
    .map((letter, index) => `${letter}: &${letter} [${`*${"abcdefghi"[index]}, `.repeat(9)}x]`)
    .join("\n")}\n`;
  const refusals: readonly [name: string, content: string, where: string, message: string][] = [
    ["an alias bomb", bomb, "1:", "anchors are not allowed"],
    ["an anchor", GOOD.replace("lot: 1", "lot: &one 1"), "4:", "anchors are not allowed"],
    ["an alias that names nothing", GOOD.replace("lot: 1", "lot: *nope"), "4:", "alias"],
    ["a cyclic alias", "contracts: &a [*a]\n", "1:", "not allowed"],
    ["a merge key", `${GOOD}        <<: *base\n`, "5:", "alias"],
    ["a tag", GOOD.replace("lot: 1", "lot: !!int 1"), "4:14", "tags are not allowed"],
    ["a tag of one's own", GOOD.replace("lot: 1", "lot: !js/function x"), "4:14", "tags are not allowed"],
    ["a directive", `%YAML 1.1\n---\n${GOOD}`, "1:1", "directives are not allowed"],
    ["a directive after a comment", `# a register\n%YAML 1.2\n---\n${GOOD}`, "2:1", "directives are not allowed"],
    ["a tag directive", `%TAG ! tag:x,2000:\n---\n${GOOD}`, "1:1", "directives are not allowed"],
    ["a key that stands twice", `${GOOD}        title: a\n        title: b\n`, "6:9", 'the key "title" stands twice'],
    ["a key and its quoted twin", `${GOOD}        title: a\n        "title": b\n`, "6:9", "stands twice"],
    ["a list that stands twice", `${GOOD}contracts: []\n`, "5:1", "stands twice"],
    ["two documents", `${GOOD}---\n${GOOD}`, "5:1", "second document"],
    ["an unclosed bracket", "contracts: [\n", "1:", "Flow sequence"],
    ["an unclosed quote", 'contracts: "x\n', "1:", "closing"],
    ["a tab as indentation", "contracts:\n\t- contract: c\n", "2:", "ab"],
    ["deep brackets", `contracts: ${"[".repeat(100_000)}\n`, "1:76", "nested more than 64 levels deep"],
    ["deep brackets over many lines", `contracts:\n${"  [\n".repeat(5_000)}`, "66:", "nested more than 64 levels deep"],
    ["deep maps", `contracts: ${"{a: ".repeat(10_000)}\n`, "1:", "nested more than 64 levels deep"],
    ["deep dashes", `contracts:\n  ${"- ".repeat(10_000)}x\n`, "2:1", "nested more than 64 levels deep"],
    [
      "deep indentation",
      Array.from({ length: 1_000 }, (_, depth) => `${" ".repeat(depth)}lots:\n`).join(""),
      "",
      "nested more than 64 levels deep",
    ],
    ["an escaped surrogate", GOOD.replace("lot: 1", 'lot: 1\n        title: "\\ud83d"'), "5:16", "surrogate"],
    ["an escaped control character", GOOD.replace("lot: 1", 'lot: 1\n        title: "a\\e[2Jb"'), "5:16", "control"],
    ["__proto__ as a key", `${GOOD}        __proto__: { title: x }\n`, "5:9", 'unknown key "__proto__"'],
    ["__proto__ as a list", "__proto__: []\ncontracts: []\n", "1:1", 'unknown key "__proto__"'],
    ["constructor as a key", `${GOOD}        constructor: x\n`, "5:9", 'unknown key "constructor"'],
    ["toString as a source", `${GOOD}        source: toString\n`, "5:17", 'there is no source "toString"'],
    ["hasOwnProperty as a supplier", `${GOOD}        suppliers: [hasOwnProperty]\n`, "5:21", "there is no supplier"],
    ["a list where a map is meant", "- contract: c\n", "1:1", "this is not a register"],
    ["a map where a list is meant", "contracts: { contract: c }\n", "1:12", '"contracts" is not a list'],
    ["a text where a record is meant", "contracts: [c]\n", "1:13", "expected a map"],
    ["an empty list", `${GOOD.replace("lot: 1", "lot: 1\n        title: []")}`, "5:16", "expected a single value"],
    ["a value that is left out", `${GOOD}        title:\n`, "5:", "empty"],
  ];
  for (const [name, content, where, message] of refusals) {
    test(name, () => expectRefusal(`${name.replaceAll(" ", "-")}.yaml`, content, where, message));
  }

  test("20,000 keys in one map", async () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `        key${index}: x\n`).join("");
    await expectRefusal("many-keys.yaml", GOOD + keys, "5:9", 'unknown key "key0"');
    const twice = `${GOOD}${keys}        key7: x\n`;
    const { stderr } = await read("many-keys-twice.yaml", twice);
    expect(stderr).toContain('many-keys-twice.yaml:20005:9: the key "key7" stands twice');
  });
});

describe("bytes that are no text are refused, with their place", () => {
  const bytes = (text: string) => Buffer.from(text, "latin1");
  const refusals: readonly [name: string, content: Buffer, where: string, message: string][] = [
    ["latin1.yaml", bytes("suppliers:\n  - supplier: a\n    name: Caf\xe9\n"), "3:14", "not valid UTF-8"],
    [
      "latin1.jsonl",
      bytes('{"supplier":"a","name":"A"}\n{"contract":"c","title":"Caf\xe9","lots":[]}\n'),
      "2:",
      "UTF-8",
    ],
    ["overlong.yaml", bytes("# \xc0\xaf\n"), "1:3", "not valid UTF-8"],
    ["surrogate-bytes.yaml", bytes("# \xed\xa0\x80\n"), "1:3", "not valid UTF-8"],
    ["nul.yaml", bytes(`${GOOD}# \0\n`), "5:3", "NUL"],
  ];
  for (const [name, content, where, message] of refusals) {
    test(name, () => expectRefusal(name, content, where, message));
  }

  test("UTF-16 is named", async () => {
    for (const name of ["utf16.yaml", "utf16.jsonl"]) {
      const { stderr, exitCode } = await read(
        name,
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(GOOD, "utf16le")]),
      );
      expect(exitCode).toBe(65);
      expect(stderr).toMatch(new RegExp(`^${name}:1:1: the file is UTF-16, not UTF-8`));
    }
  });

  test("an empty file is no register", async () => {
    for (const content of ["", "\n\n", "# only a comment\n", "---\n", "\uFEFF"]) {
      const { stderr, exitCode } = await read("empty.yaml", content);
      expect({ content, exitCode }).toEqual({ content, exitCode: 65 });
      expect(stderr).toMatch(/^empty\.yaml:1:\d: the file is empty/);
    }
  });
});

describe("YAML is read as it is written", () => {
  test("with a byte order mark", async () => {
    expect(await lotIds("bom.yaml", `\uFEFF${GOOD}`)).toEqual(["1"]);
  });

  test("with the line ends of Windows, whose errors have the same places", async () => {
    expect(await lotIds("crlf.yaml", GOOD.replaceAll("\n", "\r\n"))).toEqual(["1"]);
    await expectRefusal(
      "crlf-bad.yaml",
      `${GOOD}        titel: x\n`.replaceAll("\n", "\r\n"),
      "5:9",
      'unknown key "titel"',
    );
  });

  test("no id becomes a number", async () => {
    const ids = ["1", "01", "1.10", "1e3", "0x10", "9007199254740993", "03000000", "NO", "null", "true", "12:30:45"];
    const lots = ids.map((id) => `      - lot: ${id}\n`).join("");
    expect(await lotIds("ids.yaml", `contracts:\n  - contract: c\n    lots:\n${lots}`)).toEqual(ids);
  });

  test("Norway stays Norway", async () => {
    const path = write(
      "norway.yaml",
      `suppliers:\n  - supplier: "no"\n    name: NO\n    country: NO\n${GOOD}        suppliers: [NO]\n`,
    );
    const { stdout } = await runInProcess(["lots", "-d", path, "--json", "--fields", "suppliers"]);
    expect(stdout).toContain('"name": "NO"');
  });

  test("120 names that look like aliases of each other are none", async () => {
    const lots = Array.from({ length: 120 }, (_, index) => `      - { lot: ${index}, title: "*a" }\n`).join("");
    expect(await lotIds("stars.yaml", `contracts:\n  - contract: c\n    lots:\n${lots}`)).toHaveLength(120);
  });
});

describe("JSON Lines", () => {
  const line = (lot: string) => `{"contract":"c","lots":[${lot}]}\n`;
  const refusals: readonly [name: string, content: string, where: string, message: string][] = [
    ["a key that stands twice", line('{"lot":"1","lot":"2"}'), "1:36", 'the key "lot" stands twice'],
    ["a key and its escaped twin", line('{"lot":"1","l\\u006ft":"2"}'), "1:36", 'the key "lot" stands twice'],
    ["a truncated last line", `${line('{"lot":"1"}')}{"contract":"d","lots":[{"lo`, "2:26", "unexpected end of string"],
    ["a comment", `${line('{"lot":"1"}')}// no\n`, "2:1", ""],
    ["a trailing comma", line('{"lot":"1",}'), "1:36", ""],
    ["single quotes", line("{'lot':'1'}"), "1:", ""],
    ["an escaped lone surrogate", line('{"lot":"1","title":"a\\ud800b"}'), "1:44", "surrogate"],
    ["an escaped control character", line('{"lot":"1","title":"a\\u001b[2Jb"}'), "1:44", "control"],
    ["a money number", line('{"lot":"1","ceiling":1e400}'), "1:46", "is not an amount"],
    ["__proto__ as a key", line('{"lot":"1","__proto__":{"title":"x"}}'), "1:36", 'unknown key "__proto__"'],
    ["deep brackets", `{"contract":"c","lots":${"[".repeat(100_000)}\n`, "1:", "nested more than 64 levels deep"],
    ["a list where a text is meant", line('{"lot":["1"]}'), "1:32", "expected a single value"],
    ["an id twice", `${line('{"lot":"1"}')}${line('{"lot":"1"}')}`, "2:13", 'the contract "c" stands twice'],
    ["no record", '{"sources":[]}\n', "1:1", "not a record of a register"],
    ["a broken line among good ones", `${line('{"lot":"1"}')}nonsense\n`, "2:1", ""],
  ];
  for (const [name, content, where, message] of refusals) {
    test(name, () => expectRefusal(`${name.replaceAll(" ", "-")}.jsonl`, content, where, message));
  }

  test("numbers are read by their digits", async () => {
    const ids = ["1", "1.10", "9007199254740993", "1e3", "0.10"];
    const lots = ids.map((id) => `{"lot":${id}}`).join(",");
    expect(await lotIds("numbers.jsonl", line(lots))).toEqual(ids);
  });

  test("blank lines, the line ends of Windows, a byte order mark and a missing last line end are read over", async () => {
    expect(
      await lotIds(
        "loose.jsonl",
        `\uFEFF{"contract":"c","lots":[{"lot":"1"}]}\r\n\r\n  \n{"contract":"d","lots":[{"lot":"2"}]}`,
      ),
    ).toEqual(["1", "2"]);
  });

  test("a value with colons and escapes in it is no key that stands twice", async () => {
    expect(await lotIds("colons.jsonl", line('{"lot":"1","title":"a: \\"b\\": c"}'))).toEqual(["1"]);
  });

  test("a key that stands twice is found beside spaces before colons and colons in texts", async () => {
    const twice = [
      '{"contract" :"c","title":"a: b\\": c","title"\t:"d","lots":[{"lot":"1"}]}',
      "1:38",
      '"title" stands twice',
    ];
    await expectRefusal("twice-spaced.jsonl", `${twice[0]}\n`, twice[1] ?? "", twice[2] ?? "");
  });

  test("every problem of every line is told, in the order of the lines", async () => {
    const content = `${line('{"lot":"1","celling":"EUR 1M"}')}nonsense\n${'{"contract":"d","lots":[{"lot":"1","suppliers":["nobody"]}]}'}\n`;
    const { stderr } = await read("many.jsonl", content);
    expect(stderr.match(/^many\.jsonl:\d+/gm)).toEqual(["many.jsonl:1", "many.jsonl:2", "many.jsonl:3"]);
  });
});

describe("across files", () => {
  test("an id stands once", async () => {
    const one = write(
      "one.yaml",
      "suppliers:\n  - { supplier: a, name: A }\ncontracts:\n  - { contract: c, lots: [{ lot: 1 }] }\n",
    );
    const two = write(
      "two.yaml",
      "suppliers:\n  - { supplier: a, name: B }\ncontracts:\n  - { contract: c, lots: [{ lot: 1 }] }\n",
    );
    const { stderr, exitCode } = await runInProcess(["lots", "-d", one, "-d", two]);
    expect(exitCode).toBe(65);
    expect(stderr).toContain(`${two}:2:17: the supplier "a" stands twice`);
    expect(stderr).toContain(`${two}:4:17: the contract "c" stands twice`);
    expect(stderr).toContain(`hint: the other one is at ${one}:2`);
  });

  test("a hostile file name is shown safe", async () => {
    const path = write("evil\u202egnp.yaml", "contracts: x\n");
    const { stderr } = await runInProcess(["lots", "-d", path]);
    expect(stderr).toContain("evil<U+202E>gnp.yaml:1:12");
    const missing = await runInProcess(["lots", "-d", "a\u001b]52;c;x\u0007\u009b\r\bb.yaml"]);
    expect(missing.stderr).toContain("cannot read a<U+001B>]52;c;x<U+0007><U+009B><U+000D><U+0008>b.yaml:");
  });

  test("a hostile line is shown safe, its caret in place", async () => {
    const { stderr } = await read(
      "line.yaml",
      `contracts:\n  - contract: c # \u202e\u009b日本\n    lots: [{ lot: 1, title: שלום\u202e, nope: x }]\n`,
    );
    expect(stderr).toContain("    lots: [{ lot: 1, title: שלום<U+202E>, nope: x }]");
    const [, shown = "", caret = ""] = stderr.split("\n");
    expect(caret.indexOf("^")).toBe(shown.indexOf("nope"));
  });

  test("of endless findings the first are shown, and all are counted", async () => {
    const lots = Array.from({ length: 1_000 }, (_, index) => `      - { lot: ${index}, x: y }\n`).join("");
    const { stderr } = await read("endless.yaml", `contracts:\n  - contract: c\n    lots:\n${lots}`);
    expect(stderr).toMatch(/lotbook: 1000 errors in the data; the first 200 are shown\n$/);
    expect(stderr.split("\n").length).toBeLessThan(900);
  });

  test("a long line is shown around the place only", async () => {
    const { stderr } = await read(
      "long.yaml",
      `contracts: [{ contract: c, lots: [${"{ lot: 1 }, ".repeat(10_000)}] }]\n`,
    );
    expect(Math.max(...stderr.split("\n").map(({ length }) => length))).toBeLessThan(250);
  });
});

describe("what is too large", () => {
  test("a YAML file past the limit is named, with the form for large registers", async () => {
    const path = write("large.yaml", Buffer.alloc(33 * 2 ** 20, "#"));
    const { stderr, exitCode } = await runInProcess(["lots", "-d", path]);
    expect(exitCode).toBe(66);
    expect(stderr).toBe(
      `lotbook: ${path} is larger than 32 MiB\n  hint: write large registers as JSON Lines: one contract per line in a .jsonl file\n`,
    );
  });

  // Of many maps in each other each letter is looked at, of one text none.
  test.each(LONG ? ['{"contract":"', ""] : ['{"contract":"'])(
    "a line of JSON past the limit, %j and braces, is refused before it fills the memory",
    async (begin) => {
      const path = write("large.jsonl", Buffer.concat([Buffer.from(begin), Buffer.alloc(66 * 2 ** 20, "{")]));
      const { stderr, exitCode } = await runInProcess(["total", "-d", path]);
      expect(exitCode).toBe(65);
      expect(stderr).toContain("large.jsonl:1:1: a line is longer than 64 MiB");
    },
  );
});
