/**
 * The types of columns in a store: a text; several texts; a whole number; an amount in minor units of its currency,
 * exact at any size; a ratio with its decimals; yes or no; bytes, which are passed on in base 64.
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

/**
 * A value on its way into a store, as text. Undefined where there is none. Several texts in one value are separated by
 * {@link BETWEEN_TEXTS}.
 */
export type StoredValue = string | undefined;

/** Unicode's unit separator, which no text of a register or notice contains. */
export const BETWEEN_TEXTS = "\u001f";

export interface StoredTable {
  readonly name: string;
  /** What a row is, and what may be added up. */
  readonly says: string;
  readonly columns: readonly StoredColumn[];
  readonly rows: AsyncIterable<readonly (readonly StoredValue[])[]>;
}
