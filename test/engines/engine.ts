import type { Dialect, StoredTable } from "../../src/index.ts";
import { openDatabase, sqlParquetIn } from "../../src/inputs/store/duckdb.ts";
import { allOf } from "../reading.ts";

/** An engine that runs SQL: the rows of an answer as texts, and a missing value as undefined. */
export interface Engine {
  readonly name: string;
  readonly dialect: Dialect;
  /** Runs statements; throws where one of them fails. */
  readonly run: (statements: readonly string[]) => Promise<void>;
  readonly rows: (question: string) => Promise<readonly (readonly (string | undefined)[])[]>;
  /** Forgets all tables and views. */
  readonly clear: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** An engine that is here, or why it is not. */
export type Found = { readonly engine: Engine } | { readonly missing: string };

type Value = string | readonly string[] | undefined;
type Quote = (text: string) => string;

const doubled: Quote = (text) => `'${text.replaceAll("'", "''")}'`;
const slashed: Quote = (text) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** How values are written in the SQL of each engine. */
const WRITTEN: Readonly<
  Partial<Record<Dialect, { readonly quote: Quote; readonly list: (texts: readonly string[]) => string }>>
> = {
  postgres: { quote: doubled, list: (texts) => `ARRAY[${texts.map(doubled).join(", ")}]::text[]` },
  sqlite: { quote: doubled, list: (texts) => doubled(JSON.stringify(texts)) },
  clickhouse: { quote: slashed, list: (texts) => `[${texts.map(slashed).join(", ")}]` },
};

const ROWS_AT_ONCE = 500;

/** The tables of a store as statements that fill an engine's. */
export const insertions = async (
  store: string,
  tables: readonly StoredTable[],
  { dialect }: Pick<Engine, "dialect">,
): Promise<readonly string[]> => {
  const { quote, list } = WRITTEN[dialect] ?? { quote: doubled, list: () => "NULL" };
  const quoteName = (name: string) => (dialect === "clickhouse" ? `\`${name}\`` : `"${name}"`);
  const database = await openDatabase([store]);
  const statements: string[] = [];
  try {
    for (const { name, columns } of tables) {
      const asked = columns.map(({ name: column, type }) => `"${column}"${type === "texts" ? "" : "::VARCHAR"}`);
      const file = sqlParquetIn(`${store}/${name}`);
      const rows = (await allOf(database.rows(`SELECT ${asked.join(", ")} FROM read_parquet(${file})`))).flat();
      const written = rows.map((row) => row.map((value, at) => literal(columns[at]?.type, asValue(value))).join(", "));
      for (let start = 0; start < written.length; start += ROWS_AT_ONCE) {
        const some = written.slice(start, start + ROWS_AT_ONCE).map((row) => `(${row})`);
        statements.push(`INSERT INTO ${quoteName(name)} VALUES ${some.join(", ")}`);
      }
    }
  } finally {
    database.close();
  }
  return statements;

  function literal(type: string | undefined, value: Value): string {
    if (type === "texts") return value === undefined && dialect !== "clickhouse" ? "NULL" : list(asTexts(value));
    if (typeof value !== "string") return "NULL";
    if (type === "flag") return dialect === "postgres" ? value : value === "true" ? "1" : "0";
    return type === "count" || (type === "minor" && dialect !== "clickhouse") ? value : quote(value);
  }
};

const asTexts = (value: Value): readonly string[] => (typeof value === "object" ? value : []);

const asValue = (value: unknown): Value => {
  if (Array.isArray(value)) return value.map(String);
  return value === null || value === undefined ? undefined : String(value);
};

/** The statements of a text of SQL. */
export const statementsIn = (sql: string): readonly string[] =>
  sql.split(/;\n/).flatMap((statement) => (/^(?!--)\S/m.test(statement) ? [statement] : []));
