import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allCommands } from "../../src/commands/commands.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { seeded } from "../seeded.ts";

const COMMANDS = await allCommands();

/** A bound must stay a bound, and what is unknown unknown, whatever format says so (T8): CSV and TSV are held to the JSON. */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonRow = Readonly<Record<string, Json>>;
type Fields = Readonly<Record<string, string>>;

const NUMBER_OR_TEXT = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** Rows of JSON with each number as the text that it is written with. */
const exactRows = (ndjson: string): readonly JsonRow[] =>
  ndjson
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line.replace(NUMBER_OR_TEXT, (token) => (token.startsWith('"') ? token : `"${token}"`))));

const BLANK = { value: "", currency: "", bound: "", least: "", state: "" };

/** Null where a column has cells of any kind: no cell, or an amount that is missing. */
const NOTHING_OR_MISSING: Fields = { ...BLANK, state: expect.stringMatching(/^(missing)?$/) };

const isObject = (json: Json): json is JsonRow => typeof json === "object" && json !== null && !Array.isArray(json);

/** The fields of a figure that stands in JSON; undefined for any other value. */
const figureOf = (json: Json): Fields | undefined => {
  if (json === null) return { ...BLANK, state: "missing" };
  if (!isObject(json)) return undefined;
  if (json["withheld"] !== undefined) return { ...BLANK, state: "withheld" };
  const value = json["amount"] ?? json["quantity"] ?? json["percent"] ?? json["number"];
  if (typeof value !== "string") return undefined;
  const { currency = "", vat, bound = "exactly", least = "" } = json;
  const unit = vat === undefined ? (json["unit"] ?? currency) : `${currency} incl. VAT`;
  return { value: String(value), currency: String(unit), bound: String(bound), least: String(least), state: "known" };
};

const figuresOf = (json: Json, type: string): readonly (Fields | undefined)[] => {
  if (type === "any" && json === null) return [NOTHING_OR_MISSING];
  if (!Array.isArray(json)) return [figureOf(json)];
  if (json.length === 0) return [type === "moneys" ? figureOf(null) : undefined];
  const figures = json.map(figureOf);
  return figures.includes(undefined) ? [undefined] : figures;
};

const fieldsIn = (line: Fields, name: string): Fields =>
  Object.fromEntries(
    Object.keys(BLANK).map((field) => [field, line[field === "value" ? name : `${name}_${field}`] ?? ""]),
  );

/** What the answers had, so that nothing is held to nothing. */
const seen = new Set<string>();

/** Holds the lines of CSV of one row to its figures, and gives back how many there were. */
const holdToRow = (lines: readonly Fields[], row: JsonRow, types: ReadonlyMap<string, string>): number => {
  const figures = Object.entries(row)
    .filter(([name]) => `${name}_state` in (lines[0] ?? {}))
    .map(([name, json]) => [name, figuresOf(json, types.get(name) ?? "")] as const);
  const count = Math.max(1, ...figures.map(([, several]) => several.length));
  for (const [nth, line] of lines.slice(0, count).entries()) {
    for (const [name, several] of figures) {
      const said = fieldsIn(line, name);
      const expected =
        several.length === 1 && several[0] === undefined ? { ...BLANK, value: said["value"] } : several[nth];
      expect(said).toEqual(expected ?? BLANK);
      for (const field of ["bound", "state"]) seen.add(said[field] ?? "");
      if (said["state"] !== "" || said["currency"] !== "") expect(said["value"]).toMatch(/^(-?\d+(\.\d+)?)?$/);
    }
  }
  if (count > 1) seen.add("several currencies");
  return count;
};

const typesOf = (words: readonly string[]): ReadonlyMap<string, string> => {
  const { columns = [], variants = {} } = COMMANDS.find(({ name }) => name === words[0]) ?? {};
  return new Map([...columns, ...Object.values(variants).flat()].map(({ name, type }) => [name, type]));
};

const holdToJson = async (words: readonly string[], input: Buffer): Promise<void> => {
  const answer = async (format: string) => (await runInProcess([...words, "-f", format], { input })).stdout;
  const rows = exactRows(await answer("ndjson"));
  if (rows.length > 0) seen.add(words.join(" "));
  for (const [format, delimiter] of [
    ["csv", ","],
    ["tsv", "\t"],
  ] as const) {
    const quote = format === "csv" ? '"' : null;
    const lines: Fields[] = parse(await answer(format), { columns: true, delimiter, quote });
    let at = 0;
    for (const row of rows) at += holdToRow(lines.slice(at, at + 4), row, typesOf(words));
    expect(lines).toHaveLength(at);
  }
};

const QUESTIONS = [
  "contracts",
  "lots",
  "suppliers",
  "awards",
  "total",
  "total --by supplier --split equal",
  "total --by lot",
  "total --by buyer,year",
  "total --why",
  "headroom",
  "headroom --burn",
  "compare --all",
  "show c1",
  "show c1 --sources",
  "show a",
  "expiring --renewals",
].map((line) => line.split(" "));

const bytesOf = ({ sources, suppliers, contracts }: WrittenRegister): Buffer =>
  Buffer.from([...sources, ...suppliers, ...contracts].map((record) => `${JSON.stringify(record)}\n`).join(""));

describe("CSV and TSV say of every figure what JSON says", () => {
  test("of random registers, in every answer", async () => {
    await fc.assert(
      fc.asyncProperty(randomRegister, async (register) => {
        for (const words of QUESTIONS) await holdToJson([...words, "-d", "-"], bytesOf(register));
        await holdToJson(["diff", "examples/harbour.yaml", "-"], bytesOf(register));
      }),
      seeded(4),
    );
    const wanted = ["exactly", "atLeast", "atMost", "between", "known", "missing", "withheld", "several currencies"];
    for (const what of [...wanted, ...QUESTIONS.map((words) => [...words, "-d", "-"].join(" "))]) {
      expect(seen).toContain(what);
    }
  });
});
