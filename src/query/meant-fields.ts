import { nearest } from "../model/nearest.ts";
import { QUERY_FIELDS } from "./fields.ts";

/** What people call fields elsewhere, and what they are called here. */
const ELSEWHERE_CALLED: ReadonlyMap<string, string> = new Map([
  ["id", "contract or lot"],
  ["name", "title or supplier"],
  ["vendor", "supplier"],
  ["contractor", "supplier"],
  ["company", "supplier"],
  ["winner", "supplier"],
  ["holder", "supplier"],
  ["seller", "supplier"],
  ["authority", "buyer"],
  ["client", "buyer"],
  ["customer", "buyer"],
  ["value", "ceiling or awarded"],
  ["price", "ceiling or awarded"],
  ["cost", "ceiling or awarded"],
  ["budget", "ceiling"],
  ["max", "ceiling"],
  ["maximum", "ceiling"],
  ["end", "firmEnd or latestEnd"],
  ["ends", "firmEnd or latestEnd"],
  ["expires", "firmEnd or latestEnd"],
  ["expiry", "firmEnd or latestEnd"],
  ["until", "firmEnd or latestEnd"],
  ["start", "startDate"],
  ["starts", "startDate"],
  ["year", "awardDate"],
  ["state", "is or status"],
  ["cat", "cpv"],
  ["category", "cpv"],
]);

/** Which field may be meant by a name that is none, as a hint. */
export const meantField = (name: string): string => {
  const called = ELSEWHERE_CALLED.get(name.toLowerCase());
  if (called !== undefined) return `did you mean ${called}?`;
  const near = nearest(
    name,
    QUERY_FIELDS.map((field) => field.name),
  );
  return near.length > 0 ? `did you mean ${near.join(" or ")}?` : "lotbook fields lists all that there are";
};
