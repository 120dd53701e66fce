import type { Attribution } from "../../model/claim.ts";
import { OPEN_FRAMEWORK } from "../../records/contract.ts";
import type { Note } from "../../records/history.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { OFFERS } from "../awarded-values.ts";
import { Notes } from "../notice.ts";
import { inOrderOfTime, mergeReleases } from "./merge-releases.ts";
import { mapsIn, textIn } from "./plain-members.ts";
import type { Release } from "./releases-in.ts";

/** All that is said of one contracting process: its releases as one. */
export interface Process {
  /** Its ocid; without one, what its only release is called. */
  readonly id: string;
  readonly ocid: string | undefined;
  readonly plain: PlainMap;
  readonly releases: readonly Release[];
  readonly latest: Release;
  readonly assumptions: Assumptions;
  /** The ids of what it says it withholds. */
  readonly withheld: ReadonlySet<string>;
  /** Who says what stands in an object: its release, and the place there. The pointer is the object's in `plain`. */
  readonly by: (object: PlainMap, pointer: string, member?: string) => Attribution;
}

/** Puts together the releases of one process, at least one, in the order in which they were read. */
export const processOf = (read: readonly [Release, ...Release[]]): Process => {
  const releases = inOrderOfTime(read);
  const latest = releases.at(-1) ?? read[0];
  const assumptions = new Assumptions();
  const ocid = latest.ocid;
  if (ocid === undefined) assumptions.make("noOcid");
  if (releases.some(({ windows1252 }) => windows1252)) assumptions.make("windows1252");
  if (releases.some(({ linksToOthers }) => linksToOthers)) assumptions.make("linked");
  const id = ocid ?? latest.publication.id;
  const otherwise = bySource(latest.publication.id);
  if (releases.length === 1) {
    const { plain } = latest;
    return { id, ocid, plain, releases, latest, assumptions, withheld: withheldIds(plain), by: otherwise };
  }
  for (const { publication } of releases) assumptions.make("merged", publication.id);
  if (releases.some(({ moment }) => moment === undefined)) assumptions.make("undated");
  const { plain, saidBy } = mergeReleases(releases);
  return {
    id,
    ocid,
    plain,
    releases,
    latest,
    assumptions,
    withheld: withheldIds(plain),
    by: (object, pointer, member = "") => {
      const said = saidBy.get(object);
      if (said === undefined) return otherwise(object, pointer, member);
      return { source: said.source, locator: `${said.locator}${member}` };
    },
  };
};

const withheldIds = (plain: PlainMap): ReadonlySet<string> =>
  new Set(mapsIn(plain, "withheldInformation").flatMap((item) => textIn(item, "id") ?? []));

const bySource =
  (source: string): Process["by"] =>
  (_object, pointer, member = "") => ({ source, locator: pointer + member });

/** What may have to be assumed to answer from a release: the rule, and how it is said. */
const ASSUMPTIONS = {
  noOcid: ["O1", "no ocid says which process this is: it stands for itself"],
  merged: ["O1", "releases of one process are merged by date"],
  buyersApart: ["O5", "its releases name several buyers, each with awards of its own: each has a contract of its own"],
  buyersMixed: ["O5", "its releases name several buyers, and not whose each award is: the latest buyer counts"],
  linked: ["O1", "releases that its record only links to are left out"],
  undated: ["O1", "releases without a date come before those with one"],
  estimatesOnly: [
    "O2",
    "under the Procurement Act 2023 the value of a framework is an estimate: it is neither a ceiling nor awarded",
  ],
  openFramework: ["D2", OPEN_FRAMEWORK],
  noAwards: ["R-STATUS", "no award is stated"],
  noStatus: ["R-STATUS", "an award without a status counts as active"],
  unknownStatus: ["R-STATUS", "an award whose status OCDS does not know counts as active"],
  impliedLot: ["R-LOTNO", "an award that names no lot is taken to be of the only one"],
  noLot: ["R-LOTNO", "an award names no lot, and there are several: it stands as a lot of its own"],
  undeclaredLot: ["R-LOTNO", "a lot that awards name is not declared"],
  oneValue: [
    "O1",
    "an award to several suppliers has one value, counted once; whether they hold it jointly is not said",
  ],
  severalLots: ["T9", "one award for several lots: its value is counted once, and in no lot"],
  equalValues: ["T9", "awards of one lot state the same value, which counts for each of them"],
  offers: ["T10", OFFERS],
  unlikeCeilings: ["R-MAX", "awards state different maximum values for one lot: the largest counts"],
  ambiguousValue: [
    "O2",
    "the value of an award of a framework agreement may be what is expected, not what was awarded",
  ],
  itsContracts: ["T10", "an award states no value, and its contracts do: theirs count"],
  contractAsAward: ["T10", "a contract whose award is not there is an award of its own"],
  sameAward: ["T10", "an award of the same id is written again: it counts once"],
  unlikeAwards: ["T10-reference", "an award of one id stands at several amounts: one of them counts"],
  cancelledContract: ["O1", "a contract that was cancelled is left out"],
  supplierWithoutName: ["T2", "a supplier without a name is called by its id"],
  noAmount: ["N2", "an amount that cannot be read counts as missing"],
  rounded: ["N2", "an amount has more decimals than its currency"],
  maskedAmount: ["R-AMT", "an amount of -1 counts as withheld"],
  withheld: ["E6", "a value is said to be withheld"],
  unlikePeriods: ["D1", "the periods of its parts differ: none is taken for the whole"],
  unlikeTerms: ["D1", "the periods of its lots differ: each has a term of its own"],
  approximatePeriod: ["D1", "a period in days is taken for whole months"],
  unmeasuredRenewals: ["D1", "renewals of a length that is not stated are left out"],
  undatedAmendment: ["N4", "an amendment without a date is left out"],
  noDate: ["N4", "a text that is not a date counts as missing"],
  cascade: ["L3", "several suppliers and no reopened competition: orders are taken to go by a cascade"],
  severalFrameworks: [
    "O3",
    "it names several framework agreements, and not how much it uses up of each: any may have all of it, or nothing",
  ],
  windows1252: ["F9", "the file is not UTF-8: it is read as Windows-1252"],
} as const satisfies Readonly<Record<string, readonly [rule: string, text: string]>>;

type Assumption = keyof typeof ASSUMPTIONS;

/** The assumptions made for one process, each once, with the places that it was made for. */
class Assumptions {
  readonly #notes = new Notes();

  /** The place is an id, or a pointer into the release. */
  make(assumption: Assumption, place?: string, detail?: string): void {
    const [rule, text] = ASSUMPTIONS[assumption];
    this.#notes.add(rule, detail === undefined ? text : `${text}: ${detail}`, place);
  }

  notes(): readonly Note[] {
    return this.#notes.all();
  }
}
