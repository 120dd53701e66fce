import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MANIFEST } from "../inputs/data-words.ts";
import { type Appender, type Database, openDatabase, sqlName, sqlPath, sqlText } from "../inputs/store/duckdb.ts";
import { type Manifest, manifestIn } from "../inputs/store/manifest.ts";
import { OutputError } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import { BETWEEN_TEXTS, type StoredColumn, type StoredTable, type StoredValue } from "../model/stored-table.ts";
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
  bytes: (column) => `from_base64(${column})`,
};

/** A query that puts the rows that were written together with those of the store that is gone on with. */
export type Joining = (fresh: string, stored: string) => string;

/** A table that is being written. Its rows wait in memory until they are many, and then in pieces in the folder. */
export interface OpenTable {
  readonly add: (rows: readonly (readonly StoredValue[])[]) => Promise<void>;
  /** Writes the file: these rows, or what a query makes of them and those of the store before. */
  readonly close: (join?: Joining) => Promise<void>;
}

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
      return new StoreDraft(name, target, folder, await openDatabase([folder, target], folder));
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** How many rows each table has that was written. */
  get counts(): Readonly<Record<string, number>> {
    return this.#counts;
  }

  /** Begins a table; several may be open. */
  async open({ name, columns }: Pick<StoredTable, "name" | "columns">): Promise<OpenTable> {
    const pieces: string[] = [];
    let appender = await this.#begin({ name, columns });
    const all = { rows: 0, length: 0 };
    let waiting = { rows: 0, length: 0 };
    const flush = async () => {
      appender.close();
      const piece = join(this.folder, `${name}-${pieces.length}.rows`);
      pieces.push(piece);
      await this.run(`COPY (${typedRows({ name, columns })}) TO ${sqlText(piece)} (FORMAT parquet, COMPRESSION zstd)`);
      await this.run(`DROP TABLE ${sqlName(name)}`);
      all.rows += waiting.rows;
      all.length += waiting.length;
      waiting = { rows: 0, length: 0 };
    };
    return {
      add: async (rows) => {
        for (let start = 0; start < rows.length; start += MOST_AT_ONCE) {
          const some = rows.slice(start, start + MOST_AT_ONCE);
          appender.add(some);
          waiting.rows += some.length;
          waiting.length += lengthOf(some);
          if (waiting.rows < MOST_WAITING && waiting.length < MOST_TEXT) continue;
          await flush();
          appender = await this.#begin({ name, columns });
        }
      },
      close: async (join = (rows) => rows) => {
        await flush();
        const fresh = `SELECT * FROM read_parquet([${pieces.map(sqlPath).join(", ")}])`;
        const query = join(fresh, `read_parquet(${sqlPath(fileOf(this.#target, name))})`);
        await this.#finish(name, query, rowsTogether(all));
        for (const piece of pieces) attempt(this.#name, () => rmSync(piece));
      },
    };
  }

  async #finish(name: string, query: string, together: number): Promise<void> {
    const file = sqlText(fileOf(this.folder, name));
    const how = `FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 9, ROW_GROUP_SIZE ${together}`;
    await this.run(`COPY (${query}) TO ${file} (${how})`);
    const [[count] = []] = await this.rows(`SELECT count(*) FROM ${this.read(name)}`);
    this.#counts[name] = Number(count);
  }

  /** Writes a table; see {@link OpenTable.close}. */
  async write(table: StoredTable, join?: Joining): Promise<void> {
    const open = await this.open(table);
    for await (const batch of table.rows) await open.add(batch);
    await open.close(join);
  }

  /** Keeps a table until the end, for queries; it is no part of the store. */
  async hold(table: StoredTable): Promise<void> {
    const appender = await this.#begin(table);
    for await (const batch of table.rows) appender.add(batch);
    appender.close();
  }

  async #begin({ name, columns }: Pick<StoredTable, "name" | "columns">): Promise<Appender> {
    const texts = columns.map((column) => `${sqlName(column.name)} VARCHAR`).join(", ");
    await this.run(`CREATE TABLE ${sqlName(name)} (${texts})`);
    return await this.#database.append(name, columns.length);
  }

  /** The rows of an answer, which are few. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    const rows: (readonly unknown[])[] = [];
    for await (const batch of this.#database.rows(sql)) addAll(rows, batch);
    return rows;
  }

  /** A table that was written, to read from. */
  read(table: string): string {
    return `read_parquet(${sqlPath(fileOf(this.folder, table))})`;
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

  /** Runs a statement of SQL over the tables that are open, and what it makes. */
  async run(sql: string): Promise<void> {
    try {
      await this.#database.run(sql);
    } catch (error) {
      throw new OutputError(`cannot write ${this.#name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** So many rows of each table wait in memory, and rows with so many characters: DuckDB holds them while it writes them. */
const MOST_WAITING = 32_768;
const MOST_TEXT = 2 ** 24;
/** DuckDB takes rows in vectors of this length. */
const MOST_AT_ONCE = 2048;
/** As many as DuckDB puts together by itself. */
const MOST_TOGETHER = 122_880;

const lengthOf = (rows: readonly (readonly StoredValue[])[]): number => {
  let length = 0;
  for (const row of rows) for (const value of row) length += value?.length ?? 0;
  return length;
};

/** How many rows of a table stand together in its file: as many as come to what is held at once, whose lengths are as these. */
const rowsTogether = ({ rows, length }: { readonly rows: number; readonly length: number }): number => {
  const fitting = Math.trunc((MOST_TEXT * rows) / Math.max(length, 1));
  const vectors = Math.max(1, Math.trunc(fitting / MOST_AT_ONCE));
  return rows === 0 ? MOST_WAITING : Math.min(MOST_TOGETHER, vectors * MOST_AT_ONCE);
};

/** The rows that wait, as the types of their columns have them. */
const typedRows = ({ name, columns }: Pick<StoredTable, "name" | "columns">): string => {
  const typed = columns.map((column) => `${CASTS[column.type](sqlName(column.name))} AS ${sqlName(column.name)}`);
  return `SELECT ${typed.join(", ")} FROM ${sqlName(name)}`;
};

/** The file of a table in a store. */
const fileOf = (folder: string, table: string): string => join(folder, `${table}.parquet`);

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
