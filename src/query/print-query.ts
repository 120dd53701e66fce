import { queryFieldNamed } from "./fields.ts";
import type { Clause, Query } from "./query.ts";
import { printAmount, printDate, printRange } from "./values.ts";

/** How tightly a query binds: OR least, then AND, then everything else. */
const strength = ({ kind }: Query): number => (kind === "or" ? 0 : kind === "and" ? 1 : 2);

const quote = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** A value as it can stand after a colon. It is quoted if it would be read differently without quotes. */
const printValue = (text: string): string =>
  /^[\p{L}\p{N}_./+:-]+$/u.test(text) && !text.startsWith("~") ? text : quote(text);

const printWord = (text: string): string => {
  const special = queryFieldNamed(text) !== undefined || /^(?:and|or|not|any|all)$/i.test(text);
  return !special && /^[\p{L}\p{N}][\p{L}\p{N}_./-]*$/u.test(text) ? text : quote(text);
};

/** Quotes each of several amounts: a comma between two digits would be taken for part of an amount. */
const printAmounts = (amounts: readonly string[]): readonly string[] =>
  amounts.map(amounts.length > 1 ? quote : printValue);

const printValues = (clause: Clause): readonly string[] => {
  switch (clause.kind) {
    case "texts":
      return clause.values.map(printValue);
    case "amounts":
      return printAmounts(clause.values.map((range) => printRange(range, printAmount)));
    case "dates":
      return clause.values.map((range) => `${range.perhaps ? "~" : ""}${printRange(range, printDate)}`);
    case "counts":
      return clause.values.map((range) => printRange(range, String));
  }
};

const within = (query: Query, least: number): string =>
  strength(query) < least ? `(${printQuery(query)})` : printQuery(query);

/** Writes a query so that reading it gives the same query again. */
export const printQuery = (query: Query): string => {
  switch (query.kind) {
    case "or":
      return query.parts.map((part) => within(part, 1)).join(" OR ");
    case "and":
      return query.parts.map((part) => within(part, 2)).join(" ");
    case "not":
      return `NOT ${within(query.part, 2)}`;
    case "any":
    case "all":
      return `${query.kind}(${printQuery(query.part)})`;
    case "word":
      return printWord(query.text);
    default:
      return `${query.field}${query.op}${printValues(query).join(",")}`;
  }
};
