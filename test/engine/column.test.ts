import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { writable } from "../../src/engine/column.ts";
import * as library from "../../src/index.ts";
import { runInProcess } from "../cases/run-in-process.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FILES = ["examples/fleet.yaml", "examples/harbour.yaml", "examples/machines.yaml", "examples/award-notice.xml"];

/** Amounts of JSON as texts, to hold them against what has them so. */
const withTextAmounts = (json: string): unknown =>
  JSON.parse(json.replace(/"(amount|quantity|least)": (-?[\d.]+)(?=[,}])/g, '"$1": "$2"'));

/** A least percentage is a number in both. */
const withNumberPercents = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, part) =>
    typeof part === "object" && part !== null && ("percent" in part || "number" in part) && "least" in part
      ? { ...part, least: Number(part.least) }
      : part,
  );

type Question = (register: library.Register, selection: library.Selection) => AsyncIterable<unknown>;

const QUESTIONS: readonly (readonly [name: string, question: Question])[] = [
  ["lots", library.lots],
  ["contracts", library.contracts],
  ["suppliers", library.suppliers],
  ["awards", library.awards],
  ["sources", library.sources],
  ["compare", library.compare],
  ["headroom", library.headroom],
  ["expiring", library.expiring],
  ["timeline", library.timeline],
  ["total", library.total],
];

describe.each(FILES)("JSON.stringify writes the rows of %s", (file) => {
  test.each(QUESTIONS)("as lotbook %s --json does, with amounts as texts", async (name, question) => {
    const register = await library.openRegister(join(ROOT, file));
    const rows: unknown[] = [];
    for await (const row of question(register, { at: "2025-06-30" })) rows.push(row);
    const { stdout } = await runInProcess([name, join(ROOT, file), "--json", "--at", "2025-06-30"]);
    expect(withNumberPercents(rows)).toEqual(withNumberPercents(withTextAmounts(stdout)));
  });
});

test("amounts are written by themselves, too, and exact", async () => {
  const register = await library.openRegister({
    text: "contracts: [{ contract: c, lots: [{ lot: 1, ceiling: EUR 9007199254740993.10 }, { lot: 2, ceiling: EUR 1M }] }]",
  });
  const found: string[] = [];
  for await (const { ceiling, lot } of library.lots(register)) found.push(JSON.stringify({ lot, ceiling }));
  expect(found).toEqual([
    '{"lot":"1","ceiling":{"amount":"9007199254740993.10","currency":"EUR"}}',
    '{"lot":"2","ceiling":{"amount":"1000000","currency":"EUR"}}',
  ]);
});

test("what is no object is left as it is", () => {
  expect(writable([], 7)).toBe(7);
  expect(writable([], null)).toBe(null);
});
