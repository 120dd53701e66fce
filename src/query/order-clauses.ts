import { queryFieldNamed } from "./fields.ts";
import { allOf, EVERYTHING, isEverything, type Query } from "./query.ts";

/** Fields that say something else of an order than of the lot that it is on: an order has its own supplier and buyer. */
const SEEN_BY_ORDER: ReadonlySet<string> = new Set([
  "supplier",
  "supplierId",
  "country",
  "kind",
  "buyer",
  "is",
  "has",
  "missing",
  "withheld",
]);

const isOfOrders = (field: string): boolean => queryFieldNamed(field)?.only === "orders";

/** What a query of orders demands of the lots that they are on, whatever the orders are: it keeps all that may have some. */
export const demandsOnLots = (query: Query): Query => {
  switch (query.kind) {
    case "and":
      return allOf(query.parts.map(demandsOnLots));
    case "or": {
      const parts = query.parts.map(demandsOnLots);
      return parts.some(isEverything) ? EVERYTHING : { kind: "or", parts };
    }
    case "not":
      // What is left out of the part would be left in by its opposite.
      return isOfLotsAlone(query.part) ? query : EVERYTHING;
    default:
      return isOfLotsAlone(query) ? query : EVERYTHING;
  }
};

/** Whether a query says the same of all orders on a lot. */
const isOfLotsAlone = (query: Query): boolean => {
  switch (query.kind) {
    case "and":
    case "or":
      return query.parts.every(isOfLotsAlone);
    case "not":
      return isOfLotsAlone(query.part);
    case "any":
    case "all":
      return true;
    case "word":
      return false;
    default:
      return !isOfOrders(query.field) && !SEEN_BY_ORDER.has(query.field);
  }
};
