import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import { awards, contracts, FORMATS, lots, type Register, show, sources, suppliers, total } from "../../src/index.ts";
import { layOutRegister } from "../../src/writers/format-registers.ts";
import { STARTER_REGISTER } from "../../src/writers/starter-register.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { openText } from "../open-text.ts";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { allOf } from "../reading.ts";
import { seeded } from "../seeded.ts";
import { diceFrom, type MessyText, messyYaml } from "./messy-yaml.ts";

let folder = "";
const at = (name: string): string => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lotbook-files-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const UNTIDY = "contracts:\n- title: Masts # ours\n  contract: masts\n  lots: [{lot: 1}]\n";
const TIDY = "contracts:\n  - contract: masts\n    title: Masts # ours\n    lots: [{ lot: 1 }]\n";

test("init writes a register, and never another one over it", async () => {
  const first = await runInProcess(["init", at("own.yaml")]);
  expect(first).toEqual({
    stdout: `${at("own.yaml")} is there to start from: lotbook lots ${at("own.yaml")}\n`,
    stderr: "",
    exitCode: 0,
  });
  expect(readFileSync(at("own.yaml"), "utf8")).toBe(STARTER_REGISTER);
  writeFileSync(at("own.yaml"), UNTIDY);
  const second = await runInProcess(["init", at("own.yaml")]);
  expect(second).toEqual({
    stdout: "",
    stderr: `lotbook: cannot write ${at("own.yaml")}: it is there already\n  hint: nothing is overwritten: choose another name\n`,
    exitCode: 74,
  });
  expect(readFileSync(at("own.yaml"), "utf8")).toBe(UNTIDY);
  expect(readdirSync(folder)).toEqual(["own.yaml"]);
});

test("what init writes is a good register, in the one layout, on one screen", async () => {
  const file = at("own.yaml");
  await runInProcess(["init", file]);
  const check = JSON.parse((await runInProcess(["check", file, "--json"])).stdout);
  expect(check.filter(({ severity }: { readonly severity: string }) => severity !== "info")).toEqual([]);
  expect((await runInProcess(["fmt", "--check", file])).exitCode).toBe(0);
  const lines = STARTER_REGISTER.split("\n");
  expect(lines.length).toBeLessThan(60);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
});

test("fmt writes what changes, and only that; permissions stay", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  writeFileSync(at("b.yml"), TIDY.replaceAll("masts", "lamps"));
  chmodSync(at("a.yaml"), 0o600);
  const before = statSync(at("b.yml"));
  const { stdout, exitCode } = await runInProcess(["fmt", folder]);
  expect(stdout).toContain(`${at("a.yaml")}  changed\n1 file is laid out already.\n`);
  expect(exitCode).toBe(0);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(TIDY);
  expect(statSync(at("a.yaml")).mode & 0o777).toBe(0o600);
  expect(statSync(at("b.yml"))).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
});

test("fmt --check writes nothing", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  expect((await runInProcess(["fmt", "--check", folder])).exitCode).toBe(1);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(UNTIDY);
});

test("fmt writes nothing where one of the files cannot be read", async () => {
  writeFileSync(at("a.yaml"), UNTIDY);
  writeFileSync(at("b.yaml"), "contracts: [\n");
  const { stderr, exitCode } = await runInProcess(["fmt", folder]);
  expect(exitCode).toBe(65);
  expect(stderr).toContain(`${at("b.yaml")}:1:13: `);
  expect(readFileSync(at("a.yaml"), "utf8")).toBe(UNTIDY);
});

const laidOut = async (text: string): Promise<string> => {
  const result = await layOutRegister(text, "r.yaml");
  if ("findings" in result) throw new Error(result.findings.map(({ message }) => message).join("\n"));
  return result.text;
};

const jsonOf = async <Row>(report: Report<Row>): Promise<string> =>
  (await allOf(FORMATS.json(arrange(report, {})))).join("");

/** Everything that a register answers. */
const answersOf = async (register: Register): Promise<string> => {
  const at = { year: 2017, month: 3 };
  const cards = ["c1", "a", "b", "c"].map((thing) => jsonOf(show(register, thing, { sources: true, at })));
  const listings = [
    jsonOf(lots(register)),
    jsonOf(awards(register)),
    jsonOf(suppliers(register)),
    jsonOf(contracts(register, { at })),
    jsonOf(total(register)),
    jsonOf(sources(register)),
  ];
  return (await Promise.all([...listings, ...cards])).join("\n");
};

test("a comment behind a dash is of the item, wherever its first key comes to stand", async () => {
  const written =
    "contracts:\n  - contract: k\n    lots:\n      -\n        # Of the lot.\n        title: T\n        lot: 1\n";
  expect(await laidOut(written)).toBe(
    "contracts:\n  - contract: k\n    lots:\n      # Of the lot.\n      - lot: 1\n        title: T\n",
  );
});

const messy: fc.Arbitrary<{ readonly register: WrittenRegister; readonly written: MessyText }> = fc
  .tuple(randomRegister, fc.nat(2 ** 31))
  .map(([register, seed]) => ({ register, written: messyYaml({ ...register }, diceFrom(seed)) }));

test("random registers, however they were typed, say the same in the one layout, with every comment", async () => {
  await fc.assert(
    fc.asyncProperty(messy, async ({ written: { text, comments } }) => {
      const once = await laidOut(text);
      expect(await answersOf(await openText(once))).toBe(await answersOf(await openText(text)));
      const kept = once.match(/#[ ]*c\d+: \[x\] "y" - z$/gm) ?? [];
      expect([...kept].sort()).toEqual([...comments].sort());
      expect(await laidOut(once)).toBe(once);
    }),
    seeded(20),
  );
});

const TYPED = `--- # begin
# yaml-language-server: $schema=register.schema.json
# about the file

# about contracts
contracts:
# the first
- title: 'X'   # its title
  # the id
  contract: "c" # id
  lots: [ {title: a, lot: 1, # one
     ceiling: "EUR 1M"}, # first lot
     # second
     {lot: "2", title: yes} ]
  # end of the contract

# own line at the end of contracts
- contract: d
  note: >-
        folded
        over lines
  description: "two
      lines" # said
  links:
  - https://example.org/x?y=1#z
  unknown: 1
  tags:
  - [a]
  buyer:
  # who that is
    Port
  lots:
    -
      # deep
      lot: 1
      cpv: ['72000000', "72000000-5"]
      term:
      suppliers: [anybody-whose-name-is-long, anybody-whose-name-is-longer, anybody-whose-name-is-even-longer, but-there-is-an-end]
suppliers:
- {name: A, supplier: 'a'}
- supplier: b
  name:
     s 1: "It's"
     "s: 2": B # why
... # end
`;

const LAID_OUT = `# begin
# yaml-language-server: $schema=register.schema.json
# about the file

suppliers:
  - { supplier: a, name: A }
  - supplier: b
    name:
      s 1: It's
      "s: 2": B # why
  # end

# about contracts
contracts:
  # the first
  # the id
  - contract: c # id
    title: X # its title
    lots:
      - # first lot
        lot: 1 # one
        title: a
        ceiling: EUR 1M
      # second
      - { lot: "2", title: yes }
    # end of the contract

  # own line at the end of contracts
  - contract: d
    description: "two
      lines" # said
    # who that is
    buyer: Port
    note: >-
      folded
      over lines
    lots:
      # deep
      - lot: 1
        cpv: ['72000000', "72000000-5"]
        term:
        suppliers:
          - anybody-whose-name-is-long
          - anybody-whose-name-is-longer
          - anybody-whose-name-is-even-longer
          - but-there-is-an-end
    tags:
      - [a]
    links:
      - https://example.org/x?y=1#z
    unknown: 1
`;

test("keys stand in the order of the format, and comments stay with what they are about", async () => {
  expect(await laidOut(TYPED)).toBe(LAID_OUT);
  expect(await laidOut(LAID_OUT)).toBe(LAID_OUT);
});

test.each([
  ["# yaml-language-server: $schema=x", "# yaml-language-server: $schema=x\nsuppliers: []\n\ncontracts: []\n"],
  ["# no # yaml-language-server: x", "suppliers: []\n\n# no # yaml-language-server: x\ncontracts: []\n"],
])("a comment is about the file, or goes with its key: %s", async (comment, expected) => {
  expect(await laidOut(`${comment}\ncontracts: []\nsuppliers: []\n`)).toBe(expected);
});

test("lines that end as on Windows stay so", async () => {
  expect(await laidOut(TYPED.replaceAll("\n", "\r\n"))).toBe(LAID_OUT.replaceAll("\n", "\r\n"));
});

test("JSON, which is YAML in brackets, stays as it is", async () => {
  const json = '{"contracts":\n[{"lots": [{"lot": "1"}], "contract": "c"}]}';
  expect(await laidOut(json)).toBe(json);
});

const layOutOne = async (value: string): Promise<string> => {
  const [, line = ""] = (await laidOut(`contracts:\n  - note: ${value}\n`)).split("- note: ");
  return line;
};

test.each([
  ["'plain words'", "plain words"],
  ['"Télécom"', "Télécom"],
  ["'it''s'", "it's"],
  ['"2016"', '"2016"'],
  ["2016", "2016"],
  ["'no'", "'no'"],
  ["no", "no"],
  ['"a: b"', '"a: b"'],
  ["'a #b'", "'a #b'"],
  ["'- a'", "'- a'"],
  ["' a'", "' a'"],
  ['"a\\tb"', '"a\\tb"'],
  ["'10.2M'", "'10.2M'"],
  ["EUR 10.20M", "EUR 10.20M"],
  ["[ 'a,b' , \"c\" ]", "['a,b', c]"],
  ["{ a : [], b: {} }", "{ a: [], b: {} }"],
  ["{ 'a,b' : c }", "{ 'a,b': c }"],
  ["x\n    ? >\n    : y", 'x\n    "": y'],
  ["x\n    ? |\n    : y", 'x\n    "": y'],
  ["[]", "[]"],
  ["|2\n        deep\n      flat", "|2\n        deep\n      flat"],
  ["|+\n      kept\n\n", "|+\n      kept\n\n"],
  ["|+\n\n\n", '"\\n\\n\\n"'],
  [">2-\n      folded\n      so", "|-\n      folded so"],
  ['"\\n"', '"\\n"'],
])("quotes stand where they are needed: %s", async (written, expected) => {
  expect(await layOutOne(written)).toBe(`${expected}\n`);
});

test("a line that a text ends with is all that is empty before what follows", async () => {
  const text = "contracts:\n  - contract: c\n    note: |+\n      kept\n\n  # of d\n  - contract: d\n";
  expect(await laidOut(text)).toBe(text);
});

test.each([
  ["contracts: [", "Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ["services:\n  web: { image: x }\n", 'unknown key "services"'],
  ["- contract: c\n", "this is not a register"],
  ["contracts:\n  - { contract: c, contract: d }\n", 'the key "contract" stands twice in one map'],
  ["contracts:\n  - &a { contract: c }\n", "anchors are not allowed"],
])("what is no register has no layout: %s", async (text, message) => {
  await expect(laidOut(text)).rejects.toThrow(message);
});

test.each([
  [
    "Azure Pipelines, anywhere in a line",
    'name: "##vso[task.setvariable variable=PATH]x"',
    '"\\u0023#vso[task.setvariable variable=PATH]x"',
  ],
  ["GitHub Actions, at the beginning of one", "name: |\n      ::error::x", '"::error::x\\n"'],
  ["where a text goes on", "name: a\n      ::error::x", "a ::error::x"],
  ["GitLab", "name: >-\n      a\n\n      section_start:1:x", '"a\\nsection_start:1:x"'],
  ["a sign that turns what follows around", 'name: "a\u202Eb"', '"a\\u202eb"'],
])("what a log would obey is no line of a layout: %s", async (_, name, written) => {
  const text = await laidOut(`suppliers:\n  - supplier: b\n    ${name}\n`);
  expect(text).toBe(`suppliers:\n  - supplier: b\n    name: ${written}\n`);
  expect(await laidOut(text)).toBe(text);
});
