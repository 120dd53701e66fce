import type { NamedField } from "../../records/record.ts";

/** What OCDS has no place for, besides the fields of which the tables of records say so. */
const LOSSES = {
  claims: "what other sources say of a fact",
  attributions: "which source states a fact",
  coarseDate: "dates known to the month or year only",
  precision: "to how many digits a rounded figure is known",
  bound: "that a figure is a bound, not the amount itself",
  perSupplier: "ceilings that each supplier has for itself",
  unawardedCeiling: "ceilings of lots that have neither an award nor a framework agreement",
  withheld: "that an amount other than an award's is withheld",
  pendingSuppliers: "who holds lots of which the award is pending",
  status: "that the result of a lot is not published",
  term: "terms beside an end date",
  renewals: "renewals of different lengths, or without end",
  maximumDuration: "maximum durations without a first day",
  unpublishedContract: "contracts that were signed for lots without an award",
  contractValue: "values of signed contracts for several lots, whose awards state their own",
  contractReference: "references of signed contracts",
  contractAward: "when the award of a signed contract was made, where others of its lots were made on other days",
  grouping: "that a supplier is a grouping, where its members are not stated",
  history: "earlier notices of a contract",
  amendment: "modifications of contracts without an award",
  amendmentAmount: "by how much a modification changed a ceiling, which has its new value",
  growth: "by how much modifications changed what contracts are worth",
  frameworks: "the framework agreements of single contracts",
  approximate: "that a number is approximate, or of what it is one",
  unawardedValue: "values and expectations of lots without an award",
} as const;

type Loss = keyof typeof LOSSES;

export class Losses {
  readonly #counts = new Map<string, number>();

  add(loss: Loss, count = 1): void {
    this.#count(LOSSES[loss], count);
  }

  /** Counts what a record states in fields for which OCDS has no place, of a list each of its items. */
  addFields(fields: readonly NamedField[], record: Readonly<Record<string, unknown>>): void {
    for (const field of fields) {
      if (field.ocds !== undefined && "lost" in field.ocds) this.#count(field.ocds.lost, timesStated(field, record));
    }
  }

  told(): readonly string[] {
    const counts = [...this.#counts].sort(([, a], [, b]) => b - a);
    return counts.map(([words, count]) => `${words} (${count})`);
  }

  #count(words: string, count: number): void {
    if (count > 0) this.#counts.set(words, (this.#counts.get(words) ?? 0) + count);
  }
}

/** How many things a record says in a field; none where it goes without saying. */
const timesStated = ({ name, presence, fallback }: NamedField, record: Readonly<Record<string, unknown>>): number => {
  const value = record[name];
  if (presence === "usual" && Array.isArray(value)) return value.length;
  return value === undefined || (presence === "usual" && value === fallback?.(record)) ? 0 : 1;
};
