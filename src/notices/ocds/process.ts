import type { Attribution } from "../../model/claim.ts";
import { compareNatural, compareTexts, fold } from "../../model/fold.ts";
import { addUnder, flatMap } from "../../model/lists.ts";
import { OPEN_FRAMEWORK } from "../../records/contract.ts";
import type { Note } from "../../records/history.ts";
import { isList, isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { OFFERS } from "../awarded-values.ts";
import { Notes } from "../notice.ts";
import { mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Release } from "./releases-in.ts";

/** All that is said of one contracting process: its releases as one. */
export interface Process {
  /** Its ocid; without one, the name of its only release. */
  readonly id: string;
  readonly ocid: string | undefined;
  readonly plain: PlainMap;
  readonly releases: readonly Release[];
  readonly latest: Release;
  readonly assumptions: Assumptions;
  /** The ids of the items that it says are withheld. */
  readonly withheld: ReadonlySet<string>;
  /**
   * Who states what stands in an object: the release, and the place in it. `pointer` is the object's place in `plain`.
   */
  readonly by: (object: PlainMap, pointer: string, member?: string) => Attribution;
}

/** Puts together the releases of one process, the oldest first. */
export const processOf = (releases: Releases): Process => {
  const latest = releases.at(-1) ?? releases[0];
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
  new Set(flatMap(mapsIn(plain, "withheldInformation"), (item) => textIn(item, "id") ?? []));

const bySource =
  (source: string): Process["by"] =>
  (_object, pointer, member = "") => ({ source, locator: pointer + member });

/** What may have to be assumed to read a release: the rule, and the words for it. */
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
  staysAwarded: ["R-STATUS", "it, or its tender, is said to have come to nothing, and an award of it counts: it stays"],
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
  onlyAward: ["T10", "a contract that names no award by its id is of the only one that it can be of"],
  someAward: ["T10", "a contract that names no award by its id may be of several: it is left out, and theirs count"],
  sameAward: ["T10", "an award of the same id is written again: it counts once"],
  unlikeAwards: ["T10-reference", "an award of one id stands at several amounts: one of them counts"],
  cancelledContract: ["O1", "a contract that was cancelled is left out"],
  supplierUnknown: ["R-SUP", "a supplier with neither a name nor an id is left out"],
  unlikeSize: ["R-SUP", "a company of unlike sizes"],
  contractOfFallen: ["R-STATUS", "a contract of an award that does not count is left out"],
  supplierWithoutName: ["T2", "a supplier without a name is called by its id"],
  noAmount: ["N2", "an amount that cannot be read counts as missing"],
  rounded: ["N2", "an amount has more decimals than its currency"],
  maskedAmount: ["R-AMT", "an amount of -1 counts as withheld"],
  withheld: ["E6", "a value is said to be withheld"],
  unlikePeriods: ["D1", "the periods of its parts differ: none is taken for the whole"],
  unlikeTerms: ["D1", "the periods of its lots differ: each has a term of its own"],
  unlikeRenewals: ["D1", "the renewals of its lots differ: none are taken for the whole"],
  approximatePeriod: ["D1", "a period in days is taken for whole months"],
  unmeasuredRenewals: ["D1", "renewals of a length that is not stated are left out"],
  undatedAmendment: ["N4", "an amendment without a date is left out"],
  amendedContract: [
    "T12",
    "a contract that was amended is worth other than its award: the difference is what its last amendment changed",
  ],
  amendedByRelease: ["N4", "an amendment without a date has that of its release"],
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

/** What holds once the releases of a process are merged, and which release last said something of each object. */
interface Merged {
  readonly plain: PlainMap;
  readonly saidBy: WeakMap<PlainMap, Attribution>;
}

/** Lists that the standard replaces as a whole, although their objects have ids. */
const REPLACED_AS_A_WHOLE = new Set(["additionalClassifications"]);

/**
 * Releases in order of time, those without a date first. Releases of one moment are ordered by what they tell of, then
 * by their ids, then by their whole content, so that the order and the files in which they were read do not matter. A
 * release that was read twice is left out, because an award that it lists twice would be merged with itself.
 */
const inOrderOfTime = (releases: Releases): Releases => {
  if (releases.length === 1) return releases;
  const sorted = [...releases].sort(compareReleases);
  const [first = releases[0], ...others] = sorted.filter((release, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareReleases(before, release) !== 0;
  });
  return [first, ...others];
};

const compareReleases = (a: Release, b: Release): number =>
  (a.moment ?? Number.NEGATIVE_INFINITY) - (b.moment ?? Number.NEGATIVE_INFINITY) ||
  stageOf(a) - stageOf(b) ||
  compareNatural(a.publication.id, b.publication.id) ||
  compareTexts(a.publication.id, b.publication.id) ||
  compareTexts(JSON.stringify(a.plain), JSON.stringify(b.plain));

/** The tags of releases, in the order in which a process comes to them. */
const TAGS = [
  ...["planning", "planningUpdate"],
  ...["tender", "tenderAmendment", "tenderUpdate", "tenderCancellation"],
  ...["award", "awardUpdate", "awardCancellation"],
  ...["contract", "contractUpdate", "contractAmendment"],
  ...["implementation", "implementationUpdate", "contractTermination"],
  "compiled",
];

/** How far a release has come, by the last of its tags. */
const stageOf = ({ plain }: Release): number =>
  textsIn(plain, "tag").reduce((last, tag) => Math.max(last, TAGS.indexOf(tag)), -1);

/**
 * Merges releases, the oldest first, by the standard's merge routine (OCDS 1.1, merging): later values win, `null`
 * removes, and objects in lists are matched by their ids. What was merged is not copied for the next release, so each
 * value is handled once however many releases there are.
 */
const mergeReleases = (releases: readonly Release[]): Merged => {
  const merged = new MergedMap();
  for (const { publication, plain } of releases) merged.merge(plain, publication.id, "");
  const saidBy = new WeakMap<PlainMap, Attribution>();
  return { plain: merged.plain(saidBy), saidBy };
};

/** What was merged so far. A plain value is one that no later release changed within. */
type Mergeable = Plain | MergedMap | MergedList;

const isPlain = (value: Mergeable): value is Plain => !(value instanceof MergedMap || value instanceof MergedList);

const asMap = (value: Mergeable | undefined): MergedMap => {
  if (value instanceof MergedMap) return value;
  return new MergedMap(value !== undefined && isPlain(value) && isMap(value) ? value : undefined);
};

const asList = (value: Mergeable | undefined): MergedList => {
  if (value instanceof MergedList) return value;
  return new MergedList(value !== undefined && isPlain(value) && isList(value) ? value.filter(isMap) : []);
};

const plainOf = (value: Mergeable, saidBy: Merged["saidBy"]): Plain => (isPlain(value) ? value : value.plain(saidBy));

class MergedMap {
  readonly #members: Map<string, Mergeable>;
  #said: Attribution | undefined;

  constructor(before: PlainMap = {}) {
    this.#members = new Map(Object.entries(before));
  }

  get id(): Mergeable | undefined {
    return this.#members.get("id");
  }

  merge(said: PlainMap, source: string, pointer: string): void {
    for (const [key, value] of Object.entries(said)) {
      if (value === null) this.#members.delete(key);
      else
        this.#members.set(
          key,
          valueAfter(this.#members.get(key), value, key, { source, locator: `${pointer}/${key}` }),
        );
    }
    this.#said = { source, locator: pointer };
  }

  plain(saidBy: Merged["saidBy"]): PlainMap {
    const plain = Object.fromEntries([...this.#members].map(([key, value]) => [key, plainOf(value, saidBy)]));
    if (this.#said !== undefined) saidBy.set(plain, this.#said);
    return plain;
  }
}

class MergedList {
  readonly #items: MergedMap[] = [];
  readonly #byId = new Map<Mergeable, MergedMap>();

  constructor(before: readonly PlainMap[] = []) {
    for (const item of before) this.#add(new MergedMap(item));
  }

  merge(said: readonly PlainMap[], source: string, pointer: string): void {
    for (const [index, item] of said.entries()) {
      const id = item["id"];
      const found = id === undefined ? undefined : this.#byId.get(id);
      const merged = found ?? new MergedMap();
      merged.merge(item, source, `${pointer}/${index}`);
      if (found === undefined) this.#add(merged);
    }
  }

  plain(saidBy: Merged["saidBy"]): readonly PlainMap[] {
    return this.#items.map((item) => item.plain(saidBy));
  }

  #add(item: MergedMap): void {
    this.#items.push(item);
    if (item.id !== undefined && !this.#byId.has(item.id)) this.#byId.set(item.id, item);
  }
}

/** A value after a release said something of it. */
const valueAfter = (
  before: Mergeable | undefined,
  said: Plain,
  key: string,
  { source, locator }: { readonly source: string; readonly locator: string },
): Mergeable => {
  if (isMap(said)) {
    const map = asMap(before);
    map.merge(said, source, locator);
    return map;
  }
  if (!isList(said) || !said.every(isMap)) return said;
  const byId = !REPLACED_AS_A_WHOLE.has(key) && said.every((item) => typeof item["id"] === "string");
  const list = byId ? asList(before) : new MergedList();
  list.merge(said, source, locator);
  return list;
};

export type Releases = readonly [Release, ...Release[]];

interface OneBuyer {
  /** What distinguishes this buyer from the others of the process; undefined where there is no other. */
  readonly buyer: string | undefined;
  readonly releases: Releases;
}

/**
 * How the releases of one ocid go together. Where several buyers each made awards of their own, each buyer has its own
 * releases (O5).
 */
interface BuyersApart {
  readonly each: readonly OneBuyer[];
  /** Whether several buyers are named but not whose each award is, so that they cannot be told apart. */
  readonly mixed: boolean;
}

/**
 * Divides the releases of one process by their buyers, where those that tell of awards name several. All are in order
 * of time. A release that tells of no award and is not another buyer's belongs to every buyer: it may be a call that
 * was made for all. Awards in a release that names no buyer belong to the buyer of the same awards.
 */
export const apartByBuyer = (read: Releases): BuyersApart => {
  const releases = inOrderOfTime(read);
  const together: BuyersApart = { each: [{ buyer: undefined, releases }], mixed: false };
  if (releases.length === 1) return together;
  const named = buyersIn(releases);
  const awarding = new Map<string, Release[]>();
  for (const release of releases) {
    const buyer = named.get(release);
    if (buyer !== undefined && tellsOfAwards(release)) addUnder(awarding, buyer, release);
  }
  if (awarding.size < 2) return together;
  const buyers = sharesAwards([...awarding.values()]) ? undefined : withOwners(releases, named, awarding);
  if (buyers === undefined) return { ...together, mixed: true };
  const isOf = (release: Release, buyer: string): boolean =>
    !awarding.has(buyers.get(release) ?? "") || buyers.get(release) === buyer;
  const each = flatMap([...awarding.keys()], (buyer): readonly OneBuyer[] => {
    const [first, ...others] = releases.filter((release) => isOf(release, buyer));
    return first === undefined ? [] : [{ buyer, releases: [first, ...others] }];
  });
  return { each, mixed: false };
};

/**
 * The buyer of each release, under the name that was read first. A buyer with the id or the name of another is the
 * same.
 */
const buyersIn = (releases: Releases): ReadonlyMap<Release, string> => {
  const known = new Map<string, string>();
  const buyers = new Map<Release, string>();
  for (const release of releases) {
    const buyer = mapIn(release.plain, "buyer") ?? {};
    const [id, name] = [textIn(buyer, "id"), textIn(buyer, "name")];
    const keys = [...(id === undefined ? [] : [`id ${id}`]), ...(name === undefined ? [] : [`name ${fold(name)}`])];
    const [own] = keys;
    if (own === undefined) continue;
    const same = keys.map((key) => known.get(key)).find((one) => one !== undefined) ?? name ?? own;
    for (const key of keys) if (!known.has(key)) known.set(key, same);
    buyers.set(release, same);
  }
  return buyers;
};

/**
 * The same, with a buyer for each release that tells of awards and names none: the buyer whose awards they are.
 * Undefined where a release tells of awards that are nobody's, or several buyers'.
 */
const withOwners = (
  releases: Releases,
  named: ReadonlyMap<Release, string>,
  awarding: ReadonlyMap<string, readonly Release[]>,
): ReadonlyMap<Release, string> | undefined => {
  const owners = new Map<string, string>();
  for (const [buyer, own] of awarding) for (const award of flatMap(own, awardsIn)) owners.set(award, buyer);
  const buyers = new Map(named);
  for (const release of releases) {
    if (named.has(release) || !tellsOfAwards(release)) continue;
    const [owner, ...others] = new Set(flatMap(awardsIn(release), (award) => owners.get(award) ?? []));
    if (owner === undefined || others.length > 0) return undefined;
    buyers.set(release, owner);
  }
  return buyers;
};

const tellsOfAwards = (release: Release): boolean => awardsIn(release).length > 0;

/** Keys for the awards and contracts of a release, and for the awards that its contracts name. */
const awardsIn = ({ plain }: Release): readonly string[] => [
  ...flatMap(["awards", "contracts"], (list) =>
    mapsIn(plain, list).map((one, index) => `${list} ${textIn(one, "id") ?? `#${index}`}`),
  ),
  ...flatMap(mapsIn(plain, "contracts"), (one) => {
    const award = textIn(one, "awardID");
    return award === undefined ? [] : [`awards ${award}`];
  }),
];

const sharesAwards = (groups: readonly (readonly Release[])[]): boolean => {
  const known = new Set<string>();
  return groups.some((group) => {
    const own = new Set(flatMap(group, awardsIn));
    const isShared = [...own].some((award) => known.has(award));
    for (const award of own) known.add(award);
    return isShared;
  });
};
