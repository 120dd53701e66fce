import { contractsNamedIn, type Narrowing, type Question, type RowTable, type RowTest } from "../../model/wanted.ts";

/** How an engine writes what narrowing asks of the tables of a store. */
export interface StoreDialect {
  readonly text: (text: string) => string;
  readonly name: (column: string) => string;
  /** What stands behind FROM to read a table. */
  readonly from: (table: RowTable | "record" | "modification") => string;
  /** The operator IN, in a form that asks all of a cluster for what follows. */
  readonly in: string;
  /** Functions of the engine, each called with the expressions that are given. */
  readonly contains: (text: string, part: string) => string;
  readonly matches: (text: string, pattern: string) => string;
  readonly joined: (list: string) => string;
  readonly float: (value: string) => string;
}

const listOf = (texts: readonly string[], { text }: StoreDialect): string => texts.map(text).join(", ");

const all = (parts: readonly string[]): string => (parts.length === 0 ? "1 = 1" : `(${parts.join(" AND ")})`);
const any = (parts: readonly string[]): string => (parts.length === 0 ? "1 = 0" : `(${parts.join(" OR ")})`);

/**
 * A pattern of texts of which nothing is certain: they have letters that fold in other ways than by their case, or
 * several blanks, which count as one.
 */
const UNUSUAL = "[^ -~]|  ";

/** The tolerance with which amounts are compared: they are floats, whose last digits may be wrong. */
const SLACK = 1e-9;

const between = (value: string, least: number | undefined, most: number | undefined): readonly string[] => [
  ...(least === undefined ? [] : [`${value} >= ${least - Math.abs(least) * SLACK}`]),
  ...(most === undefined ? [] : [`${value} <= ${most + Math.abs(most) * SLACK}`]),
];

const testSql = (test: RowTest, sql: StoreDialect): string => {
  if ("parts" in test) return (test.kind === "all" ? all : any)(test.parts.map((part) => testSql(part, sql)));
  if (test.kind === "days") return daysSql(test, sql);
  const column = sql.name(test.column);
  switch (test.kind) {
    case "is":
      return `${column} IN (${listOf(test.texts, sql)})`;
    case "finds":
    case "findsAmong": {
      const text = test.kind === "finds" ? column : sql.joined(column);
      return any([sql.contains(`lower(${text})`, sql.text(test.part)), sql.matches(text, sql.text(UNUSUAL))]);
    }
    case "beginsAmong":
      return sql.contains(`concat(' ', ${sql.joined(column)})`, sql.text(` ${test.part}`));
    case "amount": {
      const { currency, least, most } = test;
      const unit = sql.name(`${test.column}_currency`);
      const units = `${sql.float(column)} / power(10, ${sql.name(`${test.column}_digits`)})`;
      const inIt =
        currency === undefined
          ? []
          : [`(${unit} = ${sql.text(currency)} OR ${unit} LIKE ${sql.text(`${currency} %`)})`];
      return all([`${column} IS NOT NULL`, ...inIt, ...between(units, least, most)]);
    }
    case "number":
      return all(between(column, test.least, test.most));
  }
};

const daysSql = (test: Extract<RowTest, { readonly kind: "days" }>, sql: StoreDialect): string => {
  const saidIn = (columns: readonly string[]): string => `coalesce(${columns.map(sql.name).join(", ")})`;
  const [first, last] = [saidIn(test.first), saidIn(test.last)];
  return all([
    `${first} IS NOT NULL`,
    ...(test.to === undefined ? [] : [`${first} <= ${sql.text(test.to)}`]),
    ...(test.from === undefined ? [] : [`${last} >= substring(${sql.text(test.from)}, 1, length(${last}))`]),
  ]);
};

/** The condition for lots by their ids, alone or behind those of their contracts. */
const lotsSql = (ids: readonly string[], sql: StoreDialect): string => {
  const contracts = [...contractsNamedIn(ids)];
  const list = listOf(ids, sql);
  const behind = `(contract IN (${listOf(contracts, sql)}) AND concat(contract, '/', lot) IN (${list}))`;
  return any([`lot IN (${list})`, ...(contracts.length > 0 ? [behind] : [])]);
};

const contractIn = (rows: string, sql: StoreDialect): string => `contract ${sql.in} (SELECT contract FROM ${rows})`;

type ByRows = Extract<Narrowing, { readonly kind: "lots" | "rows" }>;

const rowsSql = (narrowing: ByRows, sql: StoreDialect): string =>
  narrowing.kind === "lots"
    ? `${sql.from("lot")} WHERE ${lotsSql(narrowing.ids, sql)}`
    : `${sql.from(narrowing.table)} WHERE ${testSql(narrowing.test, sql)}`;

/** A narrowing that rows of one table decide alone; undefined for any other. */
const onlyRows = (narrowing: Narrowing): ByRows | undefined => {
  if (narrowing.kind === "lots" || narrowing.kind === "rows") return narrowing;
  if (narrowing.kind === "contracts") return undefined;
  const [only, ...others] = narrowing.parts;
  return only === undefined || others.length > 0 ? undefined : onlyRows(only);
};

const narrowingSql = (narrowing: Narrowing, sql: StoreDialect): string => {
  switch (narrowing.kind) {
    case "all":
    case "any":
      return (narrowing.kind === "all" ? all : any)(narrowing.parts.map((part) => narrowingSql(part, sql)));
    case "contracts":
      return `contract IN (${listOf(narrowing.ids, sql)})`;
    default:
      return contractIn(rowsSql(narrowing, sql), sql);
  }
};

/** The condition for records of contracts that a question may be about. */
export const wantedSql = ({ narrowing, byRows }: Pick<Question, "narrowing" | "byRows">, sql: StoreDialect): string => {
  const condition = narrowingSql(narrowing, sql);
  if (!byRows) return condition;
  return any([
    condition,
    contractIn(`${sql.from("contract")} WHERE lots = 0`, sql),
    contractIn(sql.from("modification"), sql),
  ]);
};

/** A query for the contracts that a question may be about. If rows of one table decide that, no others are read. */
export const contractsSql = (wanted: Pick<Question, "narrowing" | "byRows">, sql: StoreDialect): string => {
  const rows = wanted.byRows ? undefined : onlyRows(wanted.narrowing);
  return rows === undefined
    ? `SELECT contract FROM ${sql.from("record")} WHERE contract IS NOT NULL AND ${wantedSql(wanted, sql)}`
    : `SELECT DISTINCT contract FROM ${rowsSql(rows, sql)}`;
};

interface Count {
  readonly sql: string;
  /** Whether a question can be narrowed if so many are found. */
  readonly isEnough: (found: number) => boolean;
}

/**
 * The counts that tell whether a question can be narrowed: all its ids must be there, and certain amounts must be in
 * one currency.
 */
export const countsFor = (
  { ids, inOneCurrency }: Pick<Question, "ids" | "inOneCurrency">,
  sql: StoreDialect,
): readonly Count[] => [
  ...allOf(ids.contract, (list) => `contract) AS n FROM ${sql.from("record")} WHERE contract IN (${list})`, sql),
  ...allOf(ids.lot, (list) => `id) AS n FROM (${lotNames(ids.lot, sql)}) AS named WHERE id IN (${list})`, sql),
  ...allOf(ids.source, (list) => `source) AS n FROM ${sql.from("publication")} WHERE source IN (${list})`, sql),
  ...inOneCurrency.map((field) => ({
    sql: `SELECT count(DISTINCT ${sql.name(`${field}_currency`)}) AS n FROM ${sql.from("lot")}`,
    isEnough: (found: number) => found <= 1,
  })),
];

const allOf = (ids: readonly string[], distinct: (list: string) => string, sql: StoreDialect): readonly Count[] => {
  const wanted = new Set(ids);
  if (wanted.size === 0) return [];
  return [
    { sql: `SELECT count(DISTINCT ${distinct(listOf([...wanted], sql))}`, isEnough: (found) => found === wanted.size },
  ];
};

/** A query for the ids by which lots may be meant: their own, alone and behind those of their contracts. */
const lotNames = (ids: readonly string[], sql: StoreDialect): string => {
  const contracts = [...contractsNamedIn(ids)];
  const alone = `SELECT lot AS id FROM ${sql.from("lot")} WHERE lot IN (${listOf(ids, sql)})`;
  if (contracts.length === 0) return alone;
  const inThese = `contract IN (${listOf(contracts, sql)})`;
  return `${alone} UNION ALL SELECT concat(contract, '/', lot) AS id FROM ${sql.from("lot")} WHERE ${inThese}`;
};
