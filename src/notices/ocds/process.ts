import type { Attribution } from "../../model/claim.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { Assumptions } from "./assumptions.ts";
import { inOrderOfTime, mergeReleases } from "./merge-releases.ts";
import type { Release } from "./release.ts";

/** All that is said of one contracting process: its releases as one. */
export interface Process {
  /** Its ocid; without one, what its only release is called. */
  readonly id: string;
  readonly ocid: string | undefined;
  readonly plain: PlainMap;
  readonly releases: readonly Release[];
  readonly latest: Release;
  readonly assumptions: Assumptions;
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
    return { id, ocid, plain: latest.plain, releases, latest, assumptions, by: otherwise };
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
    by: (object, pointer, member = "") => {
      const said = saidBy.get(object);
      if (said === undefined) return otherwise(object, pointer, member);
      return { source: said.source, locator: `${said.locator}${member}` };
    },
  };
};

const bySource =
  (source: string): Process["by"] =>
  (_object, pointer, member = "") => ({ source, locator: pointer + member });
