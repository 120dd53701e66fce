import type { Preference } from "../model/claim.ts";
import type { Lot } from "../records/lot.ts";
import type { Clause, Operator } from "./query.ts";
import { suppliersOf, type Test } from "./subject.ts";
import type { Counts } from "./values.ts";

/** The number of a field: of suppliers, whoever is in view, or of offers. */
export const countOf = (field: string, lot: Lot, preference: Preference): number | undefined =>
  field === "suppliers" ? suppliersOf(lot, preference).length : preference.value(lot.offers)?.count;

/** A clause of a field of numbers; what is unknown matches nothing. */
export const askCounts = (
  { field, op, values }: Clause & { readonly kind: "counts" },
  preference: Preference,
): Test => {
  const matches: Test = ({ lot }) => {
    const count = countOf(field, lot, preference);
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
