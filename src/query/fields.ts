import type { Preference } from "../model/claim.ts";
import { nearest } from "../model/nearest.ts";
import { contractCodec, PROCEDURE_TYPES } from "../records/contract.ts";
import type { ValueKind } from "../records/kinds.ts";
import { LOT, lotCodec } from "../records/lot.ts";
import { orderCodec } from "../records/order.ts";
import { type NamedField, saidIn } from "../records/record.ts";
import { COMPANY_SIZES } from "../records/supplier.ts";
import type { FieldType, QueryField } from "./query.ts";
import type { Subject } from "./subject.ts";

/** What columns and fields mean, written once so that a name means the same in queries and answers. */
export const MEANING = {
  aliases: "Its other names.",
  awarded: "The value of the contracts awarded, in the row's currency.",
  buyer: "Who buys.",
  ceiling: "What may be spent, each shared ceiling counted once.",
  ceilingOf: "The contract, group, lot or supplier's seat whose ceiling it is.",
  contract: "The contract's id.",
  cpv: "Codes of the Common Procurement Vocabulary, the main one first.",
  currency: "The currency of the row, and whether VAT is in its amounts; of quantities the unit.",
  daysToAward: "How many days went by from the call to the award, where both days are known.",
  end: "The last day, or the month or year that has it or follows on it; 2016-07..2017-06: between the two.",
  fact: "What is said: a fact's name in the register, or a figure that follows from it.",
  firmEnd: "The end of what is firm: the initial period, and the renewals that were exercised.",
  holders: "How many suppliers hold the lot, or the lots.",
  in: "How long until then, as exactly as the dates allow.",
  kind: "The supplier's kind: company or grouping.",
  latestEnd: "The end with every renewal that was not declined.",
  left: "What is left of the ceiling; below 0 above it.",
  leftAfter: "What is left of the ceiling after the order; below 0 above it.",
  locator: "Where the source says so.",
  lot: "The lot's id: 2, or cloud-i/2 among all contracts.",
  lots: "How many of the selected lots.",
  name: "The supplier's name, as the preferred source writes it.",
  notes: "The assumptions under which the data answer: each rule's id, and what was assumed.",
  ordered: "What is ordered under it, by orders and call-offs, one amount per currency.",
  orderedUnder: "What is ordered under the ceiling.",
  orders: "How many orders count for it.",
  organisations: "The companies behind the supplier.",
  country: "Where a supplier or a member of it comes from.",
  published: "When it was published.",
  record: "The contract, the lot, or the supplier.",
  repeatedCeiling: "The lot's ceiling, repeated for every supplier that shares it.",
  source: "The source's id: who says so; of a lot, who states its ceiling.",
  sources: "Who states the ceilings that were counted.",
  state:
    "Where the contract stands in its term on the day: not begun, firm, renewal 1 …, ended; several where its dates leave it open, or where nobody decided a renewal.",
  supplier: "The supplier's id.",
  title: "The title of the lot, the contract or the source.",
  used: "How much of the ceiling is ordered, in percent.",
  value: "The value, of the kind that the fact has.",
  verdict: "How sources stand to each other: agrees, rounded, cut, contradicts or names differ.",
} as const;

/** What other tools call fields, and their names here. */
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

/** A hint at the field that an unknown name may mean. */
export const meantField = (name: string): string => {
  const called = ELSEWHERE_CALLED.get(name.toLowerCase());
  if (called !== undefined) return `did you mean ${called}?`;
  const near = nearest(
    name,
    QUERY_FIELDS.map((field) => field.name),
  );
  return near.length > 0 ? `did you mean ${near.join(" or ")}?` : "lotbook fields lists all that there are";
};

interface AskedField extends QueryField {
  readonly of: "contract" | "lot" | "order";
  /**
   * What the preferred source says of the field, looking at a lot before its contract. Undefined where nothing is said,
   * or where no such record is in view.
   */
  readonly statedOf: (subject: Pick<Subject, "contract" | "lot" | "order">, preference: Preference) => unknown;
}

/** How values of each kind are compared. Other kinds cannot be asked for. */
const TYPES: Readonly<Partial<Record<ValueKind, FieldType>>> = {
  id: "id",
  text: "text",
  texts: "text",
  amount: "amount",
  amounts: "amount",
  date: "date",
  quantity: "count",
};

const askedIn = (of: AskedField["of"], fields: readonly NamedField[]): readonly AskedField[] =>
  fields.flatMap(({ name, kind, asked, fact, says, meaning = says }) => {
    if (asked === undefined) return [];
    const type = kind && TYPES[kind];
    if (kind === undefined || type === undefined) throw new TypeError(`nothing can be asked of ${name}`);
    const ofLot = of === "contract" && name in LOT;
    const statedOf: AskedField["statedOf"] = (subject, preference) => {
      const record = of === "order" ? subject.order?.order : subject[of];
      const ofItsLot = ofLot ? saidIn({ name, fact }, subject.lot, preference) : undefined;
      return ofItsLot ?? (record && saidIn({ name, fact }, record, preference));
    };
    const { example } = asked;
    const query = { name: asked.name ?? name, type, meaning: asked.meaning ?? meaning, example };
    return [{ ...query, ...(of === "order" && { only: "orders" as const }), of, statedOf }];
  });

const ASKED_OF_CONTRACTS = askedIn("contract", contractCodec.fields);
const ASKED_OF_LOTS = askedIn("lot", lotCodec.fields);
const ASKED_OF_ORDERS = askedIn("order", orderCodec.fields);

const BY_NAME = new Map(
  [...ASKED_OF_CONTRACTS, ...ASKED_OF_LOTS, ...ASKED_OF_ORDERS].map((field) => [field.name, field]),
);

export const askedField = (name: string, type: FieldType): AskedField | undefined => {
  const field = BY_NAME.get(name);
  return field?.type === type ? field : undefined;
};

/**
 * An error for a field of the query language that no code answers. This is a defect, and must never give the answer of
 * another field.
 */
export const unanswered = (name: string): Error => new TypeError(`no answer to the field ${name}`);

const field = (name: string, type: FieldType, meaning: string, example: string): QueryField => ({
  name,
  type,
  meaning,
  example,
});

/** States of a lot, its contract or its suppliers that `is:` asks for. */
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

/** How far a ceiling may be used up (L1), in ascending order. */
export const USES = ["open", "warning", "exhausted", "breach"] as const;

/** Whether a ceiling runs out before the firm part of its contract ends, at the pace of the orders. */
export const RUNS_OUT = ["before-end", "after-end"] as const;

const CEILING_FIELDS: readonly QueryField[] = [
  field(
    "used",
    "count",
    "How much of the ceiling is ordered, in percent; at least, where it is not certain.",
    "used:80..",
  ),
  field("use", "text", `How far the ceiling is used up, or may be: ${USES.join(", ")}.`, "use:breach"),
  field("left", "amount", MEANING.left, "left:..EUR10k"),
  field(
    "runsOut",
    "text",
    `Whether it runs out, at the current pace, before its end: ${RUNS_OUT.join(", ")}.`,
    "runsOut:before-end",
  ),
].map((each) => ({ ...each, only: "headroom" as const }));

/**
 * Everything that a query can ask for, with names, types and examples for the parser, help, hints and completion. Most
 * fields come from the tables of records. The others combine several fields or are worked out.
 */
export const QUERY_FIELDS: readonly QueryField[] = [
  field("contract", "id", MEANING.contract, "contract:cloud-i"),
  field("lot", "id", MEANING.lot, "lot:2,3"),
  field("title", "text", MEANING.title, 'title:"public cloud"'),
  field("buyer", "text", MEANING.buyer, "buyer:commission"),
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
  field("country", "text", MEANING.country, "country:ES"),
  field("kind", "text", MEANING.kind, "kind:grouping"),
  field("size", "text", `How large a supplier is: ${COMPANY_SIZES.join(", ")}.`, "size:micro,small"),
  field("sme", "text", "Whether a supplier is a micro, small or medium-sized company: yes or no.", "sme:yes"),
  field(
    "currency",
    "text",
    "The currency of an amount that is stated of the lot, else of its contract; also EUR incl. VAT.",
    "currency:EUR",
  ),
  field("ceiling", "amount", MEANING.ceiling, "ceiling:10M.."),
  ...ASKED_OF_LOTS,
  field("suppliers", "count", MEANING.holders, "suppliers:2.."),
  field("daysToAward", "count", MEANING.daysToAward, "daysToAward:180.."),
  field("firmEnd", "date", MEANING.firmEnd, "firmEnd:today..today+6m"),
  field("latestEnd", "date", MEANING.latestEnd, "latestEnd:..2020"),
  field("source", "id", MEANING.source, "source:digit"),
  ...ASKED_OF_ORDERS,
  ...CEILING_FIELDS,
  field("is", "state", `A state: ${STATES.join(", ")}.`, "is:shared"),
  field("has", "presence", "Something is known of the field.", "has:ceiling"),
  field("missing", "presence", "Nothing is said of the field.", "missing:ceiling"),
  field("withheld", "presence", "The field is kept secret.", "withheld:awarded"),
];

export const queryFieldNamed = (name: string): QueryField | undefined =>
  QUERY_FIELDS.find((candidate) => candidate.name === name);

/** The fields that `has:`, `missing:` and `withheld:` can ask for. */
export const PRESENCE_FIELDS: readonly string[] = QUERY_FIELDS.filter(
  ({ type }) => type !== "state" && type !== "presence",
).map(({ name }) => name);
