/**
 * A release tells what it leaves out. A contract is one release, as it stands on the day, with all suppliers of a lot
 * in one award, and an award for each currency. Whatever OCDS has no place for is counted by kind (`Losses`) where it
 * is met, and told at the end. The rest reads back to the same answers, for all notices.
 */

import { lastDayOf } from "../../model/calendar.ts";
import { formatPartialDate, type PartialDate } from "../../model/partial-date.ts";
import { contractAsOf } from "../../records/as-of.ts";
import { type CallOffs, NO_CALL_OFFS } from "../../records/call-offs.ts";
import type { Contract } from "../../records/contract.ts";
import type { Register } from "../../records/register.ts";
import { type NamedFramework, releaseOf } from "./release.ts";
import { hasOcidPrefix, isList, type Json, type JsonMap, jsonText, Losses, NumberLiteral } from "./values.ts";

export interface PackageIdentity {
  /** The address of the package. Without one, the package has only a placeholder. */
  readonly uri?: string;
  readonly publisher?: string;
  /**
   * The prefix that the Open Contracting Partnership gave to the publisher: `ocds-a1b2c3`. It is put before each ocid
   * that has none.
   */
  readonly prefix?: string;
}

export interface ReleasePackageOptions extends PackageIdentity {
  /** The contracts to write; all of the register's by default. */
  readonly contracts?: AsyncIterable<readonly Contract[]>;
  /** The day on which the package is published. Ceilings are as modified by then. */
  readonly at: PartialDate;
  /** Called at the end with each note that the reader of the package must know. */
  readonly tell?: (note: string) => void;
}

const NO_URI = "placeholder:";
const NO_PUBLISHER = "unknown";

/**
 * The contracts as a release package of OCDS 1.1, piece by piece, one release a line. Each contract is one release with
 * all that is known of it as it stands on the day. Of the contracts, only ids stay in memory.
 */
export async function* releasePackage(register: Register, options: ReleasePackageOptions): AsyncGenerator<string> {
  const { contracts = register.contracts(), at, tell } = options;
  const { preference, sources, suppliers } = register;
  const declared = {
    sources: new Set(sources.map(({ id }) => id)),
    suppliers: new Set(suppliers.map(({ id }) => id)),
  };
  const losses = new Losses();
  const extensions = new UsedExtensions();
  const ocids = new Ocids(options.prefix);
  const frameworks = new Frameworks(await register.callOffs(), ocids);
  await frameworks.find(register);
  const date = `${formatPartialDate(lastDayOf(at))}T00:00:00Z`;
  yield headOf(date, options);
  let separator = "\n";
  for await (const batch of contracts) {
    const releases = batch.map((written) => {
      const contract = contractAsOf(written, at);
      const ocid = ocids.of(contract);
      const named = frameworks.of(written);
      const release = releaseOf({ contract, ocid, frameworks: named, date, preference, declared, losses });
      extensions.add(release);
      return jsonText(release);
    });
    if (releases.length === 0) continue;
    yield separator + releases.join(",\n");
    separator = ",\n";
  }
  // The extensions in use are known only once all releases are written.
  const used = extensions.urls();
  yield used.length === 0 ? "\n]}\n" : `\n],"extensions":${jsonText(used)}}\n`;
  for (const note of [...ocids.told(), ...toldOf(losses)]) tell?.(note);
}

const headOf = (publishedDate: string, { uri = NO_URI, publisher = NO_PUBLISHER }: ReleasePackageOptions): string => {
  const members = { uri, version: "1.1", publishedDate, publisher: { name: publisher } };
  return `${jsonText(members).slice(0, -"}".length)},"releases":[`;
};

/**
 * The framework agreements of call-offs. A call-off names the process of its framework agreement, which may be written
 * after it.
 */
class Frameworks {
  readonly #callOffs: CallOffs;
  readonly #ocids: Ocids;
  readonly #known = new Map<
    string,
    Pick<Contract, "procedure"> & { readonly ocid: string; readonly lots: Set<string> }
  >();

  constructor(callOffs: CallOffs, ocids: Ocids) {
    this.#callOffs = callOffs;
    this.#ocids = ocids;
  }

  async find(register: Register): Promise<void> {
    if (this.#callOffs === NO_CALL_OFFS) return;
    for await (const batch of register.contracts())
      for (const contract of batch) if (this.#callOffs.isFramework(contract)) this.#keep(contract);
  }

  #keep(contract: Contract): void {
    const { id, procedure, lots } = contract;
    this.#known.set(id, { procedure, ocid: this.#ocids.keepFor(contract), lots: new Set(lots.map((lot) => lot.id)) });
  }

  /**
   * The framework agreements that a call-off names, with their lots. A lot's id means the same within one procedure
   * only, and each release has a process of its own (T11).
   */
  of(callOff: Contract): readonly NamedFramework[] {
    const { callOffOf, otherFrameworks } = callOff;
    if (callOffOf === undefined) return [];
    const others = otherFrameworks.map((id) => ({ identifier: this.#known.get(id)?.ocid ?? id, lots: [] }));
    return [this.#first(callOff, callOffOf), ...others];
  }

  #first(callOff: Contract, callOffOf: string): NamedFramework {
    const { callOffLots, procedure, lots } = callOff;
    const known = this.#known.get(
      callOff.otherFrameworks.length > 0 ? callOffOf : (this.#callOffs.frameworkOf(callOff) ?? ""),
    );
    if (known === undefined) return { identifier: callOffOf, lots: callOffLots };
    const isOne = callOffLots.length === 0 && procedure !== undefined && procedure === known.procedure;
    const own = isOne ? lots.map(({ id }) => id).filter((id) => known.lots.has(id)) : callOffLots;
    return { identifier: known.ocid, lots: own };
  }
}

/** Gives each contract an ocid of its own: the number of its procedure if that is free, else its id. */
class Ocids {
  readonly #prefix: string | undefined;
  readonly #given = new Set<string>();
  readonly #kept = new Map<string, string>();
  #written = 0;
  #withoutPrefix = 0;

  constructor(prefix: string | undefined) {
    this.#prefix = prefix;
  }

  /** Gives a framework agreement its ocid before its turn. */
  keepFor(contract: Contract): string {
    const ocid = this.#give(contract);
    this.#kept.set(contract.id, ocid);
    return ocid;
  }

  of(contract: Contract): string {
    this.#written++;
    const ocid = this.#kept.get(contract.id) ?? this.#give(contract);
    if (!hasOcidPrefix(ocid)) this.#withoutPrefix++;
    return ocid;
  }

  #give({ id, procedure }: Contract): string {
    let ocid = this.#prefixed(procedure ?? id);
    if (this.#given.has(ocid)) ocid = this.#prefixed(id);
    for (let number = 2; this.#given.has(ocid); number++) ocid = this.#prefixed(`${id}-${number}`);
    this.#given.add(ocid);
    return ocid;
  }

  told(): readonly string[] {
    if (this.#written === 0) return ["no contract was asked for: a package without releases is no valid one"];
    if (this.#withoutPrefix === 0) return [];
    const count = this.#withoutPrefix;
    return [`${count} ocid${count === 1 ? " has" : "s have"} no prefix of a registered publisher: give --ocid-prefix`];
  }

  #prefixed(name: string): string {
    return this.#prefix === undefined || hasOcidPrefix(name) ? name : `${this.#prefix}-${name}`;
  }
}

const toldOf = (losses: Losses): readonly string[] => {
  const told = losses.told();
  return told.length === 0 ? [] : [`OCDS has no place for ${told.join(", ")}`];
};

/**
 * The extensions of OCDS 1.1 that releases may use. Each has the places of its members: `parent/member`, or `/member`
 * for members of the release itself and of `ANYWHERE`.
 */
const EXTENSIONS: readonly (readonly [repository: string, places: readonly string[]])[] = [
  [
    "open-contracting-extensions/ocds_lots_extension",
    [
      "tender/lots",
      "tender/lotGroups",
      "items/relatedLot",
      "awards/relatedLots",
      "amendments/relatedLots",
      "relatedProcesses/relatedLots",
    ],
  ],
  ["open-contracting-extensions/ocds_techniques_extension", ["tender/techniques", "lots/techniques"]],
  ["open-contracting-extensions/ocds_bid_extension", ["/bids", "awards/relatedBids"]],
  ["open-contracting-extensions/ocds_subcontracting_extension", ["details/subcontracting", "awards/subcontracting"]],
  ["open-contracting-extensions/ocds_renewal_extension", ["lots/renewal", "tender/renewal"]],
  ["open-contracting-extensions/ocds_legalBasis_extension", ["tender/legalBasis"]],
  ["open-contracting-extensions/ocds_memberOf_extension", ["parties/memberOf"]],
  ["open-contracting-extensions/ocds_countryCode_extension", ["address/country"]],
  ["open-contracting-extensions/ocds_partyDetails_scale_extension", ["details/scale"]],
  ["open-contracting-extensions/ocds_contract_suppliers_extension", ["contracts/suppliers"]],
  ["open-contracting-extensions/ocds_withheldInformation_extension", ["/withheldInformation"]],
  ["open-contracting-extensions/ocds_1_2_draft_extension", ["awards/maximumValue", "awards/estimatedValue"]],
  ["openprocurement/ocds_valueAddedTax_extension", ["/valueAddedTaxIncluded"]],
];

const EXTENSION_OF: ReadonlyMap<string, string> = new Map(
  EXTENSIONS.flatMap(([repository, places]) => places.map((place) => [place, repository] as const)),
);

export class UsedExtensions {
  readonly #used = new Set<string>();

  add(release: JsonMap): void {
    this.#addIn(release, "");
  }

  urls(): readonly string[] {
    return EXTENSIONS.flatMap(([repository]) =>
      this.#used.has(repository) ? [`https://raw.githubusercontent.com/${repository}/master/extension.json`] : [],
    );
  }

  #addIn(map: JsonMap, name: string): void {
    for (const [key, value] of Object.entries(map)) {
      if (value === undefined) continue;
      const extension = EXTENSION_OF.get(`${name}/${key}`) ?? EXTENSION_OF.get(ANYWHERE.has(key) ? `/${key}` : "");
      if (extension !== undefined) this.#used.add(extension);
      this.#addWithin(value, key);
    }
  }

  #addWithin(value: Json, key: string): void {
    if (typeof value !== "object" || value instanceof NumberLiteral) return;
    if (isList(value)) for (const item of value) this.#addWithin(item, key);
    else this.#addIn(value, key);
  }
}

const ANYWHERE: ReadonlySet<string> = new Set(["valueAddedTaxIncluded"]);
