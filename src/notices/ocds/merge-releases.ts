import type { Attribution } from "../../model/claim.ts";
import { compareNatural, compareTexts, fold } from "../../model/fold.ts";
import { addUnder } from "../../model/lists.ts";
import { isList, isMap, type Plain, type PlainMap } from "../../syntax/plain.ts";
import { mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import type { Release } from "./releases-in.ts";

/** What holds once the releases of a process are merged, and which of them last said something of each of its objects. */
interface Merged {
  readonly plain: PlainMap;
  readonly saidBy: WeakMap<PlainMap, Attribution>;
}

/** Lists that the standard replaces as a whole, although their objects have ids. */
const REPLACED_AS_A_WHOLE = new Set(["additionalClassifications"]);

/**
 * In order of time; those without a date come first. Of one moment, they stand by what they tell of, then by their ids, and
 * what even those do not tell apart by all that it says: in whatever order and files they were read. One that was read
 * again is left out, for an award that it lists twice would be merged with itself.
 */
export const inOrderOfTime = (releases: readonly Release[]): readonly Release[] =>
  [...releases].sort(compareReleases).filter((release, index, sorted) => {
    const before = sorted[index - 1];
    return before === undefined || compareReleases(before, release) !== 0;
  });

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
 * Merges releases, the oldest first, as the standard's merge routine says (OCDS 1.1, merging): later values win, `null`
 * removes, objects in lists are matched by their ids. What was merged is not copied for the next release: however many
 * there are, each value is handled once.
 */
export const mergeReleases = (releases: readonly Release[]): Merged => {
  const merged = new MergedMap();
  for (const { publication, plain } of releases) merged.merge(plain, publication.id, "");
  const saidBy = new WeakMap<PlainMap, Attribution>();
  return { plain: merged.plain(saidBy), saidBy };
};

/** What was merged so far; a plain value is one that no later release went into. */
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

/** A value with what a release says of it. */
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

type Releases = readonly [Release, ...Release[]];

interface OneBuyer {
  /** What tells it from the other buyers of the process; undefined where there is no other. */
  readonly buyer: string | undefined;
  readonly releases: Releases;
}

/** How the releases of one ocid go together: as those of several buyers where each made awards of its own (O5). */
interface BuyersApart {
  readonly each: readonly OneBuyer[];
  /** Whether several buyers are named, and not whose each award is: they cannot be told apart. */
  readonly mixed: boolean;
}

/**
 * Divides the releases of one process by their buyers, where those that tell of awards name several. What tells of no award
 * and is no other buyer's is every buyer's: a call that was made for all. Awards of a release that names no buyer are those
 * of the buyer of the same awards.
 */
export const apartByBuyer = (releases: Releases): BuyersApart => {
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
  const each = [...awarding.keys()].flatMap((buyer): readonly OneBuyer[] => {
    const [first, ...others] = releases.filter((release) => isOf(release, buyer));
    return first === undefined ? [] : [{ buyer, releases: [first, ...others] }];
  });
  return { each, mixed: false };
};

/** The buyer of each release, by its first name: one that has an id or a name of another is the same. */
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
 * The same, with those of releases that name none: whose awards they tell of. Undefined where one tells of awards that are
 * nobody's, or of several buyers'.
 */
const withOwners = (
  releases: Releases,
  named: ReadonlyMap<Release, string>,
  awarding: ReadonlyMap<string, readonly Release[]>,
): ReadonlyMap<Release, string> | undefined => {
  const owners = new Map<string, string>();
  for (const [buyer, own] of awarding) for (const award of own.flatMap(awardsIn)) owners.set(award, buyer);
  const buyers = new Map(named);
  for (const release of releases) {
    if (named.has(release) || !tellsOfAwards(release)) continue;
    const [owner, ...others] = new Set(awardsIn(release).flatMap((award) => owners.get(award) ?? []));
    if (owner === undefined || others.length > 0) return undefined;
    buyers.set(release, owner);
  }
  return buyers;
};

const tellsOfAwards = (release: Release): boolean => awardsIn(release).length > 0;

/** By what awards and contracts are known, the awards of contracts among them. */
const awardsIn = ({ plain }: Release): readonly string[] => [
  ...["awards", "contracts"].flatMap((list) =>
    mapsIn(plain, list).map((one, index) => `${list} ${textIn(one, "id") ?? `#${index}`}`),
  ),
  ...mapsIn(plain, "contracts").flatMap((one) => {
    const award = textIn(one, "awardID");
    return award === undefined ? [] : [`awards ${award}`];
  }),
];

const sharesAwards = (groups: readonly (readonly Release[])[]): boolean => {
  const known = new Set<string>();
  return groups.some((group) => {
    const own = new Set(group.flatMap(awardsIn));
    const isShared = [...own].some((award) => known.has(award));
    for (const award of own) known.add(award);
    return isShared;
  });
};
