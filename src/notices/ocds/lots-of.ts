import type { Claim, Fact } from "../../model/claim.ts";
import { flatMap } from "../../model/lists.ts";
import type { StatedAmount } from "../../model/money.ts";
import type { LotGroup } from "../../records/group.ts";
import type { SharedAward } from "../../records/history.ts";
import type { Lot, LotStatus } from "../../records/lot.ts";
import { lotCodec } from "../../records/lot.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { factOf } from "../notice.ts";
import type { Award, LotPlan, PlannedLot, Standing } from "./awards.ts";

import type { BidBook, PartyBook } from "./party-book.ts";
import { type Times, timesOfLot } from "./periods.ts";
import { mapIn, mapsIn, statusIn, textIn, textsIn } from "./plain-members.ts";
import type { Process } from "./process.ts";
import { callOffIn, frameworkOf, reasonIn } from "./tender.ts";
import { amountIn, awardedTogether, largestOf } from "./values.ts";

interface MaximumSources {
  readonly process: Process;
  /** Whether values are only estimates: those of frameworks under the United Kingdom's Procurement Act 2023. */
  readonly estimatesOnly: boolean;
}

export interface LotSources extends MaximumSources {
  readonly plan: LotPlan;
  readonly parties: PartyBook;
  readonly bids: BidBook;
  /** The CPV codes of a lot, or of the tender where no lot is given. */
  readonly cpv: (lot?: string) => readonly string[] | undefined;
  /** When the contract runs, unless each lot has times of its own. */
  readonly times: Times;
}

/** The value of a framework's award, or else of its contract, where that is only an estimate. */
const estimateOf = (awards: readonly Award[], process: Process): Fact<StatedAmount> | undefined =>
  oneClaim(
    [...awards, ...flatMap(awards, ({ contracts }) => contracts)]
      .map(({ plain, pointer }) => amountIn(plain, "value", pointer, process))
      .find((one) => one !== undefined),
  );

export const lotsOf = (sources: LotSources): readonly Lot[] =>
  sources.plan.lots.map((planned) => lotOf(planned, sources));

const lotOf = (planned: PlannedLot, sources: LotSources): Lot => {
  const { process, bids, parties, cpv } = sources;
  const { declared = NOTHING, pointer } = planned;
  const won = planned.awards.filter(({ standing }) => standing === "counts");
  const own = won.filter((award) => sources.plan.lotsOf(award).length === 1);
  const [first, ...others] = won;
  const suppliers =
    first !== undefined && others.length === 0
      ? first.suppliers
      : [...new Set(flatMap(won, (award) => award.suppliers))];
  const by = first === undefined ? process.by(declared, pointer) : process.by(first.plain, first.pointer, "/suppliers");
  const subcontractors = [...new Set(flatMap(won, (award) => bids.subcontractorsOf(award.plain, parties)))];
  const areOffers = suppliers.length > 1 && own.length > 1 && agreementOf(planned, process) !== undefined;
  const awarded = sources.estimatesOnly ? undefined : awardedTogether(own, process, areOffers);
  if (areOffers && typeof awarded?.value === "object") process.assumptions.make("offers", planned.id);
  const callOff = callOffIn(agreementOf(planned, process), suppliers.length);
  if (callOff === "cascade") process.assumptions.make("cascade", planned.id);
  const ceiling = largestOf(own, "maximumValue", process) ?? announcedCeiling(planned, sources);
  const estimate =
    oneClaim(amountIn(declared, "value", pointer, process)) ??
    (sources.estimatesOnly ? estimateOf(own, process) : undefined);
  const reestimate = largestOf(own, "estimatedValue", process);
  const { startDate, endDate, latestEndDate, term } = timesOfLot(declared, pointer, process, sources.times);
  return parties.seated(
    lotCodec.of({
      id: planned.id,
      title: textIn(declared, "title"),
      status: statusOf(planned, process),
      ceiling,
      estimate,
      reestimate,
      awarded: awarded && [awarded],
      cpv: factOf(cpv(planned.id), process.by(NOTHING, "/tender/items")),
      startDate,
      endDate,
      latestEndDate,
      term,
      longTermReason: reasonIn(declared, pointer, process),
      callOff: factOf(callOff, process.by(declared, pointer)),
      offers: bids.offersFor(planned.id),
      suppliers: suppliers.length === 0 ? undefined : [{ value: suppliers, by }],
      subcontractors: subcontractors.length === 0 ? undefined : [{ value: subcontractors, by }],
    }),
  );
};

const NOTHING: PlainMap = {};

const oneClaim = <T>(claim: Claim<T> | undefined): Fact<T> | undefined => claim && [claim];

const STATUS_OF_STANDING: readonly (readonly [Standing, LotStatus])[] = [
  ["counts", "awarded"],
  ["pending", "pending"],
  ["unsuccessful", "closed-no-winner"],
  ["cancelled", "cancelled"],
];

/** What became of a lot by its own status, or by the tender's for all lots. */
const STATUS_OF_LOT: ReadonlyMap<string, LotStatus> = new Map([
  ["active", "open"],
  ["cancelled", "cancelled"],
  ["withdrawn", "cancelled"],
  ["unsuccessful", "closed-no-winner"],
]);

/**
 * What became of a lot, as its awards say; else as the lot itself says; else as the tender says if nothing came of it.
 */
const statusOf = ({ id, awards, declared = NOTHING }: PlannedLot, process: Process): LotStatus => {
  const told = STATUS_OF_STANDING.find(([standing]) => awards.some((award) => award.standing === standing))?.[1];
  const own = STATUS_OF_LOT.get(statusIn(declared) ?? "");
  const ofAll = STATUS_OF_LOT.get(statusIn(tenderOf(process)) ?? "");
  if (told === "awarded" && (own ?? ofAll ?? "open") !== "open") process.assumptions.make("staysAwarded", id);
  return told ?? own ?? (ofAll === "open" ? undefined : ofAll) ?? "no-result";
};

const tenderOf = ({ plain }: Process): PlainMap => mapIn(plain, "tender") ?? NOTHING;

/** The framework agreement that a lot is for: its own, or the tender's. */
const agreementOf = ({ declared }: PlannedLot, process: Process): PlainMap | undefined =>
  frameworkOf(declared) ?? frameworkOf(tenderOf(process));

/** The maximum that is announced for a lot (BT-271). Where there is only one lot, it may be the tender's. */
const announcedCeiling = (planned: PlannedLot, sources: LotSources): Fact<StatedAmount> | undefined =>
  maximumOf(planned.declared, planned.pointer, sources) ??
  (sources.plan.lots.length === 1 ? wholeCeiling(sources) : undefined);

export const wholeCeiling = (sources: LotSources): Fact<StatedAmount> | undefined =>
  maximumOf(tenderOf(sources.process), "/tender", sources);

/** The value of a framework agreement where that is only an estimate. */
export const estimateOfFramework = ({ process, estimatesOnly }: LotSources): Fact<StatedAmount> | undefined => {
  const agreement = estimatesOnly ? frameworkOf(tenderOf(process)) : undefined;
  return oneClaim(agreement && amountIn(agreement, "value", "/tender/techniques/frameworkAgreement", process));
};

/** The value of a framework agreement or, for any procedure, the maximum value of OCDS 1.2. */
export const maximumOf = (
  tenderOrLot: PlainMap | undefined,
  pointer: string,
  { process, estimatesOnly }: MaximumSources,
): Fact<StatedAmount> | undefined => {
  if (tenderOrLot === undefined) return undefined;
  const agreement = estimatesOnly ? undefined : frameworkOf(tenderOrLot);
  const value = agreement && amountIn(agreement, "value", `${pointer}/techniques/frameworkAgreement`, process);
  return oneClaim(value ?? amountIn(tenderOrLot, "maximumValue", pointer, process));
};

/** The awards of several lots. The value of each counts once, and in no lot (T9). */
export const sharedAwardsOf = (
  { process, plan, estimatesOnly }: LotSources,
  won: readonly Award[],
): readonly SharedAward[] =>
  flatMap(estimatesOnly ? [] : won, (award) => {
    const lots = plan.lotsOf(award);
    const value = lots.length > 1 ? awardedTogether([award], process)?.value : undefined;
    if (lots.length > 1) process.assumptions.make("severalLots", award.id ?? award.pointer);
    return value === undefined ? [] : [{ lots, value }];
  });

/**
 * Groups of lots that share a ceiling: those of the tender, and the lots of each award that states one for all of them.
 */
export const groupsOf = (sources: LotSources, won: readonly Award[]): readonly LotGroup[] => [
  ...declaredGroups(sources),
  ...flatMap(won, (award) => groupOfAward(award, sources)),
];

const groupOfAward = (award: Award, { process, plan }: LotSources): readonly LotGroup[] => {
  const lots = plan.lotsOf(award);
  if (lots.length < 2) return [];
  const ceiling = largestOf([award], "maximumValue", process);
  const reestimate = largestOf([award], "estimatedValue", process);
  if (ceiling === undefined && reestimate === undefined) return [];
  return [{ ...GROUP, id: award.id ?? award.pointer, title: undefined, lots, ceiling, reestimate }];
};

const GROUP = { certain: true, note: undefined } as const;

const declaredGroups = ({ process, plan }: LotSources): readonly LotGroup[] => {
  const known = new Set(plan.lots.map(({ id }) => id));
  return flatMap(mapsIn(tenderOf(process), "lotGroups"), (group, index) => {
    const pointer = `/tender/lotGroups/${index}`;
    const lots = [...new Set(textsIn(group, "relatedLots"))].filter((lot) => known.has(lot));
    if (lots.length === 0) return [];
    const ceiling = oneClaim(amountIn(group, "maximumValue", pointer, process));
    const id = textIn(group, "id") ?? `group ${index + 1}`;
    return [{ ...GROUP, id, title: textIn(group, "title"), lots, ceiling, reestimate: undefined }];
  });
};
