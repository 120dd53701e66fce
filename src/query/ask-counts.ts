import type { Preference } from "../model/claim.ts";
import type { Quantity } from "../model/quantity.ts";
import { daysToAward } from "../records/days-to-award.ts";
import { askedField, unanswered } from "./asked-fields.ts";
import type { Clause, Operator } from "./query.ts";
import { type Subject, suppliersOf, type Test } from "./subject.ts";
import type { Counts } from "./values.ts";

const isCounted = (value: unknown): value is Pick<Quantity, "count"> =>
  typeof value === "object" && value !== null && "count" in value;

/** The number of a field: of suppliers, whoever is in view, or as a lot states it; undefined where nothing is said. */
export const countIn = (field: string, preference: Preference): ((subject: Subject) => number | undefined) => {
  if (field === "suppliers") return ({ lot }) => suppliersOf(lot, preference).length;
  if (field === "daysToAward") return ({ contract }) => daysToAward(contract, preference);
  if (field === "used") return ({ ceiling }) => ceiling?.used;
  const asked = askedField(field, "count");
  if (asked === undefined) throw unanswered(field);
  return (subject) => {
    const stated = asked.statedOf(subject, preference);
    return isCounted(stated) ? stated.count : undefined;
  };
};

/** A clause of a field of numbers; what is unknown matches nothing. */
export const askCounts = (
  { field, op, values }: Clause & { readonly kind: "counts" },
  preference: Preference,
): Test => {
  const countOf = countIn(field, preference);
  const matches: Test = (subject) => {
    const count = countOf(subject);
    return count !== undefined && values.some((range) => isWithin(count, op, range));
  };
  return op === "!=" ? (subject) => !matches(subject) : matches;
};

const isWithin = (count: number, op: Operator, { low, high, single }: Counts): boolean => {
  if (!single) return (low === undefined || count >= low) && (high === undefined || count <= high);
  switch (op) {
    case "<":
      return count < low;
    case "<=":
      return count <= low;
    case ">":
      return count > low;
    case ">=":
      return count >= low;
    default:
      return count === low;
  }
};
