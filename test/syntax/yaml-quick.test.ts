import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Path, Plain } from "../../src/syntax/plain.ts";
import { readYaml } from "../../src/syntax/yaml.ts";
import { readYamlQuickly } from "../../src/syntax/yaml-quick.ts";
import { times } from "../long.ts";
import { seeded } from "../seeded.ts";

function* pathsIn(value: Plain, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value))
    yield* pathsIn(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** Whether a text was read quickly; what was must be what the parser reads, at the same places. */
const agrees = (text: string, places: boolean): boolean => {
  const quick = readYamlQuickly(text, "a.yaml");
  if (quick === undefined) return false;
  const read = readYaml(text, "a.yaml");
  if (!("document" in read)) throw new Error(`read, though it is wrong: ${JSON.stringify(text)}`);
  expect(JSON.stringify(quick.value), text).toBe(JSON.stringify(read.document.value));
  for (const path of places ? pathsIn(quick.value) : []) {
    for (const part of ["key", "value"] as const)
      expect([text, path, part, quick.locate(path, part)]).toEqual([
        text,
        path,
        part,
        read.document.locate(path, part),
      ]);
  }
  return true;
};

describe("plain YAML is read quickly, as the parser reads it", () => {
  test.each([
    ["a: b"],
    ["- a\n- b: c\n  d: e\n-\n  f: g\n"],
    ["a:\n- b\n- c\nd:\n  - e\n"],
    ["# top\na: b # behind\n\n  # between\nc: # behind a key\n  d: e\n"],
    ["a: \"b: c\"\nd: 'e # f' # g\n"],
    ["a: [b, [c, 'd'], { e: f, g: [] }, {}]\nh: { i: EUR 5M, j: \"k, l\" }\n"],
    ["a: http://example.org/#b\nc: d#e\nf: g: h".replace("f: g: h", "f: g:h")],
    ["a: NO\nb: 0042\nc: 1.10\nd: 12:30\ne: ~\nf: null\n"],
    ["a: -b\ne: :f\n"],
    ["constructor_: a\nb: Ł 漢字 😀\n"],
  ])("%j", (text) => expect(agrees(text, true)).toBe(true));
});

describe("any doubt is left to the parser", () => {
  test.each([
    "",
    "# nothing",
    "a: b\na: c",
    "{ a: b, a: c }",
    "a: b\n  c: d",
    "a: b\n c",
    "a: |\n  b",
    "a: &b c",
    "a: *b",
    "a: !b c",
    "%YAML 1.1\n---\na: b",
    "a: b\n---\nc: d",
    "a: 'it''s'",
    'a: "b\\n"',
    "a:\tb",
    "a: b\r\n",
    "a: b: c",
    "a: [b",
    "a: [b]]",
    "a: {b: c}}",
    "a: 'b' c",
    "? a\n: b",
    "- - a",
    "a:",
    "a: [b: c]",
    "a: b\n- c",
    "'a': b",
    "__proto__: a",
    "a: @b",
    "a: [,]",
    "\ufeffa: b",
    `${"a:\n".repeat(1)}${Array.from({ length: 70 }, (_, index) => `${" ".repeat(index + 1)}a:`).join("\n")} b`,
    `a: ${"[".repeat(70)}${"]".repeat(70)}`,
  ])("%j", (text) => expect(readYamlQuickly(text, "a.yaml")).toBeUndefined());
});

const REGISTERS = ["test/registers", "examples", "data"].flatMap((folder) =>
  readdirSync(folder).flatMap((name) => (name.endsWith(".yaml") ? [join(folder, name)] : [])),
);

test("registers are read quickly, but for odd ones", () => {
  const quickly = REGISTERS.filter((file) => agrees(readFileSync(file, "utf8"), true));
  expect(quickly.length).toBeGreaterThan(0.7 * REGISTERS.length);
});

/** A short piece of YAML, of which others are made by mutation. */
const SEED = `# a register
sources: [{ source: act, title: "The act" }]
contracts:
  - contract: k
    title: 'Kiosks' # in the park
    awarded: { act: EUR 5M, web: EUR 6M }
    lots:
    - { lot: 1, suppliers: [a, b], ceiling: EUR 1250.00 }
    - lot: 2
      note: see http://example.org/#2
    -
      lot: 3
`;

const PIECES = [
  "\n",
  " ",
  "  ",
  ":",
  ": ",
  "- ",
  "-",
  "#",
  " #",
  "[",
  "]",
  "{",
  "}",
  ",",
  '"',
  "'",
  "a",
  "~",
  "?",
  "|",
  ">",
  "\t",
  "&a",
  "*a",
  "!",
  "%",
  "---",
  "\\",
];

const mutated = fc
  .array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.constantFrom(...PIECES)), { minLength: 1, maxLength: 5 })
  .map((changes) =>
    changes.reduce((text, [place, removed, piece]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + piece + text.slice(at + removed);
    }, SEED),
  );

test("mutated texts are read as the parser reads them, or not at all", () => {
  let quickly = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      if (agrees(text, true)) quickly++;
    }),
    seeded(1500),
  );
  expect(quickly).toBeGreaterThan(times(100, 8));
});

test("texts of such pieces are read as the parser reads them, or not at all", () => {
  const texts = fc
    .array(fc.constantFrom(...PIECES, "a: ", "b", "\n  ", "\n- "), { maxLength: 12 })
    .map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      agrees(text, false);
    }),
    seeded(3000),
  );
});

test("however many blocks stand one after the other, what is no deeper is read quickly", () => {
  const text = `contracts:\n${"  - contract: a\n    lots:\n      - lot: 1\n        suppliers: [a]\n".repeat(100)}`;
  expect(readYamlQuickly(text, "a.yaml")).toBeDefined();
});
