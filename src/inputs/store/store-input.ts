import { lstatSync } from "node:fs";
import { join, resolve } from "node:path";
import { InputError, UserError } from "../../model/errors.ts";
import type { Wanted } from "../../model/wanted.ts";
import type { Database } from "./duckdb.ts";
import { type Manifest, manifestIn } from "./manifest.ts";

/** A record as a store holds it: a line of a register in JSON Lines, with the number of the line. */
export interface StoredLine {
  readonly line: number;
  readonly text: string;
}

/** A store that was named as data. */
export interface StoreInput {
  readonly kind: "store";
  readonly file: string;
  readonly manifest: Manifest;
  /** What stands before contracts: sources, suppliers, queries, and what not to tell of. */
  readonly definitions: () => AsyncIterable<readonly StoredLine[]>;
  /** The contracts in reading order: those that a question may be about, or all where one of its ids is not there. */
  readonly contracts: (wanted?: Wanted) => AsyncIterable<readonly StoredLine[]>;
  /** What was told when it was made, as JSON: the kind of each, and the rest. */
  readonly told: () => AsyncIterable<readonly StoredLine[]>;
}

/** The store that a folder is; undefined where it is none. */
export const storeAt = (folder: string): StoreInput | undefined => {
  const manifest = manifestIn(folder);
  return manifest && { kind: "store", file: folder, manifest, ...linesIn(folder) };
};

const linesIn = (folder: string): Pick<StoreInput, "definitions" | "contracts" | "told"> => {
  const absolute = resolve(folder);
  return {
    definitions: () => linesOf(absolute, "record", async () => "contract IS NULL"),
    contracts: (wanted) =>
      linesOf(absolute, "record", async (from, database, sql) =>
        wanted !== undefined && (await hasAll(database, from, wanted, sql))
          ? conditionOf(wanted, sql)
          : "contract IS NOT NULL",
      ),
    told: () => linesOf(absolute, "note", async () => "true"),
  };
};

type Sql = typeof import("./duckdb.ts");

/** The lines of one table that are so, in reading order. */
async function* linesOf(
  folder: string,
  table: "record" | "note",
  conditionIn: (from: string, database: Database, sql: Sql) => Promise<string>,
): AsyncGenerator<readonly StoredLine[]> {
  yield* asking(folder, table, async function* (database, from, sql) {
    const condition = await conditionIn(from, database, sql);
    const question = `SELECT line, json FROM ${from} WHERE ${condition} ORDER BY line`;
    for await (const rows of database.rows(question))
      yield rows.map(([line, text]) => ({ line: Number(line), text: String(text) }));
  });
}

/** Whether each id is in the store: a wrong one is told with what comes near it, for which all must be read. */
const hasAll = async (database: Database, from: string, { contracts, lots }: Wanted, sql: Sql): Promise<boolean> => {
  const listOf = (ids: readonly string[]) => ids.map(sql.sqlText).join(", ");
  const counts = [
    ...(contracts
      ? [[`SELECT count(DISTINCT contract) FROM ${from} WHERE contract IN (${listOf(contracts)})`, contracts] as const]
      : []),
    ...(lots
      ? [
          [
            `SELECT count(DISTINCT id) FROM (SELECT unnest(lots) AS id FROM ${from}) WHERE id IN (${listOf(lots)})`,
            lots,
          ] as const,
        ]
      : []),
  ];
  for (const [question, ids] of counts)
    for await (const [row] of database.rows(question)) if (Number(row?.[0]) < new Set(ids).size) return false;
  return true;
};

const conditionOf = ({ contracts, lots }: Wanted, { sqlText }: Sql): string =>
  [
    ...(contracts ? [`contract IN (${contracts.map(sqlText).join(", ")})`] : []),
    ...(lots ? [`list_has_any(lots, [${lots.map(sqlText).join(", ")}])`] : []),
  ].join(" OR ");

/**
 * Opens a table of a store for one question. What DuckDB finds wrong with it is an input that cannot be read, and so is a
 * link, which could lead anywhere.
 */
async function* asking<T>(
  folder: string,
  table: string,
  ask: (database: Database, from: string, sql: Sql) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const file = join(folder, `${table}.parquet`);
  if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new InputError(`${file} is missing or no file`, REMAKE);
  const sql = await import("./duckdb.ts");
  const database = await sql.openDatabase([folder]);
  try {
    yield* ask(database, `read_parquet(${sql.sqlPath(file)})`, sql);
  } catch (error) {
    if (error instanceof UserError || !(error instanceof Error)) throw error;
    throw new InputError(`${file} cannot be read: ${error.message.split("\n")[0]}`, REMAKE);
  } finally {
    database.close();
  }
}

const REMAKE = "make the store anew: lotbook index … -o FOLDER";
