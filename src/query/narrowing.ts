/**
 * A query narrows, and the engine decides: here a query becomes a condition on the rows of a store's tables that finds
 * the contracts of which it may be true. Each term has one form where it must hold and another where it must not, so
 * that no `NOT` loses a contract. What rows cannot tell narrows nothing. Contracts without lots, and those that
 * modifications change, are always read. A store writes the condition in the SQL of its engine
 * (`inputs/store/narrowing-sql.ts`), and says whether it could. If it could, it has looked for wrong ids and several
 * currencies itself, and nobody else need watch for them. A register in JSON Lines is narrowed by ids alone: of other
 * contracts than those asked for, only a sketch is read. A property test compares the answers with those from the
 * files.
 */

import { dateOfDay, dayRange } from "../model/calendar.ts";
import type { Preference } from "../model/claim.ts";
import { plainPartOf } from "../model/fold.ts";
import { INCLUDING_VAT, minorDigits } from "../model/money.ts";
import { formatPartialDate, type PartialDate } from "../model/partial-date.ts";
import type { Narrowing, Question, RowTable, RowTest } from "../model/wanted.ts";
import type { Register } from "../records/register.ts";
import { matcherOf } from "./compile-query.ts";
import type { Clause, Operator, Query } from "./query.ts";
import { type OfSupplier, supplierTexts } from "./text-values.ts";
import { type Amounts, type AskedAmount, type Counts, type Dates, daysAsked } from "./values.ts";
import { fieldsWithoutCurrency, idsAskedFor } from "./watches.ts";

/** What else is known when a query is narrowed. */
interface Known {
  readonly register: Register;
  /** The day that `today` means. */
  readonly today: PartialDate;
}

const ALL: Narrowing = { kind: "all", parts: [] };
const NONE: Narrowing = { kind: "any", parts: [] };

const isAll = (narrowing: Narrowing): boolean => narrowing.kind === "all" && narrowing.parts.length === 0;

/**
 * Finds the contracts of which a query may be true for some lot or seat, by the tables of the store that they come
 * from: never too few, often too many. Undefined where that may be all contracts. It is also undefined where all must
 * be read, to say how much of the data states what is asked for. `watched` is all that is asked, and `asked` the part
 * of it that lots must answer.
 */
export const questionOf = (watched: Query, asked: Query, known: Known): Omit<Question, "onNarrowed"> | undefined => {
  const { register } = known;
  const bare = fieldsWithoutCurrency(watched);
  const isComparable = bare.length === 0 || (hasRows(register) && bare.every((field) => AMOUNTS.has(field)));
  const narrowing = isComparable ? new Narrower(known).narrow(asked, true) : ALL;
  if (isAll(narrowing)) return undefined;
  const sources = new Set(register.sources.map(({ id }) => id));
  return {
    narrowing,
    byRows: asksRows(narrowing),
    ids: {
      contract: idsAskedFor(watched, "contract"),
      lot: idsAskedFor(watched, "lot"),
      source: idsAskedFor(watched, "source").filter((id) => !sources.has(id)),
    },
    inOneCurrency: bare,
  };
};

/** Whether rows say what contracts do: rows are by the preferred source and do not know who holds a seat later. */
const hasRows = ({ tabledBy, preference }: Register): boolean => tabledBy === preference;

const asksRows = (narrowing: Narrowing): boolean => {
  if (narrowing.kind === "all" || narrowing.kind === "any") return narrowing.parts.some(asksRows);
  return narrowing.kind === "rows";
};

const allOf = (parts: readonly Narrowing[]): Narrowing => {
  const some = parts.filter((part) => !isAll(part));
  const [only] = some;
  return some.length === 1 && only !== undefined ? only : { kind: "all", parts: together(some) };
};

/** Conditions that must be true of one lot are asked of one row. */
const together = (parts: readonly Narrowing[]): readonly Narrowing[] => {
  const ofLots = parts.flatMap((part) => (part.kind === "rows" && isOfFirstRow(part) ? [part.test] : []));
  if (ofLots.length < 2) return parts;
  const others = parts.filter((part) => part.kind !== "rows" || !isOfFirstRow(part));
  return [...others, { kind: "rows", table: "lot", test: { kind: "all", parts: ofLots } }];
};

/** A lot that was awarded in several currencies has a row for each. Only the first says everything else. */
const isOfFirstRow = ({ table, test }: Narrowing & { readonly kind: "rows" }): boolean =>
  table === "lot" && !asksAwarded(test);

const asksAwarded = (test: RowTest): boolean =>
  "parts" in test ? test.parts.some(asksAwarded) : "column" in test && test.column === "awarded";

const anyOf = (parts: readonly Narrowing[]): Narrowing => (parts.some(isAll) ? ALL : { kind: "any", parts });

const rows = (table: RowTable, test: RowTest): Narrowing => ({ kind: "rows", table, test });

interface TextColumn {
  readonly table: RowTable;
  readonly column: string;
  readonly isList: boolean;
}

const one = (table: RowTable, column: string): TextColumn => ({ table, column, isList: false });
const several = (table: RowTable, column: string): TextColumn => ({ table, column, isList: true });

/** The condition that a column contains a text. */
const finding = ({ table, column, isList }: TextColumn, wanted: string): Narrowing =>
  rows(table, { kind: isList ? "findsAmong" : "finds", column, part: plainPartOf(wanted) });

/** What notices call suppliers, where their records say otherwise. */
const CALLED: TextColumn = one("seat", "called");

/**
 * The columns that a field of texts stands in, each with its table. Columns of contracts are the same for all lots.
 */
const TEXT_COLUMNS: ReadonlyMap<string, readonly TextColumn[]> = new Map([
  ["title", [one("lot", "title"), one("contract", "title")]],
  ["buyer", [one("contract", "buyer"), several("contract", "jointBuyers")]],
  ["procedure", [one("contract", "procedure"), one("contract", "procedureType")]],
  ["regime", [one("contract", "regime")]],
  ["user", [several("contract", "users")]],
  ["tag", [several("contract", "tags")]],
  ["status", [one("lot", "status")]],
  ["service", [one("lot", "service")]],
  ["deployment", [one("lot", "deployment")]],
  ["source", [one("lot", "source")]],
]);

/** Fields whose texts are ids, which are compared exactly. */
const EXACT: ReadonlySet<string> = new Set(["procedure", "source"]);
const AMOUNTS: ReadonlySet<string> = new Set(["ceiling", "estimate", "reestimate", "awarded", "quantity"]);
/** The amounts that a lot may state. Any of them has its currency. */
const STATED: readonly string[] = ["ceiling", "ceilingPerSupplier", "estimate", "reestimate", "awarded"];
const DATES: ReadonlySet<string> = new Set(["awardDate", "reviewDate"]);
/** Dates that are worked out, for contracts and for lots with terms of their own. */
const ENDS: ReadonlySet<string> = new Set(["firmEnd", "latestEnd"]);
const OF_SUPPLIERS: ReadonlySet<string> = new Set(["supplier", "supplierId", "kind"]);

/** With more ids than this, most contracts are probably meant. */
const MANY = 5000;

class Narrower {
  readonly #register: Register;
  readonly #today: PartialDate;
  readonly #preference: Preference;
  readonly #hasRows: boolean;

  constructor({ register, today }: Known) {
    this.#register = register;
    this.#today = today;
    this.#preference = register.preference;
    this.#hasRows = hasRows(register);
  }

  /** The condition for contracts of which a query may be true, or with `holds` false may be false. */
  narrow(query: Query, holds: boolean): Narrowing {
    switch (query.kind) {
      case "and":
      case "or": {
        const parts = query.parts.map((part) => this.narrow(part, holds));
        return (query.kind === "and") === holds ? allOf(parts) : anyOf(parts);
      }
      case "not":
        return this.narrow(query.part, !holds);
      case "any":
      case "all":
        return this.#ofLots(this.narrow(query.part, holds));
      case "word":
        return holds ? this.#word(query.text) : ALL;
      default:
        return this.#clause(query, query.op === "!=" ? !holds : holds);
    }
  }

  /**
   * A condition on any of a contract's lots, if it has some: contracts without lots are always read. The lot that meets
   * it may be another than the one that is asked for, so the condition stands by itself and is not asked of the same
   * row.
   */
  #ofLots(narrowing: Narrowing): Narrowing {
    return asksRows(narrowing) ? anyOf([narrowing]) : ALL;
  }

  #clause(clause: Clause, holds: boolean): Narrowing {
    if (clause.kind === "texts" && clause.field === "contract" && holds)
      return { kind: "contracts", ids: clause.values };
    if (clause.kind === "texts" && clause.field === "lot" && holds) return { kind: "lots", ids: clause.values };
    if (!this.#hasRows) return ALL;
    if (!holds) return clause.kind === "texts" ? this.#without(clause) : ALL;
    switch (clause.kind) {
      case "texts":
        return this.#texts(clause);
      case "amounts":
        return AMOUNTS.has(clause.field)
          ? rows("lot", anyTest(clause.values.map((value) => amountTest(clause, value))))
          : ALL;
      case "dates":
        return this.#dates(clause);
      case "counts":
        return clause.field === "suppliers"
          ? rows("lot", anyTest(clause.values.map((value) => numberTest(clause.op, value))))
          : ALL;
    }
  }

  #dates({ field, op, values }: Clause & { readonly kind: "dates" }): Narrowing {
    const spans = values.map((value) => daysMeant(op, value, this.#today));
    if (DATES.has(field)) return rows("contract", anyTest(spans.map((span) => daysTest([field], [field], span))));
    return ENDS.has(field) ? anyOf(spans.map((span) => endsTest(field, span))) : ALL;
  }

  #texts(clause: Clause & { readonly kind: "texts" }): Narrowing {
    const { field, values } = clause;
    if (OF_SUPPLIERS.has(field)) {
      const suppliers = this.#suppliers(supplierTexts(field), matcherOf(clause));
      return field === "supplier" ? anyOf([suppliers, ...values.map((value) => finding(CALLED, value))]) : suppliers;
    }
    switch (field) {
      case "currency":
        return currencies(values);
      case "vat":
        return matcherOf(clause)("excluded") ? ALL : currencies([INCLUDING_VAT]);
      case "cpv":
        return anyOf(values.map((value) => anyOf([cpv("lot", value), cpv("contract", value)])));
      case "is":
        return anyOf(values.map((state) => this.#state(state)));
      case "has":
      case "missing":
      case "withheld":
        return anyOf(values.map((name) => this.#presence(field, name)));
    }
    const columns = TEXT_COLUMNS.get(field);
    if (columns === undefined) return ALL;
    return anyOf(
      columns.flatMap((found) =>
        EXACT.has(field)
          ? [rows(found.table, { kind: "is", column: found.column, texts: values })]
          : values.map((value) => finding(found, value)),
      ),
    );
  }

  /**
   * The condition that a clause of texts may be false. Rows can say so only of a clause that asks whether one amount is
   * there.
   */
  #without({ field, values }: Clause & { readonly kind: "texts" }): Narrowing {
    if ((field !== "missing" && field !== "has" && field !== "withheld") || !values.every((name) => AMOUNTS.has(name)))
      return ALL;
    const [value] = values;
    if (value === undefined || values.length > 1) return ALL;
    const states = ["known", "missing", "withheld"].filter((state) => state !== STATE_OF[field]);
    return rows("lot", { kind: "is", column: `${value}_state`, texts: states });
  }

  #state(state: string): Narrowing {
    const today = dayRange(this.#today);
    switch (state) {
      case "awarded":
        return rows("lot", { kind: "is", column: "status", texts: ["awarded"] });
      case "shared":
        return rows("lot", { kind: "number", column: "suppliers", least: 2, most: undefined });
      case "sole":
        return rows("lot", { kind: "number", column: "suppliers", least: 1, most: undefined });
      case "grouping":
        return this.#suppliers(
          ({ kind }) => [kind],
          (kind) => kind === "grouping",
        );
      case "ended":
        return endsTest("latestEnd", [undefined, today.last]);
      case "firm":
        return endsTest("firmEnd", [today.first, undefined]);
      case "undecided":
        return allOf([endsTest("firmEnd", [undefined, today.last]), endsTest("latestEnd", [today.first, undefined])]);
      default:
        return ALL;
    }
  }

  #presence(asked: "has" | "missing" | "withheld", name: string): Narrowing {
    if (!AMOUNTS.has(name)) return ALL;
    return rows("lot", { kind: "is", column: `${name}_state`, texts: [STATE_OF[asked]] });
  }

  #word(text: string): Narrowing {
    if (!this.#hasRows) return ALL;
    // A lot's id may follow that of its contract.
    const ids = [one("contract", "contract"), one("lot", "lot")].map((column) => finding(column, text));
    const titles = [one("contract", "title"), one("lot", "title")].map((column) => finding(column, text));
    const clause = { kind: "texts", field: "supplier", op: ":", values: [text] } as const;
    const suppliers = this.#suppliers(supplierTexts("supplier"), matcherOf(clause));
    return anyOf([...(text.includes("/") ? [ALL] : ids), ...titles, suppliers, finding(CALLED, text)]);
  }

  /** Finds contracts with a lot that is held by a supplier whose texts pass. */
  #suppliers(textsOf: OfSupplier, passes: (text: string) => boolean): Narrowing {
    const { suppliers, namedInStores } = this.#register;
    const ids: string[] = [];
    for (const list of [suppliers, namedInStores.suppliers])
      for (const supplier of list) if (textsOf(supplier, this.#preference, {}).some(passes)) ids.push(supplier.id);
    if (ids.length === 0) return NONE;
    if (ids.length > MANY) return ALL;
    return rows("seat", { kind: "is", column: "supplier", texts: ids });
  }
}

const STATE_OF = { has: "known", missing: "missing", withheld: "withheld" } as const;

const anyTest = (parts: readonly RowTest[]): RowTest => ({ kind: "any", parts });

/** Finds lots with an amount in a currency: one that the lot states, or one of its contract where it states none. */
const currencies = (values: readonly string[]): Narrowing => {
  // A value that is more than a code says, too, whether VAT is included, which the tables may say in other words.
  if (values.some(({ length }) => length > 3)) return ALL;
  const columns = STATED.flatMap((name) => values.map((value) => [`${name}_currency`, plainPartOf(value)] as const));
  return anyOf([
    ...columns.map(([column, part]) => rows("lot", { kind: "finds", column, part })),
    rows("lot", {
      kind: "all",
      parts: STATED.map((name) => ({ kind: "is", column: `${name}_state`, texts: ["missing", "withheld"] })),
    }),
  ]);
};

/** Codes below a code begin with the same digits, apart from its trailing zeros. */
const cpv = (table: "lot" | "contract", code: string): Narrowing =>
  rows(table, {
    kind: "beginsAmong",
    column: "cpv",
    part: code.length === 8 ? code.replace(/^(..\d*?)0+$/, "$1") : code,
  });

const inUnits = ({ money }: AskedAmount): number => Number(money.minor) / 10 ** minorDigits(money.currency);

/**
 * How far apart figures may lie that agree though they have different digits, as a factor: 0.5M and 1M, 1M and 1.9M.
 */
const NEAR = 4;

const amountTest = ({ field, op }: Clause, { low, high, single }: Amounts): RowTest => {
  const currency = (low ?? high)?.currency;
  const about = (least: number | undefined, most: number | undefined): RowTest => ({
    kind: "amount",
    column: field,
    currency,
    least,
    most,
  });
  if (single && op === ":") {
    const figure = inUnits(low);
    return figure <= 0
      ? about(undefined, undefined)
      : { kind: "any", parts: [about(figure / NEAR, figure * NEAR), about(0, 0)] };
  }
  const [least, most] = endsOf(op, single, low && inUnits(low), high && inUnits(high));
  return about(least, most);
};

type Ends<T> = readonly [least: T | undefined, most: T | undefined];

/** The ends of a range, or of a comparison with one value: `<` has no lower end. */
const endsOf = <T>(op: Operator, single: boolean, low: T | undefined, high: T | undefined): Ends<T> => [
  single && (op === "<" || op === "<=") ? undefined : low,
  single && (op === ">" || op === ">=") ? undefined : high,
];

const dayText = (day: number | undefined): string | undefined =>
  day !== undefined && Math.abs(day) < MOST_DAYS ? formatPartialDate(dateOfDay(day)) : undefined;

/** Days on either side of 1970 within which years have four digits. */
const MOST_DAYS = 700_000;

const daysMeant = (op: Operator, { low, high, single }: Dates, today: PartialDate): Ends<number> =>
  endsOf(op, single, low && daysAsked(low, today).first, high && daysAsked(high, today).last);

const daysTest = (first: readonly string[], last: readonly string[], [from, to]: Ends<number>): RowTest => ({
  kind: "days",
  first,
  last,
  from: dayText(from),
  to: dayText(to),
});

/**
 * Tests an end, which may lie anywhere between two days. A contract's row has both where the end that it shows is not
 * one day.
 */
const endsTest = (field: string, span: Ends<number>): Narrowing => {
  const [first, last] = [`${field}_first`, `${field}_last`];
  return anyOf([
    rows("lot", daysTest([first], [last], span)),
    rows("contract", daysTest([first, field], [last, field], span)),
  ]);
};

const numberTest = (op: Operator, { low, high, single }: Counts): RowTest => {
  const [least, most] = endsOf(op, single, low, high);
  return { kind: "number", column: "suppliers", least, most };
};
