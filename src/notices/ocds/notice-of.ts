import type { Fact } from "../../model/claim.ts";
import type { Origin } from "../../model/errors.ts";
import { flatMap } from "../../model/lists.ts";
import { comparePartialDates, type PartialDate } from "../../model/partial-date.ts";
import { parseQuantity } from "../../model/quantity.ts";
import { type Contract, contractCodec } from "../../records/contract.ts";
import type { Publication, SettledContract } from "../../records/history.ts";
import type { Lot } from "../../records/lot.ts";
import type { Modification } from "../../records/modification.ts";
import type { Supplier } from "../../records/supplier.ts";
import type { PlainMap } from "../../syntax/plain.ts";
import { maximumTogether } from "../awarded-values.ts";
import { CALLS, CORRECTS, factOf, type Notice } from "../notice.ts";
import { journalNumber, procedureAtEnd } from "../stated-values.ts";
import type { SupplierPool } from "../supplier-pool.ts";
import { type AmendedProcess, amendedProcessOf, withGrowths } from "./amended.ts";
import { type Award, awardsOf, planLots } from "./awards.ts";
import {
  estimateOfFramework,
  groupsOf,
  type LotSources,
  lotsOf,
  maximumOf,
  sharedAwardsOf,
  wholeCeiling,
} from "./lots-of.ts";
import { BidBook, PartyBook } from "./party-book.ts";
import { dateIn, timesOf } from "./periods.ts";
import { isStanding, mapIn, mapsIn, textIn, textsIn } from "./plain-members.ts";
import { apartByBuyer, type Process, processOf, type Releases } from "./process.ts";
import type { Release } from "./releases-in.ts";
import {
  cpvCodesIn,
  isFramework,
  isOpenFramework,
  procedureOf,
  reasonIn,
  regimeOf,
  statesEstimatesOnly,
} from "./tender.ts";
import { amountIn } from "./values.ts";

/** A notice of OCDS keeps its releases, because they are merged anew with those of other documents. */
interface OcdsNotice extends Notice {
  readonly releases: readonly Release[];
}

const isOcds = (notice: Notice): notice is OcdsNotice => "releases" in notice;

/**
 * What the releases of one process say together, as one notice or, where there are several buyers, as one for each
 * (O5).
 */
export const noticesOf = (releases: Releases, pool: SupplierPool): readonly Notice[] => {
  const { each, mixed } = apartByBuyer(releases);
  return each.map(({ buyer, releases: own }, index): OcdsNotice => {
    const amended = amendedProcessOf(own);
    const { process } = amended;
    if (buyer !== undefined) process.assumptions.make("buyersApart");
    if (mixed) process.assumptions.make("buyersMixed");
    const contract = contractOf(amended, pool);
    return {
      contract: index === 0 ? contract : { ...contract, id: `${contract.id}:${buyer}` },
      procedure: process.ocid,
      publication: process.latest.publication,
      role: "award",
      elsewhere: namesElsewhere(own),
      releases: own,
      together: (notices) => contractsTogether(notices, pool),
    };
  });
};

/** The names that other formats have for a process and its releases. */
const namesElsewhere = (releases: Releases): readonly string[] => {
  const names = new Set<string | undefined>();
  for (const { plain, ocid = "" } of releases)
    names
      .add(procedureAtEnd(ocid))
      .add(procedureAtEnd(textIn(mapIn(plain, "tender") ?? {}, "id") ?? ""))
      .add(journalNumber(textIn(plain, "id") ?? ""));
  return [...names].filter((name) => name !== undefined);
};

const contractsTogether = (notices: readonly Notice[], pool: SupplierPool): readonly Contract[] => {
  const [first, ...others] = new Set(flatMap(notices.filter(isOcds), (each) => each.releases));
  return first === undefined ? [] : noticesOf([first, ...others], pool).map(({ contract }) => contract);
};

const contractOf = (amended: AmendedProcess, pool: SupplierPool): Contract => {
  const { process } = amended;
  const { plain, latest } = process;
  const tender = mapIn(plain, "tender") ?? {};
  const parties = new PartyBook(process, pool, placeOf(latest));
  const bids = new BidBook(process);
  const awards = awardsOf(process, parties, bids);
  const won = awards.filter(({ standing }) => standing === "counts");
  const plan = planLots(process, awards);
  const cpv = cpvCodesIn(tender);
  const times = timesOf(process, won);
  const framework = isFramework(tender);
  const sources: LotSources = {
    process,
    plan,
    parties,
    bids,
    cpv,
    times,
    estimatesOnly: statesEstimatesOnly(tender),
  };
  if (awards.length === 0) process.assumptions.make("noAwards");
  noteAwards(won, sources, process);
  const lots = lotsOf(sources);
  const buyers = buyersOf(process, parties, tender);
  const estimate = amountIn(tender, "value", "/tender", process);
  const { procedureType, directAward, nature } = procedureOf(tender, process);
  const frameworks = frameworksOf(process);
  return contractCodec.of({
    id: process.id,
    title: textIn(tender, "title"),
    description: textIn(tender, "description"),
    framework,
    procedure: process.ocid,
    regime: regimeOf(tender),
    cpv: factOf(cpv(), process.by(tender, "/tender")),
    procedureType,
    directAward,
    nature,
    buyer: buyers.buyer,
    buyerCountry: buyers.buyerCountry,
    jointBuyers: buyers.jointBuyers,
    callDate: callDateOf(tender, process),
    awardDate: awardDateOf(won, process),
    startDate: times.startDate,
    endDate: times.endDate,
    term: times.term,
    maximumDuration: times.maximumDuration,
    longTermReason: reasonIn(tender, "/tender", process),
    ceiling: ceilingBeside(lots, sources),
    estimate: estimate === undefined ? estimateOfFramework(sources) : [estimate],
    tenderers: factOf(parseQuantity(textIn(tender, "numberOfTenderers") ?? ""), process.by(tender, "/tender")),
    offers: bids.offersFor(undefined),
    lots,
    groups: groupsOf(sources, won),
    modifications: withGrowths(modificationsOf(process), amended, plan, won),
    callOffOf: frameworks[0]?.id,
    callOffLots: lotsOfFirst(frameworks),
    otherFrameworks: othersOf(frameworks, process),
    settledContracts: settledContractsOf(sources, awards),
    sharedAwards: sharedAwardsOf(sources, won),
    publications: historyOf(process, sources.estimatesOnly),
    notes: process.assumptions.notes(),
    origin: originOf(process, sources),
  });
};

/** The ceiling of the whole framework agreement, unless the only lot already has it. */
const ceilingBeside = (lots: readonly Lot[], sources: LotSources): Contract["ceiling"] => {
  const whole = wholeCeiling(sources);
  const [own, ...others] = lots.map(({ ceiling }) => ceiling?.[0].by.locator);
  return others.length === 0 && own !== undefined && own === whole?.[0].by.locator ? undefined : whole;
};

/**
 * Notes what the awards leave open: whether several suppliers are a consortium (O1), and what a framework's value is
 * (O2).
 */
const noteAwards = (
  won: readonly Award[],
  { estimatesOnly }: LotSources,
  { plain: whole, assumptions }: Process,
): void => {
  const tender = mapIn(whole, "tender");
  const framework = isFramework(tender);
  if (estimatesOnly) assumptions.make("estimatesOnly");
  if (estimatesOnly && isOpenFramework(tender)) assumptions.make("openFramework");
  for (const { id, pointer, plain, suppliers } of won) {
    if (suppliers.length > 1 && !framework) assumptions.make("oneValue", id ?? pointer);
    if (framework && !estimatesOnly && plain["value"] !== undefined && plain["maximumValue"] === undefined) {
      assumptions.make("ambiguousValue", id ?? pointer);
    }
  }
};

const buyersOf = (
  { plain, by }: Process,
  parties: PartyBook,
  tender: PlainMap,
): Pick<Contract, "buyer" | "buyerCountry" | "jointBuyers"> => {
  const stated = mapIn(plain, "buyer");
  const withRole = parties.namesWith("buyer");
  const name = parties.nameOf(stated) ?? withRole[0] ?? parties.nameOf(mapIn(tender, "procuringEntity"));
  const [buyer] = parties.withRole("buyer");
  const party = stated ?? buyer ?? mapIn(tender, "procuringEntity");
  const others = [...new Set(withRole)].filter((other) => other !== name);
  const inRelease = (place: string) => by(plain, "", place);
  const unstated = inRelease(buyer === undefined ? "/tender/procuringEntity" : "/parties");
  const place = stated === undefined ? unstated : by(stated, "/buyer");
  return {
    buyer: factOf(name, place),
    buyerCountry: factOf(party && parties.countryOf(party), place),
    jointBuyers: others.length === 0 ? undefined : [{ value: others, by: inRelease("/parties") }],
  };
};

/** When the call opened: the day from which tenders could be handed in, where the tender states it. */
const callDateOf = (tender: PlainMap, process: Process): Fact<PartialDate> | undefined => {
  const period = mapIn(tender, "tenderPeriod");
  const value = period && dateIn(period, "startDate", "/tender/tenderPeriod", process);
  return period && factOf(value, process.by(period, "/tender/tenderPeriod", "/startDate"));
};

const awardDateOf = (won: readonly Award[], process: Process): Fact<PartialDate> | undefined => {
  let first: Fact<PartialDate> | undefined;
  for (const { plain, pointer } of won) {
    const value = dateIn(plain, "date", pointer, process);
    if (value === undefined) continue;
    const earlier = first === undefined || comparePartialDates(value, first[0].value) < 0;
    if (earlier) first = [{ value, by: process.by(plain, pointer, "/date") }];
  }
  return first;
};

interface Framework {
  readonly id: string;
  /** The lots of it that are called off. */
  readonly lots: readonly string[];
}

/** The framework agreements under which this process is a call-off (O3), repeated as often as they are named. */
const frameworksOf = ({ plain }: Process): readonly Framework[] =>
  flatMap(mapsIn(plain, "relatedProcesses"), (related) => {
    const id = textIn(related, "identifier");
    const isFramework = textsIn(related, "relationship").includes("framework");
    return isFramework && id !== undefined ? { id, lots: textsIn(related, "relatedLots") } : [];
  });

const lotsOfFirst = (frameworks: readonly Framework[]): readonly string[] | undefined => {
  const [first] = frameworks;
  return first && [...new Set(flatMap(frameworks, ({ id, lots }) => (id === first.id ? lots : [])))];
};

const othersOf = (frameworks: readonly Framework[], { assumptions }: Process): readonly string[] | undefined => {
  const named = [...new Set(frameworks.map(({ id }) => id))];
  if (named.length > 1) assumptions.make("severalFrameworks", undefined, named.join(", "));
  return frameworks.length === 0 ? undefined : named.slice(1);
};

/**
 * Where a release's document begins, without its text. Suppliers outlive their releases, and must not keep them in
 * memory.
 */
const placeOf = ({ publication: { file = "" }, line }: Release): Origin => ({
  locate: () => ({ file, line, column: 1, text: "" }),
});

/** Locates a contract's parts, which are named as in a register: `["lots", 0, "ceiling"]`. */
const originOf = ({ latest }: Process, { plan }: LotSources): Origin => ({
  locate: ([list, index]) => {
    const lot = list === "lots" && typeof index === "number" ? plan.lots[index] : undefined;
    return latest.locate(lot === undefined ? [] : pathOf(lot.pointer));
  },
});

const pathOf = (pointer: string): readonly (string | number)[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** The releases of a process as its history, the oldest first. Where there are several, each says what it did (T12). */
const historyOf = ({ releases }: Process, estimatesOnly: boolean): readonly Publication[] => {
  const [only, ...others] = releases;
  if (only !== undefined && others.length + only.earlier.length === 0) return [only.publication];
  return flatMap(releases, (release) => [
    ...release.earlier.map((publication) => ({ ...publication, did: didBy(publication) })),
    {
      ...release.publication,
      did: isCallOff(release) ? "calls off" : didBy(release.publication),
      maximum: announcedBy(release, estimatesOnly),
    },
  ]);
};

/** What a release did, by its tag in OCDS 1.1. */
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

/** What a release did by its first tag that says so; undefined for a compiled release. */
const didBy = ({ kind = "" }: Publication): string | undefined =>
  kind
    .split(" ")
    .map((tag) => DID.get(tag))
    .find((did) => did !== undefined);

const isCallOff = ({ plain, publication }: Release): boolean =>
  didBy(publication) === DID.get("award") &&
  mapsIn(plain, "relatedProcesses").some((related) => textsIn(related, "relationship").includes("framework"));

/**
 * The maximum of the framework agreement that a release announces; undefined where the release already tells of awards.
 */
const announcedBy = (release: Release, estimatesOnly: boolean): Publication["maximum"] => {
  const { plain } = release;
  const tender = mapIn(plain, "tender");
  if (tender === undefined || !isFramework(tender) || "awards" in plain || "contracts" in plain) return undefined;
  const process = processOf([release]);
  const sources = { process, estimatesOnly };
  const lots = mapsIn(tender, "lots").map((lot, index) => maximumOf(lot, `/tender/lots/${index}`, sources)?.[0].value);
  return maximumTogether(maximumOf(tender, "/tender", sources)?.[0].value, lots);
};

/**
 * The contracts that were signed. Their values are parts of the awards' values, or repeat them, so they are never added
 * (O4).
 */
const settledContractsOf = (sources: LotSources, all: readonly Award[]): readonly SettledContract[] => {
  const { process } = sources;
  const awards = new Map(all.map((award) => [award.id ?? "", award]));
  const ids = new Set<string>();
  return flatMap(mapsIn(process.plain, "contracts"), (contract, index) => {
    const id = textIn(contract, "id");
    if (id !== undefined && ids.has(id)) return [];
    if (id !== undefined) ids.add(id);
    return settledContract(contract, index, sources, awards);
  });
};

const settledContract = (
  contract: PlainMap,
  index: number,
  { process, plan, parties, estimatesOnly }: LotSources,
  awards: ReadonlyMap<string, Award>,
): readonly SettledContract[] => {
  const pointer = `/contracts/${index}`;
  const id = textIn(contract, "id") ?? pointer;
  if (!isStanding(contract)) process.assumptions.make("cancelledContract", id);
  const award = awards.get(textIn(contract, "awardID") ?? id);
  if (award !== undefined && award.standing !== "counts" && isStanding(contract))
    process.assumptions.make("contractOfFallen", id);
  if (award?.standing !== "counts" || !isStanding(contract)) return [];
  const value = estimatesOnly ? undefined : amountIn(contract, "value", pointer, process)?.value;
  return [
    {
      id,
      reference: undefined,
      title: textIn(contract, "title"),
      lots: plan.lotsOf(award),
      suppliers: signatoriesOf(contract, pointer, award, parties),
      awardDate: dateIn(award.plain, "date", award.pointer, process),
      signedDate: dateIn(contract, "dateSigned", pointer, process),
      value,
    },
  ];
};

/** The suppliers that the contract itself names (contract suppliers extension), else those of its award. */
const signatoriesOf = (contract: PlainMap, pointer: string, award: Award, parties: PartyBook): readonly Supplier[] => {
  const named = mapsIn(contract, "suppliers").map((supplier, index) =>
    parties.supplier(supplier, `${pointer}/suppliers/${index}`),
  );
  return named.length === 0 ? award.suppliers : named.filter((supplier) => supplier !== undefined);
};

/**
 * The amendments of awards and contracts. They do not say by how much a value changed, and the stated values already
 * are the new ones.
 */
const modificationsOf = (process: Process): readonly Modification[] =>
  flatMap(["awards", "contracts"], (list) =>
    flatMap(mapsIn(process.plain, list), (object, index) =>
      flatMap(mapsIn(object, "amendments"), (amendment, number) =>
        modificationOf(amendment, `/${list}/${index}/amendments/${number}`, process),
      ),
    ),
  );

const modificationOf = (amendment: PlainMap, pointer: string, process: Process): readonly Modification[] => {
  const by = process.by(amendment, pointer);
  const stated = dateIn(amendment, "date", pointer, process);
  const date = stated ?? dateOfRelease(by.source, process);
  if (stated === undefined && Object.keys(amendment).length > 0)
    process.assumptions.make(date === undefined ? "undatedAmendment" : "amendedByRelease", pointer);
  if (date === undefined) return [];
  return [
    {
      id: textIn(amendment, "id") ?? pointer,
      date,
      lot: undefined,
      amount: undefined,
      ground: undefined,
      title: textIn(amendment, "description") ?? textIn(amendment, "rationale"),
      by,
      note: undefined,
    },
  ];
};

/** When a release was made; undefined for a compiled release, which does not tell when each thing in it was said. */
const dateOfRelease = (id: string | undefined, { releases }: Process): PartialDate | undefined => {
  const said = releases.find(({ publication }) => publication.id === id)?.publication;
  return said?.kind === undefined || said.kind.includes("compiled") ? undefined : said.date;
};
