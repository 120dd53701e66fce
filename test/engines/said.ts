import { openRegister, type Register, storeSql, storeTables, total } from "../../src/index.ts";
import { openDatabase } from "../../src/inputs/store/duckdb.ts";
import { unitOf } from "../../src/model/money.ts";
import { allOf } from "../reading.ts";
import { type Engine, insertions, statementsIn } from "./engine.ts";

export const DAY = { year: 2026, month: 1, day: 2 };
const asked = { at: DAY };

/** What the views say, amounts as texts of their digits. */
const QUESTIONS: Readonly<Record<string, (text: (column: string) => string) => string>> = {
  counted_once: (text) =>
    `SELECT currency, ${text("minor")}, ${text("least")}, ${text("contracts")} FROM counted_once ORDER BY currency`,
  awarded_once: (text) => `SELECT currency, ${text("minor")}, ${text("least")} FROM awarded_once ORDER BY currency`,
  by_supplier: (text) =>
    `SELECT supplier, held, currency, ${text("minor")}, ${text("least")}, ${text("open_upwards")} FROM by_supplier ORDER BY supplier, held, currency`,
  headroom: (text) =>
    `SELECT contract, scope, ${text("minor")}, currency, ${text("ordered")}, ordered_currency, "use" FROM headroom`,
};

export const TEXT: Readonly<Record<string, (column: string) => string>> = {
  duckdb: (column) => `${column}::VARCHAR`,
  postgres: (column) => `${column}::text`,
  sqlite: (column) => `CAST(${column} AS TEXT)`,
  clickhouse: (column) => `toString(${column})`,
};

type Rows = readonly (readonly (string | undefined)[])[];

const sorted = (rows: Rows): readonly string[] => rows.map((row) => row.map((cell) => cell ?? "–").join(" | ")).sort();

/** What DuckDB says of the files as they are. */
export const sayDuckdb = async (store: string): Promise<Record<string, readonly string[]>> => {
  const database = await openDatabase([store]);
  try {
    await database.run(storeSql(storeTables(await openRegister([store])), "duckdb", store));
    const said: Record<string, readonly string[]> = {};
    for (const [view, question] of Object.entries(QUESTIONS)) {
      const rows = (await allOf(database.rows(question(TEXT["duckdb"] ?? String)))).flat();
      said[view] = sorted(rows.map((row) => row.map((cell) => (cell === null ? undefined : String(cell)))));
    }
    return said;
  } finally {
    database.close();
  }
};

/** What an engine says once the tables of a store are filled in it. */
export const sayEngine = async (store: string, engine: Engine): Promise<Record<string, readonly string[]>> => {
  const tables = storeTables(await openRegister([store]));
  await engine.clear();
  await engine.run([...statementsIn(storeSql(tables, engine.dialect)), ...(await insertions(store, tables, engine))]);
  return await sayFilled(engine);
};

/** What an engine says of the tables that are filled in it. */
export const sayFilled = async (engine: Engine): Promise<Record<string, readonly string[]>> => {
  const said: Record<string, readonly string[]> = {};
  for (const [view, question] of Object.entries(QUESTIONS))
    said[view] = sorted(await engine.rows(question(TEXT[engine.dialect] ?? String)));
  return said;
};

/** The known totals that lotbook gives: of ceilings and of awards, by unit; of bounds the upper end, or the lower one of an open one. */
export const sayLotbook = async (register: Register): Promise<readonly (readonly [string, string])[]> => {
  const sums: [string, string][] = [];
  for await (const { row, ceiling, awarded } of total(register, asked))
    for (const [view, amount] of [
      ["counted_once", ceiling],
      ["awarded_once", awarded],
    ] as const)
      if (row === "total" && typeof amount === "object" && amount.bound !== "atLeast")
        sums.push([view, `${unitOf(amount)} | ${amount.minor}`]);
  return sums;
};
