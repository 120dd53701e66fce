import type { Amounts, Counts, Dates } from "./values.ts";

export type FieldType = "id" | "text" | "amount" | "date" | "count" | "state" | "presence";

/** What some fields belong to that only one command has in view; all others are asked of lots. */
export type RowKind = "orders" | "headroom";

export interface QueryField {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly example: string;
  /** The only command that can be asked for it; any can where it is left out. */
  readonly only?: RowKind;
}

/** How a clause compares; `:` means contains for text, equals for ids, and lies within for dates and amounts. */
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

/** A question that is true or false of a lot; see `parseQuery` for how it is written. */
export type Query =
  | { readonly kind: "and" | "or"; readonly parts: readonly Query[] }
  | { readonly kind: "not"; readonly part: Query }
  /** Asked of the lots of the same contract: whether any, or all, of them are so. */
  | { readonly kind: "any" | "all"; readonly part: Query }
  | { readonly kind: "word"; readonly text: string }
  | Clause;

/** The query that everything answers. */
export const EVERYTHING: Query = { kind: "and", parts: [] };

export const isEverything = (query: Query): boolean => query.kind === "and" && query.parts.length === 0;

/** Every clause of a query, wherever it stands in it. */
export const clausesOf = (query: Query): readonly Clause[] => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.flatMap(clausesOf);
    case "not":
    case "any":
    case "all":
      return clausesOf(query.part);
    case "word":
      return [];
    default:
      return [query];
  }
};

export const allOf = (queries: readonly Query[]): Query => {
  const parts = queries.flatMap((query) => (query.kind === "and" ? query.parts : [query]));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: "and", parts };
};
