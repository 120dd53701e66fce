import type { Attribution } from "../model/claim.ts";
import { beginningOf, type Origin } from "../model/errors.ts";
import { type Lot, NOT_STATED, type Seated, type StatedHere, sayingHere } from "../records/lot.ts";
import type { CompanySize, Member, Supplier } from "../records/supplier.ts";
import { detached } from "../syntax/detached.ts";

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
  readonly size?: CompanySize | undefined;
  /** The companies of a grouping; empty for a company. */
  readonly members: readonly Member[];
}

/** Where a notice names a party. */
interface Mention {
  /** The number of the notice. */
  readonly notice: string;
  readonly by: Attribution;
  readonly origin: Origin;
}

/** Suppliers that the user declares. */
export interface DeclaredSuppliers {
  /** Those of the registers: found by their legal ids. */
  readonly registered: readonly Supplier[];
  /** Those of the file of aliases: found by every name, too. */
  readonly aliased: readonly Supplier[];
  /**
   * Those that notices read before named. Those without a legal id are ignored: whatever reads these notices again
   * makes them anew.
   */
  readonly named?: readonly Supplier[];
}

/**
 * The suppliers of all notices. Two mentions are one supplier only where they have the same legal id in the same
 * country or register, where the user gives their names as aliases of one, or where they stand in the same notice under
 * the same local id (T2): equal names alone prove nothing.
 */
export class SupplierPool {
  readonly #declaredByName = new Map<string, Supplier>();
  /** Those that are declared with a legal id but without a country. */
  readonly #declaredAnywhere = new Map<string, Supplier>();
  readonly #byLegalId = new Map<string, Supplier>();
  /** Those without a legal id, which no other notice can mean. */
  readonly #inDocument = new Map<string, Supplier>();
  readonly #mentioned = new Set<Supplier>();
  #file = "";

  constructor({ registered, aliased, named = [] }: DeclaredSuppliers = { registered: [], aliased: [] }) {
    for (const supplier of named) if (isByLegalId(supplier)) this.#mention(supplier);
    const byId = new Map(registered.map((supplier) => [supplier.id, supplier]));
    for (const alias of aliased) {
      const supplier = byId.get(alias.id) ?? alias;
      const names = [...alias.name.map(({ value }) => value), ...alias.aliases];
      for (const name of names) this.#declaredByName.set(name, supplier);
      this.#declare(alias, supplier);
    }
    for (const supplier of registered) this.#declare(supplier, supplier);
  }

  /**
   * Begins another document. Suppliers that only the last document can mean are forgotten, so that memory does not
   * grow.
   */
  startDocument(file: string): void {
    this.#file = file;
    this.#inDocument.clear();
  }

  find(party: NamedParty, mention: Mention): Supplier {
    const { legalId, register, country, members, name } = party;
    // The number that notices give for a grouping is often one member's, unless it comes from a register that is named.
    const number = members.length > 0 && register === undefined ? undefined : legalId;
    const key = number === undefined ? `${mention.notice}:${party.localId}` : legalKey(register ?? country, number);
    const found = number === undefined ? undefined : (this.#byLegalId.get(key) ?? this.#declaredAnywhere.get(number));
    const known = found ?? this.#declaredByName.get(name) ?? this.#inDocument.get(key);
    if (known !== undefined) return known;
    const supplier = supplierOf(key, party, mention, this.#file);
    if (number === undefined) this.#inDocument.set(supplier.id, supplier);
    else this.#mention(supplier);
    return supplier;
  }

  /**
   * Who describes a supplier in its record: the user, the first notice that named it, or the only one that can name it.
   */
  describedBy(supplier: Supplier): "user" | "first" | "only" {
    if (this.#mentioned.has(supplier)) return "first";
    return this.#inDocument.get(supplier.id) === supplier ? "only" : "user";
  }

  /** The suppliers with legal ids that nobody declared, as they were first named. */
  mentioned(): readonly Supplier[] {
    return [...this.#mentioned].filter((supplier) => this.#byLegalId.get(supplier.id) === supplier);
  }

  #mention(supplier: Supplier): void {
    this.#byLegalId.set(supplier.id, supplier);
    this.#mentioned.add(supplier);
  }

  #declare({ legalId, country }: Supplier, supplier: Supplier): void {
    if (legalId === undefined) return;
    for (const { value } of country ?? []) this.#byLegalId.set(legalKey(value, legalId), supplier);
    if (country === undefined) this.#declaredAnywhere.set(legalId, supplier);
  }
}

/** A text that may outlive its notice: the one that is already kept where the two are equal, else a copy of its own. */
const sameText = (known: string, text: string): string => (text === known ? known : detached(text));

/**
 * The suppliers of one notice, with what it says of each. A company that several notices name is described on each lot
 * as that lot's own notice describes it, in whatever order they are read.
 */
export class NoticeSuppliers {
  readonly #pool: SupplierPool;
  readonly #said = new Map<Supplier, StatedHere>();
  readonly #note: (text: string, party: string) => void;

  constructor(pool: SupplierPool, note: (text: string, party: string) => void) {
    this.#pool = pool;
    this.#note = note;
  }

  /** `isNamed` tells whether the notice itself calls it so. */
  find(party: NamedParty, mention: Mention, isNamed = true): Supplier {
    const supplier = this.#pool.find(party, mention);
    const by = this.#pool.describedBy(supplier);
    if (by === "only") return supplier;
    const known = this.#said.get(supplier);
    if (known !== undefined && party.size === undefined) return supplier;
    const name = isNamed ? sameText(supplier.name[0].value, party.name) : undefined;
    const said = by === "first" ? sayingHere(name, party.size, party.country) : { name };
    if (known === undefined) this.#said.set(supplier, said);
    else if (known.size === NOT_STATED) this.#said.set(supplier, { ...known, size: said.size });
    else if (known.size !== said.size)
      this.#note(
        `its size is ${said.size} here, and ${known.size} where it is named first, which counts`,
        party.localId,
      );
    return supplier;
  }

  here(): Seated {
    return { statedHere: this.#said };
  }

  /** A lot of the notice, with what the notice says of those who hold it and of `comers`, who come to hold it. */
  seated(lot: Lot, comers: readonly Supplier[] = []): Lot {
    const said = new Map<Supplier, StatedHere>();
    for (const supplier of [...(lot.suppliers?.[0].value ?? []), ...comers]) {
      const own = this.#said.get(supplier);
      if (own !== undefined) said.set(supplier, own);
    }
    return said.size === 0 ? lot : { ...lot, statedHere: said };
  }
}

/** `BE:0403.170.701`; `??` where no country is stated. */
const legalKey = (countryOrRegister: string | undefined, legalId: string): string =>
  `${countryOrRegister ?? "??"}:${legalId}`;

const isByLegalId = ({ id, legalId }: Supplier): boolean => legalId !== undefined && id.endsWith(`:${legalId}`);

/** A supplier may outlive its notice: its texts share no memory with it. */
const supplierOf = (key: string, party: NamedParty, { by }: Mention, file: string): Supplier => {
  const own = (text: string | undefined) => text && detached(text);
  const said = { source: own(by.source), locator: own(by.locator) };
  const country = own(party.country);
  const members = party.members.map(({ name, country, legalId, lead }) => ({
    name: detached(name),
    country: own(country),
    legalId: own(legalId),
    lead,
  }));
  return {
    id: detached(key),
    name: [{ value: detached(party.name), by: said }],
    kind: members.length > 0 ? "grouping" : "company",
    aliases: [],
    members: members.length > 0 ? [{ value: members, by: said }] : undefined,
    country: country === undefined ? undefined : [{ value: country, by: said }],
    size: party.size === undefined ? undefined : [{ value: party.size, by: said }],
    legalId: own(party.legalId),
    successions: [],
    origin: { locate: () => beginningOf(file) },
  };
};
