import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allCommands } from "../../src/commands/commands.ts";
import { GROUPINGS } from "../../src/engine/total-groups.ts";
import { schemaOf } from "../answer-schemas.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { textOf, useRegisters } from "../engine/headroom/random-uses.ts";
import { times } from "../long.ts";
import { randomRegister } from "../random-register.ts";
import { seeded } from "../seeded.ts";

const COMMANDS = await allCommands();

const CITY = ["-d", "test/registers/city.yaml"];

/** Each command line, by its words without `--json`, over which data; between them they show every kind of cell. */
const QUESTIONS: readonly (readonly string[])[] = [
  ...["contracts", "lots", "suppliers", "awards", "total", "sources"].flatMap((name) => [
    [name],
    [name, "-d", "test/registers/lines.jsonl"],
    [name, ...CITY],
  ]),
  ...GROUPINGS.flatMap((by) => [
    ["total", "--by", by],
    ["total", "--by", by, ...CITY],
  ]),
  ["total", "--by", "supplier", "--split", "equal"],
  ["total", "--by", "supplier", "--split", "equal", ...CITY],
  ["total", "--why"],
  ["total", "--why", ...CITY],
  ["show", "cloud-i"],
  ["show", "cloud-i", "--sources"],
  ["show", "2"],
  ["show", "atos", "--sources"],
  ["show", "consulting", ...CITY],
  ["show", "1.10", ...CITY],
  ["show", "LOT-0004", ...CITY, "--sources"],
  ["show", "big-group", ...CITY],
  ["lots", ...CITY, "--supplier", "nobody", "--quiet"],
  ["headroom", "--at", "2025-06-30"],
  ["headroom", "--at", "2025-06-30", "--burn", "-d", "examples/fleet.yaml"],
  ["headroom", "--fits", "EUR 1", "--lot", "1", "-d", "examples/fleet.yaml"],
  ["timeline"],
  ["timeline", ...CITY],
  ["expiring", "--at", "2016-01", "--renewals"],
  ["expiring", ...CITY, "--at", "2024-01", "--renewals"],
  ["compare"],
  ["compare", "--all", ...CITY],
  ["fields"],
  ["fields", "total"],
  ["check", "builtin:cloud-i"],
  ["check", ...CITY],
  ["check", "test/registers/bad/money.yaml"],
  ["fits", "EUR 1", "--lot", "1", "-d", "examples/fleet.yaml"],
  ["orders", "-d", "examples/fleet.yaml", "--at", "2025-06-30"],
  ["orders", "--by", "buyer", "-d", "examples/fleet.yaml", "--at", "2025-06-30"],
  ["fmt", "--check", "test/registers/untidy.yaml"],
  ["diff", "examples/harbour-2023.yaml", "examples/harbour.yaml"],
];

/** One question for each form of rows: the last of a command with these options and groupings, of whatever data. */
const FORMS = [
  ...new Map(
    QUESTIONS.map((words) => [[words[0], ...words.filter((word) => /^--|^\w+$/.test(word))].join(" "), words]),
  ).values(),
];

/** Questions that any data can be asked. */
const OF_ANY_DATA = [
  ...["contracts", "lots", "suppliers", "awards", "total", "total --by buyer,lot", "total --by supplier --split equal"],
  ...[
    "total --by contract",
    "total --by year",
    "total --why",
    "headroom",
    "headroom --burn",
    "timeline",
    "compare --all",
  ],
  ...[
    "expiring --renewals --at 2015",
    "expiring --decisions --at 2015",
    "orders",
    "orders --by lot,year",
    "sources",
    "check",
  ],
].map((line) => [...line.split(" "), ...(line === "check" ? ["-"] : ["-d", "-"])]);

const anyLines = randomRegister.map(({ sources, suppliers, contracts }) =>
  [...sources, ...suppliers, ...contracts].map((record) => JSON.stringify(record)).join("\n"),
);

const answerTo = async (words: readonly string[]): Promise<readonly object[]> => {
  const { stdout, stderr } = await runInProcess([...words, "--json"]);
  expect(stderr).toBe("");
  return JSON.parse(stdout);
};

/** The fields of each form of row that a schema describes, in their order. */
const describedFields = (schema: { items: RowSchema & { anyOf?: readonly RowSchema[] } }): readonly string[] =>
  (schema.items.anyOf ?? [schema.items]).map(({ properties = {} }) => Object.keys(properties).join(","));

interface RowSchema {
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** At full length each field is asked for by itself. */
const FIELDS_AT_ONCE = times(1, 3);

const inParts = <T>(all: readonly T[], length: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / length) }, (_, part) => all.slice(part * length, (part + 1) * length));

describe("lotbook schema describes what --json answers", () => {
  for (const words of QUESTIONS) {
    test(`lotbook ${words.join(" ")} --json`, async () => {
      const { schema, valid } = await schemaOf(words[0] ?? "");
      const answer = await answerTo(words);
      valid(answer);
      expect(valid.errors ?? []).toEqual([]);
      for (const row of answer) expect(describedFields(schema)).toContain(Object.keys(row).join(","));
    });
  }

  test("with --fields, too: each field of each answer, and all of them the other way round", async () => {
    const held = new Set<string>();
    for (const words of FORMS) {
      const [name = ""] = words;
      const { valid } = await schemaOf(name);
      const [row] = await answerTo(words);
      const fields = Object.keys(row ?? {});
      const alone = fields.filter((field) => !held.has(`${name} ${field}`));
      for (const asked of [...inParts(alone, FIELDS_AT_ONCE), ...(row === undefined ? [] : [fields.reverse()])]) {
        valid(await answerTo([...words, "--fields", asked.join(",")]));
        expect([name, asked, valid.errors ?? []]).toEqual([name, asked, []]);
        for (const field of asked) held.add(`${name} ${field}`);
      }
    }
    const columns = COMMANDS.flatMap(({ name, columns: described = [] }) =>
      described.map((column) => `${name} ${column.name}`),
    );
    expect(columns.filter((column) => !held.has(column))).toEqual([]);
  });

  test("of any data, with any of the fields in any order", async () => {
    const asked = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyLines, useRegisters.map(textOf)),
        fc.infiniteStream(fc.nat()),
        async (text, numbers) => {
          const input = Buffer.from(text);
          for (const words of OF_ANY_DATA) {
            const [name = ""] = words;
            const { valid } = await schemaOf(name);
            const whole: readonly object[] = JSON.parse(
              (await runInProcess([...words, "--json"], { input })).stdout || "[]",
            );
            if (whole.length > 0) asked.add(words.join(" "));
            valid(whole);
            expect([words, valid.errors ?? []]).toEqual([words, []]);
            const fields = Object.keys(whole[0] ?? {}).filter(() => (numbers.next().value ?? 0) % 3 === 0);
            if (fields.length === 0) continue;
            const some = fields.sort(() => ((numbers.next().value ?? 0) % 2) - 0.5);
            const { stdout } = await runInProcess([...words, "--json", "--fields", some.join(",")], { input });
            const rows: readonly object[] = JSON.parse(stdout);
            valid(rows);
            expect([words, some, valid.errors ?? []]).toEqual([words, some, []]);
            // Asked for by themselves, fields say what they say among others.
            const picked = whole.map((row) =>
              Object.fromEntries(some.map((field) => [field, new Map(Object.entries(row)).get(field)])),
            );
            expect([words, some, rows]).toEqual([words, some, picked]);
          }
        },
      ),
      { ...seeded(times(200, 3)), endOnFailure: true },
    );
    expect(OF_ANY_DATA.map((words) => words.join(" ")).filter((line) => !asked.has(line))).toEqual([]);
  }, 600_000);

  test("every command with an answer is among the questions", () => {
    const asked = new Set(QUESTIONS.map(([name]) => name));
    const answering = COMMANDS.filter(({ columns }) => columns !== undefined).map(({ name }) => name);
    expect(answering.filter((name) => !asked.has(name))).toEqual([]);
  });

  test.each([
    ["lots", {}],
    ["suppliers", [null]],
    ["lots", [{}]],
    ["lots", [{ lot: 1 }]],
    ["lots", [{ lot: "1", sole: null }]],
    ["total", [{ row: "total", lots: 1, known: 1, ceiling: 34400000 }]],
    ["total", [{ share: 1 }]],
    ["headroom", [{ used: 80.5 }]],
    ["headroom", [{ used: { percent: 80.5, bound: "about" } }]],
    ["diff", [{ percent: "25.0" }]],
  ])("it refuses another answer to %s: %j", async (command, answer) => {
    expect((await schemaOf(command)).valid(answer)).toBe(false);
  });

  test("it accepts a field that a later version adds", async () => {
    const ceiling = { amount: 1, currency: "EUR", more: 1 };
    const answer = [{ row: "total", lots: 1, known: 1, ceiling, awarded: null, ordered: null, sources: [], more: 1 }];
    expect((await schemaOf("total")).valid(answer)).toBe(true);
  });
});
