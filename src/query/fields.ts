import { nearest } from "../model/nearest.ts";
import { PROCEDURE_TYPES } from "../records/contract.ts";
import { COMPANY_SIZES } from "../records/supplier.ts";
import { ASKED_OF_CONTRACTS, ASKED_OF_LOTS, ASKED_OF_ORDERS } from "./asked-fields.ts";
import type { FieldType, QueryField } from "./query.ts";

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

const field = (name: string, type: FieldType, meaning: string, example: string): QueryField => ({
  name,
  type,
  meaning,
  example,
});

/** States of a lot, its contract or its suppliers, for `is:`. */
export const STATES = [
  "shared",
  "sole",
  "grouping",
  "framework",
  "awarded",
  "ended",
  "firm",
  "renewable",
  "undecided",
] as const;
export type State = (typeof STATES)[number];

/** How far a ceiling may be used up (L1), in the order in which it is. */
export const USES = ["open", "warning", "exhausted", "breach"] as const;

/** Whether a ceiling runs out before what is firm of its contract ends, at the pace of the orders. */
export const RUNS_OUT = ["before-end", "after-end"] as const;

const CEILING_FIELDS: readonly QueryField[] = [
  field(
    "used",
    "count",
    "How much of the ceiling is ordered, in percent; at least, where it is not certain.",
    "used:80..",
  ),
  field("use", "text", `How far the ceiling is used up, or may be: ${USES.join(", ")}.`, "use:breach"),
  field("left", "amount", "What is left of the ceiling; below 0 above it.", "left:..EUR10k"),
  field(
    "runsOut",
    "text",
    `Whether it runs out, at the current pace, before its end: ${RUNS_OUT.join(", ")}.`,
    "runsOut:before-end",
  ),
].map((each) => ({ ...each, only: "headroom" as const }));

/**
 * Everything that a query can ask for: names, types and examples for the parser, the help, hints and completion. Those of
 * the tables, and those that several fields answer together or that follow from them.
 */
export const QUERY_FIELDS: readonly QueryField[] = [
  field("contract", "id", "The contract's id.", "contract:cloud-i"),
  field("lot", "id", "The lot's id: 2, or cloud-i/2 among all contracts.", "lot:2,3"),
  field("title", "text", "The title of the lot, the contract or the source.", 'title:"public cloud"'),
  field("buyer", "text", "Who buys.", "buyer:commission"),
  field(
    "procedure",
    "id",
    `The procedure, by its number or by its kind: ${PROCEDURE_TYPES.join(", ")}.`,
    "procedure:direct",
  ),
  ...ASKED_OF_CONTRACTS,
  field(
    "vat",
    "text",
    "Whether the contract's amounts include value added tax: included or excluded, also where nothing is said.",
    "vat:included",
  ),
  field("cpv", "id", "A code of the Common Procurement Vocabulary; also finds the codes within it.", "cpv:72000000"),
  field("supplier", "text", "A supplier of the lot by id, name, alias or member.", "supplier:numergy"),
  field("supplierId", "id", "A supplier of the lot by its id.", "supplierId:numergy"),
  field("country", "text", "Where a supplier or a member of it comes from.", "country:ES"),
  field("kind", "text", "The supplier's kind: company or grouping.", "kind:grouping"),
  field("size", "text", `How large a supplier is: ${COMPANY_SIZES.join(", ")}.`, "size:micro,small"),
  field("sme", "text", "Whether a supplier is a micro, small or medium-sized company: yes or no.", "sme:yes"),
  field(
    "currency",
    "text",
    "The currency of an amount that is stated of the lot, else of its contract.",
    "currency:EUR",
  ),
  field("ceiling", "amount", "What may be spent, each shared ceiling counted once.", "ceiling:10M.."),
  ...ASKED_OF_LOTS,
  field("suppliers", "count", "How many suppliers hold the lot, or the lots.", "suppliers:2.."),
  field(
    "daysToAward",
    "count",
    "How many days went by from the call to the award, where both days are known.",
    "daysToAward:180..",
  ),
  field(
    "firmEnd",
    "date",
    "The end of what is firm: the initial period, and the renewals that were exercised.",
    "firmEnd:today..today+6m",
  ),
  field("latestEnd", "date", "The end with every renewal that was not declined.", "latestEnd:..2020"),
  field("source", "id", "The source's id: who says so; of a lot, who states its ceiling.", "source:digit"),
  ...ASKED_OF_ORDERS,
  ...CEILING_FIELDS,
  field("is", "state", `A state: ${STATES.join(", ")}.`, "is:shared"),
  field("has", "presence", "Something is known of the field.", "has:ceiling"),
  field("missing", "presence", "Nothing is said of the field.", "missing:ceiling"),
  field("withheld", "presence", "The field is kept secret.", "withheld:awarded"),
];

export const queryFieldNamed = (name: string): QueryField | undefined =>
  QUERY_FIELDS.find((candidate) => candidate.name === name);

/** The fields of which `has:`, `missing:` and `withheld:` can ask. */
export const PRESENCE_FIELDS: readonly string[] = QUERY_FIELDS.filter(
  ({ type }) => type !== "state" && type !== "presence",
).map(({ name }) => name);
