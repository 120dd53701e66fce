import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import type { Plain } from "../../src/syntax/plain.ts";
import { commentsIn, readYaml } from "../../src/syntax/yaml.ts";
import { seeded } from "../seeded.ts";

/** What a text is, or what is wrong with it and where. */
const read = (text: string): unknown => {
  const found = readYaml(text, "a.yaml");
  if ("document" in found) return JSON.parse(JSON.stringify(found.document.value));
  return found.findings.map(
    ({ rule, message, position }) => `${position?.line}:${position?.column} ${rule} ${message}`,
  );
};

describe("YAML is texts, lists and maps", () => {
  test("whatever values there are, and however they are laid out", () => {
    const text = fc.oneof(
      fc.constantFrom("NO", "0042", "1.10", "~", "null", "a: b", "# no", "- x", "", " b ", "two\nlines\n", "\u00e9"),
      fc.string(),
    );
    const { value } = fc.letrec<{ value: Plain }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        text,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(text, tie("value"), { maxKeys: 3 }),
      ),
    }));
    const layouts = fc.record({
      collectionStyle: fc.constantFrom("any", "block", "flow"),
      defaultStringType: fc.constantFrom("PLAIN", "QUOTE_DOUBLE", "QUOTE_SINGLE"),
    } as const);
    fc.assert(
      fc.property(value, layouts, (value, layout) => {
        const plain = { value };
        expect(read(stringify(plain, { schema: "failsafe", aliasDuplicateObjects: false, ...layout }))).toEqual(plain);
      }),
      seeded(300),
    );
  });

  test.each([
    ["", ""],
    ["# nothing\n", ""],
    ["a:\nb: ~\n", { a: "", b: "~" }],
    ["a: >\n  one\n  two\n\n  three\n", { a: "one two\nthree\n" }],
    ["{a, b: c}\n", { a: "", b: "c" }],
    ["? |\n  a\n: b\n", { "a\n": "b" }],
    ['a: "\\U0001F600 \\ud83d\\ude00 \\ufffd"\n', { a: "\u{1f600} \u{1f600} \ufffd" }],
    ["<<: { a: b }\n", { "<<": { a: "b" } }],
    ["---\na: b\n...\n", { a: "b" }],
  ])("%j", (text, plain) => {
    expect(read(text)).toEqual(plain);
  });
});

const KEYS = "F1 With stringKeys, all keys must be strings";
const DEEP = "F9 nested more than 64 levels deep";

test.each([
  ["a list for a key", "a: b\n? [c, d]\n: e\n", [`2:3 ${KEYS}`]],
  ["a map for a key", "{ { a: b }: c }\n", [`1:3 ${KEYS}`]],
  ["a key twice", "a: b\nc: d\na: e\n", ['3:1 F4 the key "a" stands twice in one map']],
  ["an anchor", "a: &x b\n", ["1:4 F1 anchors are not allowed"]],
  ["an anchor behind another sign", "a: R&D\nb: &x c\n", ["2:4 F1 anchors are not allowed"]],
  ["an alias", "a: &x b\nc: *x\n", ["1:4 F1 anchors are not allowed", "2:4 F1 aliases are not allowed"]],
  ["a tag", "a: !b c\n", ["1:4 F1 tags are not allowed"]],
  ["a tag that YAML has", "a: !!str c\n", ["1:4 F1 tags are not allowed"]],
  ["a directive", "\n# a\n%YAML 1.2\n---\na: b\n", ["3:1 F1 directives are not allowed"]],
  ["two documents", "a: b\n---\nc: d\n", [expect.stringMatching(/^2:1 F1 .*second document/)]],
  ["what is not closed", "a: [b\n", [expect.stringMatching(/^1:6 F1 /)]],
  ["tabs that indent", "a:\n\tb: c\n", [expect.stringMatching(/^2:1 F1 .*[Tt]ab/)]],
  ["65 lists", `${"[".repeat(65)}${"]".repeat(65)}`, [`1:65 ${DEEP}`]],
  ["65 lists on one line", `${"- ".repeat(65)}a\n`, [`1:1 ${DEEP}`]],
  [
    "65 maps",
    `${Array.from({ length: 65 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")} b\n`,
    [`65:65 ${DEEP}`],
  ],
  ["very deep indentation", `a:\n${" ".repeat(512)}b: c\n`, [`2:1 ${DEEP}`]],
])("%s is refused", (_, text, findings) => {
  expect(read(text)).toEqual(findings);
});

test("64 levels are read, and brackets that close too often do not make others deep", () => {
  expect(JSON.stringify(read(`${"[".repeat(64)}${"]".repeat(64)}\n`))).toHaveLength(128);
  expect(JSON.stringify(read(`${"- ".repeat(63)}a\n`))).toHaveLength(129);
  expect(read(`a: b]]]\n${"[".repeat(65)}`)).toEqual([`2:65 ${DEEP}`]);
});

test.each([
  ["a: b # c  \n", ["5 # c"]],
  ["# a\t\n\n  # b\na: 'c # d' # e\n", ["0 # a", "8 # b", "23 # e"]],
  ["a: |\n  # no\n# b\n", ["12 # b"]],
  ["a: b#c\n", []],
  ["# a\r\nb: c\r\n", ["0 # a"]],
])("the comments of %j", (text, comments) => {
  expect(commentsIn(text).map((comment) => `${comment.offset} ${comment.text}`)).toEqual(comments);
});
