import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { loadPeer } from "../system-error.ts";
import type { StoreDialect } from "./narrowing-sql.ts";

/** DuckDB in this process, which reads and writes the tables of a store and nothing else. */
export interface Database {
  readonly run: (sql: string) => Promise<void>;
  /** The rows of an answer, a batch at a time. Decimals lose digits on the way, and are asked for as texts. */
  readonly rows: (sql: string) => AsyncIterable<readonly (readonly unknown[])[]>;
  readonly close: () => void;
}

/**
 * The package is loaded only where a store is read or written. It is not a dependency: most people do not need it, and
 * it is large.
 */
const load = () =>
  loadPeer(() => import("@duckdb/node-api"), {
    called: "DuckDB",
    name: "@duckdb/node-api",
    absent: "stores are read and written by DuckDB",
  });

export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A quoted name in SQL, whatever its characters are. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A path as DuckDB takes it for one file to read. Characters that would make a pattern of it are escaped. */
export const sqlPath = (path: string): string => sqlText(asItself(path));

/** Paths as DuckDB takes them for files to read, one after the other. */
export const sqlPaths = (paths: readonly string[]): string => `[${paths.map(sqlPath).join(", ")}]`;

/** The pattern by which DuckDB reads all Parquet files in a folder. */
export const sqlParquetIn = (folder: string): string => sqlText(`${asItself(folder)}/*.parquet`);

const asItself = (path: string): string => path.replace(/[*?[]/g, "[$&]");

/** How DuckDB writes the conditions of a narrowed query. */
export const DUCKDB: Omit<StoreDialect, "from"> = {
  text: sqlText,
  name: sqlName,
  in: "IN",
  contains: (text, part) => `contains(${text}, ${part})`,
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  joined: (list) => `array_to_string(${list}, ' ')`,
  float: (value) => `CAST(${value} AS DOUBLE)`,
};

/**
 * The optimiser that is turned off, so that rows come in the order in which they are stored, even where a list or
 * another table picks some of them. DuckDB makes joins of these. With this optimiser, it would start a join from either
 * side, and hold the smaller one while it reads the larger.
 */
const OUT_OF_ORDER = "build_side_probe_side";

/**
 * Opens an empty database in memory, which may touch only files of these folders, opens no connection, and loads no
 * extension. What does not fit into memory goes to a file in the scratch folder, if one is given.
 */
export const openDatabase = async (folders: readonly string[], scratch?: string): Promise<Database> => {
  const { DuckDBInstance: Instance } = await load();
  const instance: DuckDBInstance = await Instance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: scratch === undefined ? "256MB" : "512MB",
    // What was read is hardly ever read again, and the system keeps it anyway.
    enable_external_file_cache: "false",
    // Each statement may run on another thread. Each thread would keep the memory that its last statement gave back.
    ...(scratch !== undefined && { allocator_bulk_deallocation_flush_threshold: "1MB" }),
    threads: "1",
    preserve_insertion_order: "true",
    disabled_optimizers: OUT_OF_ORDER,
  });
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    await connection.run("SET enable_caching_operators = false");
    return connection;
  };
  const connection = await connect();
  if (scratch !== undefined) await connection.run(`SET temp_directory = ${sqlText(scratch)}`);
  // DuckDB checks both the pattern and the file that it matches.
  const allowed = folders.flatMap((folder) => [folder, asItself(folder)]);
  await connection.run(`SET allowed_directories = [${allowed.map(sqlText).join(", ")}]`);
  await connection.run("SET enable_external_access = false");
  return {
    run: async (sql) => {
      await connection.run(sql);
    },
    rows: async function* (sql) {
      // A connection answers one question at a time.
      const asking = await connect();
      try {
        const result = await asking.stream(sql);
        for await (const rows of result.yieldRowsJs()) yield rows;
      } finally {
        asking.closeSync();
      }
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
};
