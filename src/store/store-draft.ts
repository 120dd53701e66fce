import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MANIFEST } from "../inputs/data-words.ts";
import { type Database, openDatabase, sqlName, sqlText } from "../inputs/store/duckdb.ts";
import { type Manifest, manifestIn } from "../inputs/store/manifest.ts";
import { OutputError } from "../model/errors.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredTable } from "../model/stored-table.ts";
import { cannotWrite } from "../writers/write-fully.ts";
import { writeWhole } from "../writers/write-whole.ts";

/** What DuckDB makes of a text, by the type of a column; one that does not fit is an error, never cut. */
const CASTS: Readonly<Record<StoredColumn["type"], (column: string) => string>> = {
  text: (column) => column,
  texts: (column) => `CASE WHEN ${column} = '' THEN [] ELSE string_split(${column}, '${BETWEEN_TEXTS}') END`,
  count: (column) => `CAST(${column} AS BIGINT)`,
  minor: (column) => `CAST(${column} AS DECIMAL(38,0))`,
  ratio: (column) => `CAST(${column} AS DECIMAL(38,6))`,
  flag: (column) => `CAST(${column} AS BOOLEAN)`,
};

/**
 * A folder that comes to be whole or not at all: its tables are written into a draft beside it, which takes its name when
 * all is there. Only a store is replaced, and only by a whole one.
 */
export class StoreDraft {
  readonly folder: string;
  readonly #name: string;
  readonly #target: string;
  readonly #database: Database;
  readonly #counts: Record<string, number> = {};

  private constructor(name: string, target: string, folder: string, database: Database) {
    this.#name = name;
    this.#target = target;
    this.folder = folder;
    this.#database = database;
  }

  /** Begins a store of that name. Throws OutputError where something else is there, and what tells that DuckDB is missing. */
  static async begin(name: string): Promise<StoreDraft> {
    const target = resolve(name);
    refuseOthers(name, target);
    const folder = attempt(name, () => {
      mkdirSync(dirname(target), { recursive: true });
      const draft = join(dirname(target), `.lotbook-${Math.random().toString(36).slice(2, 10)}`);
      mkdirSync(draft);
      return draft;
    });
    try {
      return new StoreDraft(name, target, folder, await openDatabase([folder], folder));
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** How many rows each table has that was written. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  /** Writes a table; its rows are held by DuckDB, which puts what does not fit into memory into the folder. */
  async write({ name, columns, rows }: StoredTable): Promise<void> {
    const table = sqlName(name);
    const texts = columns.map((column) => `${sqlName(column.name)} VARCHAR`).join(", ");
    await this.#run(`CREATE TABLE ${table} (${texts})`);
    const appender = await this.#database.append(name, columns.length);
    let count = 0;
    for await (const batch of rows) {
      count += batch.length;
      appender.add(batch);
    }
    appender.close();
    const typed = columns.map((column) => `${CASTS[column.type](sqlName(column.name))} AS ${sqlName(column.name)}`);
    const file = sqlText(join(this.folder, `${name}.parquet`));
    await this.#run(`COPY (SELECT ${typed.join(", ")} FROM ${table}) TO ${file} (FORMAT parquet, COMPRESSION zstd)`);
    await this.#run(`DROP TABLE ${table}`);
    this.#counts[name] = count;
  }

  async writeManifest(manifest: Omit<Manifest, "tables">): Promise<void> {
    const text = `${JSON.stringify({ ...manifest, tables: this.#counts }, null, 2)}\n`;
    await writeWhole(join(this.folder, MANIFEST), [text]);
  }

  /** Puts the draft in the place of the store. */
  commit(): void {
    this.#database.close();
    attempt(this.#name, () => {
      const old = `${this.folder}-old`;
      const isThere = lstatSync(this.#target, { throwIfNoEntry: false }) !== undefined;
      if (isThere) renameSync(this.#target, old);
      renameSync(this.folder, this.#target);
      if (isThere) rmSync(old, { recursive: true, force: true });
    });
  }

  /** Forgets what was written; after {@link commit} there is nothing to forget. */
  discard(): void {
    try {
      this.#database.close();
    } catch {}
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #run(sql: string): Promise<void> {
    try {
      await this.#database.run(sql);
    } catch (error) {
      throw new OutputError(`cannot write ${this.#name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

const refuseOthers = (name: string, target: string): void => {
  const stats = attempt(name, () => lstatSync(target, { throwIfNoEntry: false }));
  if (stats === undefined) return;
  if (!stats.isDirectory())
    throw new OutputError(`cannot write ${name}: it is no folder`, "a store is a folder: name another");
  if (manifestIn(target) === undefined && readdirSync(target).length > 0)
    throw new OutputError(
      `cannot write ${name}: it is a folder that is no store`,
      "only a store is replaced: name another",
    );
};

const attempt = <Result>(name: string, action: () => Result): Result => {
  try {
    return action();
  } catch (error) {
    throw error instanceof OutputError ? error : cannotWrite(name, error);
  }
};
