import type { Attribution } from "../../model/claim.ts";
import type { Origin } from "../../model/origin.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import type { Contractor, Holders } from "./award.ts";
import type { TedReading } from "./reading.ts";

/** The numbers under which a notice names companies of several names: slips of the pen, or one number for all. */
const ambiguousIds = (contractors: readonly Contractor[]): ReadonlySet<string> => {
  const names = new Map<string, Set<string>>();
  for (const { legalId, name } of contractors) {
    if (legalId !== undefined) names.set(legalId, (names.get(legalId) ?? new Set()).add(name));
  }
  return new Set([...names].flatMap(([id, called]) => (called.size > 1 ? [id] : [])));
};

/** Who holds the seats of awards: each company one, or all of an award one together where they won as a grouping (T2). */
export class Seats {
  readonly #notice: string;
  readonly #pool: SupplierPool;
  readonly #by: Attribution;
  readonly #origin: Origin;
  readonly #ambiguous: ReadonlySet<string>;

  constructor(awards: readonly Holders[], { publication, notes, pool, origin }: TedReading) {
    this.#notice = publication.id;
    this.#pool = pool;
    this.#by = { source: publication.id, locator: "CONTRACTOR" };
    this.#origin = origin;
    this.#ambiguous = ambiguousIds(awards.flatMap(({ contractors }) => contractors));
    for (const id of this.#ambiguous) {
      notes.add("R-SUP", "stands for companies of different names: each name is taken for a company", id);
    }
  }

  of({ contractors, together }: Holders): readonly Supplier[] {
    // A company that stands twice under one name is one.
    const companies = [...new Map(contractors.map((contractor) => [contractor.name, contractor])).values()];
    return together && companies.length > 1 ? [this.#grouping(companies)] : companies.map((one) => this.#company(one));
  }

  #company(company: Contractor): Supplier {
    const legalId = this.#ambiguous.has(company.legalId ?? "") ? undefined : company.legalId;
    return this.#find({ ...company, legalId, localId: company.name, members: [] });
  }

  #grouping(companies: readonly Contractor[]): Supplier {
    const name = companies.map((company) => company.name).join(", ");
    const members = companies.map((company) => ({ ...company, lead: false }));
    return this.#find({ localId: `group of ${name}`, name, legalId: undefined, country: undefined, members });
  }

  #find(party: Parameters<SupplierPool["find"]>[0]): Supplier {
    return this.#pool.find(party, { notice: this.#notice, by: this.#by, origin: this.#origin });
  }
}
