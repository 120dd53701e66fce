import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allCommands } from "../../src/commands/commands.ts";
import { isMoneyProblem, minorDigits, parseMoney, roundDecimal } from "../../src/model/money.ts";
import { runInProcess } from "../cases/run-in-process.ts";
import { someOf, times } from "../long.ts";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { seeded } from "../seeded.ts";

const COMMANDS = await allCommands();

/** A bound must stay a bound, and what is unknown unknown, whatever format says so (T8): CSV and TSV are held to the JSON. */

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonRow = Readonly<Record<string, Json>>;
type Fields = Readonly<Record<string, string>>;

const NUMBER_OR_TEXT = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** What a number begins with in rows that are held to others: a text may look like one. */
const NUMBER = "\u0001";

/** Rows of JSON with each number as the text that it is written with. */
const exactRows = (ndjson: string): readonly JsonRow[] =>
  ndjson
    .split("\n")
    .slice(0, -1)
    .map((line) =>
      JSON.parse(line.replace(NUMBER_OR_TEXT, (token) => (token.startsWith('"') ? token : `"\\u0001${token}"`))),
    );

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
  const written = (number: Json): string => String(number).replace(NUMBER, "");
  const unit = vat === undefined ? (json["unit"] ?? currency) : `${currency} incl. VAT`;
  return { value: written(value), currency: String(unit), bound: String(bound), least: written(least), state: "known" };
};

const figuresOf = (json: Json, type: string): readonly (Fields | undefined)[] => {
  if (type === "any" && json === null) return [NOTHING_OR_MISSING];
  if (type === "any" && typeof json === "string" && json.startsWith(NUMBER))
    return [{ ...BLANK, value: json.slice(NUMBER.length), bound: "exactly", state: "known" }];
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

const FIGURE =
  /(?<sign>[≥≤] )?(?<text>[A-Z]{3} -?\d+(?:,\d{3})*(?:\.\d+)?(?:k|M|bn)?)(?: to (?<most>[A-Z]{3} -?\d+(?:,\d{3})*(?:\.\d+)?(?:k|M|bn)?))?(?<vat> incl\. VAT)?|(?<ratio>[≥≤] )?(?<share>-?\d+(?:\.\d+)?)(?: to (?<up>-?\d+(?:\.\d+)?))?(?= %|$)|not stated|withheld|–/gu;

const BOUNDS: Readonly<Record<string, string>> = { "≥ ": "atLeast", "≤ ": "atMost" };

/** An amount to its minor unit, however it is written. */
const minorOf = (text: string): string => {
  const money = parseMoney(text);
  if (isMoneyProblem(money)) throw new TypeError(text);
  return `${money.currency} ${money.minor}`;
};

/** What people read in a cell of figures, in the words of JSON. */
const figuresRead = (cell: string): readonly string[] =>
  [...cell.matchAll(FIGURE)].map(({ 0: whole, groups = {} }) => {
    const { sign = "", text, most, vat = "", ratio = "", share, up } = groups;
    if (text !== undefined) {
      const [least, value] = most === undefined ? ["", text] : [minorOf(text), most];
      const bound = most === undefined ? (BOUNDS[sign] ?? "exactly") : "between";
      return [minorOf(value) + vat, bound, least].join("|");
    }
    if (share === undefined) return whole === "–" ? "not stated" : whole;
    return up === undefined ? [share, BOUNDS[ratio] ?? "exactly", ""].join("|") : [up, "between", share].join("|");
  });

/** What JSON says of a figure, in the same words. */
const figureSaid = (figure: Fields | undefined): string => {
  const { value = "", currency = "", bound = "", least = "", state } = figure ?? {};
  if (state !== "known") return state === "withheld" ? state : "not stated";
  const [code = "", vat = ""] = currency.split(/(?= incl)/);
  if (code === "") return [value, bound, least].join("|");
  // JSON has all decimals that a notice states, people those of the currency.
  const minor = (literal: string) => `${code} ${roundDecimal(literal, minorDigits(code))}`;
  return [minor(value) + vat, bound, least === "" ? "" : minor(least)].join("|");
};

/** What figures the columns had, so that nothing is held to nothing. */
const kinds = new Set<string>();

/** Holds a column by itself: what people read of it is what JSON says, and JSON with `--fields` fits its schema. */
const holdColumn = async (words: readonly string[], name: string, input: Buffer): Promise<void> => {
  const answer = async (format: string) =>
    (await runInProcess([...words, "--fields", name, "-f", format], { input })).stdout;
  const said = exactRows(await answer("ndjson")).map((row) => row[name] ?? null);
  const read = (await answer("markdown"))
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  for (const [nth, line] of read.entries()) {
    const expected = figuresOf(said[nth] ?? null, typesOf(words).get(name) ?? "").map(figureSaid);
    for (const figure of expected) kinds.add(figure.split("|")[1] ?? figure);
    expect([name, ...figuresRead(line.slice(2, -2))]).toEqual([name, ...expected]);
  }
};

const isFigure = (type: string): boolean => ["money", "moneys", "percent"].includes(type);

const holdColumns = async (words: readonly string[], input: Buffer): Promise<void> => {
  const [first] = exactRows((await runInProcess([...words, "-f", "ndjson"], { input })).stdout);
  const figures = [...typesOf(words)].filter(([name, type]) => isFigure(type) && first !== undefined && name in first);
  for (const [name] of someOf(figures, 2)) await holdColumn(words, name, input);
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
  "expiring --decisions",
  "timeline",
  "sources",
  "check",
  "orders",
  "orders --by supplier",
  "orders --by lot,month",
  "suppliers --shares",
].map((line) => line.split(" "));

const bytesOf = ({ sources, suppliers, contracts }: WrittenRegister): Buffer =>
  Buffer.from([...sources, ...suppliers, ...contracts].map((record) => `${JSON.stringify(record)}\n`).join(""));

/** Counts of things, which people read by their units, stand beside money and are held to JSON by themselves. */
const inMoney = (key: string, value: unknown): unknown => (key.startsWith("quantity") ? undefined : value);

/** What people do not read row by row as JSON has it: prose, and rows that for people are sentences below the table. */
const OTHERWISE_READ = new Set(["show c1", "show c1 --sources", "show a", "compare --all", "suppliers --shares"]);

test("people read of every amount what JSON says, each column by itself", async () => {
  await fc.assert(
    fc.asyncProperty(randomRegister, async ({ sources, suppliers, contracts }) => {
      const lines = [...sources, ...suppliers, ...contracts].map((record) => `${JSON.stringify(record, inMoney)}\n`);
      for (const words of QUESTIONS.filter((words) => !OTHERWISE_READ.has(words.join(" "))))
        await holdColumns([...words, "-d", "-"], Buffer.from(lines.join("")));
    }),
    { ...seeded(times(3, 2)), endOnFailure: true },
  );
  for (const kind of ["exactly", "atLeast", "not stated", "withheld"]) expect(kinds).toContain(kind);
});

describe("CSV and TSV say of every figure what JSON says", () => {
  test("of random registers, in every answer", async () => {
    await fc.assert(
      fc.asyncProperty(randomRegister, async (register) => {
        for (const words of QUESTIONS) await holdToJson([...words, "-d", "-"], bytesOf(register));
        await holdToJson(["diff", "examples/harbour.yaml", "-"], bytesOf(register));
      }),
      seeded(times(6, 2)),
    );
    const wanted = ["exactly", "atLeast", "atMost", "between", "known", "missing", "withheld", "several currencies"];
    for (const what of [...wanted, ...QUESTIONS.map((words) => [...words, "-d", "-"].join(" "))]) {
      expect(seen).toContain(what);
    }
  });
});
