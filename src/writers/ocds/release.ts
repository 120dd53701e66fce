import { dateOfDay } from "../../model/calendar.ts";
import type { Fact, Preference } from "../../model/claim.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { phasesOf } from "../../model/phases.ts";
import { firmTerm, formatDuration, type Term } from "../../model/term.ts";
import { factsOf } from "../../records/codec.ts";
import { type Contract, contractCodec, type Nature, type ProcedureType, type Regime } from "../../records/contract.ts";
import { hasOwnTerm, type StatedTerm, statedTermOf } from "../../records/contract-term.ts";
import { groupCodec } from "../../records/group.ts";
import { type CallOffMechanism, type Lot, type LotStatus, lotCodec } from "../../records/lot.ts";
import { Awards } from "./awards.ts";
import { Parties } from "./parties.ts";
import {
  anyOf,
  countOf,
  daysOf,
  figureOf,
  hasOcidPrefix,
  type JsonMap,
  type Losses,
  lastMomentOf,
  momentOf,
  someOf,
  wholeNumber,
} from "./values.ts";

/** What a release is made from. */
interface Release {
  readonly contract: Contract;
  readonly ocid: string;
  /** The framework agreements of which the contract is or may be a call-off, with their lots that are called off. */
  readonly frameworks: readonly NamedFramework[];
  /** The moment of the release if no publication states a day. */
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

/** All that is known of a contract as one release of OCDS 1.1. What has no place in it is counted among the losses. */
export const releaseOf = ({ contract, ocid, frameworks, date, preference, declared, losses }: Release): JsonMap => {
  const parties = new Parties(contract, preference, declared.suppliers, losses);
  const awards = new Awards(contract, preference, parties, losses);
  countLosses(contract, declared.sources, losses);
  const latest = contract.publications.at(-1);
  const buyer = buyersOf(contract, preference, parties, losses);
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

/** The date if it is known to the day. Otherwise nothing is lost, because another date takes its place. */
const dayOf = (date: PartialDate | undefined): PartialDate | undefined => (date?.day === undefined ? undefined : date);

/**
 * Adds each buyer once as a party with that role, and refers to the contract's buyer. If none is stated, readers take
 * the first joint buyer for it, which is counted as a loss.
 */
const buyersOf = (
  { buyer, buyerCountry, jointBuyers }: Contract,
  preference: Preference,
  parties: Parties,
  losses: Losses,
): JsonMap | undefined => {
  const name = preference.value(buyer);
  const country = preference.value(buyerCountry);
  const joint = preference.value(jointBuyers) ?? [];
  const first = name === undefined ? undefined : parties.named(name, "buyer", country);
  const others = new Set(joint.filter((other) => other !== name));
  for (const other of others) parties.named(other, "buyer");
  if (name === undefined && country !== undefined) losses.add("buyerCountry");
  losses.add("jointBuyer", joint.length - others.size + (name === undefined && joint.length > 0 ? 1 : 0));
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

interface Context {
  readonly contract: Contract;
  readonly preference: Preference;
  readonly awards: Awards;
  readonly losses: Losses;
}

/** The tender section: lots and groups of lots (lots extension), the framework agreement (techniques extension), the term. */
const tenderOf = (context: Context): JsonMap => {
  const { contract, preference, losses } = context;
  const tenderers = preference.value(contract.tenderers);
  return {
    id: contract.id,
    title: contract.title,
    description: contract.description,
    ...methodOf(context),
    legalBasis: contract.regime && LEGAL_BASES[contract.regime],
    value: figureOf(preference.value(contract.estimate), losses),
    contractPeriod: contractPeriodOf(contract, preference, losses),
    tenderPeriod: anyOf({ startDate: momentOf(preference.value(contract.callDate), losses) }),
    numberOfTenderers: countOf(tenderers, losses),
    techniques: { hasFrameworkAgreement: contract.framework, frameworkAgreement: agreementOf(context) },
    items: someOf(itemsOf(context)),
    lots: someOf(contract.lots.map((lot) => lotOf(lot, context))),
    lotGroups: someOf(groupsOf(context)),
    documents: someOf(contract.links.map(({ title, url }, index) => ({ id: String(index + 1), title, url }))),
  };
};

/** The kind of the procedure, by the code that OCDS has for it and in the words of the register. */
const methodOf = ({ contract, preference }: Context): JsonMap => {
  const type = preference.value(contract.procedureType);
  const nature = preference.value(contract.nature);
  return {
    procurementMethod: type && PROCUREMENT_METHODS[type],
    procurementMethodDetails: type,
    procurementMethodRationale: preference.value(contract.directAward)?.join("; "),
    mainProcurementCategory: nature && CATEGORIES[nature],
  };
};

const PROCUREMENT_METHODS: Readonly<Record<ProcedureType, string | undefined>> = {
  open: "open",
  restricted: "selective",
  negotiated: "selective",
  "competitive dialogue": "selective",
  "innovation partnership": "selective",
  "competitive tendering": "selective",
  limited: "limited",
  direct: "direct",
  other: undefined,
};

const CATEGORIES: Readonly<Record<Nature, string>> = { works: "works", supplies: "goods", services: "services" };

const celex = (id: string): JsonMap => ({ scheme: "CELEX", id });

/** The legal acts by their numbers: in EUR-Lex, or among the United Kingdom's public general acts. */
const LEGAL_BASES: Readonly<Record<Regime, JsonMap>> = {
  classic: celex("32014L0024"),
  utilities: celex("32014L0025"),
  defence: celex("32009L0081"),
  concession: celex("32014L0023"),
  "financial regulation": celex("32024R2509"),
  "uk-2023": { scheme: "UKPGA", id: "2023/54" },
};

/** The framework agreement as a whole, where more is known of it than that it is one. */
const agreementOf = ({ contract, preference, losses }: Context): JsonMap | undefined => {
  const users = preference.value(contract.users);
  return anyOf({
    value: figureOf(preference.value(contract.ceiling), losses),
    buyerCategories: users?.join("; "),
  });
};

const lotOf = (lot: Lot, context: Context): JsonMap => {
  const { contract, preference, losses } = context;
  const stated = statedTermOf(contract, lot);
  losses.addFields(lotCodec.fields, lot);
  return {
    id: lot.id,
    title: lot.title,
    status: STATUS_OF_LOT[lot.status],
    value: figureOf(preference.value(lot.estimate), losses),
    contractPeriod: contract.lots.some(hasOwnTerm) ? contractPeriodOf(stated, preference, losses) : undefined,
    renewal: renewalOf(preference.value(stated.term), losses),
    techniques: techniquesOf(lot, context),
  };
};

const STATUS_OF_LOT: Readonly<Record<LotStatus, string | undefined>> = {
  awarded: "complete",
  unpublished: "complete",
  "closed-no-winner": "unsuccessful",
  cancelled: "cancelled",
  open: "active",
  pending: "active",
  "no-result": undefined,
};

const METHODS: Readonly<Record<CallOffMechanism, string>> = {
  "reopened competition": "withReopeningCompetition",
  mixed: "withAndWithoutReopeningCompetition",
  cascade: "withoutReopeningCompetition",
  "sole supplier": "withoutReopeningCompetition",
};

const techniquesOf = (lot: Lot, context: Context): JsonMap | undefined => {
  const callOff = context.preference.value(lot.callOff);
  const agreement = anyOf({
    method: callOff && METHODS[callOff],
    value: announcedCeiling(lot, context),
  });
  return agreement && { hasFrameworkAgreement: true, frameworkAgreement: agreement };
};

/** The ceiling of a lot that has no award to state it. */
const announcedCeiling = (lot: Lot, { contract, preference, awards, losses }: Context): JsonMap | undefined => {
  if (awards.has(lot)) return undefined;
  const ceiling = preference.value(lot.ceiling);
  if (ceiling !== undefined && !contract.framework) losses.add("unawardedCeiling");
  if (lot.ceiling === undefined && lot.ceilingPerSupplier !== undefined) losses.add("perSupplier");
  return contract.framework ? figureOf(ceiling, losses) : undefined;
};

/**
 * The renewals of a lot's term (renewal extension). Renewals of different lengths, or without end, are counted as a
 * loss.
 */
const renewalOf = (term: Term | undefined, losses: Losses): JsonMap | undefined => {
  if (term === undefined) return undefined;
  const [first, ...others] = term.renewals;
  if (first === undefined && term.tacit === undefined) return undefined;
  const period = first && formatDuration(first);
  if (first === undefined || term.tacit !== undefined || others.some((other) => formatDuration(other) !== period)) {
    losses.add("renewals");
    return undefined;
  }
  return { maximumRenewals: wholeNumber(term.renewals.length), period: { durationInDays: daysOf(first) } };
};

/**
 * Groups of lots that certainly share one ceiling. A figure that may be each lot's own is left out, because it would be
 * taken for a limit to all of them.
 */
const groupsOf = ({ contract: { groups }, preference, losses }: Context): readonly JsonMap[] => {
  const certain = groups.filter((group) => group.certain);
  for (const group of groups) losses.addFields(groupCodec.fields, group);
  return certain.map(({ id, title, lots, ceiling }) => ({
    id,
    title,
    relatedLots: lots,
    maximumValue: figureOf(preference.value(ceiling), losses),
  }));
};

/** The CPV codes of the contract and of its lots: an item each, the main code first. */
const itemsOf = ({ contract, preference }: Context): readonly JsonMap[] =>
  [undefined, ...contract.lots].flatMap((lot, index) => {
    const [main, ...others] = preference.value((lot ?? contract).cpv) ?? [];
    if (main === undefined) return [];
    const additionalClassifications = someOf(others.map(classificationOf));
    return [
      { id: String(index + 1), classification: classificationOf(main), additionalClassifications, relatedLot: lot?.id },
    ];
  });

const classificationOf = (code: string): JsonMap => ({ scheme: "CPV", id: code });

/** The period of a contract or lot as it is stated: its first and last day, or its length without the renewals. */
const contractPeriodOf = (stated: StatedTerm, preference: Preference, losses: Losses): JsonMap | undefined => {
  const start = preference.value(stated.startDate);
  const end = preference.value(stated.endDate);
  const term = preference.value(stated.term);
  if (term !== undefined && end !== undefined && start?.day === undefined) losses.add("term");
  return anyOf({
    startDate: momentOf(start, losses),
    endDate: lastMomentOf(end, losses),
    maxExtentDate: lastMomentOf(lastPossibleDay(stated, preference, losses), losses),
    durationInDays: term === undefined || end !== undefined ? undefined : daysOf(term.initial),
  });
};

const lastPossibleDay = (stated: StatedTerm, preference: Preference, losses: Losses): PartialDate | undefined => {
  const start = preference.value(stated.startDate);
  const longest = preference.value(stated.maximumDuration);
  const latest = preference.value(stated.latestEndDate);
  if (latest !== undefined) return latest;
  if (longest === undefined) return undefined;
  if (start?.day === undefined) {
    losses.add("maximumDuration");
    return undefined;
  }
  const [whole] = phasesOf({ begin: start, term: firmTerm(longest) });
  return whole && dateOfDay(whole.lastDays.first);
};
