import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../src/model/errors.ts";
import type { Question } from "../../src/model/wanted.ts";
import { type Contract, contractCodec } from "../../src/records/contract.ts";
import { collectReferences } from "../../src/register/definitions.ts";
import { recordOn } from "../../src/register/json-lines.ts";
import { openRegister } from "../../src/register/open-register.ts";
import { decodeContract, decodeLine } from "../../src/register/records.ts";
import type { ReferenceTable } from "../../src/register/references.ts";
import { locateLater } from "../../src/syntax/json.ts";
import { JsonCursor } from "../../src/syntax/json-cursor.ts";
import { isList, isMap, type PlainMap } from "../../src/syntax/plain.ts";
import { times } from "../long.ts";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { seeded } from "../seeded.ts";

const PLACE = { file: "r.jsonl", line: 1 };

const recordsOf = (records: readonly PlainMap[]) =>
  records.flatMap((record) => recordOn(JSON.stringify(record), PLACE, []) ?? []);

const referencesOf = ({ sources, suppliers }: WrittenRegister): ReferenceTable =>
  collectReferences({ sources: recordsOf(sources), suppliers: recordsOf(suppliers) }, []);

/** A contract with all that it holds, as text; where its parts stand included, for those that say so. */
const shown = (contract: Contract | undefined): string => {
  const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  const show = (_: string, value: unknown): unknown => {
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "function") return value.length === 0 ? value() : undefined;
    if (value instanceof Map) return [...value];
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(sorted(value))
      : value;
  };
  return JSON.stringify([contract, contract?.origin.locate(["lots", 0, "title"], "key")], show, 1) ?? "";
};

const readQuickly = (line: string, references: ReferenceTable, extent?: "sketch"): Contract | undefined => {
  const json = new JsonCursor();
  const origin = { locate: locateLater(line, PLACE) };
  return decodeLine(contractCodec, json, { text: line, start: 0, line }, references, origin, extent);
};

const readExactly = (line: string, references: ReferenceTable) => {
  const findings: Finding[] = [];
  const record = recordOn(line, PLACE, findings);
  return { contract: record && decodeContract(record, references, findings), findings };
};

const idsOf = (contract: Contract | undefined) => contract && [contract.id, ...contract.lots.map(({ id }) => id)];

/** What a sketch leaves out, it states; and so it refuses what is not read quickly. */
const sketchAlike = (line: string, references: ReferenceTable, quick: Contract | undefined): void => {
  const sketch = readQuickly(line, references, "sketch");
  if (sketch !== undefined) expect(idsOf(sketch)).toEqual(idsOf(quick));
  else if (quick !== undefined) expect(line).toMatch(/"(modifications|ceilingPerSupplier|quantityPerSupplier)"/);
};

/** What is read quickly is read so by the exact reader, which has nothing to say of it. Whether it was read quickly. */
const readAlike = (line: string, references: ReferenceTable): boolean => {
  const quick = readQuickly(line, references);
  sketchAlike(line, references, quick);
  if (quick === undefined) return false;
  const { contract, findings } = readExactly(line, references);
  expect(findings).toEqual([]);
  expect(shown(quick)).toBe(shown(contract));
  return true;
};

/** The ways in which programs write JSON. */
const spaced = (text: string): string =>
  JSON.stringify(JSON.parse(text), null, 1).replace(/,\n */g, ", ").replace(/\n */g, "");
const WAYS = [(text: string) => text, spaced, (text: string) => text.replaceAll('","', '", "')];

/** A record, and the same with one of its keys alone beside its id. */
const thinned = (record: PlainMap, id: string): readonly PlainMap[] => [
  record,
  ...Object.entries(record).map(([key, value]) => ({ [id]: record[id] ?? null, [key]: value })),
];

const lotsOf = ({ lots = [] }: PlainMap): readonly PlainMap[] => (isList(lots) ? lots.filter(isMap) : []);

/** A contract with all that it says, and with one thing of it or of a lot. */
const thinnedContract = (contract: PlainMap): readonly PlainMap[] => [
  ...thinned(contract, "contract").map((thin) => ({ ...thin, lots: contract.lots ?? [] })),
  ...thinned(contract, "contract").map((thin) => ({
    ...thin,
    lots: lotsOf(contract).map(({ lot = "" }) => ({ lot })),
  })),
  ...lotsOf(contract).flatMap((lot) =>
    thinned(lot, "lot").map((thin) => ({ contract: "c", source: "s1", lots: [thin] })),
  ),
];

test("contracts that are read quickly are what the exact reader makes of them", () => {
  let quick = 0;
  fc.assert(
    fc.property(randomRegister, fc.constantFrom(...WAYS), (register, write) => {
      const references = referencesOf(register);
      for (const contract of register.contracts.flatMap(thinnedContract))
        if (readAlike(write(JSON.stringify(contract)), references)) quick++;
    }),
    seeded(100),
  );
  expect(quick).toBeGreaterThan(times(500, 50));
});

const REGISTER: WrittenRegister = {
  sources: [
    { source: "s1", title: "Notice" },
    { source: "s1 a", title: "Annex" },
  ],
  suppliers: [
    { supplier: "a", name: "Anker" },
    { supplier: "b", name: "Boje", aliases: ["Baken", "Łódź"] },
  ],
  contracts: [],
  queries: [],
  ignore: [],
};

const LINE =
  '{"contract":"c","title":"Kabel – Łódź","source":"s1 a 3","regime":"classic","vat":"included","buyer":"City","awardDate":"2020-02-29","term":"2 years + 1 renewal of 1 year","tags":["x","y"],"lots":[{"lot":"1","source":"s1","service":"IaaS","ceiling":"EUR 1234567.00","suppliers":["a","Baken","b"]},{"lot":"2","status":"cancelled","ceiling":"JPY 5","quantity":"25 machines","cpv":["72000000"],"suppliers":[]}]}';

const PARTS = [
  ...['"', "\\", "\\u0058", "\\n", ",", ":", "{", "}", "[", "]", " ", "\t", "\r", "\u007f", "\u0000", "0", "-", "."],
  ...["null", "12", "1.50", "true", '""', '"lot":"1",', '"title":"t",', '"source":"s1",', '"vat":"included",'],
  ...['"unknown":"x",', '"ceiling":"EUR 1",', "incl. VAT", "🚢", "\ud83d", "é", '{"s1":"a"}', ',"a"', "2021-02-29"],
];

/** The line with some of its letters taken out and others put in. */
const mutated = fc
  .array(fc.tuple(fc.nat(LINE.length), fc.nat(3), fc.constantFrom("", ...PARTS)), { minLength: 1, maxLength: 4 })
  .map((changes) => changes.reduce((line, [at, out, put]) => line.slice(0, at) + put + line.slice(at + out), LINE));

test("however a line is changed, it is read alike or left to the exact reader", () => {
  const references = referencesOf(REGISTER);
  let quick = 0;
  fc.assert(
    fc.property(mutated, (line) => {
      if (readAlike(line, references)) quick++;
    }),
    seeded(20_000),
  );
  expect(quick).toBeGreaterThan(times(200, 20));
});

test("lines as programs write them are read quickly, and no others", () => {
  const references = referencesOf(REGISTER);
  const changed: readonly (readonly [string, string])[] = [
    ['"c"', '"\\u0063"'],
    ['"c"', "1"],
    ['"title":', '"title" :'],
    ['"title":', '"unknown":'],
    ['"title":"Kabel – Łódź"', '"title":null'],
    ["Kabel", "Ka\tbel"],
    ["Kabel", "Ka\u007fbel"],
    ["Kabel", "\ud83d"],
    ['"buyer":"City"', '"buyer":{}'],
    ['"buyer":"City"', '"buyer":{"s1":"City","s1":"Town"}'],
    ['"buyer":"City"', '"buyer":{"s2":"City"}'],
    ['"buyer":"City"', '"buyer":"City","buyer":"City"'],
    ["2020-02-29", "2021-02-29"],
    ["EUR 1234567.00", "EUR 1234567.001"],
    ["EUR 1234567.00", "eur 5"],
    ['"lot":"2"', '"lot":"1"'],
    ['"a","Baken"', '"a","nobody"'],
    ['"s1 a 3"', '"s2"'],
    ['"status":"cancelled"', '"status":"cancelled","ceilingPerSupplier":"JPY 5"'],
    ['"tags":["x","y"]', '"tags":[]'],
    ["}]}", "}]} x"],
    ["}]}", "}]"],
  ];
  expect(readAlike(LINE, references)).toBe(true);
  for (const write of WAYS.slice(1)) expect(readAlike(write(LINE), references)).toBe(true);
  expect(readAlike(LINE.replace('"City"', '{"s1":"City","s1 a p. 3":"Town"}'), references)).toBe(true);
  for (const [from, to] of changed) {
    expect(LINE).toContain(from);
    expect(readQuickly(LINE.replace(from, to), references), to).toBeUndefined();
  }
});

test("who speaks for a contract may stand behind what it says", () => {
  const references = referencesOf(REGISTER);
  const line = '{"contract":"c","buyer":"City","lots":[],"source":"s1"}';
  expect(readQuickly(line, references)).toBeUndefined();
  expect(readExactly(line, references).contract?.buyer).toMatchObject([{ by: { source: "s1" } }]);
});

const readAll = async (text: string, question?: Question) => {
  const register = await openRegister("-", {
    lenient: true,
    async *stdin() {
      yield Buffer.from(text);
    },
  });
  const contracts: string[] = [];
  const ids: (readonly string[])[] = [];
  for await (const batch of register.contracts(question)) {
    ids.push(...batch.flatMap((contract) => [idsOf(contract) ?? []]));
    contracts.push(...batch.filter(({ id }) => question === undefined || id === WANTED).map(shown));
  }
  const moved = ({ position, ...finding }: Finding) => ({ ...finding, line: position?.line });
  return {
    ids,
    contracts: contracts.map((one) => one.replace(/"column": \d+|"text": .*/g, "")),
    findings: register.findings().map(moved),
  };
};

const WANTED = "k1";
const QUESTION: Question = {
  narrowing: { kind: "contracts", ids: [WANTED] },
  byRows: false,
  ids: { contract: [], lot: [], source: [] },
  inOneCurrency: [],
  onNarrowed: () => {},
};

/** Lines of which each is a contract or not, in any order, with what may stand between them. */
const files = fc.record({
  lines: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: mutated.filter((line) => !/[\n\r]/.test(line)) },
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.nat(30), fc.constantFrom("a", "b", "Baken", "Łódź", "nobody"))
          .map(
            ([id, seat]) =>
              `{"contract":"k${id}","lots":[{"lot":"1","ceiling":"EUR ${id}.50","suppliers":["${seat}"]}]}`,
          ),
      },
      { weight: 2, arbitrary: fc.constantFrom("", "  ", "{", "[]", '{"x":"y"}', '{"contract":"k1"}') },
    ),
    { maxLength: 12 },
  ),
  definesAt: fc.nat(12),
  end: fc.constantFrom("\n", "\r\n"),
  last: fc.boolean(),
  mark: fc.constantFrom("", "\ufeff"),
});

test("a file says the same with a space before each of its lines, which only the exact reader takes", async () => {
  const definitions = [...REGISTER.sources, ...REGISTER.suppliers].map((record) => JSON.stringify(record));
  await fc.assert(
    fc.asyncProperty(files, async ({ lines, definesAt, end, last, mark }) => {
      const [first, ...others] = definitions;
      const all = [first, ...lines.slice(0, definesAt), ...others, ...lines.slice(definesAt)];
      const textOf = (before: string) => mark + all.map((line) => before + line).join(end) + (last ? end : "");
      expect(await readAll(textOf(""))).toEqual(await readAll(textOf(" ")));
    }),
    seeded(200),
  );
});

test("a file says the same where a question is about few of its contracts, of which alone all is read", async () => {
  const definitions = [...REGISTER.sources, ...REGISTER.suppliers].map((record) => JSON.stringify(record));
  await fc.assert(
    fc.asyncProperty(files, async ({ lines, end, mark }) => {
      const text = mark + [...definitions, ...lines].join(end);
      const whole = await readAll(text);
      const asked = await readAll(text, QUESTION);
      const contracts = whole.contracts.filter((_, index) => whole.ids[index]?.[0] === WANTED);
      expect(asked).toEqual({ ...whole, contracts });
    }),
    { numRuns: 200 },
  );
});
