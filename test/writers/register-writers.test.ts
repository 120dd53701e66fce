import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrange, type Report } from "../../src/engine/report.ts";
import { awards, contracts, FORMATS, lots, type Register, show, sources, suppliers, total } from "../../src/index.ts";
import { formatPartialDate } from "../../src/model/partial-date.ts";
import { openRegister } from "../../src/register/open-register.ts";
import type { PlainMap } from "../../src/syntax/plain.ts";
import { isList, isMap, type Plain } from "../../src/syntax/plain.ts";
import { layOutRegister } from "../../src/writers/format-registers.ts";
import { registerLines } from "../../src/writers/register-records.ts";
import { registerYaml } from "../../src/writers/register-yaml.ts";
import { openText } from "../open-text.ts";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { allOf } from "../reading.ts";
import { RECORD_FIELDS } from "../records/format-records.ts";
import { seeded } from "../seeded.ts";

const jsonOf = async <Row>(report: Report<Row>): Promise<string> =>
  (await allOf(FORMATS.json(arrange(report, {})))).join("");

/** Everything that a register answers. */
const answersOf = async (register: Register): Promise<readonly string[]> => {
  const at = { year: 2017, month: 3 };
  return Promise.all([
    jsonOf(lots(register, { at })),
    jsonOf(awards(register, { at })),
    jsonOf(suppliers(register, { at })),
    jsonOf(contracts(register, { at })),
    jsonOf(total(register, { at })),
    jsonOf(total(register, { at }, { by: "supplier", split: "equal" })),
    jsonOf(sources(register)),
    ...["c1", "a", "b", "c"].map((thing) => jsonOf(show(register, thing, { sources: true, at }))),
  ]);
};

/** All that a register holds, without where it stood. */
const modelOf = async (register: Register): Promise<unknown> => {
  const held = {
    sources: register.sources,
    suppliers: [...register.suppliers].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ignores: register.ignores,
    queries: [...register.queries],
    contracts: (await allOf(register.contracts())).flat(),
  };
  return JSON.parse(
    JSON.stringify(held, (key, value) => {
      if (["origin", "position", "statedHere"].includes(key)) return undefined;
      // A supplier is named by its id wherever it is not listed.
      if (typeof value === "object" && value !== null && "successions" in value && key !== "" && Number.isNaN(+key))
        return value.id;
      return typeof value === "bigint" ? String(value) : value;
    }),
  );
};

const linesOf = (register: WrittenRegister): string =>
  Object.values(register)
    .flat()
    .map((record) => `${JSON.stringify(record)}\n`)
    .join("");

const FOLDER = { folder: "." };
const asYaml = (register: Register): Promise<string> => registerYaml(register, FOLDER);
const asLines = async (register: Register): Promise<string> => (await allOf(registerLines(register, FOLDER))).join("");

describe("a register that is written and read back is the same", () => {
  test.each([
    ["YAML", asYaml],
    ["JSON Lines", asLines],
  ])("as %s", async (_, write) => {
    await fc.assert(
      fc.asyncProperty(randomRegister, async (random) => {
        const register = await openText(linesOf(random));
        const written = await write(register);
        const again = await openText(written);
        expect(await modelOf(again)).toEqual(await modelOf(register));
        expect(await answersOf(again)).toEqual(await answersOf(register));
        expect(await write(again)).toBe(written);
      }),
      seeded(25),
    );
  });

  test("the YAML is laid out as fmt does", async () => {
    await fc.assert(
      fc.asyncProperty(randomRegister, async (random) => {
        const written = await asYaml(await openText(linesOf(random)));
        expect(await layOutRegister(written, "r.yaml")).toEqual({ text: written });
      }),
      seeded(25),
    );
  });
});

test("a place of several lines in a source is a key on one", async () => {
  const stated = { contract: "c", lots: [{ lot: "1" }], buyer: { "p a\nb": "X", p: "Y" } };
  const written = await asYaml(await openText(`{"source":"p","title":"P"}\n${JSON.stringify(stated)}\n`));
  expect(written).toContain('\n      "p a\\nb": X\n');
});

test("a ledger is named from the folder it lies below, and elsewhere its orders are written out", async () => {
  const above = mkdtempSync(join(tmpdir(), "lotbook-ledgers-"));
  const folder = join(above, "..own");
  mkdirSync(folder);
  const path = join(folder, "r.yaml");
  writeFileSync(path, "contracts: [{ contract: c, lots: [{ lot: 1 }], ledger: { file: l.csv } }]");
  writeFileSync(join(folder, "l.csv"), "order,amount\nA,EUR 5\n");
  const register = await openRegister(path);
  const writtenTo = async (to: string | undefined): Promise<unknown> =>
    JSON.parse((await allOf(registerLines(register, { folder: to }))).join(""));
  expect(await writtenTo(folder)).toMatchObject({ ledger: "l.csv" });
  expect(await writtenTo(above)).toMatchObject({ ledger: join("..own", "l.csv") });
  for (const elsewhere of [join(above, "other"), join(folder, "below"), undefined])
    expect(await writtenTo(elsewhere)).toMatchObject({ orders: [{ order: "A", amount: "EUR 5" }] });
  rmSync(above, { recursive: true });
});

test("a notice is the source of what it states, of its own day", async () => {
  const register = await openRegister("test/notices/folder");
  const written = (await allOf(registerLines(register, FOLDER))).join("").trim().split("\n");
  const days = new Map(written.map((line) => JSON.parse(line)).map(({ source, date }) => [source, date]));
  const notices = (await allOf(register.contracts())).flat().flatMap(({ publications }) => publications);
  const dated = notices.flatMap(({ id, date }) => (date === undefined ? [] : [[id, formatPartialDate(date)] as const]));
  for (const [id, date] of dated) expect([id, days.get(id)]).toEqual([id, date]);
  expect(new Set(dated.map(([, date]) => date)).size).toBeGreaterThan(1);
});

/** The kinds of records in a value with their keys: `contracts.lots.title`. */
const keysIn = (plain: Plain, at: string): readonly string[] => {
  if (isList(plain)) return plain.flatMap((item) => keysIn(item, at));
  if (!isMap(plain)) return [];
  return Object.entries(plain).flatMap(([key, value]) => [`${at}.${key}`, ...keysIn(value, `${at}.${key}`)]);
};

test("the random registers leave out no field but the ledgers, which are files", () => {
  const samples = fc.sample(randomRegister, { numRuns: 100, seed: 1 });
  const used = new Set(
    samples.flatMap((lists) =>
      Object.entries(lists).flatMap(([list, records]: [string, readonly PlainMap[]]) => keysIn(records, list)),
    ),
  );
  const all = RECORD_FIELDS.map(({ kind, key }) => `${kind.name}.${key}`);
  const unused = all.filter((field) => !used.has(field) && !field.startsWith("contracts.ledger"));
  expect(unused).toEqual([]);
});
