import { queryFieldNamed } from "./fields.ts";
import { allOf, clausesOf, EVERYTHING, isEverything, type Query } from "./query.ts";

/** Fields that mean something else for an order than for its lot: an order has its own supplier and buyer. */
const SEEN_BY_ORDER: ReadonlySet<string> = new Set([
  "supplier",
  "supplierId",
  "country",
  "kind",
  "size",
  "sme",
  "buyer",
  "is",
  "has",
  "missing",
  "withheld",
]);

const NOTHING_SEEN: ReadonlySet<string> = new Set();

export const asksForRows = (query: Query): boolean => !isOfLotsAlone(query, NOTHING_SEEN);

/**
 * What a query of rows requires of the lots that they belong to, whatever the rows are: all lots that may have matching
 * rows are kept. For orders, what is asked of suppliers and buyers is left to the orders.
 */
export const demandsOnLots = (query: Query, unit: "order" | "ceiling"): Query =>
  demandsOf(query, unit === "order" ? SEEN_BY_ORDER : NOTHING_SEEN);

const demandsOf = (query: Query, seen: ReadonlySet<string>): Query => {
  switch (query.kind) {
    case "and":
      return allOf(query.parts.map((part) => demandsOf(part, seen)));
    case "or": {
      const parts = query.parts.map((part) => demandsOf(part, seen));
      return parts.some(isEverything) ? EVERYTHING : { kind: "or", parts };
    }
    default:
      // Leaving a part out of a NOT would let in less, not more, so it is kept whole or left out whole.
      return isOfLotsAlone(query, seen) ? query : EVERYTHING;
  }
};

/** Whether a query gives the same answer for all rows of a lot. */
const isOfLotsAlone = (query: Query, seen: ReadonlySet<string>): boolean => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.every((part) => isOfLotsAlone(part, seen));
    case "not":
      return isOfLotsAlone(query.part, seen);
    case "any":
    case "all":
      return true;
    case "word":
      return seen.size === 0;
    default:
      return (
        !isOfRows(query.field) && !seen.has(query.field) && (query.kind !== "texts" || !query.values.some(isOfRows))
      );
  }
};

const isOfRows = (name: string): boolean => queryFieldNamed(name)?.only !== undefined;

export const namesField = (query: Query, name: string): boolean => clausesOf(query).some(({ field }) => field === name);
