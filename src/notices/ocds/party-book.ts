import type { Attribution, Fact } from "../../model/claim.ts";
import type { Origin } from "../../model/errors.ts";
import { addUnder, flatMap, madeUnder } from "../../model/lists.ts";
import { parseQuantity, type Quantity } from "../../model/quantity.ts";
import type { Lot } from "../../records/lot.ts";
import type { CompanySize, Member, Supplier } from "../../records/supplier.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import { countryCode, legalId, registeredId } from "../stated-values.ts";
import { type NamedParty, NoticeSuppliers, type SupplierPool } from "../supplier-pool.ts";
import { lotsOfItem, mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";

/** The parties that a release names. It describes each once, and refers to them by their ids. */
export class PartyBook {
  readonly #process: Process;
  readonly #pool: NoticeSuppliers;
  readonly #origin: Origin;
  readonly #parties = new Map<string, PlainMap>();
  /** The parties that say that they belong to another, by the id of that one (member-of extension). */
  readonly #members = new Map<string, PlainMap[]>();
  readonly #suppliers = new Map<string, Supplier>();

  constructor(process: Process, pool: SupplierPool, origin: Origin) {
    this.#process = process;
    this.#pool = new NoticeSuppliers(pool, (text, party) => process.assumptions.make("unlikeSize", party, text));
    this.#origin = origin;
    for (const party of mapsIn(process.plain, "parties")) {
      const id = textIn(party, "id");
      if (id === undefined || this.#parties.has(id)) continue;
      this.#parties.set(id, party);
      if (isTenderer(party)) for (const group of mapsIn(party, "memberOf")) this.#addMember(textIn(group, "id"), party);
    }
  }

  #addMember(group: string | undefined, party: PlainMap): void {
    if (group === undefined) return;
    addUnder(this.#members, group, party);
  }

  /** The name of an organisation that is referred to; its id where it has no name. */
  nameOf(reference: PlainMap | undefined): string | undefined {
    if (reference === undefined) return undefined;
    return (
      textIn(reference, "name") ?? this.#describedName(reference) ?? legalNameOf(reference) ?? textIn(reference, "id")
    );
  }

  #describedName(reference: PlainMap): string | undefined {
    const party = this.#partyOf(reference);
    return party && (textIn(party, "name") ?? legalNameOf(party));
  }

  withRole(role: string): readonly PlainMap[] {
    return [...this.#parties.values()].filter((party) => textsIn(party, "roles").includes(role));
  }

  namesWith(role: string): readonly string[] {
    return this.withRole(role)
      .map((party) => this.nameOf(party))
      .filter((name) => name !== undefined);
  }

  isLead(reference: PlainMap): boolean {
    const party = this.#partyOf(reference);
    return party !== undefined && textsIn(party, "roles").includes("leadTenderer");
  }

  /** The supplier that is referred to; undefined where it has neither a name nor an id. */
  supplier(reference: PlainMap, pointer: string): Supplier | undefined {
    const name = this.nameOf(reference);
    if (name === undefined) {
      this.#process.assumptions.make("supplierUnknown", pointer);
      return undefined;
    }
    const localId = textIn(reference, "id") ?? name;
    return madeUnder(this.#suppliers, localId, () => {
      if (name === localId && textIn(reference, "name") === undefined) {
        this.#process.assumptions.make("supplierWithoutName", name);
      }
      const members = flatMap(this.#members.get(localId) ?? [], (member) => this.#member(member) ?? []);
      return this.#find({ localId, name, ...this.#about(reference), members }, reference, pointer);
    });
  }

  grouping(references: readonly PlainMap[], pointer: string): Supplier | undefined {
    const members = flatMap(references, (reference) => this.#member(reference) ?? []);
    const [first] = references;
    if (first === undefined) return undefined;
    // They hold one seat, in whatever order they are listed (E8).
    const localId = references
      .map((reference) => textIn(reference, "id") ?? this.nameOf(reference))
      .sort()
      .join("+");
    const name = members.map((member) => member.name).join(" + ");
    return madeUnder(this.#suppliers, localId, () =>
      this.#find({ localId, name, legalId: undefined, country: undefined, members }, first, pointer),
    );
  }

  #member(reference: PlainMap): Member | undefined {
    const name = this.nameOf(reference);
    if (name === undefined) return undefined;
    const { legalId, country } = this.#about(reference);
    return { name, country, legalId, lead: this.isLead(reference) };
  }

  #partyOf(reference: PlainMap): PlainMap | undefined {
    return this.#parties.get(textIn(reference, "id") ?? "");
  }

  #find(party: NamedParty, reference: PlainMap, pointer: string): Supplier {
    const by: Attribution = this.#process.by(reference, pointer);
    return this.#pool.find(party, { notice: this.#process.id, by, origin: this.#origin }, party.members.length === 0);
  }

  countryOf(reference: PlainMap): string | undefined {
    const party = this.#partyOf(reference) ?? reference;
    return countryOf(mapIn(party, "address") ?? mapIn(reference, "address"));
  }

  /** A lot, with what this process says of its suppliers. */
  seated(lot: Lot): Lot {
    return this.#pool.seated(lot);
  }

  #about(reference: PlainMap): Pick<NamedParty, "legalId" | "register" | "country" | "size"> {
    const party = this.#partyOf(reference) ?? reference;
    const country = this.countryOf(reference);
    const size = SIZES.get(textIn(mapIn(party, "details") ?? {}, "scale") ?? "");
    const [identifier = mapIn(reference, "identifier")] = mapsIn(party, "identifier");
    const register = identifier && textIn(identifier, "scheme");
    const number = (identifier && textIn(identifier, "id")) ?? "";
    if (register !== undefined) return { legalId: registeredId(number), register, country, size };
    // A number of an unknown register identifies a company at most within its country.
    return { legalId: country === undefined ? undefined : legalId(number), register, country, size };
  }
}

/** Codes of details/scale (organization scale extension). */
const SIZES: ReadonlyMap<string, CompanySize> = new Map([
  ["selfEmployed", "micro"],
  ["micro", "micro"],
  ["small", "small"],
  ["medium", "medium"],
  ["sme", "SME"],
  ["large", "large"],
]);

/**
 * Whether a party bids, alone or with others. Belonging to a ministry or a chamber does not make it a member of a
 * grouping.
 */
const isTenderer = (party: PlainMap): boolean => textsIn(party, "roles").some((role) => role.endsWith("enderer"));

const legalNameOf = (organisation: PlainMap): string | undefined => {
  const [identifier] = mapsIn(organisation, "identifier");
  return identifier && textIn(identifier, "legalName");
};

/** The code of a country. OCDS 1.0 and 1.1 write it, if at all, where the names of countries stand. */
const countryOf = (address: PlainMap | undefined): string | undefined => {
  const written =
    address && (textIn(address, "country") ?? textIn(address, "countryCode") ?? textIn(address, "countryName"));
  return written === undefined ? undefined : countryCode(written);
};

/** The bids of a process. They say who bid together, and who works for whom (bid and subcontracting extensions). */
export class BidBook {
  readonly #process: Process;
  readonly #details: ReadonlyMap<string, PlainMap>;
  /** Where the number of bids for each lot first stands; under undefined, that of the whole tender. */
  readonly #counts = new Map<string | undefined, { readonly statistic: PlainMap; readonly index: number }>();

  constructor(process: Process) {
    this.#process = process;
    const bids = mapIn(process.plain, "bids");
    const details = bids === undefined ? [] : mapsIn(bids, "details");
    this.#details = new Map(details.map((bid) => [textIn(bid, "id") ?? "", bid]));
    const statistics = bids === undefined ? [] : mapsIn(bids, "statistics");
    for (const [index, statistic] of statistics.entries()) {
      if (textIn(statistic, "measure") !== "bids") continue;
      const lots = lotsOfItem(statistic);
      for (const lot of lots.length === 0 ? [undefined] : lots)
        if (!this.#counts.has(lot)) this.#counts.set(lot, { statistic, index });
    }
  }

  #bidsOf(award: PlainMap): readonly PlainMap[] {
    if (this.#details.size === 0) return [];
    const bids = textsIn(award, "relatedBids").map((id) => this.#details.get(id));
    return bids.filter((bid) => bid !== undefined);
  }

  /** The groups of an award's suppliers that won with one joint bid. */
  groupsOf(award: PlainMap, suppliers: readonly PlainMap[]): readonly (readonly PlainMap[])[] {
    return this.#bidsOf(award)
      .map((bid) => {
        const tenderers = new Set(mapsIn(bid, "tenderers").map((tenderer) => textIn(tenderer, "id")));
        tenderers.delete(undefined);
        return suppliers.filter((supplier) => tenderers.has(textIn(supplier, "id")));
      })
      .filter((members) => members.length > 1);
  }

  /** The names of the companies that do part of an award's work for its suppliers. */
  subcontractorsOf(award: PlainMap, parties: PartyBook): readonly string[] {
    return flatMap(this.#bidsOf(award), (bid) => mapsIn(mapIn(bid, "subcontracting") ?? {}, "subcontracts"))
      .map((subcontract) => parties.nameOf(mapIn(subcontract, "subcontractor")))
      .filter((name) => name !== undefined);
  }

  /** How many bids came in for a lot, or for the whole tender where no lot is given. */
  offersFor(lot: string | undefined): Fact<Quantity> | undefined {
    const found = this.#counts.get(lot);
    if (found === undefined) return undefined;
    const { statistic, index } = found;
    const by = this.#process.by(statistic, `/bids/statistics/${index}`, "/value");
    return factOf(parseQuantity(textIn(statistic, "value") ?? ""), by);
  }
}
