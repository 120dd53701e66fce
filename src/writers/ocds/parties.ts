import type { Preference } from "../../model/claim.ts";
import type { Contract } from "../../records/contract.ts";
import { countryHere, nameHere, type Seated, seatedIn, sizeHere } from "../../records/lot.ts";
import { type Member, type Supplier, supplierCodec } from "../../records/supplier.ts";
import type { JsonMap, Losses } from "./values.ts";

type Role = "buyer" | "supplier" | "tenderer" | "leadTenderer" | "subcontractor";

interface Party {
  readonly id: string;
  readonly name: string;
  readonly about: JsonMap;
  readonly roles: Set<Role>;
}

/** The scheme of ids that the register itself gives. All releases name a supplier by the same id. */
const OWN_SCHEME = "lotbook";

/** The organisations of one release, which it describes once and refers to by their ids. */
export class Parties {
  readonly #preference: Preference;
  /**
   * The ids of suppliers that registers declare. Several contracts may name one that has no number in a public
   * register.
   */
  readonly #declared: ReadonlySet<string>;
  readonly #losses: Losses;
  /** What the contract's lots say of their suppliers where it differs from what others say. */
  readonly #here: Seated;
  readonly #parties = new Map<string, Party>();
  readonly #byRole = new Map<string, Party>();
  readonly #numbers = new Map<Role, number>();

  constructor({ lots }: Contract, preference: Preference, declared: ReadonlySet<string>, losses: Losses) {
    this.#here = seatedIn(lots);
    this.#preference = preference;
    this.#declared = declared;
    this.#losses = losses;
  }

  /** A reference to a buyer or subcontractor, of which only the name is known, and perhaps the country. */
  named(name: string, role: Role, country?: string): JsonMap {
    const alike = this.#byRole.get(keyOf(role, name));
    return referTo(alike ?? this.#add(this.#freeId(role), name, { address: addressOf(country) }, [role]));
  }

  /**
   * A reference to a supplier. Each member of a grouping becomes a party that says it belongs to the grouping
   * (member-of extension).
   */
  supplier(supplier: Supplier): JsonMap {
    const known = this.#parties.get(supplier.id);
    if (known !== undefined) return referTo(known);
    this.#losses.addFields(supplierCodec.fields, supplier);
    const name = nameHere(supplier, this.#here) ?? this.#preference.choose(supplier.name).value;
    const members = this.#preference.value(supplier.members) ?? [];
    if (supplier.kind === "grouping" && members.length === 0) this.#losses.add("grouping");
    const party = this.#add(supplier.id, name, this.#aboutSupplier(supplier), ["supplier", "tenderer"]);
    for (const [index, member] of members.entries()) this.#addMember(member, index + 1, party);
    return referTo(party);
  }

  all(): readonly JsonMap[] {
    return [...this.#parties.values()].map(({ id, name, about, roles }) => ({ id, name, ...about, roles: [...roles] }));
  }

  #aboutSupplier(supplier: Supplier): JsonMap {
    const { id, legalId } = supplier;
    const address = addressOf(countryHere(supplier, this.#here, this.#preference));
    const scale = sizeHere(supplier, this.#here, this.#preference);
    const details = scale && { scale: scale.toLowerCase() };
    if (!this.#declared.has(id)) return { identifier: registeredAs(id, legalId), address, details };
    const additionalIdentifiers = legalId === undefined ? undefined : [{ id: legalId }];
    return { identifier: { scheme: OWN_SCHEME, id }, additionalIdentifiers, address, details };
  }

  #addMember({ name, legalId, country, lead }: Member, number: number, grouping: Party): void {
    const about = {
      identifier: legalId === undefined ? undefined : { id: legalId },
      address: addressOf(country),
      memberOf: [referTo(grouping)],
    };
    this.#add(`${grouping.id}/${number}`, name, about, lead ? ["tenderer", "leadTenderer"] : ["tenderer"]);
  }

  #add(id: string, name: string, about: JsonMap, roles: readonly Role[]): Party {
    const party = { id, name, about, roles: new Set(roles) };
    this.#parties.set(id, party);
    for (const role of roles) if (!this.#byRole.has(keyOf(role, name))) this.#byRole.set(keyOf(role, name), party);
    return party;
  }

  #freeId(role: Role): string {
    let number = this.#numbers.get(role) ?? 1;
    while (this.#parties.has(`${role}-${number}`)) number++;
    this.#numbers.set(role, number);
    return `${role}-${number}`;
  }
}

const keyOf = (role: Role, name: string): string => JSON.stringify([role, name]);

const referTo = ({ id, name }: Party): JsonMap => ({ id, name });

const COUNTRY = /^(?:[A-Z]{2}|\?\?)$/;

/** A supplier's number. Its scheme is the register with which the supplier's id begins, unless that is a country. */
const registeredAs = (id: string, legalId: string | undefined): JsonMap | undefined => {
  if (legalId === undefined) return undefined;
  const register = id.endsWith(`:${legalId}`) ? id.slice(0, -legalId.length - 1) : "";
  return { scheme: register === "" || COUNTRY.test(register) ? undefined : register, id: legalId };
};

/** The country's code, which the extension has called `country` since February 2023. */
const addressOf = (country: string | undefined): JsonMap | undefined =>
  country === undefined ? undefined : { country };
