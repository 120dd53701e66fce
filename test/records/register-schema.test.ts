import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { DataError, type Finding, openRegister, registerSchema } from "../../src/index.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { someOf } from "../long.ts";
import { CHECKER } from "../schema-checker.ts";
import { linesOfLists, RECORD_FIELDS, RECORD_KINDS, registerAround } from "./format-records.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const fileText = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const ajv = new Ajv2020({ ...CHECKER, allowUnionTypes: true });
const validate = ajv.compile(registerSchema());

const schemaProblems = (register: unknown): readonly string[] => {
  validate(register);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** What an editor says: it reads YAML with the core schema, where 2016 is a number, and checks it by the JSON Schema. */
const editorProblems = (text: string): readonly string[] => schemaProblems(parse(text));

/** What lotbook says: every finding of reading the text to its last contract. */
const readerProblems = async (text: string): Promise<readonly Finding[]> => {
  try {
    const register = await openRegister("-", {
      stdin: async function* () {
        yield Buffer.from(text);
      },
    });
    for await (const _ of register.contracts());
    return [];
  } catch (error) {
    if (error instanceof DataError) return error.findings;
    throw error;
  }
};

test("data/register.schema.json is what the reader's format says", () => {
  expect(JSON.parse(fileText("data/register.schema.json"))).toEqual(registerSchema());
});

test("`lotbook schema register` prints the same", async () => {
  expect((await runInProcess(["schema", "register"])).stdout).toBe(fileText("data/register.schema.json"));
});

test("the default register names the schema and is valid by it", () => {
  const text = fileText("data/cloud-i.yaml");
  expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=register.schema.json");
  expect(editorProblems(text)).toEqual([]);
});

test("a register of every kind of ceiling is valid by it", () => {
  expect(editorProblems(fileText("test/registers/city.yaml"))).toEqual([]);
});

describe("every field says what it means and shows an example that is right", () => {
  test("every kind of record is there", () => {
    expect(RECORD_KINDS.map(({ name }) => name)).toEqual([
      "sources",
      "suppliers",
      "suppliers.members",
      "suppliers.successions",
      "contracts",
      "contracts.lots",
      "contracts.groups",
      "contracts.renewals",
      "contracts.modifications",
      "contracts.orders",
      "contracts.ledger",
      "contracts.ledger.columns",
      "contracts.settledContracts",
      "contracts.sharedAwards",
      "contracts.publications",
      "contracts.notes",
      "contracts.links",
      "contracts.ignore",
      "queries",
      "ignore",
    ]);
  });

  for (const field of RECORD_FIELDS) {
    test(`${field.kind.name}.${field.key}`, async () => {
      expect(field.example).not.toBe("");
      const lines = linesOfLists(registerAround(field, field.example, "as texts"));
      expect(await readerProblems(lines)).toEqual([]);
      expect(schemaProblems(registerAround(field, field.example, "by an editor"))).toEqual([]);
    });
  }
});

test.each(RECORD_FIELDS.filter(({ kind, key }) => kind.schema.required?.includes(key)))(
  "a lack of $key in $kind.name is one mistake, and leads to no other",
  async (field) => {
    const problems = await readerProblems(JSON.stringify(registerAround(field, undefined, "as texts")));
    expect(problems.map(({ message }) => message)).toEqual([`"${field.key}" is missing`]);
  },
);

describe("no editor refuses what the reader accepts", () => {
  const VALUES = [
    ...["BT", "a b", "Télécom", "x/y", "EUR", "yes", "no", "true", "grouping", "company", "awarded", "BE", "NO", "be"],
    ...[
      "0",
      "1",
      "01",
      "1.10",
      "12",
      "-1",
      "0x1F",
      "1e3",
      "1_000",
      "2,500",
      ".5",
      "9007199254740993",
      "about 50",
      "75 %",
    ],
    ...["2016", "2015-12", "2015-12-18", "2015-12-18+01:00", "2024-02-30", "2015-13", "15-12-2015", "0000"],
    ...[
      "4 years",
      "1 year",
      "18 months",
      "0 years",
      "2 years + 2 renewals of 1 year",
      "2 years + 1 renewal of 6 months",
    ],
    ...[
      "EUR 1",
      "EUR 10.2M",
      "10.2M EUR",
      "EUR 10,252,762.00",
      "EUR 1.234",
      "EUR -1",
      "XXQ 1",
      "EUR 1e3",
      "JPY 100",
      "1",
    ],
    ...["withheld", "sole supplier", "cascade", "reopened competition", "mixed", "article", "article 3", "nobody 3"],
    ...['""', '"a"', "[]", "[a]", "[bt]", "[bt, bt]", "[1, 2]", "[12 offers]", "[{ name: N }]", "[{ lot: 1 }]", "{}"],
    ...["{ article: BT }", "{ article 2: EUR 1M }", "{ article 3: 2015 }", "{ article: [bt] }", "{ article: 4 years }"],
    ...[
      "{ nobody: BT }",
      "{ 1: BT }",
      "[[a]]",
      "{ article: { article: BT } }",
      "{ article: [{ name: N, country: ES }] }",
    ],
  ];

  for (const field of RECORD_FIELDS) {
    test(`${field.kind.name}.${field.key}`, async () => {
      const refused: string[] = [];
      for (const value of someOf(VALUES, 5)) {
        if (schemaProblems(registerAround(field, value, "by an editor")).length === 0) continue;
        const lines = linesOfLists(registerAround(field, value, "as texts"));
        if ((await readerProblems(lines)).length === 0) refused.push(value);
      }
      expect(refused).toEqual([]);
    });
  }
});

const CONTRACT = "contracts:\n  - contract: c\n    lots:\n      - lot: 1\n";
const SOURCE = "sources: [{ source: article, title: T }]\n";

describe("editor and reader judge alike", () => {
  test.each([
    ["nothing but a contract", CONTRACT],
    [
      "ids and titles that look like other things",
      `${CONTRACT}        title: 2016\n      - lot: 01\n        title: true\n`,
    ],
    [
      "one claim a line",
      `${SOURCE}${CONTRACT}        ceiling:\n          article 1: EUR 1M\n          article: withheld\n`,
    ],
    ["a lot that nobody holds", `${CONTRACT}        suppliers: []\n        status: closed-no-winner\n`],
    ["a contract of which no lot is known", "contracts: [{ contract: c, lots: [] }]\n"],
    ["suppliers alone", "suppliers:\n  - { supplier: a, name: A }\n  - { supplier: b, name: B, kind: grouping }\n"],
    ["JSON, which is YAML", `{ "contracts":\n[{"contract": "c", "lots": [{"lot": "1", "ceiling": "EUR 5"}]}]}`],
  ])("good: %s", async (_, text) => {
    expect(await readerProblems(text)).toEqual([]);
    expect(editorProblems(text)).toEqual([]);
  });

  test.each([
    ["a list in place of a register", "- contract: c\n"],
    ["a text in place of a list", "contracts: c\n"],
    ["an unknown list", `contract: c\n${CONTRACT}`],
    ["an unknown key", `${CONTRACT}        celing: EUR 1M\n`],
    ["a contract without an id", "contracts: [{ lots: [{ lot: 1 }] }]\n"],
    ["a contract without lots", "contracts: [{ contract: c }]\n"],
    ["a source without a title", "sources: [{ source: a }]\n"],
    ["a supplier without a name", "suppliers: [{ supplier: a }]\n"],
    ["a member without a name", "suppliers: [{ supplier: a, name: A, members: [{ country: ES }] }]\n"],
    ["an id with a space at its end", "contracts: [{ contract: 'c ', lots: [{ lot: 1 }] }]\n"],
    ["a ceiling without a currency", `${CONTRACT}        ceiling: 10.2M\n`],
    ["a ceiling that is a bare number", `${CONTRACT}        ceiling: 1000000\n`],
    ["a ceiling with an exponent", `${CONTRACT}        ceiling: EUR 1e6\n`],
    ["a negative ceiling", `${CONTRACT}        ceiling: EUR -1\n`],
    ["a status of its own", `${CONTRACT}        status: won\n`],
    ["a supplier in place of a list", `suppliers: [{ supplier: a, name: A }]\n${CONTRACT}        suppliers: a\n`],
    ["a date the other way round", "contracts: [{ contract: c, awardDate: 18.12.2015, lots: [{ lot: 1 }] }]\n"],
    ["a term without a unit", 'contracts: [{ contract: c, term: "4", lots: [{ lot: 1 }] }]\n'],
    ["a country by its name", "suppliers: [{ supplier: a, name: A, country: Norway }]\n"],
    ["a fact without a claim", `${CONTRACT}        service: {}\n`],
    ["an empty text", `${CONTRACT}        title: ""\n`],
    ["a key without a value", `${CONTRACT}        title:\n`],
    ["a truth value where yes or no is meant", "contracts: [{ contract: c, framework: true, lots: [{ lot: 1 }] }]\n"],
  ])("bad: %s", async (_, text) => {
    expect(await readerProblems(text)).not.toEqual([]);
    expect(editorProblems(text)).not.toEqual([]);
  });

  test.each([
    ["a day that does not exist", "contracts: [{ contract: c, awardDate: 2024-02-30, lots: [{ lot: 1 }] }]\n"],
    ["a currency that does not exist", `${CONTRACT}        ceiling: XXQ 1M\n`],
    ["more decimals than the currency has", `${CONTRACT}        ceiling: JPY 1.50\n`],
    ["a supplier that is not declared", `${CONTRACT}        suppliers: [nobody]\n`],
    ["a claim by nobody", `${CONTRACT}        service: { 1: IaaS }\n`],
    ["a source that is not declared", `${CONTRACT}        service: { nobody 3: IaaS }\n`],
    ["a lot that stands twice", `${CONTRACT}      - lot: "1"\n`],
    ["two kinds of ceiling", `${CONTRACT}        ceiling: EUR 1M\n        ceilingPerSupplier: EUR 1M\n`],
  ])("beyond a JSON Schema, the reader alone refuses: %s", async (_, text) => {
    expect(await readerProblems(text)).not.toEqual([]);
    expect(editorProblems(text)).toEqual([]);
  });
});
