/**
 * Files of a store never change: a table is a folder of parts. Whatever goes on with a store makes a draft beside it,
 * gives the store's parts a second name there, writes anew only the parts that lose rows, and in the end takes the
 * store's name. So news cost only what they are, and until then the old store is whole. Rows wait for their part in a
 * file of lines (`waiting-rows.ts`). This takes no memory, and DuckDB reads such a file faster than it can be handed
 * rows.
 */

import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { MANIFEST } from "../inputs/data-words.ts";
import { type Database, openDatabase, sqlName, sqlPaths, sqlText } from "../inputs/store/duckdb.ts";
import { isStore, type Manifest } from "../inputs/store/manifest.ts";
import { partFile, tableFolder } from "../inputs/store/parts.ts";
import { type SharedTable, sharedRowsSql } from "../inputs/store/shared-texts.ts";
import { type StoreInput, storeNamed } from "../inputs/store/store-input.ts";
import { OutputError } from "../model/errors.ts";
import { allIn, sum } from "../model/lists.ts";
import type { StoredTable, StoredValue } from "../model/stored-table.ts";
import { writeWhole } from "../writers/pending-file.ts";
import { cannotWrite } from "../writers/write-fully.ts";
import { WaitingRows } from "./waiting-rows.ts";

/** A table that is being written. Its rows wait until there are many of them, and then become a part of it. */
export interface OpenTable {
  readonly add: (rows: readonly (readonly StoredValue[])[]) => Promise<void>;
  /** Writes the rows that still wait. */
  readonly close: () => Promise<void>;
}

interface Begun {
  /** What the user calls the store. */
  readonly name: string;
  readonly target: string;
  readonly folder: string;
  readonly before: Manifest["tables"];
}

/** A range of a table's parts, counted from 0. `to` itself is not included. */
interface Span {
  readonly from?: number;
  readonly to?: number;
}

/**
 * A folder that is either written as a whole or not at all. Its tables are written into a draft beside it, which takes
 * its name once everything is there. Only a store or an empty folder is ever replaced, and only by a whole store. Files
 * that are kept from the store get a second name, since no file of a store ever changes.
 */
export class StoreDraft {
  readonly folder: string;
  readonly #name: string;
  readonly #target: string;
  readonly #database: Database;
  readonly #before: Manifest["tables"];
  /** How many rows each part of each table has so far. */
  readonly #parts: Record<string, number[]> = {};
  /** How many parts of each table were taken over. */
  readonly #kept: Record<string, number> = {};

  private constructor({ name, target, folder, before }: Begun, database: Database) {
    this.#name = name;
    this.#target = target;
    this.folder = folder;
    this.#before = before;
    this.#database = database;
  }

  /**
   * Begins a store, which may go on with the parts of an earlier one of that name. Throws OutputError where something
   * else has the name or nothing can be written there, and UsageError where DuckDB is not installed.
   */
  static async begin(name: string, before: Manifest["tables"] = {}): Promise<StoreDraft> {
    const target = resolve(name);
    refuseOthers(name, target);
    const folder = attempt(name, () => {
      mkdirSync(dirname(target), { recursive: true });
      const draft = join(dirname(target), `.lotbook-${Math.random().toString(36).slice(2, 10)}`);
      mkdirSync(draft);
      return draft;
    });
    try {
      return new StoreDraft({ name, target, folder, before }, await openDatabase([folder, target], folder));
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** The draft, or the store that it goes on with, as a store to read from with the draft's own database. */
  store(folder = this.folder): StoreInput {
    return storeNamed(folder, this.#database);
  }

  /** How many rows each part of each table has. */
  get parts(): Manifest["tables"] {
    return this.#parts;
  }

  #partsOf(table: string): number[] {
    this.#parts[table] ??= this.#attempt(() => {
      mkdirSync(tableFolder(this.folder, table));
      return [];
    });
    return this.#parts[table];
  }

  /** The SQL for a table of the store that the draft goes on with, as it was. */
  before(table: string): string {
    return readParquet((this.#before[table] ?? []).map((_, part) => partFile(this.#target, table, part)));
  }

  /** Begins a table or goes on with one. Several may be open at once. */
  async open({ name, columns }: Pick<StoredTable, "name" | "columns">, level = KEPT_LEVEL): Promise<OpenTable> {
    let waiting = this.#wait({ name, columns });
    return {
      add: async (rows) => {
        for (const row of rows) {
          this.#attempt(() => waiting.add(row));
          if (!waiting.isFull) continue;
          await this.#addPart(name, waiting, level);
          waiting = this.#wait({ name, columns });
        }
      },
      close: async () => {
        // A table without rows gets an empty part, so that its columns are known.
        if (waiting.count > 0 || this.#partsOf(name).length === 0) await this.#addPart(name, waiting, level);
        else this.#attempt(() => waiting.discard());
      },
    };
  }

  #wait({ name, columns }: Pick<StoredTable, "name" | "columns">): WaitingRows {
    return this.#attempt(() => new WaitingRows(join(this.folder, `${name}.rows`), columns));
  }

  async #addPart(table: string, waiting: WaitingRows, level: number): Promise<void> {
    const parts = this.#partsOf(table);
    await this.#writePart(
      partFile(this.folder, table, parts.length),
      this.#attempt(() => waiting.query()),
      waiting.count,
      level,
    );
    parts.push(waiting.count);
    this.#attempt(() => waiting.discard());
  }

  async #writePart(file: string, query: string, rows: number, level = KEPT_LEVEL): Promise<void> {
    const how = level === PASSING_LEVEL ? FEW_HELD : rows < MANY_ROWS ? "" : FEW_IN_DICTIONARIES;
    await this.run(`COPY (${query}) TO ${sqlText(file)} (${HOW_WRITTEN}, COMPRESSION_LEVEL ${level}${how})`);
  }

  /** Writes a whole table, or adds rows to one. */
  async write(table: StoredTable, level = KEPT_LEVEL): Promise<void> {
    const open = await this.open(table, level);
    for await (const batch of table.rows) await open.add(batch);
    await open.close();
  }

  /** Writes rows that will be written anew before the store is complete, so they are compressed less. */
  writeForNow(table: StoredTable): Promise<void> {
    return this.write(table, PASSING_LEVEL);
  }

  /** Takes over all parts of a table from the earlier store. Returns how many there are. */
  keep(table: string): number {
    const parts = this.#partsOf(table);
    this.#attempt(() => {
      for (const count of this.#before[table] ?? []) {
        const kept = partFile(this.#target, table, parts.length);
        linkOrCopy(kept, partFile(this.folder, table, parts.length));
        parts.push(count);
      }
    });
    this.#kept[table] = parts.length;
    return parts.length;
  }

  /** Removes the rows that meet a condition. Parts without such rows stay as they are. */
  async drop(table: string, condition: string, { from = 0, to = Number.MAX_SAFE_INTEGER }: Span = {}): Promise<void> {
    const parts = this.#partsOf(table);
    for (const part of parts.keys()) {
      if (part < from || part >= to) continue;
      const rows = this.read(table, { from: part, to: part + 1 });
      const [[count] = []] = await this.rows(`SELECT count(*) FROM ${rows} WHERE ${condition}`);
      if (Number(count) === 0) continue;
      const query = `SELECT * FROM ${rows} WHERE (${condition}) IS NOT TRUE`;
      await this.#replace(table, [part], query, (parts[part] ?? 0) - Number(count));
    }
  }

  /** The parts of a table that were written since its kept parts were taken over, or all of them if none were. */
  fresh(table: string): Span {
    return { from: this.#kept[table] ?? 0 };
  }

  /** Writes a table anew from one part on. The new rows may be made from the parts that they replace. */
  async rewrite(table: StoredTable, { from = 0 }: Span, level = KEPT_LEVEL): Promise<void> {
    const anew = `${table.name}.anew`;
    await this.write({ ...table, name: anew }, level);
    const [parts, fresh] = [this.#partsOf(table.name), this.#partsOf(anew)];
    this.#attempt(() => {
      for (let part = from; part < parts.length; part++) rmSync(partFile(this.folder, table.name, part));
      for (const part of fresh.keys())
        renameSync(partFile(this.folder, anew, part), partFile(this.folder, table.name, from + part));
      rmdirSync(tableFolder(this.folder, anew));
    });
    this.#parts[table.name] = [...parts.slice(0, from), ...fresh];
    this.#kept[table.name] = from;
    delete this.#parts[anew];
  }

  /** Joins small parts that stand next to each other, since each addition leaves some. */
  async joinSmallParts(): Promise<void> {
    for (const [table, parts] of Object.entries(this.#parts))
      for (let part = parts.length - 1; part > 0; part--) {
        const both = [part - 1, part];
        const rows = sum(both.map((each) => parts[each] ?? 0));
        const files = both.map((each) => partFile(this.folder, table, each));
        if (rows > SMALL_ROWS || this.#attempt(() => sum(files.map((file) => statSync(file).size))) > SMALL_BYTES)
          continue;
        await this.#replace(table, both, `SELECT * FROM ${readParquet(files)}`, rows);
      }
  }

  /** Replaces adjacent parts by one. Later parts move up. */
  async #replace(table: string, [first = 0, ...others]: readonly number[], query: string, rows: number): Promise<void> {
    const parts = this.#partsOf(table);
    const fileOf = (part: number): string => partFile(this.folder, table, part);
    const draft = join(this.folder, `${table}.part`);
    await this.#writePart(draft, query, rows);
    this.#attempt(() => {
      renameSync(draft, fileOf(first));
      for (let part = first + 1 + others.length; part < parts.length; part++)
        renameSync(fileOf(part), fileOf(part - others.length));
      for (let gone = parts.length - others.length; gone < parts.length; gone++) rmSync(fileOf(gone), { force: true });
    });
    parts.splice(first, 1 + others.length, rows);
  }

  /** Keeps a table in the database until the end, for queries. It is not part of the store. */
  async hold(table: StoredTable): Promise<void> {
    const waiting = this.#wait(table);
    for await (const batch of table.rows) for (const row of batch) this.#attempt(() => waiting.add(row));
    await this.run(`CREATE TABLE ${sqlName(table.name)} AS ${this.#attempt(() => waiting.query())}`);
    this.#attempt(() => waiting.discard());
  }

  /** All rows of an answer, for answers with few rows. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return allIn(this.batches(sql));
  }

  /** The rows of an answer, a batch at a time. */
  batches(sql: string): AsyncIterable<readonly (readonly unknown[])[]> {
    return this.#database.rows(sql);
  }

  /** The last place in a table whose rows are numbered, or 0 where it is empty. */
  async lastPlace(table: SharedTable): Promise<number> {
    if (sum(this.#parts[table] ?? []) === 0) return 0;
    const [[last] = []] = await this.rows(`SELECT max(place) FROM ${this.read(table)}`);
    return Number(last);
  }

  /** The rows of a shared table that were written in this draft, part by part. */
  async *sharedRows(table: SharedTable): AsyncGenerator<readonly (readonly unknown[])[]> {
    const { from = 0 } = this.fresh(table);
    for (let part = from; part < this.#partsOf(table).length; part++)
      yield* this.batches(`SELECT ${sharedRowsSql(table)} FROM ${this.read(table, { from: part, to: part + 1 })}`);
  }

  /** The SQL for a table of the draft, or for some of its parts. */
  read(table: string, { from = 0, to }: Span = {}): string {
    const files = this.#partsOf(table).map((_, part) => partFile(this.folder, table, part));
    return readParquet(files.slice(from, to));
  }

  async writeManifest(manifest: Omit<Manifest, "tables">): Promise<void> {
    const text = `${JSON.stringify({ ...manifest, tables: this.#parts }, null, 2)}\n`;
    await writeWhole(join(this.folder, MANIFEST), [text]);
  }

  /** Puts the draft in the place of the store. */
  commit(): void {
    this.#database.close();
    this.#attempt(() => {
      const old = `${this.folder}-old`;
      const isThere = lstatSync(this.#target, { throwIfNoEntry: false }) !== undefined;
      if (isThere) renameSync(this.#target, old);
      renameSync(this.folder, this.#target);
      if (isThere) rmSync(old, { recursive: true, force: true });
    });
  }

  /** Deletes the draft. Has no effect after {@link commit}. */
  discard(): void {
    try {
      this.#database.close();
    } catch {}
    rmSync(this.folder, { recursive: true, force: true });
  }

  #attempt<Result>(action: () => Result): Result {
    return attempt(this.#name, action);
  }

  /** Runs a statement of SQL. Throws OutputError where it fails. */
  async run(sql: string): Promise<void> {
    try {
      await this.#database.run(sql);
    } catch (error) {
      throw new OutputError(`cannot write ${this.#name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** Version 2 of the format has encodings by differences, which take less space and time. */
const HOW_WRITTEN = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd";
/** Above this level zstd holds 10 MB more while it writes, and takes one part in a hundred off the size of a store. */
const KEPT_LEVEL = 8;
/**
 * For rows that will be written anew before the store is complete. Reading them back holds one small group of rows in
 * memory.
 */
export const PASSING_LEVEL = 1;
const FEW_HELD = ", ROW_GROUP_SIZE 4096";

/** In tables with many rows, ids of contracts repeat in runs and take less space plainly than in a dictionary. */
const MANY_ROWS = 40_960;
const FEW_IN_DICTIONARIES = ", DICTIONARY_SIZE_LIMIT 8192";

/** Parts up to this size cost next to nothing to write once more. */
const SMALL_ROWS = 4096;
const SMALL_BYTES = 2 ** 22;

const readParquet = (files: readonly string[]): string => `read_parquet(${sqlPaths(files)})`;

/** Gives a file a second name, or copies it where the file system has no hard links. */
const linkOrCopy = (file: string, other: string): void => {
  try {
    linkSync(file, other);
  } catch {
    copyFileSync(file, other);
  }
};

const refuseOthers = (name: string, target: string): void => {
  const stats = attempt(name, () => lstatSync(target, { throwIfNoEntry: false }));
  if (stats === undefined) return;
  if (!stats.isDirectory())
    throw new OutputError(`cannot write ${name}: it is no folder`, "a store is a folder: name another");
  if (!isStore(target) && readdirSync(target).length > 0)
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
