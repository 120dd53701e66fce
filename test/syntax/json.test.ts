import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson, readJsonExactly, readJsonQuickly } from "../../src/syntax/json.ts";
import { times } from "../long.ts";
import { seeded } from "../seeded.ts";

const PLACE = { file: "a.json", line: 1 };

const exactly = (text: string): unknown => {
  const read = readJsonExactly(text, PLACE);
  return "document" in read ? read.document.value : undefined;
};

describe("what is plain is read quickly, its numbers as they were written", () => {
  test.each([
    ['{"a": 1, "b": [1.25, true, false, null, "x"]}', { a: "1", b: ["1.25", "true", "false", null, "x"] }],
    ['{"a":-12,"b":{"c":0.5}}', { a: "-12", b: { c: "0.5" } }],
    ['{"a": "10.50: 1.0, 2e5"}', { a: "10.50: 1.0, 2e5" }],
    ['{"a": "v1.10; 2e-5; 1234567890.123456", "b": 1}', { a: "v1.10; 2e-5; 1234567890.123456", b: "1" }],
    ['{"a\\":": "\\":", "b": 1}', { 'a":': '":', b: "1" }],
    ["7", "7"],
    ["true", "true"],
    ['"7"', "7"],
    ["null", null],
    ["[]", []],
    ['{"a": 1.10}', { a: "1.10" }],
    ['{"a": [4890.00]}', { a: ["4890.00"] }],
    ['{"a": 1e3}', { a: "1e3" }],
    ['{"a": 5E-2, "b": 1}', { a: "5E-2", b: "1" }],
    ['{"a": 9007199254740993}', { a: "9007199254740993" }],
    ['{"a": 0.1234567890123456789}', { a: "0.1234567890123456789" }],
    ['{"a":1.10,"b":1e3}', { a: "1.10", b: "1e3" }],
    ['{"a":1e2}', { a: "1e2" }],
    ['{"a":0.123456789012345674}', { a: "0.123456789012345674" }],
    ['{"a":12345678901234567891}', { a: "12345678901234567891" }],
    ['{"a": [1.10,2.20, -0.0 ,3], "b": "x 1.50, y"}', { a: ["1.10", "2.20", "-0.0", "3"], b: "x 1.50, y" }],
  ])("%s", (text, value) => {
    expect(readJsonQuickly(text)).toEqual(value);
    expect(exactly(text)).toEqual(value);
  });

  test("a key that objects have by themselves is a key like any other", () => {
    expect(Object.entries(readJsonQuickly('{"__proto__": {"a": 1}, "constructor": 2}') ?? {})).toEqual([
      ["__proto__", { a: "1" }],
      ["constructor", "2"],
    ]);
  });
});

describe("any doubt is left to the exact reader", () => {
  test.each([
    ['{"a":-0}', { a: "-0" }],
    ['{"a": 0.0000001}', { a: "0.0000001" }],
    ['{"a": "x, 1.50, y", "b": 2.50}', { a: "x, 1.50, y", b: "2.50" }],
    ['{"a": 1.50, "b": -0}', { a: "1.50", b: "-0" }],
    ["1.50", "1.50"],
  ])("%s, which JavaScript may write otherwise", (text, value) => {
    expect(readJsonQuickly(text)).toBeUndefined();
    expect(exactly(text)).toEqual(value);
  });

  test.each([
    ['{"a": 1, "a": 2}', "a key that stands twice"],
    ['{"b": [{"a": "1", "a": "1"}]}', "a key that stands twice further in"],
    ['{"a":"","a":""}', "a key that stands twice, in the shortest of texts"],
    ['{"":"",  "b":1e9,"":""}', "a key that stands twice, and a number that is shorter than JavaScript writes it"],
    ['{"a": "\\":", "a" : 1}', "a key that stands twice, and quotes with a colon in a text"],
    ['{"a\\\\":1,"b":2,"b":3}', "a key that stands twice, and one that ends in a backslash"],
    [`${"[".repeat(65)}${"]".repeat(65)}`, "brackets nested too deep"],
    [`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "brackets nested far too deep"],
    ["[".repeat(2 ** 20 + 1), "brackets that hold a level of memory each"],
    [`${'{"a":'.repeat(300_000)}1${"}".repeat(300_000)}`, "objects nested far too deep"],
    ['{"a": 01}', "no number"],
    ['{"a": 01.50}', "no number, with a zero at its end"],
    ['{"a": 1.50, "b": 1.}', "no number beside one with a zero at its end"],
    ['{"a": 1.50, "b": 2, "b": 3}', "a key that stands twice, beside such a number"],
    ["{'a': 1}", "no JSON"],
    ["", "nothing"],
  ])("%.40s: %s", (text) => {
    expect(readJsonQuickly(text)).toBeUndefined();
    expect(readJson(text, PLACE)).toMatchObject({ findings: [{ position: { file: "a.json" } }] });
  });

  test("brackets may be nested as deep as is allowed", () => {
    expect(readJsonQuickly(`${"[".repeat(64)}${"]".repeat(64)}`)).toBeDefined();
    const deep = "[".repeat(65);
    expect(readJson(deep, PLACE)).toMatchObject({ findings: [{ rule: "F9", position: { column: 65 } }] });
    // Those of texts are none, nor is a quote in a text its end.
    // Also of a text with a number that JavaScript would write otherwise, which is read in another way.
    for (const text of [`["${deep}"]`, `["\\"${deep}"]`, `["\\\\", "${deep}"]`, `[${"[], {}, ".repeat(65)}[]]`])
      for (const written of [text, `[${text}, 1.50]`]) expect(readJson(written, PLACE)).not.toHaveProperty("findings");
  });
});

/** A number as somebody may write it. */
const numbers = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.tuple(fc.integer(), fc.stringMatching(/^[0-9]{1,20}$/)).map(([whole, cents]) => `${whole}.${cents}`),
  fc.constantFrom("-0", "0.0", "1E5", "1e-7", "100", "0.10", "-0.5"),
);
const keys = fc.oneof(fc.constantFrom("a", "b", 'q":', "e\\", "1.0,"), fc.string({ maxLength: 4 }));
const spaces = fc.constantFrom("", " ", "\n", "\t ");

const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    numbers,
    fc.constantFrom("true", "false", "null"),
    fc.string().map((text) => JSON.stringify(text)),
    fc.tuple(fc.array(tie("value"), { maxLength: 4 }), spaces).map(([items, space]) => `[${items.join(`,${space}`)}]`),
    fc
      .tuple(fc.array(fc.tuple(keys, tie("value")), { maxLength: 4 }), spaces)
      .map(
        ([pairs, space]) =>
          `{${pairs.map(([key, inner]) => `${JSON.stringify(key)}${space}:${space}${inner}`).join()}}`,
      ),
  ),
}));

test("what is read quickly is what is read exactly", () => {
  let quickly = 0;
  fc.assert(
    fc.property(value, (text) => {
      const quick = readJsonQuickly(text);
      if (quick === undefined) return;
      quickly++;
      expect(JSON.stringify(quick)).toBe(JSON.stringify(exactly(text)));
    }),
    seeded(2000),
  );
  expect(quickly).toBeGreaterThan(times(500, 100));
});

type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom("a", "1", 'say "b"', "é"),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", 'c"', "constructor"), tie("tree"), { maxKeys: 3 }),
  ),
}));

interface Placed {
  readonly path: readonly (string | number)[];
  readonly key: number;
  readonly value: number;
}

/** The text of a value that begins at an offset, and where all below it is written. */
const written = (value: Tree, path: Placed["path"], at: number, places: Placed[]): string => {
  if (typeof value === "string") return JSON.stringify(value);
  const isList = Array.isArray(value);
  let text = isList ? "[" : "{";
  for (const [key, inner] of Object.entries(value)) {
    if (text.length > 1) text += ",\n ";
    const begin = at + text.length;
    if (!isList) text += `${JSON.stringify(key)}: `;
    const own = { path: [...path, isList ? Number(key) : key], key: begin, value: at + text.length };
    places.push(own);
    text += written(inner, own.path, own.value, places);
  }
  return text + (isList ? "]" : "}");
};

test("each part stands where it is written, and what is not there where what it would be in stands", () => {
  fc.assert(
    fc.property(tree, (value) => {
      const places: Placed[] = [{ path: [], key: 0, value: 0 }];
      const text = written(value, [], 0, places);
      const read = readJson(text, PLACE);
      if ("findings" in read) return expect.unreachable(text);
      const offsetAt = (path: Placed["path"], part: "key" | "value"): number => {
        const { line, column } = read.locate(path, part);
        const before = text.split("\n").slice(0, line - 1);
        return before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
      };
      for (const { path, ...own } of places)
        for (const part of ["key", "value"] as const)
          for (const at of [path, [...path, "none"], [...path, 9]]) expect(offsetAt(at, part)).toBe(own[part]);
    }),
    seeded(500),
  );
});
