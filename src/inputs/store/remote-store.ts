/**
 * A server is a store elsewhere. Tables that were loaded into ClickHouse give the same records as the files, so every
 * answer is the same. `clickhouse.ts` is the only file that opens a connection, through ClickHouse's own client, which
 * is a peer dependency, as DuckDB is. Rows are counted before they are read, and again as they come.
 */

import { InputError, NoAnswerError } from "../../model/errors.ts";
import { addAll, addUnder } from "../../model/lists.ts";
import { formatPartialDate, parsePartialDate } from "../../model/partial-date.ts";
import type { Wanted } from "../../model/wanted.ts";
import { type ClickHouse, type ClickHouseAccess, clickHouseAddress, openClickHouse } from "./clickhouse.ts";
import { type Manifest, STORE_FORMAT, STORE_VERSION } from "./manifest.ts";
import { countsFor, type StoreDialect, wantedSql } from "./narrowing-sql.ts";
import { isMarked, restoredText, SHARED_COLUMNS, type SharedTable } from "./shared-texts.ts";
import type { StoredLine, StoreInput } from "./store-input.ts";

type Row = Readonly<Record<string, unknown>>;

/**
 * The store that was loaded into the tables of a ClickHouse server, or of a cluster, one of whose servers is asked.
 * Each answer is counted: one that is not whole is an error. Throws what {@link openClickHouse} throws, and InputError
 * if the tables are those of another version, or were not loaded as a whole.
 */
export const remoteStore = async (name: string, access: ClickHouseAccess): Promise<StoreInput> => {
  const address = clickHouseAddress(name);
  const tables = new RemoteTables(name, await openClickHouse(address, access));
  const { stores, ...manifest } = await tables.manifest();
  return {
    kind: "store",
    file: name,
    manifest,
    definitions: () => definitionsIn(tables),
    contracts: (wanted) => contractsIn(tables, wanted),
    told: () => linesIn(tables, "note"),
    settled: (suppliers) => settledIn(tables, suppliers),
    // If there are several stores, one may have call-offs of another's framework agreements.
    areFamiliesUnsettled: stores === 1,
    unsettled: () => tables.count("SELECT count() AS n FROM unsettled"),
    mentions: () => mentionsIn(tables),
    // What was published stays where the store was made. Nothing is added to a store here.
    places: nothing,
    procedures: nothing,
    documents: nothing,
  };
};

async function* nothing(): AsyncGenerator<never> {}

const numberIn = (row: Row, column: string): number => Number(row[column]);
const textIn = (row: Row, column: string): string => String(row[column]);
const textsIn = (row: Row, column: string): readonly string[] => {
  const value = row[column];
  return Array.isArray(value) ? value.map(String) : [];
};

async function* linesIn(tables: RemoteTables, table: string) {
  for await (const rows of tables.rows(table, "line, json", "1", "line"))
    yield rows.map((row) => ({ line: numberIn(row, "line"), text: textIn(row, "json") }));
}

async function* definitionsIn(tables: RemoteTables) {
  const columns = "line, json, notEmpty(names) AS named";
  for await (const rows of tables.rows("record", columns, "contract IS NULL", "line"))
    yield rows.map((row) => ({
      line: numberIn(row, "line"),
      text: textIn(row, "json"),
      named: numberIn(row, "named") === 1,
    }));
}

async function* mentionsIn(tables: RemoteTables) {
  for await (const rows of tables.rows("mention", "json, sources", "1", "json"))
    yield rows.map((row) => ({ text: textIn(row, "json"), sources: textsIn(row, "sources") }));
}

async function* settledIn(tables: RemoteTables, suppliers: boolean) {
  const columns = "supplier, lots, units, json";
  for await (const rows of tables.rows("settled", columns, suppliers ? "1" : "supplier IS NULL", "supplier"))
    yield rows.map((row) => ({
      supplier: row["supplier"] === null ? undefined : textIn(row, "supplier"),
      lots: numberIn(row, "lots"),
      units: textsIn(row, "units"),
      text: textIn(row, "json"),
    }));
}

async function* contractsIn(tables: RemoteTables, wanted: Wanted | undefined): AsyncGenerator<readonly StoredLine[]> {
  let records: Row[] = [];
  let length = 0;
  for await (const rows of tables.rows("record", "line, json, contract", await conditionOf(tables, wanted), "line"))
    for (const row of rows) {
      records.push(row);
      length += textIn(row, "contract").length;
      if (length < MOST_NAMED) continue;
      yield await restoredIn(tables, records);
      [records, length] = [[], 0];
    }
  if (records.length > 0) yield await restoredIn(tables, records);
}

/**
 * How many characters of ids are asked for at once. A question may have 256 KiB, and signs in ids take two characters.
 */
const MOST_NAMED = 2 ** 16;

/** Records, with the texts that the tables of lots and seats hold for them. */
const restoredIn = async (tables: RemoteTables, records: readonly Row[]): Promise<readonly StoredLine[]> => {
  const marked = records.filter((row) => isMarked(textIn(row, "json"))).map((row) => textIn(row, "contract"));
  const lots = await tables.shared("lot", marked);
  const seats = await tables.shared("seat", marked);
  return records.map((row) => {
    const [contract, json] = [textIn(row, "contract"), textIn(row, "json")];
    const shared = { lots: lots.get(contract) ?? [], suppliers: seats.get(contract) ?? [] };
    const text = isMarked(json) ? restoredText(json, contract, shared) : json;
    if (text === undefined) throw tables.notWhole(`not all lots and seats of ${contract}`);
    return { line: numberIn(row, "line"), text };
  });
};

const conditionOf = async (tables: RemoteTables, wanted: Wanted | undefined): Promise<string> => {
  const all = "contract IS NOT NULL";
  if (wanted === undefined) return all;
  if ("unsettled" in wanted) return "contract GLOBAL IN (SELECT contract FROM unsettled)";
  for (const { sql, isEnough } of countsFor(wanted, CLICKHOUSE)) if (!isEnough(await tables.count(sql))) return all;
  wanted.onNarrowed();
  return `${all} AND ${wantedSql(wanted, CLICKHOUSE)}`;
};

const sqlText = (text: string): string => `'${text.replace(/[\\']/g, "\\$&")}'`;

/** How ClickHouse writes the conditions of a narrowed query. */
const CLICKHOUSE: StoreDialect = {
  text: sqlText,
  name: (column) => `\`${column}\``,
  from: (table) => table,
  in: "GLOBAL IN",
  contains: (text, part) => `position(${text}, ${part}) > 0`,
  matches: (text, pattern) => `match(${text}, ${pattern})`,
  joined: (list) => `arrayStringConcat(${list}, ' ')`,
  float: (value) => `toFloat64(${value})`,
};

class RemoteTables {
  readonly #name: string;
  readonly #server: ClickHouse;

  constructor(name: string, server: ClickHouse) {
    this.#name = name;
    this.#server = server;
  }

  /** Rows of a table in an order. Throws NoAnswerError if not all of them come. */
  async *rows(table: string, columns: string, condition: string, order: string): AsyncGenerator<readonly Row[]> {
    const expected = await this.count(`SELECT count() AS n FROM ${table} WHERE ${condition}`);
    let count = 0;
    for await (const rows of this.#server.rows(
      `SELECT ${columns} FROM ${table} WHERE ${condition} ORDER BY ${order}`,
    )) {
      count += rows.length;
      yield rows;
    }
    if (count !== expected)
      throw new NoAnswerError(
        `${this.#name} gave ${count} of ${expected} rows of ${table}`,
        "ask again once all of it is there",
      );
  }

  /** The values of contracts in a table whose texts records share: row after row, by contract. */
  async shared(table: SharedTable, contracts: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, string[]>();
    if (contracts.length === 0) return found;
    const columns = SHARED_COLUMNS[table].map((column) => `ifNull(toString(${column}), '') AS shared_${column}`);
    const condition = `contract IN (${contracts.map(sqlText).join(", ")})`;
    for await (const rows of this.rows(table, ["contract", ...columns].join(", "), condition, "place"))
      for (const row of rows)
        for (const column of SHARED_COLUMNS[table])
          addUnder(found, textIn(row, "contract"), textIn(row, `shared_${column}`));
    return found;
  }

  async count(question: string): Promise<number> {
    for await (const [row] of this.#server.rows(question)) if (row !== undefined) return numberIn(row, "n");
    throw new NoAnswerError(`${this.#name} gave no whole answer`);
  }

  /**
   * The manifest of what was loaded. This may be several stores of the same version, whose counts are added up. Throws
   * InputError if there is no store, if one has another version, or if it was not loaded as a whole.
   */
  async manifest(): Promise<Manifest & { readonly stores: number }> {
    const parts: Row[] = [];
    for await (const rows of this.#server.rows(
      "SELECT version, lotbook, day, contracts, lots, mayCallOff, hasNotices FROM store ORDER BY day",
    ))
      addAll(parts, rows);
    // What is settled in all stores is so from the last of their days on.
    const first = parts.at(-1);
    if (first === undefined)
      throw new InputError(`${this.#name} holds no store`, "lotbook help stores says how one is loaded");
    for (const part of parts) this.#refuseOthers(numberIn(part, "version"));
    const day = parsePartialDate(textIn(first, "day"));
    const sum = (column: string): number => parts.reduce((all, part) => all + numberIn(part, column), 0);
    const manifest = {
      stores: parts.length,
      format: STORE_FORMAT,
      version: STORE_VERSION,
      lotbook: textIn(first, "lotbook"),
      day: day === undefined ? "" : formatPartialDate(day),
      inputs: [],
      counts: { contracts: sum("contracts"), lots: sum("lots") },
      tables: {},
      mayCallOff: sum("mayCallOff") > 0,
      hasNotices: sum("hasNotices") > 0,
      isWhole: false,
    } as const;
    await this.#refuseParts(manifest.counts.contracts);
    return manifest;
  }

  #refuseOthers(version: number): void {
    if (version !== STORE_VERSION)
      throw new InputError(
        `${this.#name} holds a store of version ${version}, and this lotbook reads version ${STORE_VERSION}`,
        "load it anew: lotbook help stores",
      );
  }

  notWhole(held: string): InputError {
    return new InputError(`${this.#name} holds ${held}`, "it was not loaded as a whole, or twice: load it anew");
  }

  async #refuseParts(expected: number): Promise<void> {
    const there = await this.count("SELECT count() AS n FROM record WHERE contract IS NOT NULL");
    if (there !== expected) throw this.notWhole(`${there} of the ${expected} contracts of its store`);
  }
}
