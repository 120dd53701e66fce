import type { Attribution } from "../../model/claim.ts";
import type { Member, Origin, Supplier } from "../../model/contract.ts";

/** A company or grouping as a notice names it. */
export interface NamedParty {
  /** Its id within the notice: `ORG-0001`. */
  readonly localId: string;
  readonly name: string;
  /** Its number in a public register of companies. */
  readonly legalId: string | undefined;
  /** The register that gives the number (`GB-COH`), where it is named; the number is then the company's in any country. */
  readonly register?: string | undefined;
  readonly country: string | undefined;
  /** The companies of a grouping; empty for a company. */
  readonly members: readonly Member[];
}

/** Where a notice names a party. */
export interface Mention {
  /** The number of the notice. */
  readonly notice: string;
  readonly by: Attribution;
  readonly origin: Origin;
}

/**
 * The suppliers of all notices. Two mentions are one supplier only where they have the same legal id in the same
 * country or register, or stand in the same notice under the same local id (T2): equal names alone prove nothing.
 */
export class SupplierPool {
  readonly #byKey = new Map<string, Supplier>();

  find(party: NamedParty, mention: Mention): Supplier {
    const key = keyOf(party, mention);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const supplier = supplierOf(key, party, mention);
    this.#byKey.set(key, supplier);
    return supplier;
  }
}

const keyOf = ({ localId, legalId, register, country, members }: NamedParty, { notice }: Mention): string =>
  legalId === undefined || members.length > 0 ? `${notice}:${localId}` : `${register ?? country ?? "??"}:${legalId}`;

const supplierOf = (id: string, party: NamedParty, { by, origin }: Mention): Supplier => ({
  id,
  name: [{ value: party.name, by }],
  kind: party.members.length > 0 ? "grouping" : "company",
  aliases: [],
  members: party.members.length > 0 ? [{ value: party.members, by }] : undefined,
  country: party.country === undefined ? undefined : [{ value: party.country, by }],
  legalId: party.legalId,
  successions: [],
  note: undefined,
  origin,
});
