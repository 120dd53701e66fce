import { sqlName, sqlParquetIn } from "../inputs/store/duckdb.ts";
import { tableFolder } from "../inputs/store/parts.ts";
import { storeNamed } from "../inputs/store/store-input.ts";
import type { Dialect, StoredColumn, StoredTable } from "../model/stored-table.ts";

type Described = Pick<StoredTable, "name" | "says" | "columns">;

/** How one engine's SQL differs from another's. */
interface Engine {
  /** The engine's names for the types of columns, or the nearest types that it has. */
  readonly types: Readonly<Record<StoredColumn["type"], string>>;
  /** Quotes a name as the engine does. */
  readonly name: (name: string) => string;
  /** A sum of amounts that either has room for every total or fails where it would overflow. */
  readonly sum: (amount: string) => string;
  readonly createView: string;
  /** A constraint that keeps a column of amounts to whole numbers, where its type does not. */
  readonly check?: (name: string) => string;
  /** What follows the list of columns when a table is created. */
  readonly storage: string;
  /** Comments on how to load the Parquet files of a store into the tables. */
  readonly filling: readonly string[];
}

const backquoted = (name: string): string => `\`${name.replaceAll("`", "``")}\``;

const ENGINES: Readonly<Record<Dialect, Engine>> = {
  duckdb: {
    types: {
      text: "VARCHAR",
      texts: "VARCHAR[]",
      count: "BIGINT",
      minor: "DECIMAL(38,0)",
      ratio: "DECIMAL(38,6)",
      flag: "BOOLEAN",
      bytes: "BLOB",
    },
    name: sqlName,
    sum: (amount) => `CAST(sum(CAST(${amount} AS HUGEINT)) AS DECIMAL(38,0))`,
    createView: "CREATE OR REPLACE VIEW",
    storage: "",
    filling: [
      "COPY contract FROM 'ted/contract/*.parquet' (FORMAT parquet), and so on; or name the store: lotbook sql ted/",
    ],
  },
  postgres: {
    types: {
      text: "text",
      texts: "text[]",
      count: "bigint",
      minor: "numeric(38,0)",
      ratio: "numeric(38,6)",
      flag: "boolean",
      bytes: "bytea",
    },
    name: sqlName,
    sum: (amount) => `sum(${amount})`,
    createView: "CREATE OR REPLACE VIEW",
    storage: "",
    filling: [
      "PostgreSQL reads no Parquet by itself; DuckDB can fill its tables: ATTACH 'dbname=…' AS pg (TYPE postgres)",
    ],
  },
  clickhouse: {
    types: {
      text: "Nullable(String)",
      texts: "Array(String)",
      count: "Nullable(Int64)",
      minor: "Nullable(Decimal(38,0))",
      ratio: "Nullable(Decimal(38,6))",
      flag: "Nullable(UInt8)",
      bytes: "Nullable(String)",
    },
    name: backquoted,
    // A sum of Decimal(38) wraps around in silence, so a sum that comes near the limit is refused. Older versions
    // accept no message here.
    sum: (amount) => `if(throwIf(sum(abs(toFloat64(${amount}))) >= 1e38) = 0, sum(${amount}), NULL)`,
    createView: "CREATE VIEW",
    storage: " ENGINE = MergeTree ORDER BY tuple()",
    filling: ["INSERT INTO contract FROM INFILE 'ted/contract/*.parquet' FORMAT Parquet, and so on"],
  },
  sqlite: {
    // SQLite's whole numbers have 64 bits, and its sum fails where that is not enough. Larger values would be stored
    // inexactly, so they are refused.
    check: (name) => ` CHECK (typeof(${name}) IN ('integer', 'null'))`,
    types: {
      text: "TEXT",
      texts: "TEXT",
      count: "INTEGER",
      minor: "INTEGER",
      ratio: "NUMERIC",
      flag: "INTEGER",
      bytes: "BLOB",
    },
    name: sqlName,
    sum: (amount) => `sum(${amount})`,
    createView: "CREATE VIEW",
    storage: "",
    filling: ["DuckDB can fill its tables: ATTACH 'ted.sqlite' AS lite (TYPE sqlite)"],
  },
  spark: {
    types: {
      text: "STRING",
      texts: "ARRAY<STRING>",
      count: "BIGINT",
      minor: "DECIMAL(38,0)",
      ratio: "DECIMAL(38,6)",
      flag: "BOOLEAN",
      bytes: "BINARY",
    },
    name: backquoted,
    // In ANSI mode, the default since Spark 4, an overflow is an error.
    sum: (amount) => `sum(${amount})`,
    createView: "CREATE OR REPLACE VIEW",
    storage: " USING parquet",
    filling: [
      "INSERT INTO contract SELECT * FROM parquet.`ted/contract`, and so on; SET spark.sql.ansi.enabled = true",
    ],
  },
};

/** A view over the tables of a store, and what may be added up in it. */
interface View {
  readonly name: string;
  readonly says: string;
  readonly select: (engine: Engine) => string;
}

/** The lower end of a figure: 0 where it is only known to be at most so much, or else the figure itself. */
const leastOf = (figure: string): string =>
  `CASE WHEN ${figure}_least IS NOT NULL THEN ${figure}_least WHEN ${figure}_bound = 'atMost' THEN 0 ELSE ${figure} END`;

/**
 * Sums of a figure by currency and further keys: its upper end, its lower end, and how many of its values may be
 * higher.
 */
const sumsOf = ({ sum, name }: Engine, table: string, figure: string, by: readonly Named[] = []): string => {
  const named = by.map(({ name, value = name }) => `${value} AS ${name}, `).join("");
  return `SELECT ${named}${figure}_currency AS currency, ${figure}_digits AS digits, ${sum(figure)} AS most,
    ${sum(leastOf(figure))} AS least, count(*) AS contracts,
    sum(CASE WHEN ${figure}_bound = 'atLeast' THEN 1 ELSE 0 END) AS open_upwards
  FROM ${name(table)} WHERE ${figure}_state = 'known'
  GROUP BY ${[...by.map(({ name }) => name), `${figure}_currency`, `${figure}_digits`].join(", ")}`;
};

/** A key by which figures are added up: a column, or a value that all rows have. */
interface Named {
  readonly name: string;
  readonly value?: string;
}

/** If one of the figures may be higher, so may their sum, and only its lower end says anything. */
const countedOnce = (engine: Engine, figure: string): string =>
  `SELECT currency, digits, CASE WHEN open_upwards > 0 THEN least ELSE most END AS minor, least, contracts, open_upwards
FROM (
  ${sumsOf(engine, "counted", figure)}
) AS figures`;

/** Each table is summed separately, so that only sums travel between servers that share them. */
const bySupplier = (engine: Engine): string => {
  const supplier = { name: "supplier" };
  const others = ["sole", "shared"].map((manner) =>
    sumsOf(engine, "counted_beside_seats", manner, [supplier, { name: "held", value: `'${manner}'` }]),
  );
  const parts = [sumsOf(engine, "seat", "counted", [supplier, { name: "held" }]), ...others];
  return `SELECT supplier, held, currency, digits, CASE WHEN open_parts > 0 THEN lowest ELSE highest END AS minor,
  lowest AS least, open_parts AS open_upwards
FROM (
  SELECT supplier, held, currency, digits, ${engine.sum("most")} AS highest, ${engine.sum("least")} AS lowest,
    sum(open_upwards) AS open_parts
  FROM (
  ${parts.join("\n  UNION ALL\n  ")}
  ) AS parts
  GROUP BY supplier, held, currency, digits
) AS figures`;
};

const VIEWS: readonly View[] = [
  {
    name: "counted_once",
    says: "What may be spent in all, in minor units: each shared ceiling once. Rows of different currencies are not added up.",
    select: (engine) => countedOnce(engine, "ceiling"),
  },
  {
    name: "awarded_once",
    says: "What was awarded in all, in minor units: each award once. Rows of different currencies are not added up.",
    select: (engine) => countedOnce(engine, "awarded"),
  },
  {
    name: "by_supplier",
    says: "Each supplier's ceilings, held alone and shared. Shared ones stand with each that shares them: never add them up over suppliers.",
    select: bySupplier,
  },
  {
    name: "headroom",
    says: "What is left of each ceiling. Ceilings lie within each other: never add them up.",
    select: ({ name }) =>
      `SELECT contract, scope, ${name("ceilingOf")}, ceiling AS minor, ceiling_currency AS currency, ceiling_digits AS digits,
  ordered, ordered_currency, ordered_bound, ordered_least, ${name("left")}, left_bound, left_least, used, used_bound, ${name("use")}
FROM ${name("ceiling")}
UNION ALL
SELECT contract, 'lot', contract || '/' || lot, ceiling, ceiling_currency, ceiling_digits, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'unknown'
FROM ${name("lot")} WHERE ${name("ceilingAlone")} = 'yes' AND ceiling_state = 'known'`,
  },
];

const commentOf = (text: string): string => `-- ${text}`;

const tableSql = ({ name, says, columns }: Described, engine: Engine): string => {
  const lines = columns.map((column, index) => {
    const comma = index === columns.length - 1 ? "" : ",";
    const name = engine.name(column.name);
    const check = column.type === "minor" ? (engine.check?.(name) ?? "") : "";
    return `  ${name} ${engine.types[column.type]}${check}${comma} -- ${column.says.replace(/\s+/g, " ")}`;
  });
  return `${commentOf(says)}\nCREATE TABLE ${engine.name(name)} (\n${lines.join("\n")}\n)${engine.storage};`;
};

/** A view on a table that stays in the files of a store. Only DuckDB reads these as they are. */
const fileSql = ({ name, says }: Described, folder: string): string =>
  `${commentOf(says)}\nCREATE OR REPLACE VIEW ${sqlName(name)} AS SELECT * FROM read_parquet(${sqlParquetIn(tableFolder(folder, name))});`;

/**
 * The tables of a store and the views over them in an engine's SQL, with comments on what may be added up. For DuckDB
 * with the folder of a store, its files are the tables. Throws InputError where the folder is no store.
 */
export const storeSql = (tables: readonly Described[], dialect: Dialect, folder?: string): string => {
  const engine = ENGINES[dialect];
  if (folder !== undefined) storeNamed(folder);
  const inFiles = dialect === "duckdb" && folder !== undefined;
  const head = [
    "Amounts are whole numbers of minor units: amount / 10 ^ digits. Add up only those of one currency.",
    "A figure has a bound: exactly, atLeast, atMost, or between its _least and itself; what is not stated is missing, never 0.",
    ...(inFiles ? [] : engine.filling),
  ];
  const made = tables.map((table) => (inFiles ? fileSql(table, folder) : tableSql(table, engine)));
  const views = VIEWS.map(
    ({ name, says, select }) => `${commentOf(says)}\n${engine.createView} ${engine.name(name)} AS\n${select(engine)};`,
  );
  return `${head.map(commentOf).join("\n")}\n\n${[...made, ...views].join("\n\n")}\n`;
};
