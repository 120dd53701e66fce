import { lstatSync } from "node:fs";
import { resolve } from "node:path";
import { InputError, UserError } from "../../model/errors.ts";
import { sum } from "../../model/lists.ts";
import { DOCUMENT_KINDS, type PublishedDocument } from "../../model/publication.ts";
import { BETWEEN_TEXTS } from "../../model/stored-table.ts";
import type { Question, Wanted } from "../../model/wanted.ts";
import { isFolder } from "../folders.ts";
import type { Database } from "./duckdb.ts";
import { type Manifest, manifestIn } from "./manifest.ts";
import { contractsSql, countsFor, type StoreDialect, wantedSql } from "./narrowing-sql.ts";
import { partFile, tableFolder } from "./parts.ts";
import { SharedRows, type SharedTable, sharedRowsSql } from "./shared-texts.ts";

/** A record as a store holds it: a line of a register in JSON Lines, with the number of the line. */
export interface StoredLine {
  readonly line: number;
  readonly text: string;
}

/** A record that is not a contract. `named` says that nobody declared it, and contracts alone name it. */
export interface StoredDefinition extends StoredLine {
  readonly named: boolean;
}

/** A supplier that notices name, but none of the contracts that were made of them. */
export interface StoredMention {
  readonly text: string;
  /** The notices that name it. */
  readonly sources: readonly string[];
}

/** Figures of a store for one supplier, or for all. Several may be for the same one, and are to be added up. */
export interface StoredFigures {
  readonly supplier: string | undefined;
  readonly lots: number;
  readonly units: readonly string[];
  readonly text: string;
}

/** A store that was named as data. */
export interface StoreInput {
  readonly kind: "store";
  readonly file: string;
  readonly manifest: Manifest;
  /** The records that stand before contracts: sources, suppliers, queries, and what is not to be reported. */
  readonly definitions: () => AsyncIterable<readonly StoredDefinition[]>;
  /**
   * The contracts in reading order: those that a question may be about, or all of them if it cannot be narrowed, as
   * when one of its ids is not there.
   */
  readonly contracts: (wanted?: Wanted) => AsyncIterable<readonly StoredLine[]>;
  /** What was reported when it was made, as JSON: the kind of each, and the rest. */
  readonly told: () => AsyncIterable<readonly StoredLine[]>;
  /**
   * The totals of contracts that are settled, as JSON. Those for all have no supplier. With `suppliers`, there are also
   * those for each supplier.
   */
  readonly settled: (suppliers: boolean) => AsyncIterable<readonly StoredFigures[]>;
  /**
   * Whether all contracts that call-offs are about are left out of these figures. If so, which is a call-off of which
   * follows from the contracts that are left out alone (T11).
   */
  readonly areFamiliesUnsettled: boolean;
  /** How many of its contracts are left out of these figures. */
  readonly unsettled: () => Promise<number>;
  /** The ids of its contracts with their lines. */
  readonly places: () => AsyncIterable<readonly (readonly [id: string, line: number])[]>;
  readonly mentions: () => AsyncIterable<readonly StoredMention[]>;
  /** The procedures that its documents may tell of, as hashes of their numbers. */
  readonly procedures: () => AsyncIterable<readonly number[]>;
  /** The documents that it was made of, in reading order: all, or those that may tell of one of these procedures. */
  readonly documents: (procedures?: ReadonlySet<number>) => AsyncIterable<readonly PublishedDocument[]>;
}

/**
 * The store in a folder; undefined if it is none. A database may be given that is open already and may read the folder.
 */
export const storeAt = (folder: string, database?: Database): StoreInput | undefined => {
  const manifest = manifestIn(folder);
  if (manifest === undefined) return undefined;
  const tables = new StoreTables(resolve(folder), manifest.tables, database);
  return {
    kind: "store",
    file: folder,
    manifest,
    definitions: () => definitionsIn(tables),
    contracts: (wanted) => contractLines(tables, wanted),
    told: () => tables.lines("note", "true"),
    settled: (suppliers) => settledIn(tables, suppliers),
    // A store has no such table while it is being made.
    areFamiliesUnsettled: manifest.tables["unsettled"] !== undefined,
    unsettled: async () => tables.count("unsettled"),
    places: () => placesIn(tables, manifest.counts.contracts),
    mentions: () => mentionsIn(tables),
    procedures: () => proceduresIn(tables),
    documents: (procedures) => documentsIn(tables, procedures),
  };
};

/** The store of that name. Throws InputError if there is none. */
export const storeNamed = (name: string, database?: Database): StoreInput => {
  const store = isFolder(name) ? storeAt(name, database) : undefined;
  if (store === undefined)
    throw new InputError(`${name} is no store`, "make one first: lotbook index … --output FOLDER");
  return store;
};

async function* contractLines(tables: StoreTables, wanted: Wanted | undefined): AsyncGenerator<readonly StoredLine[]> {
  if (wanted === undefined) yield* tables.contracts();
  else if ("unsettled" in wanted) yield* tables.unsettled();
  else if (await isThere(tables, wanted)) {
    wanted.onNarrowed();
    yield* narrowedLines(tables, wanted);
  } else yield* tables.contracts();
}

/**
 * How many contracts are asked for by their ids at most. By these, DuckDB finds the parts of a table that they are in.
 */
const MOST_NAMED = 10_000;

/** The contracts that a question may be about. Their ids are asked for first, because that reads only short columns. */
async function* narrowedLines(tables: StoreTables, wanted: Question): AsyncGenerator<readonly StoredLine[]> {
  const ids: string[] = [];
  const found = tables.ask((sql) => `${contractsSql(wanted, sql)} LIMIT ${MOST_NAMED + 1}`);
  for await (const batch of found) for (const [id] of batch) ids.push(String(id));
  if (ids.length === 0) return;
  const areFew = ids.length <= MOST_NAMED;
  yield* tables.contracts({
    areFew,
    condition: (sql) =>
      areFew ? `contract IN (${ids.map(sql.text).join(", ")})` : `contract IS NOT NULL AND ${wantedSql(wanted, sql)}`,
  });
}

/** Whether a question can be narrowed: whether all that it needs for this is there. */
const isThere = async (tables: StoreTables, wanted: Question): Promise<boolean> => {
  const tests: ((found: number) => boolean)[] = [];
  const counts = tables.ask((sql) => {
    const asked = countsFor(wanted, sql);
    for (const { isEnough } of asked) tests.push(isEnough);
    return asked.length === 0 ? "" : `SELECT ${asked.map((each) => `(${each.sql})`).join(", ")}`;
  });
  for await (const [row = []] of counts) return row.every((count, index) => tests[index]?.(Number(count)));
  return true;
};

async function* settledIn(tables: StoreTables, suppliers: boolean): AsyncGenerator<readonly StoredFigures[]> {
  const columns = ["coalesce(supplier, '')", "coalesce(lots, 0)", `array_to_string(units, '${BETWEEN_UNITS}')`, "json"];
  const rest = suppliers ? "" : "WHERE supplier IS NULL";
  for await (const rows of tables.texts("settled", columns, rest, tables.count("settled")))
    yield rows.map(([supplier = "", lots, units = "", text = ""]) => ({
      supplier: supplier === "" ? undefined : supplier,
      lots: Number(lots),
      units: units === "" ? [] : units.split(BETWEEN_UNITS),
      text,
    }));
}

/** What separates units. It differs from what separates the columns of a row, of which the units are one. */
const BETWEEN_UNITS = "\u001e";

async function* placesIn(tables: StoreTables, most: number): AsyncGenerator<readonly (readonly [string, number])[]> {
  for await (const rows of tables.texts("record", ["contract", "line"], "WHERE contract IS NOT NULL", most))
    yield rows.map(([id = "", line]) => [id, Number(line)] as const);
}

async function* definitionsIn(tables: StoreTables): AsyncGenerator<readonly StoredDefinition[]> {
  const columns = ["line", "names IS NOT NULL", "json"];
  const most = tables.count("supplier") + tables.count("source");
  for await (const rows of tables.texts("record", columns, "WHERE contract IS NULL", most))
    yield rows.map(([line, named, text = ""]) => ({ line: Number(line), text, named: named === "true" }));
}

async function* mentionsIn(tables: StoreTables): AsyncGenerator<readonly StoredMention[]> {
  for await (const rows of tables.rows("mention", "SELECT json, sources", ""))
    yield rows.map(([text, sources]) => ({
      text: String(text),
      sources: Array.isArray(sources) ? sources.map(String) : [],
    }));
}

async function* proceduresIn(tables: StoreTables): AsyncGenerator<readonly number[]> {
  for await (const rows of tables.rows("document", "SELECT DISTINCT unnest(procedures)", ""))
    yield rows.map(([hash]) => Number(hash));
}

async function* documentsIn(
  tables: StoreTables,
  procedures: ReadonlySet<number> | undefined,
): AsyncGenerator<readonly PublishedDocument[]> {
  const asked = procedures && [...procedures].map((hash) => `'${hash}'`).join(", ");
  const condition = asked === undefined ? "" : `WHERE list_has_any(procedures, [${asked}]::VARCHAR[])`;
  const columns = 'SELECT kind, file, named, line, "column", procedures, to_base64(document)';
  for await (const rows of tables.rows("document", columns, condition))
    yield rows.flatMap(([kind, file, named, line, column, numbers, bytes]) => {
      const known = DOCUMENT_KINDS.find((each) => each === kind);
      if (known === undefined || !Array.isArray(numbers)) return [];
      return {
        kind: known,
        file: String(file),
        named: named === true,
        firstLine: Number(line),
        column: Number(column),
        procedures: numbers.map(Number),
        bytes: Buffer.from(String(bytes), "base64"),
      };
    });
}

type Sql = typeof import("./duckdb.ts");

/** How many rows are put together as one text at most. */
const MOST_JOINED = 50_000;

/** How long nobody must have asked before DuckDB is closed. */
const IDLE_MS = 1000;

/** Some contracts, by a condition that holds for their rows in each table. */
interface Some {
  readonly condition: (sql: StoreDialect) => string;
  readonly areFew: boolean;
}

/**
 * The tables of a store. If no database is given, one is opened for the first question, and closed once no other has
 * followed for a while.
 */
class StoreTables {
  readonly #folder: string;
  readonly #parts: Manifest["tables"];
  readonly #given: Database | undefined;
  #opened: Promise<Database> | undefined;
  #asking = 0;

  constructor(folder: string, parts: Manifest["tables"], given: Database | undefined) {
    this.#folder = folder;
    this.#parts = parts;
    this.#given = given;
  }

  /** The lines of a table for which a condition holds, in reading order, which is that of the file. */
  async *lines(table: "note", condition: string): AsyncGenerator<readonly StoredLine[]> {
    for await (const rows of this.rows(table, "SELECT line, json", `WHERE ${condition}`))
      yield rows.map(([line, text]) => ({ line: Number(line), text: String(text) }));
  }

  async *unsettled(): AsyncGenerator<readonly StoredLine[]> {
    if (this.count("unsettled") === 0) return;
    const { sqlPaths } = await import("./duckdb.ts");
    const files = sqlPaths(this.#files("unsettled"));
    yield* this.contracts({
      areFew: this.count("unsettled") <= MOST_NAMED,
      condition: () => `contract IN (SELECT contract FROM read_parquet(${files}))`,
    });
  }

  /** The lines of contracts in reading order, all or some, with the texts that other tables hold. */
  async *contracts(some?: Some): AsyncGenerator<readonly StoredLine[]> {
    const sql = await import("./duckdb.ts");
    const condition = some?.condition(this.#dialect(sql));
    const shared = new SharedRows((table) => this.#shared(sql, table, some?.areFew === true ? condition : undefined));
    try {
      const rest = `WHERE ${condition ?? "contract IS NOT NULL"}`;
      for await (const rows of this.rows("record", "SELECT line, contract, json", rest)) {
        const lines: StoredLine[] = [];
        for (const [line, contract, json] of rows) {
          const text = await shared.restored(String(json), String(contract));
          if (text === undefined)
            throw new InputError(`${this.#folder} has not all lots and seats of ${String(contract)}`, REMAKE);
          lines.push({ line: Number(line), text });
        }
        yield lines;
      }
    } finally {
      await shared.close();
    }
  }

  /**
   * Rows of a table whose texts records share: those of a few contracts, or all of them, part by part. Many are found
   * sooner by reading all than by looking for each.
   */
  async *#shared(sql: Sql, table: SharedTable, few?: string): AsyncGenerator<readonly (readonly unknown[])[]> {
    const files = this.#files(table);
    const asked = few === undefined ? files.map((file) => [file]) : [files];
    const rest = few === undefined ? "" : ` WHERE ${few}`;
    for (const some of asked) {
      const from = `read_parquet(${sql.sqlPaths(some)})${rest}`;
      yield* this.#rows(sql, `SELECT ${sharedRowsSql(table)} FROM ${from}`, tableFolder(this.#folder, table));
    }
  }

  /** Rows of an answer from several tables; none if nothing is asked. */
  async *ask(question: (sql: StoreDialect) => string): AsyncGenerator<readonly (readonly unknown[])[]> {
    const sql = await import("./duckdb.ts");
    const asked = question(this.#dialect(sql));
    if (asked !== "") yield* this.#rows(sql, asked, this.#folder);
  }

  #dialect({ DUCKDB, sqlPaths }: Sql): StoreDialect {
    return { ...DUCKDB, from: (table) => `read_parquet(${sqlPaths(this.#files(table))})` };
  }

  /**
   * Rows of one table. Throws InputError for whatever DuckDB finds wrong with it, and for a link, which could lead
   * anywhere.
   */
  async *rows(table: string, select: string, rest: string): AsyncGenerator<readonly (readonly unknown[])[]> {
    const files = this.#files(table);
    if (this.#parts[table]?.every((rows) => rows === 0)) return;
    const sql = await import("./duckdb.ts");
    yield* this.#rows(
      sql,
      `${select} FROM read_parquet(${sql.sqlPaths(files)}) ${rest}`,
      tableFolder(this.#folder, table),
    );
  }

  async *#rows(sql: Sql, question: string, place: string): AsyncGenerator<readonly (readonly unknown[])[]> {
    this.#asking++;
    try {
      const database = this.#given ?? (await this.#open(sql));
      yield* database.rows(question);
    } catch (error) {
      if (error instanceof UserError || !(error instanceof Error)) throw error;
      throw new InputError(`${place} cannot be read: ${error.message.split("\n")[0]}`, REMAKE);
    } finally {
      this.#asking--;
      setTimeout(() => this.#closeIfIdle(), IDLE_MS).unref();
    }
  }

  /**
   * The same rows as texts, none of them NULL. If `most`, the number of rows that there may be, is up to {@link
   * MOST_JOINED}, they come as one text, which is read in half of the time that a value each takes. Otherwise they come
   * in batches.
   */
  async *texts(
    table: string,
    columns: readonly string[],
    rest: string,
    most: number,
  ): AsyncGenerator<readonly (readonly string[])[]> {
    if (most > MOST_JOINED) {
      for await (const batch of this.rows(table, `SELECT ${columns.join(", ")}`, rest))
        yield batch.map((row) => row.map(String));
      return;
    }
    const between = `chr(${BETWEEN_TEXTS.charCodeAt(0)})`;
    const row = `concat_ws(${between}, ${columns.join(", ")})`;
    for await (const [[text] = []] of this.rows(table, `SELECT string_agg(${row}, ${between})`, rest)) {
      const values = typeof text === "string" ? text.split(BETWEEN_TEXTS) : [];
      yield Array.from({ length: values.length / columns.length }, (_, index) =>
        values.slice(index * columns.length, (index + 1) * columns.length),
      );
    }
  }

  count(table: string): number {
    return sum(this.#parts[table] ?? []);
  }

  /** The files of all parts of a table. Throws InputError if one is missing. */
  #files(table: string): readonly string[] {
    const files = (this.#parts[table] ?? [0]).map((_, part) => partFile(this.#folder, table, part));
    for (const file of files)
      if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true)
        throw new InputError(`${file} is missing or no file`, REMAKE);
    return files;
  }

  #open(sql: Sql): Promise<Database> {
    this.#opened ??= sql.openDatabase([this.#folder]);
    return this.#opened;
  }

  #closeIfIdle(): void {
    if (this.#asking > 0) return;
    this.#opened?.then((database) => database.close()).catch(() => {});
    this.#opened = undefined;
  }
}

const REMAKE = "make the store anew: lotbook index … -o FOLDER";
