import { type WantedShape, wantedMembers } from "../../json-members.ts";

const IDENTIFIER = { scheme: "leaf", id: "leaf", legalName: "leaf" } as const;
const VALUE = { amount: "leaf", amountGross: "leaf", currency: "leaf", valueAddedTaxIncluded: "leaf" } as const;
const PERIOD = { startDate: "leaf", endDate: "leaf", maxExtentDate: "leaf", durationInDays: "leaf" } as const;
const CLASSIFICATION = { scheme: "leaf", id: "leaf" } as const;
const ADDRESS = { country: "leaf", countryCode: "leaf", countryName: "leaf" } as const;
const AMENDMENTS = { id: "leaf", date: "leaf", rationale: "leaf", description: "leaf" } as const;
const TECHNIQUES = {
  hasFrameworkAgreement: "leaf",
  frameworkAgreement: { method: "leaf", value: VALUE, period: PERIOD },
} as const;

/** OCDS 1.0 states whole organisations where later versions refer to `parties`. */
const ORGANISATION = { id: "leaf", name: "leaf", identifier: IDENTIFIER, address: ADDRESS } as const;

const TENDER = {
  title: "leaf",
  description: "leaf",
  value: VALUE,
  techniques: TECHNIQUES,
  contractPeriod: PERIOD,
  legalBasis: { ...CLASSIFICATION, wasDerivedFrom: CLASSIFICATION },
  procuringEntity: ORGANISATION,
  numberOfTenderers: "leaf",
  classification: CLASSIFICATION,
  lots: {
    id: "leaf",
    title: "leaf",
    status: "leaf",
    value: VALUE,
    contractPeriod: PERIOD,
    renewal: { maximumRenewals: "leaf", period: PERIOD },
    techniques: TECHNIQUES,
  },
  lotGroups: { id: "leaf", title: "leaf", relatedLots: "leaf", maximumValue: VALUE },
  items: {
    id: "leaf",
    relatedLot: "leaf",
    relatedLots: "leaf",
    classification: CLASSIFICATION,
    additionalClassifications: CLASSIFICATION,
  },
} as const;

const AWARDS = {
  id: "leaf",
  status: "leaf",
  date: "leaf",
  value: VALUE,
  maximumValue: VALUE,
  estimatedValue: VALUE,
  relatedLots: "leaf",
  relatedBids: "leaf",
  suppliers: ORGANISATION,
  items: { id: "leaf", relatedLot: "leaf", relatedLots: "leaf" },
  contractPeriod: PERIOD,
  amendments: AMENDMENTS,
} as const;

const CONTRACTS = {
  id: "leaf",
  awardID: "leaf",
  title: "leaf",
  status: "leaf",
  value: VALUE,
  dateSigned: "leaf",
  period: PERIOD,
  suppliers: ORGANISATION,
  amendments: AMENDMENTS,
} as const;

const BIDS = {
  details: {
    id: "leaf",
    tenderers: ORGANISATION,
    subcontracting: { subcontracts: { id: "leaf", subcontractor: ORGANISATION } },
  },
  statistics: { id: "leaf", measure: "leaf", value: "leaf", relatedLot: "leaf", relatedLots: "leaf" },
} as const;

/** What is read of a release; `initiationType` is a list only in versioned releases, which it gives away. */
const RELEASE = {
  ocid: "leaf",
  id: "leaf",
  date: "leaf",
  tag: "leaf",
  initiationType: "leaf",
  buyer: ORGANISATION,
  parties: { ...ORGANISATION, roles: "leaf", memberOf: { id: "leaf" } },
  tender: TENDER,
  awards: AWARDS,
  contracts: CONTRACTS,
  bids: BIDS,
  relatedProcesses: { id: "leaf", relationship: "leaf", scheme: "leaf", identifier: "leaf" },
  withheldInformation: { id: "leaf", field: "leaf" },
} as const satisfies WantedShape;

const RECORD = {
  ocid: "leaf",
  releases: { ...RELEASE, url: "leaf" },
  compiledRelease: RELEASE,
  versionedRelease: "leaf",
} as const;

/** What is read of a document: a release, a record, or a package of either. */
export const OCDS_MEMBERS = wantedMembers({ ...RELEASE, ...RECORD, records: RECORD });
