import type { Origin } from "../../model/errors.ts";
import { flatMap, madeUnder } from "../../model/lists.ts";
import type { Lot } from "../../records/lot.ts";
import { COMPANY_SIZES, type CompanySize, type Supplier } from "../../records/supplier.ts";
import { childOf, childrenOf, descend, type XmlElement } from "../../syntax/xml/element.ts";
import { countryCode, legalId } from "../stated-values.ts";
import { type NamedParty, NoticeSuppliers, type SupplierPool } from "../supplier-pool.ts";
import type { Tender } from "./outcomes.ts";
import { idIn, type NoticeReading, valueIn } from "./reading.ts";

interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly legalId: string | undefined;
  readonly country: string | undefined;
  /** BT-165. */
  readonly size: CompanySize | undefined;
}

/** The organisations of a notice, by the ids under which its parts refer to them. */
export const organisationsOf = (extension: XmlElement | undefined, reading: NoticeReading): Organisations => {
  const companies = new Map<string, XmlElement>();
  for (const organisation of childrenOf(childOf(extension, "Organizations"), "Organization")) {
    const company = childOf(organisation, "Company");
    if (company === undefined) continue;
    // A touchpoint is a place where its organisation can be reached, and not another organisation.
    for (const place of [company, ...childrenOf(organisation, "TouchPoint")]) {
      const id = idIn(childOf(place, "PartyIdentification"));
      if (id === undefined) continue;
      const known = companies.get(id);
      if (known === undefined) companies.set(id, company);
      else if (known !== company) reading.notes.add("R-SUP", "several organisations have one id: the first counts", id);
    }
  }
  const read = new Map<string, Organisation>();
  return (id) => {
    const company = companies.get(id);
    const organisation = read.get(id) ?? (company && organisationOf(id, company, reading));
    if (organisation !== undefined) read.set(id, organisation);
    return organisation;
  };
};

type Organisations = (id: string) => Organisation | undefined;

const organisationOf = (id: string, company: XmlElement, reading: NoticeReading): Organisation => {
  const number = valueIn(childOf(company, "PartyLegalEntity"), "CompanyID");
  const names = flatMap(childrenOf(company, "PartyName"), (name) => childrenOf(name, "Name"));
  const country = valueIn(descend(company, "PostalAddress", "Country"), "IdentificationCode");
  const name = reading.choose(names) ?? id;
  if (name === "unpublished") reading.notes.add("R-SUP", "the name of an organisation is withheld", id);
  return {
    id,
    name,
    legalId: number === undefined ? undefined : legalId(number),
    country: country === undefined ? undefined : countryCode(country),
    size: sizeOf(valueIn(company, "CompanySizeCode")),
  };
};

const sizeOf = (code: string | undefined): CompanySize | undefined => COMPANY_SIZES.find((size) => size === code);

interface Tenderer {
  readonly organisation: Organisation;
  readonly lead: boolean;
}

/** The tendering parties of a notice, each one company or a grouping of several: one seat either way (E8). */
export class Parties {
  readonly #reading: NoticeReading;
  readonly #organisations: Organisations;
  readonly #pool: NoticeSuppliers;
  readonly #origin: Origin;
  readonly #elements: ReadonlyMap<string, XmlElement>;
  readonly #suppliers = new Map<string, Supplier | undefined>();
  readonly #companies = new Map<string, Supplier>();

  constructor(
    result: XmlElement | undefined,
    organisations: Organisations,
    reading: NoticeReading,
    pool: SupplierPool,
    origin: Origin,
  ) {
    this.#reading = reading;
    this.#organisations = organisations;
    this.#pool = new NoticeSuppliers(pool, (text, id) => reading.notes.add("R-SUP", text, id));
    this.#origin = origin;
    const elements = new Map<string, XmlElement>();
    for (const party of childrenOf(result, "TenderingParty")) {
      const id = idIn(party) ?? "";
      if (elements.has(id)) reading.notes.add("R-SUP", "several tendering parties have one id: the first counts", id);
      else elements.set(id, party);
    }
    this.#elements = elements;
  }

  /** The supplier that a party is; undefined where the notice does not say. */
  supplier(id: string): Supplier | undefined {
    if (!this.#suppliers.has(id)) this.#suppliers.set(id, this.#readSupplier(id));
    return this.#suppliers.get(id);
  }

  suppliersOf(tenders: readonly Tender[]): readonly Supplier[] {
    const suppliers = new Set<Supplier>();
    for (const { party } of tenders) {
      const supplier = party === undefined ? undefined : this.supplier(party);
      if (supplier !== undefined) suppliers.add(supplier);
    }
    return [...suppliers];
  }

  /** A lot, with what this notice says of its suppliers. */
  seated(lot: Lot): Lot {
    return this.#pool.seated(lot);
  }

  /** The names of a party's subcontractors, who are never suppliers. */
  subcontractors(id: string): readonly string[] {
    return flatMap(childrenOf(this.#elements.get(id), "SubContractor"), (element) => {
      const organisation = this.#organisations(idIn(element) ?? "");
      return organisation === undefined ? [] : [organisation.name];
    });
  }

  /** The supplier that a party of plain UBL is. It states its name itself; undefined where it does not. */
  named(party: XmlElement): Supplier | undefined {
    const name = this.#reading.text(childOf(party, "PartyName"), "Name");
    if (name === undefined) return undefined;
    const country = countryCode(valueIn(descend(party, "PostalAddress", "Country"), "IdentificationCode") ?? "");
    const number = legalId(valueIn(childOf(party, "PartyLegalEntity"), "CompanyID") ?? "");
    return this.#find({ localId: name, name, legalId: number, country, members: [] });
  }

  #readSupplier(id: string): Supplier | undefined {
    const element = this.#elements.get(id);
    const tenderers = this.#tenderersOf(element);
    const [first] = tenderers;
    if (first !== undefined && tenderers.length === 1) return this.#company(first.organisation);
    const name = this.#reading.text(element, "Name");
    // The names of its members, whose order may differ from lot to lot, are not what a notice calls a grouping.
    return first === undefined ? this.#nameless(id, name) : this.#find(groupingOf(name, tenderers), name !== undefined);
  }

  #company({ id, name, legalId, country, size }: Organisation): Supplier {
    return madeUnder(this.#companies, id, () => this.#find({ localId: id, name, legalId, country, size, members: [] }));
  }

  /** A party that names no company is known by its own name (R-SUP). */
  #nameless(id: string, name: string | undefined): Supplier | undefined {
    const how = name === undefined ? "left out: it has no name either" : "taken by its own name";
    this.#reading.notes.add("R-SUP", `a tendering party without a company that the notice describes, ${how}`, id);
    if (name === undefined) return undefined;
    return this.#find({ localId: id, name, legalId: undefined, country: undefined, members: [] });
  }

  /** The companies of a party, each once. */
  #tenderersOf(element: XmlElement | undefined): readonly Tenderer[] {
    const tenderers = new Map<string, Tenderer>();
    for (const tenderer of childrenOf(element, "Tenderer")) {
      const id = idIn(tenderer);
      if (id === undefined) this.#reading.notes.add("R-SUP", "a member without an id is left out", idIn(element));
      if (id === undefined || tenderers.has(id)) continue;
      const organisation = this.#organisations(id) ?? this.#undescribed(id);
      tenderers.set(id, { organisation, lead: valueIn(tenderer, "GroupLeadIndicator") === "true" });
    }
    return [...tenderers.values()];
  }

  /** An organisation that the notice refers to and does not describe still holds its seat. */
  #undescribed(id: string): Organisation {
    this.#reading.notes.add("R-SUP", "a winner that the notice does not describe, named by its id", id);
    return { id, name: id, legalId: undefined, country: undefined, size: undefined };
  }

  #find(party: NamedParty, isNamed = true): Supplier {
    const { source } = this.#reading.about;
    const by = this.#reading.by("BT-500");
    return this.#pool.find(party, { notice: source, by, origin: this.#origin }, isNamed);
  }
}

/** The same companies under the same name are one grouping, whatever the party's id in each lot. */
const groupingOf = (name: string | undefined, tenderers: readonly Tenderer[]): NamedParty => {
  const members = tenderers.map(({ organisation: { name, country, legalId }, lead }) => ({
    name,
    country,
    legalId,
    lead,
  }));
  const ids = tenderers.map(({ organisation }) => organisation.id).sort();
  return {
    localId: [...ids, ...(name === undefined ? [] : [name])].join("+"),
    name: name ?? members.map((member) => member.name).join(", "),
    legalId: undefined,
    country: undefined,
    members,
  };
};

/** The names of the buyers, and the country of the first that states one. */
export interface Buyers {
  readonly names: readonly string[];
  readonly country: string | undefined;
}

/** The buyers of a notice, each once, in the order of the notice (OPT-300). */
export const buyersOf = (root: XmlElement, organisations: Organisations, reading: NoticeReading): Buyers => {
  let country: string | undefined;
  const names = new Set(
    flatMap(childrenOf(root, "ContractingParty"), (element) => {
      const id = idIn(descend(element, "Party", "PartyIdentification"));
      const organisation = id === undefined ? undefined : organisations(id);
      // Plain UBL says the name itself (E9).
      const name = organisation?.name ?? reading.text(descend(element, "Party", "PartyName"), "Name");
      if (id !== undefined && name === undefined)
        reading.notes.add("R-SUP", "a buyer that the notice does not describe", id);
      country ??= name === undefined ? undefined : (organisation?.country ?? countryIn(element));
      return name ?? [];
    }),
  );
  return { names: [...names], country };
};

/** Plain UBL states the buyer's country in place (E9). */
const countryIn = (element: XmlElement): string | undefined =>
  countryCode(valueIn(descend(element, "Party", "PostalAddress", "Country"), "IdentificationCode") ?? "");
