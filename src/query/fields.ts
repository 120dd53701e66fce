/** How the values of a field are compared. */
export type FieldType = "id" | "text" | "amount" | "date" | "count" | "state" | "presence";

/** A field that can be asked for. */
export interface QueryField {
  readonly name: string;
  readonly type: FieldType;
  readonly meaning: string;
  readonly example: string;
}

const field = (name: string, type: FieldType, meaning: string, example: string): QueryField => ({
  name,
  type,
  meaning,
  example,
});

/** States of a lot, its contract or its suppliers, for `is:`. */
export const STATES = ["shared", "sole", "grouping", "framework", "awarded", "ended", "firm", "renewable"] as const;
export type State = (typeof STATES)[number];

/** Everything that a query can ask for: names, types and examples for the parser, the help, hints and completion. */
export const QUERY_FIELDS: readonly QueryField[] = [
  field("contract", "id", "The contract's id.", "contract:cloud-i"),
  field("lot", "id", "The lot's id: 2, or cloud-i/2 among all contracts.", "lot:2,3"),
  field("title", "text", "The title of the lot, the contract or the source.", 'title:"public cloud"'),
  field("buyer", "text", "Who buys.", "buyer:commission"),
  field("user", "text", "Who may order besides the buyers.", "user:court"),
  field("procedure", "id", "The number of the procedure, which its notices share.", "procedure:ocds-213czf-1"),
  field(
    "regime",
    "text",
    "The rules that the contract is under: classic, utilities, defence, concession or financial regulation.",
    "regime:utilities",
  ),
  field(
    "vat",
    "text",
    "Whether the contract's amounts include value added tax: included or excluded, also where nothing is said.",
    "vat:included",
  ),
  field("cpv", "id", "A code of the Common Procurement Vocabulary; finds what is part of it, too.", "cpv:72000000"),
  field("tag", "text", "A word that the register tags the contract with.", "tag:critical"),
  field("coordinator", "text", "Who runs the contract for the buyer.", "coordinator:digit"),
  field("supplier", "text", "A supplier of the lot by id, name, alias or member.", "supplier:numergy"),
  field("country", "text", "Where a supplier or a member of it comes from.", "country:ES"),
  field("kind", "text", "The supplier's kind: company or grouping.", "kind:grouping"),
  field("service", "text", "The kind of service.", "service:paas"),
  field("deployment", "text", "How it is deployed.", "deployment:public"),
  field(
    "status",
    "text",
    "The lot's status: awarded, closed-no-winner, open, no-result, pending, cancelled or unpublished.",
    "status:awarded",
  ),
  field("callOff", "text", "How orders are placed.", "callOff:cascade"),
  field("ceiling", "amount", "What may be spent, each shared ceiling counted once.", "ceiling:10M.."),
  field("estimate", "amount", "What was expected before the award.", "estimate:5M.."),
  field("reestimate", "amount", "What is expected to be spent, estimated anew at the award.", "reestimate:5M.."),
  field("awarded", "amount", "The value of the contracts awarded.", "awarded:EUR1M..EUR5M"),
  field("suppliers", "count", "How many suppliers hold the lot, or the lots.", "suppliers:2.."),
  field("offers", "count", "How many offers came in for the lot.", "offers:5.."),
  field("callDate", "date", "When the call was published.", "callDate:2014"),
  field("awardDate", "date", "When the contract was awarded.", "awardDate:2015-06..2016"),
  field("startDate", "date", "From when the term counts.", "startDate:2016.."),
  field(
    "firmEnd",
    "date",
    "The end of what is firm: the initial period, and the renewals that were exercised.",
    "firmEnd:today..today+6m",
  ),
  field("latestEnd", "date", "The end with every renewal that was not declined.", "latestEnd:..2020"),
  field("source", "id", "The source's id: who says so; of a lot, who states its ceiling.", "source:digit"),
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
