/**
 * The types of columns in a store: a text; texts; a whole number; an amount in minor units of its currency, exact at any
 * size; a ratio with its decimals; yes or no; bytes, in base 64 on their way.
 */
export type StoredType = "text" | "texts" | "count" | "minor" | "ratio" | "flag" | "bytes";

export interface StoredColumn {
  readonly name: string;
  readonly type: StoredType;
  readonly says: string;
}

/** The engines in whose SQL the tables of a store can be written. */
export const DIALECTS = ["duckdb", "postgres", "clickhouse", "sqlite", "spark"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** A value on its way into a store, as text; undefined where there is none. Several texts of one are parted by {@link BETWEEN_TEXTS}. */
export type StoredValue = string | undefined;

/** What no text of a register or notice has in it: Unicode's separator of units. */
export const BETWEEN_TEXTS = "\u001f";

export interface StoredTable {
  readonly name: string;
  /** What a row is, and what may be added up. */
  readonly says: string;
  readonly columns: readonly StoredColumn[];
  readonly rows: AsyncIterable<readonly (readonly StoredValue[])[]>;
}
