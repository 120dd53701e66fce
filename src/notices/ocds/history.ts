import type { Publication } from "../../records/history.ts";
import { maximumTogether } from "../awarded-values.ts";
import { CALLS, CORRECTS } from "../notice.ts";
import { isFramework } from "./framework.ts";
import { maximumOf } from "./lots-of.ts";
import { mapIn, mapsIn, textsIn } from "./plain-members.ts";
import { type Process, processOf } from "./process.ts";
import type { Release } from "./release.ts";

/** The releases of a process as its history, the oldest first; of several, with what each did (T12). */
export const historyOf = ({ releases }: Process, estimatesOnly: boolean): readonly Publication[] => {
  const [only, ...others] = releases;
  if (only !== undefined && others.length + only.earlier.length === 0) return [only.publication];
  return releases.flatMap((release) => [
    ...release.earlier.map((publication) => ({ ...publication, did: didBy(publication) })),
    {
      ...release.publication,
      did: isCallOff(release) ? "calls off" : didBy(release.publication),
      maximum: announcedBy(release, estimatesOnly),
    },
  ]);
};

/** By the tags of OCDS 1.1. */
const DID: ReadonlyMap<string, string> = new Map([
  ["planning", "announces"],
  ["planningUpdate", "announces"],
  ["tender", CALLS],
  ["tenderAmendment", CORRECTS],
  ["tenderUpdate", CORRECTS],
  ["tenderCancellation", "cancels the call"],
  ["award", "awards"],
  ["awardUpdate", "changes awards"],
  ["awardCancellation", "cancels awards"],
  ["contract", "signs contracts"],
  ["contractUpdate", "changes contracts"],
  ["contractAmendment", "modifies"],
  ["implementation", "reports"],
  ["implementationUpdate", "reports"],
  ["contractTermination", "ends contracts"],
]);

/** What the first of its tags says; nothing of a compiled release. */
const didBy = ({ kind = "" }: Publication): string | undefined =>
  kind
    .split(" ")
    .map((tag) => DID.get(tag))
    .find((did) => did !== undefined);

const isCallOff = ({ plain, publication }: Release): boolean =>
  didBy(publication) === DID.get("award") &&
  mapsIn(plain, "relatedProcesses").some((related) => textsIn(related, "relationship").includes("framework"));

/** The maximum of the framework agreement that a release announces which tells of no award yet. */
const announcedBy = (release: Release, estimatesOnly: boolean): Publication["maximum"] => {
  const { plain } = release;
  const tender = mapIn(plain, "tender");
  if (tender === undefined || !isFramework(tender) || "awards" in plain || "contracts" in plain) return undefined;
  const process = processOf([release]);
  const sources = { process, estimatesOnly };
  const lots = mapsIn(tender, "lots").map((lot, index) => maximumOf(lot, `/tender/lots/${index}`, sources)?.[0].value);
  return maximumTogether(maximumOf(tender, "/tender", sources)?.[0].value, lots);
};
