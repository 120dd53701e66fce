import type { Fact, Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { type Contract, contractCodec } from "../../records/contract.ts";
import { factsOf } from "../../records/encode.ts";
import { Awards } from "./awards.ts";
import { anyOf, type JsonMap, someOf } from "./json-text.ts";
import type { Losses } from "./losses.ts";
import { Parties } from "./parties.ts";
import { tenderOf } from "./tender.ts";
import { countOf, momentOf } from "./values.ts";

/** What is known of all releases of a package. */
interface Release {
  readonly contract: Contract;
  readonly ocid: string;
  /** What names the framework agreements of which it is or may be a call-off, and their lots that are called off. */
  readonly frameworks: readonly NamedFramework[];
  /** Its moment where no publication has a day. */
  readonly date: string;
  readonly preference: Preference;
  /** The ids of the sources and suppliers that registers declare. */
  readonly declared: { readonly sources: ReadonlySet<string>; readonly suppliers: ReadonlySet<string> };
  readonly losses: Losses;
}

export interface NamedFramework {
  readonly identifier: string;
  readonly lots: readonly string[];
}

/** All that is known of a contract as one release of OCDS 1.1; what has no place in it is counted among the losses. */
export const releaseOf = ({ contract, ocid, frameworks, date, preference, declared, losses }: Release): JsonMap => {
  const parties = new Parties(contract, preference, declared.suppliers, losses);
  const awards = new Awards(contract, preference, parties, losses);
  countLosses(contract, declared.sources, losses);
  const latest = contract.publications.at(-1);
  const buyer = buyersOf(contract, preference, parties);
  const tender = tenderOf({ contract, preference, awards, losses });
  const contracts = awards.contracts();
  const listed = awards.list();
  const bids = bidsOf(contract, awards, preference, losses);
  return {
    ocid,
    id: latest?.id ?? `${ocid}-${date.slice(0, "2024-01-31".length)}`,
    date: momentOf(dayOf(latest?.date), losses) ?? date,
    tag: ["tender", ...(listed.length === 0 ? [] : ["award"]), ...(contracts.length === 0 ? [] : ["contract"])],
    initiationType: "tender",
    parties: someOf(parties.all()),
    buyer,
    tender,
    bids,
    awards: someOf(listed),
    contracts: someOf(contracts),
    relatedProcesses: someOf(frameworks.map(relatedFramework)),
    withheldInformation: someOf(awards.withheld()),
  };
};

/** A date that is known to the day; nothing is lost where another takes its place. */
const dayOf = (date: PartialDate | undefined): PartialDate | undefined => (date?.day === undefined ? undefined : date);

const buyersOf = (
  { buyer, buyerCountry, jointBuyers }: Contract,
  preference: Preference,
  parties: Parties,
): JsonMap | undefined => {
  const name = preference.value(buyer);
  const first = name === undefined ? undefined : parties.named(name, "buyer", preference.value(buyerCountry));
  for (const other of preference.value(jointBuyers) ?? []) parties.named(other, "buyer");
  return first;
};

const bidsOf = (contract: Contract, awards: Awards, preference: Preference, losses: Losses): JsonMap | undefined => {
  const statistics = [undefined, ...contract.lots].flatMap((lot, index) => {
    const value = countOf(preference.value((lot ?? contract).offers), losses);
    return value === undefined ? [] : [{ id: String(index + 1), measure: "bids", value, relatedLot: lot?.id }];
  });
  return anyOf({ statistics: someOf(statistics), details: someOf(awards.bids()) });
};

const relatedFramework = ({ identifier, lots }: NamedFramework, index: number): JsonMap => ({
  id: String(index + 1),
  relationship: ["framework"],
  scheme: hasOcidPrefix(identifier) ? "ocid" : undefined,
  identifier,
  relatedLots: someOf(lots),
});

const countLosses = (contract: Contract, sources: ReadonlySet<string>, losses: Losses): void => {
  losses.addFields(contractCodec.fields, contract);
  losses.add("history", Math.max(0, contract.publications.length - 1));
  losses.add("growth", contract.modifications.filter(({ value }) => value !== undefined).length);
  losses.add("frameworks", contract.settledContracts.filter(({ callOffOf }) => callOffOf !== undefined).length);
  const facts = [contract, ...contract.lots, ...contract.groups].flatMap((record: object) => factsOf(record));
  losses.add("claims", facts.filter(({ length }) => length > 1).length);
  const isAttributed = (fact: Fact<unknown>) =>
    fact.some(({ by }) => by.source !== undefined && sources.has(by.source));
  losses.add("attributions", facts.filter(isAttributed).length);
};

const PREFIX = "ocds-[a-z0-9]{6}";
const ALONE = new RegExp(`^${PREFIX}$`);
const BEFORE_MORE = new RegExp(`^${PREFIX}-`);

/** Whether a text is a prefix as the Open Contracting Partnership gives them to publishers: `ocds-a1b2c3`. */
export const isOcidPrefix = (text: string): boolean => ALONE.test(text);

export const hasOcidPrefix = (text: string): boolean => BEFORE_MORE.test(text);
