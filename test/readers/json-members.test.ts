import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonBytes, readMembers, type WantedShape, wantedMembers } from "../../src/readers/json-members.ts";
import { isOneValue } from "../../src/readers/json-skip.ts";
import { seeded } from "../seeded.ts";

const read = (text: string | Buffer, shape: WantedShape): unknown =>
  readMembers(jsonBytes(Buffer.from(text)), 0, wantedMembers(shape))?.value;

describe("what is wanted is read, and nothing else", () => {
  const shape = { a: "leaf", bc: { d: "leaf" } } as const;

  test.each([
    ['{"a": 1, "b": 2}', { a: "1" }],
    ['{"b": {"a": 1}, "a": [1.10, true, null, "x"]}', { a: ["1.10", "true", null, "x"] }],
    ['{"bc": [{"d": 1, "e": [{}]}, {"e": "}"}], "bd": {"d": 3}}', { bc: [{ d: "1" }, {}] }],
    [' \t\r\n[ { "a" : -1.5E+3 } , [ ] , {} ] ', [{ a: "-1.5E+3" }, [], {}]],
    ['{"x": "a \\" b", "y": "\\\\", "a": "\\u0041\\n"}', { a: "A" }],
    ['{"a": [" x", "x ", "x  y", " ", "x\u00a0y", "x\\ty"]}', { a: ["x", "x", "x y", "", "x y", "x y"] }],
    ['{"__proto__": {"a": 1}, "constructor": 2}', {}],
    ['{"a": "Łódź 漢字", "ł": 1}', { a: "Łódź 漢字" }],
    ['"text"', "text"],
    ["null", null],
  ])("%s", (text, expected) => expect(read(text, shape)).toEqual(expected));

  test("the offset behind the value is given", () => {
    const json = jsonBytes(Buffer.from('  {"a": 1}  {"a": 2}'));
    expect(readMembers(json, 0, wantedMembers(shape))).toEqual({ value: { a: "1" }, end: 10 });
    expect(readMembers(json, 10, wantedMembers(shape))).toEqual({ value: { a: "2" }, end: 20 });
  });

  test("bytes that are no UTF-8 are taken for Latin-1", () => {
    expect(read(Buffer.from('{"a": "é", "b": "ü"}', "latin1"), shape)).toEqual({ a: "é" });
    expect(read(Buffer.from('{"a": "é\\n"}', "latin1"), shape)).toEqual({ a: "é" });
  });
});

describe("any doubt is left to the exact reader", () => {
  const shape = { a: "leaf", bc: { d: "leaf" } } as const;
  const nested = (depth: number) => `{"x": ${"[".repeat(depth)}${"]".repeat(depth)}}`;

  test.each([
    ["", "nothing"],
    ["{", "no end"],
    ['{"a": 1', "no end"],
    ['{"a": "', "no end of a text"],
    ['{"a": "\\', "no end of a text"],
    ['{"x": "', "no end of a text"],
    ['{"a', "no end of a key"],
    ['{"a" 1}', "no colon"],
    ['{"a": 1 "b": 2}', "no comma"],
    ['{"a": 1,}', "a comma too many"],
    ["{a: 1}", "a key without quotes"],
    ['{"a": 01}', "no number"],
    ['{"a": +1}', "no number"],
    ['{"a": 1.}', "no number"],
    ['{"a": nil}', "no word"],
    ['{"a": }', "no value"],
    ['{"a": "\t"}', "a control character"],
    ['{"a": "\\x"}', "no escape"],
    ['{"x": "\n"}', "a control character in what is passed over"],
    ['{"x": [1 2]}', "no comma in what is passed over"],
    ['{"x": {"y" 1}}', "no colon in what is passed over"],
    ['{"x": {y: 1}}', "no quotes in what is passed over"],
    ['{"x": {"y": 1 "z": 2}}', "no comma in what is passed over"],
    ['{"x": [1}', "the other bracket"],
    ['{"x": }', "no value in what is passed over"],
    ['{"a": 1, "a": 1}', "a key that stands twice"],
    ['{"\\u0061": 1}', "a key with escapes"],
    ['{"a": {}}', "an object where a leaf is expected"],
    ['{"a": [{}]}', "an object where a leaf is expected"],
    [nested(64), "too deep"],
    [nested(64).replaceAll("[", '{"y":').replaceAll("]", "}").replace(":}", ":1}"), "too deep"],
    [`{"a": ${"[".repeat(64)}${"]".repeat(64)}}`, "too deep"],
    [`${'{"bc":'.repeat(65)}1${"}".repeat(65)}`, "too deep"],
  ])("%s (%s)", (text) => expect(read(text, shape)).toBeUndefined());

  test("as deep as data may be is no doubt", () => {
    expect(read(nested(63), shape)).toEqual({});
    expect(read(`{"a": ${"[".repeat(63)}${"]".repeat(63)}}`, shape)).toBeDefined();
  });
});

describe("against JSON.parse", () => {
  const KEYS = ["a", "b", "bc", "d", "bd", "long key", "ł"];
  const leaf = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...KEYS), tie("value"), { maxKeys: 4 }),
    ),
  }));

  /** The same members picked from what `JSON.parse` gives; undefined where a leaf is none. */
  const pick = (plain: unknown, shape: WantedShape | "leaf"): unknown => {
    if (Array.isArray(plain)) {
      const items = plain.map((item) => pick(item, shape));
      return items.includes(undefined) ? undefined : items;
    }
    if (typeof plain === "number") return JSON.stringify(plain);
    if (typeof plain === "string") return plain.replace(/\s+/g, " ").trim();
    if (typeof plain !== "object" || plain === null) return typeof plain === "boolean" ? String(plain) : plain;
    if (shape === "leaf") return undefined;
    const picked: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(shape)) {
      const item: unknown = Reflect.get(plain, key);
      if (item === undefined) continue;
      picked[key] = pick(item, inner);
      if (picked[key] === undefined) return undefined;
    }
    return picked;
  };

  test("the same is read", () => {
    const shape = { a: "leaf", bc: { d: "leaf", a: { b: "leaf" } } } as const;
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1), (plain, indent) => {
        const text = JSON.stringify(plain, null, indent);
        expect(read(text, shape)).toEqual(pick(JSON.parse(text), shape));
        expect(isOneValue(Buffer.from(text))).toBe(true);
      }),
      seeded(500),
    );
  });

  test("what JSON.parse refuses for its structure is never read", () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.constantFrom(...'{}[],:"x'), (plain, at, character) => {
        const text = JSON.stringify({ a: 1, b: plain });
        const place = at % text.length;
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        const parses = (() => {
          try {
            JSON.parse(changed);
            return true;
          } catch {
            return false;
          }
        })();
        const json = jsonBytes(Buffer.from(changed));
        const found = readMembers(json, 0, wantedMembers({ a: "leaf" }));
        // Escapes in what is passed over are not looked at.
        if (!parses && found?.end === json.bytes.length) expect(changed).toContain("\\");
      }),
      seeded(2000),
    );
  });
});
