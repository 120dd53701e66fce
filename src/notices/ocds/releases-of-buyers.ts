import { fold } from "../../model/fold.ts";
import { addUnder } from "../../model/lists.ts";
import { mapIn, mapsIn, textIn } from "./plain-members.ts";
import type { Release } from "./release.ts";

type Releases = readonly [Release, ...Release[]];

/** The releases of one buyer's awards. */
interface OneBuyer {
  /** What tells it from the other buyers of the process; undefined where there is no other. */
  readonly buyer: string | undefined;
  readonly releases: Releases;
}

/** How the releases of one ocid go together: as those of several buyers where each made awards of its own (O5). */
export interface BuyersApart {
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
