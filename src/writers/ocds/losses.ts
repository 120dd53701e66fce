/** What OCDS has no place for. */
const LOSSES = {
  claims: "what other sources say of a fact",
  attributions: "which source states a fact",
  coarseDate: "dates known to the month or year only",
  precision: "to how many digits a rounded figure is known",
  bound: "that a figure is a bound, not the amount itself",
  perSupplier: "ceilings that each supplier has for itself",
  unawardedCeiling: "ceilings of lots that have neither an award nor a framework agreement",
  withheld: "that an amount other than an award's is withheld",
  status: "that the result of a lot is not published",
  term: "terms beside an end date",
  maximumDuration: "maximum durations without a first day",
  renewals: "decisions on renewals",
  uncertainGroup: "ceilings that several lots have together, or each",
  unpublishedContract: "contracts that were signed for lots without an award",
  contractReference: "references of signed contracts",
  contractAward: "when the award of a signed contract was made, where others of its lots were made on other days",
  grouping: "that a supplier is a grouping, where its members are not stated",
  orders: "orders and ledgers",
  history: "earlier notices of a contract",
  amendment: "modifications of contracts without an award",
  amendmentAmount: "by how much a modification changed a ceiling, which has its new value",
  approximate: "that a number is approximate, or of what it is one",
  aliases: "other names of suppliers",
  successions: "what became of suppliers later",
  note: "notes",
  tags: "tags",
  ignores: "findings that are not to be told",
  callDate: "dates of calls for tenders",
  firstUse: "dates of first use",
  coordinator: "coordinators",
  reestimate: "what is expected to be spent under a contract or group as a whole",
  awarded: "values of contracts as a whole",
  unawardedValue: "values and expectations of lots without an award",
  participants: "numbers of participants",
  supplierOrigins: "where suppliers come from",
  capacity: "capacities",
  reservedShare: "reserved shares",
  reservedFor: "whom a contract is reserved for",
  dataLocation: "where data are kept",
  service: "services of lots",
  deployment: "deployments of lots",
  awardCriteria: "award criteria",
} as const;

export type Loss = keyof typeof LOSSES;

/** What was left out of a conversion, and how often. */
export class Losses {
  readonly #counts = new Map<Loss, number>();

  add(loss: Loss, count = 1): void {
    if (count > 0) this.#counts.set(loss, (this.#counts.get(loss) ?? 0) + count);
  }

  /** Each loss with its count, the most frequent first. */
  told(): readonly string[] {
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a);
    return counts.map(([loss, count]) => `${LOSSES[loss]} (${count})`);
  }
}
