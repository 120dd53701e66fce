/**
 * Files of a store never change: a table is a folder of parts. What goes on with a store gives its parts a second name
 * in a draft beside it, writes those anew of which rows go, and takes its name: so news cost what they are, and the old
 * store is whole until then. Rows wait for their part in a file of lines (`waiting-rows.ts`), which take no memory and
 * which DuckDB reads faster than it is handed rows.
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

/** A table that is being written. Its rows wait until they are many, and then become a part of it. */
export interface OpenTable {
  readonly add: (rows: readonly (readonly StoredValue[])[]) => Promise<void>;
  /** Writes what still waits. */
  readonly close: () => Promise<void>;
}

interface Begun {
  /** What the user calls the store. */
  readonly name: string;
  readonly target: string;
  readonly folder: string;
  readonly before: Manifest["tables"];
}

/** Parts of a table, counted from 0: all from one on, up to another. */
interface Span {
  readonly from?: number;
  readonly to?: number;
}

/**
 * A folder that comes to be whole or not at all: its tables are written into a draft beside it, which takes its name when
 * all is there. Only a store is replaced, and only by a whole one. What a store goes on with are its own files, under a second
 * name, for no file of a store ever changes.
 */
export class StoreDraft {
  readonly folder: string;
  readonly #name: string;
  readonly #target: string;
  readonly #database: Database;
  readonly #before: Manifest["tables"];
  /** The rows of each part of each table that is there. */
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
   * Begins a store of that name, which may go on with the parts of the one that is there. Throws OutputError where something
   * else is there, and what tells that DuckDB is missing.
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

  /** The draft as a store, or the one that it goes on with, read by the database that writes. */
  store(folder = this.folder): StoreInput {
    return storeNamed(folder, this.#database);
  }

  /** How many rows each part of each table has that is there. */
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

  /** A table of the store that is gone on with, as it was. */
  before(table: string): string {
    return readParquet((this.#before[table] ?? []).map((_, part) => partFile(this.#target, table, part)));
  }

  /** Begins a table, or goes on with one; several may be open. */
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
        // A table without rows has its columns all the same.
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

  /** Writes a table, or goes on with it. */
  async write(table: StoredTable, level = KEPT_LEVEL): Promise<void> {
    const open = await this.open(table, level);
    for await (const batch of table.rows) await open.add(batch);
    await open.close();
  }

  /** The same of rows that are to be written anew before all is there: they are not pressed as much. */
  writeForNow(table: StoredTable): Promise<void> {
    return this.write(table, PASSING_LEVEL);
  }

  /** Takes over all parts of a table of the store that is there, and says how many they are. */
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

  /** Leaves out the rows of which a condition holds; parts without such rows stay as they are. */
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

  /** What was written of a table since parts of it were taken over; all of it where none were. */
  fresh(table: string): Span {
    return { from: this.#kept[table] ?? 0 };
  }

  /** Writes a table anew from a part on; what it is made of may be the parts that go. */
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

  /** Puts together what stands in small parts beside each other: each addition makes some. */
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

  /** Puts one part in the place of some that stand beside each other; those that come after them move up. */
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

  /** Keeps a table until the end, for queries; it is no part of the store. */
  async hold(table: StoredTable): Promise<void> {
    const waiting = this.#wait(table);
    for await (const batch of table.rows) for (const row of batch) this.#attempt(() => waiting.add(row));
    await this.run(`CREATE TABLE ${sqlName(table.name)} AS ${this.#attempt(() => waiting.query())}`);
    this.#attempt(() => waiting.discard());
  }

  /** The rows of an answer, which are few. */
  async rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return allIn(this.batches(sql));
  }

  /** The rows of an answer, a batch at a time. */
  batches(sql: string): AsyncIterable<readonly (readonly unknown[])[]> {
    return this.#database.rows(sql);
  }

  /** The last place in a table of which rows have places; 0 where it has none. */
  async lastPlace(table: SharedTable): Promise<number> {
    if (sum(this.#parts[table] ?? []) === 0) return 0;
    const [[last] = []] = await this.rows(`SELECT max(place) FROM ${this.read(table)}`);
    return Number(last);
  }

  /** What was written of a table that records share, part by part. */
  async *sharedRows(table: SharedTable): AsyncGenerator<readonly (readonly unknown[])[]> {
    const { from = 0 } = this.fresh(table);
    for (let part = from; part < this.#partsOf(table).length; part++)
      yield* this.batches(`SELECT ${sharedRowsSql(table)} FROM ${this.read(table, { from: part, to: part + 1 })}`);
  }

  /** A table that is there, or some of its parts, to read from. */
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

  /** Forgets what was written; after {@link commit} there is nothing to forget. */
  discard(): void {
    try {
      this.#database.close();
    } catch {}
    rmSync(this.folder, { recursive: true, force: true });
  }

  #attempt<Result>(action: () => Result): Result {
    return attempt(this.#name, action);
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

/** The second version knows encodings by differences: it takes less, and less time. */
const HOW_WRITTEN = "FORMAT parquet, PARQUET_VERSION v2, COMPRESSION zstd";
/** Above this level zstd holds 10 MB more while it writes, and takes one part in a hundred off the size of a store. */
const KEPT_LEVEL = 8;
/** Of what is written anew before all is there; whoever reads it holds a group of rows. */
export const PASSING_LEVEL = 1;
const FEW_HELD = ", ROW_GROUP_SIZE 4096";

/** In many rows ids of contracts, which several have one after the other, take less as they are than in a dictionary. */
const MANY_ROWS = 40_960;
const FEW_IN_DICTIONARIES = ", DICTIONARY_SIZE_LIMIT 8192";

/** What is small: it costs next to nothing to write it once more. */
const SMALL_ROWS = 4096;
const SMALL_BYTES = 2 ** 22;

const readParquet = (files: readonly string[]): string => `read_parquet(${sqlPaths(files)})`;

/** Gives a file a second name; where a file system knows none, a copy of it has that name. */
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
