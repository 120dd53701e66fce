import type { Amounts, Counts, Dates } from "./values.ts";

export type FieldType = "id" | "text" | "amount" | "date" | "count" | "state" | "presence";

/**
 * The kind of rows that some fields belong to, and that only one command shows. All other fields are asked of lots.
 */
export type RowKind = "orders" | "headroom";

export interface QueryField {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly example: string;
  /** The only kind of rows that has the field. All have it where this is left out. */
  readonly only?: RowKind;
}

/** How a clause compares. `:` means contains for text, equals for ids, and lies within for dates and amounts. */
export const OPERATORS = [":", "=", "!=", "<=", ">=", "<", ">"] as const;
export type Operator = (typeof OPERATORS)[number];

export type Clause =
  | {
      readonly kind: "texts";
      readonly field: string;
      readonly op: ":" | "=" | "!=";
      readonly values: readonly string[];
    }
  | { readonly kind: "amounts"; readonly field: string; readonly op: Operator; readonly values: readonly Amounts[] }
  | { readonly kind: "dates"; readonly field: string; readonly op: Operator; readonly values: readonly Dates[] }
  | { readonly kind: "counts"; readonly field: string; readonly op: Operator; readonly values: readonly Counts[] };

/** A question that is true or false of a lot. See `parseQuery` for how it is written. */
export type Query =
  | { readonly kind: "and" | "or"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query }
  /** Asks about the lots of the same contract: whether the part is true of any, or of all. */
  | { readonly kind: "any" | "all"; readonly part: Query }
  | Word
  | Clause;

export interface Word {
  readonly kind: "word";
  readonly text: string;
}

/** The query that is true of everything. */
export const EVERYTHING: Query = { kind: "and", parts: [] };

export const isEverything = (query: Query): boolean => query.kind === "and" && query.parts.length === 0;

/** The clauses and words of a query at any depth. Those below a NOT are left out unless they are wanted. */
export const leavesOf = (query: Query, withOpposites: boolean): readonly (Clause | Word)[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap((part) => leavesOf(part, withOpposites));
    case "not":
      return withOpposites ? leavesOf(query.part, withOpposites) : [];
    case "any":
    case "all":
      return leavesOf(query.part, withOpposites);
    default:
      return [query];
  }
};

export const clausesOf = (query: Query): readonly Clause[] =>
  leavesOf(query, true).flatMap((leaf) => (leaf.kind === "word" ? [] : [leaf]));

export const allOf = (queries: readonly Query[]): Query => ({
  kind: "and",
  parts: queries.flatMap((query) => (query.kind === "and" ? query.parts : [query])),
});
