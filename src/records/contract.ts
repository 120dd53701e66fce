import type { Attribution } from "../model/claim.ts";
import type { Origin } from "../model/errors.ts";
import { type Decoding, factsOf, listOf, oneOf, speakFor } from "./codec.ts";
import { at, fact, given, list, lost, nested, optional, records, required, requiredRecords, usual } from "./field.ts";
import { groupCodec, lotIds } from "./group.ts";
import { linkCodec, noteCodec, publicationCodec, settledCodec, sharedAwardCodec } from "./history.ts";
import { ownIgnoreCodec } from "./ignore.ts";
import { ofKind } from "./kinds.ts";
import { lotCodec } from "./lot.ts";
import { modificationCodec, renewalCodec } from "./modification.ts";
import { ledgersCodec, orderCodec } from "./order.ts";
import { type RecordOf, releaseRecord } from "./record.ts";
import { checkContract } from "./sound-contract.ts";
import {
  amount,
  countedCeiling,
  country,
  cpv,
  date,
  duration,
  flag,
  id,
  note,
  quantities,
  quantity,
  speaker,
  term,
  text,
  texts,
  worth,
} from "./values.ts";

/**
 * The rules that a contract is under, which set limits to its length and its changes: Directives 2014/24/EU (classic),
 * 2014/25/EU (utilities), 2009/81/EC (defence), 2014/23/EU (concession), Regulation (EU, Euratom) 2024/2509, and the
 * United Kingdom's Procurement Act 2023.
 */
export const REGIMES = ["classic", "utilities", "defence", "concession", "financial regulation", "uk-2023"] as const;
export type Regime = (typeof REGIMES)[number];

/**
 * What a contract's notes say of a framework that is one of several in a row, which the Procurement Act 2023 allows (s.
 * 49).
 */
export const OPEN_FRAMEWORK =
  "it is an open framework: a scheme of successive frameworks on the same terms, of 8 years at most in all";

/** Whether amounts include value added tax. */
export const VAT_BASES = ["excluded", "included"] as const;
export type VatBasis = (typeof VAT_BASES)[number];

export const PROCEDURE_TYPES = [
  "open",
  "restricted",
  "negotiated",
  "competitive dialogue",
  "innovation partnership",
  "competitive tendering",
  "limited",
  "direct",
  "other",
] as const;
export type ProcedureType = (typeof PROCEDURE_TYPES)[number];

export const NATURES = ["works", "supplies", "services"] as const;
export type Nature = (typeof NATURES)[number];

/** Reads all amounts of a contract as including value added tax, where it says so. */
const vatOfAmounts = (vat: VatBasis, reading: Decoding): void => {
  if (vat === "included") reading.vat = vat;
};

export const CONTRACT = {
  id: required(id, "", {
    key: "contract",
    says: "The contract's id.",
    example: "cloud-i",
    ocds: at("ocid"),
  }),
  title: optional(text, { says: "A short title.", example: "Cloud I", ocds: at("tender/title") }),
  description: optional(text, {
    says: "What it is for.",
    example: "Cloud services for the institutions",
    ocds: at("tender/description"),
  }),
  source: speaker,
  framework: usual(flag, ({ callOffOf }: { readonly callOffOf?: string }) => callOffOf === undefined, {
    says: "Whether it is a framework agreement; when left out, yes, and no of a call-off.",
    example: "no",
    ocds: at("tender/techniques/hasFrameworkAgreement"),
  }),
  /** BT-04, ocid. */
  procedure: optional(ofKind("id", text), {
    says: "The number of its procedure, which its notices share.",
    meaning: "The number of the procedure, which its notices share.",
    example: "DIGIT/2014/PO/001",
    column: { title: "Procedure", shown: "never" },
    ocds: at("ocid"),
  }),
  /** BT-105. */
  procedureType: fact(ofKind("text", oneOf(PROCEDURE_TYPES)), {
    says: "The kind of its procedure.",
    meaning:
      "The kind of the procedure: open, restricted, negotiated, competitive dialogue, innovation partnership, competitive tendering, limited, direct (without a call) or other.",
    example: "open",
    column: { title: "Procedure", shown: "never" },
    asked: { example: "procedureType:open,restricted" },
    ocds: at("tender/procurementMethod"),
  }),
  /** BT-136. */
  directAward: fact(texts, {
    says: "Why it was awarded without a call for competition: codes of the notice, or words.",
    meaning: "Why the contract was awarded without a call for competition: codes of the notice, or words.",
    example: "[technical]",
    column: { title: "Direct award", shown: "never" },
    asked: { example: "directAward:urgency" },
    ocds: at("tender/procurementMethodRationale"),
  }),
  /** BT-23. */
  nature: fact(ofKind("text", oneOf(NATURES)), {
    says: "What is mainly bought.",
    meaning: "What is mainly bought: works, supplies or services.",
    example: "services",
    column: { title: "Nature", shown: "never" },
    asked: { example: "nature:works" },
    ocds: at("tender/mainProcurementCategory"),
  }),
  regime: optional(ofKind("text", oneOf(REGIMES)), {
    says: "The rules that it is under, which limit its length and its changes.",
    meaning: "The rules that it is under: classic, utilities, defence, concession, financial regulation or uk-2023.",
    example: "classic",
    column: { title: "Regime", shown: "never" },
    asked: { example: "regime:utilities" },
    ocds: at("tender/legalBasis"),
  }),
  vat: {
    ...optional(ofKind("text", oneOf(VAT_BASES)), {
      says: "Whether its amounts include value added tax; excluded when left out.",
      example: "included",
      ocds: at("tender/value/valueAddedTaxIncluded"),
    }),
    effect: vatOfAmounts,
  },
  cpv: fact(cpv, {
    says: "Codes of the Common Procurement Vocabulary, the main one first.",
    example: "[72000000]",
    column: { title: "CPV", shown: "never" },
    ocds: at("tender/items"),
  }),
  /** The first of several buyers. */
  buyer: fact(text, {
    says: "Who buys.",
    example: "European Commission",
    column: { title: "Buyer", shown: "known" },
    ocds: at("buyer"),
  }),
  /** BT-514 of the buyer. */
  buyerCountry: fact(country, {
    says: "Where the buyer is (ISO 3166-1, two letters).",
    example: "BE",
    column: { title: "Buyer's country", shown: "never" },
    asked: { example: "buyerCountry:DE,AT" },
    ocds: at("parties/address"),
  }),
  jointBuyers: fact(texts, {
    says: "Who buys together with it.",
    meaning: "Who buys together with the buyer.",
    example: "[European Parliament]",
    column: { title: "Joint buyers", shown: "never" },
    ocds: at("parties/roles"),
  }),
  users: fact(texts, {
    says: "Who may order besides the buyers.",
    example: "[European Court of Auditors]",
    column: { title: "Users", shown: "never" },
    asked: { name: "user", example: "user:court" },
    ocds: at("tender/techniques/frameworkAgreement/buyerCategories"),
  }),
  coordinator: fact(text, {
    says: "Who runs it for the buyer.",
    meaning: "Who runs the contract for the buyer.",
    example: "DIGIT",
    asked: { example: "coordinator:digit" },
    ocds: lost("coordinators"),
  }),
  callDate: fact(date, {
    says: "When the call for tenders was published.",
    meaning: "When the call was published.",
    example: "2014-12",
    column: { title: "Called", shown: "never" },
    asked: { example: "callDate:2014" },
    ocds: at("tender/tenderPeriod/startDate"),
  }),
  awardDate: fact(date, {
    says: "When it was awarded.",
    meaning: "When the contract was awarded.",
    example: "2015-12",
    column: { title: "Awarded", shown: "known" },
    asked: { example: "awardDate:2015-06..2016" },
    ocds: at("awards/date"),
  }),
  /** The day from which the term counts. Without it, the award date. */
  startDate: fact(date, {
    says: "From when the term counts; the award date where it is left out.",
    meaning: "From when the term counts.",
    example: "2016-01-01",
    asked: { example: "startDate:2016.." },
    ocds: at("tender/contractPeriod/startDate"),
  }),
  endDate: fact(date, {
    says: "The last day of the initial period, as it is stated; it counts before one that follows from the term.",
    example: "2017-12-31",
    ocds: at("tender/contractPeriod/endDate"),
  }),
  latestEndDate: fact(date, {
    says: "The last day with every renewal, as it is stated.",
    example: "2019-12-31",
    ocds: at("tender/contractPeriod/maxExtentDate"),
  }),
  firstUse: fact(date, { says: "When it was first used.", example: "2016", ocds: lost("dates of first use") }),
  term: fact(term, {
    says: "How long it runs, with its renewals.",
    example: "2 years + 2 renewals of 1 year",
    ocds: at("tender/contractPeriod"),
  }),
  noticePeriod: fact(duration, {
    says: "How long before an end it must be given notice, or a renewal be decided.",
    example: "3 months",
    ocds: lost("notice periods, lead times and days of review"),
  }),
  leadTime: fact(duration, {
    says: "How long before the latest end the next procedure is to begin.",
    example: "9 months",
    ocds: lost("notice periods, lead times and days of review"),
  }),
  reviewDate: fact(date, {
    says: "When it is to be looked at again.",
    example: "2018-06-30",
    column: { title: "Review", shown: "never" },
    asked: { example: "reviewDate:..today+6m" },
    ocds: lost("notice periods, lead times and days of review"),
  }),
  maximumDuration: fact(duration, {
    says: "The longest it can run, as declared.",
    example: "4 years",
    ocds: at("tender/contractPeriod/maxExtentDate"),
  }),
  /** BT-109. */
  longTermReason: fact(text, {
    says: "Why it may run for longer than its rules have it, where they ask for a reason.",
    meaning: "Why a framework agreement may run for longer than its rules have it, as it says itself.",
    example: "The machines are written off over six years",
    column: { title: "Reason for its length", shown: "never" },
    asked: { example: "longTermReason:machines" },
    ocds: lost("the reason for a long term"),
  }),
  ceiling: fact(amount, {
    says: "What may be spent on all lots together, as declared; or withheld.",
    example: "EUR 34.4M",
    ocds: at("tender/techniques/frameworkAgreement/value"),
  }),
  quantity: fact(countedCeiling, {
    says: "How much may be ordered on all lots together, in units that are counted; or withheld.",
    example: "2500 machines",
    ocds: lost("quantities as ceilings"),
  }),
  /** BT-27. */
  estimate: fact(amount, {
    says: "What was expected before the award.",
    example: "EUR 30M",
    ocds: at("tender/value"),
  }),
  /** BT-1118. */
  reestimate: fact(amount, {
    says: "What is expected to be spent, estimated anew at the award.",
    example: "EUR 28M",
    ocds: lost("what is expected to be spent under a contract or group as a whole"),
  }),
  /** BT-161. */
  awarded: fact(worth, {
    says: "The value of all contracts awarded, as declared.",
    example: "EUR 20M",
    ocds: lost("values of contracts as a whole"),
  }),
  participants: fact(quantity, {
    says: "How many buyers may order.",
    example: "56",
    ocds: lost("numbers of participants"),
  }),
  supplierOrigins: fact(quantities, {
    says: "How many suppliers come from where.",
    example: "[4 European, 2 American]",
    ocds: lost("where suppliers come from"),
  }),
  tenderers: fact(quantity, {
    says: "How many tenderers made offers.",
    example: "12",
    ocds: at("tender/numberOfTenderers"),
  }),
  offers: fact(quantity, {
    says: "How many offers came in for all lots.",
    example: "20",
    ocds: at("bids/statistics"),
  }),
  capacity: fact(quantities, {
    says: "What is to be supplied.",
    example: "[2500 virtual machines]",
    ocds: lost("capacities"),
  }),
  reservedShare: fact(quantity, {
    says: "The share kept for others than the buyer.",
    example: "75 %",
    ocds: lost("reserved shares"),
  }),
  reservedFor: fact(texts, {
    says: "For whom it is kept.",
    example: "[European Parliament]",
    ocds: lost("whom a contract is reserved for"),
  }),
  dataLocation: fact(texts, {
    says: "Where data may lie.",
    example: "[data centres in the EU]",
    ocds: lost("where data are kept"),
  }),
  note,
  lots: requiredRecords(listOf(lotCodec, 0), {
    says: "Its lots; a contract that is not divided has one, and one of which nothing else is known an empty list.",
    example: "[{ lot: 1, ceiling: EUR 1M }]",
    ocds: at("tender/lots"),
  }),
  groups: records(listOf(groupCodec), {
    says: "Lots that have a ceiling together.",
    example: "[{ group: A, lots: [1], ceiling: EUR 20M }]",
    ocds: at("tender/lotGroups"),
  }),
  renewals: records(listOf(renewalCodec), {
    says: "What was decided of its renewals.",
    example: "[{ renewal: 1, exercised: 2017-11 }]",
    ocds: lost("decisions on renewals"),
  }),
  modifications: records(listOf(modificationCodec), {
    says: "Changes of its ceilings.",
    example: "[{ modification: M1, date: 2018-03-01, lot: 1, amount: EUR 500k }]",
    ocds: at("awards/amendments"),
  }),
  /**
   * The orders that the register itself holds. Undefined where it says nothing of orders, which is not the same as none
   * (T8).
   */
  orders: nested(listOf(orderCodec, 0), {
    says: "Orders placed under it, which use up its ceilings; an empty list says that there are none so far.",
    example: "[{ order: PO-1, lot: 1, amount: EUR 12k }]",
    ocds: lost("orders and ledgers"),
  }),
  ledgers: list(ledgersCodec, {
    key: "ledger",
    says: "A file of orders in CSV, XLSX, ODS or JSON Lines, or a list of them.",
    example: "orders-2024.csv",
    ocds: lost("orders and ledgers"),
  }),
  splitBelow: fact(amount, {
    says: "Below which amount check looks for orders that come to more together (L5).",
    example: "EUR 15k",
    ocds: lost("what tells of orders that may be split"),
  }),
  splitDays: fact(quantity, {
    says: "In how many days, the first and the last counted, such orders lie.",
    example: "30",
    ocds: lost("what tells of orders that may be split"),
  }),
  /** BT-768 with OPT-100; OCDS relatedProcesses. */
  callOffOf: optional(ofKind("id", text), {
    says: "The framework agreement under which it is a call-off: that contract's id, or the number of a notice about it.",
    meaning: "The framework agreement under which the contract is a call-off, which uses up the ceiling there.",
    example: "cloud-i",
    column: { title: "Call-off of", shown: "known" },
    asked: { example: "callOffOf:cloud-i" },
    ocds: at("relatedProcesses"),
  }),
  /** OCDS relatedProcesses/relatedLots (1.2). */
  callOffLots: list(lotIds, {
    says: "The lots of that framework agreement of which it is a call-off.",
    example: "[1]",
    ocds: at("relatedProcesses/relatedLots"),
  }),
  otherFrameworks: list(ofKind("texts", listOf(text)), {
    says: "Other framework agreements that it may be a call-off of instead: nothing tells which of them it uses up.",
    example: "[cloud-ii]",
    ocds: at("relatedProcesses"),
  }),
  settledContracts: records(listOf(settledCodec), {
    says: "The contracts that were signed with its suppliers.",
    example: "[{ settled: CON-0001, lots: [1], suppliers: [bt], value: EUR 250k }]",
    ocds: at("contracts"),
  }),
  sharedAwards: records(listOf(sharedAwardCodec), {
    says: "Values awarded for several lots together; each counts once.",
    example: "[{ lots: [1, 2], value: EUR 3M }]",
    ocds: at("awards"),
  }),
  /** The oldest first. Empty where a register states the contract. */
  publications: records(listOf(publicationCodec), {
    says: "The notices about it, the oldest first.",
    example: "[{ publication: 00123456-2024, date: 2024-02-12 }]",
    ocds: at("id"),
  }),
  notes: list(ofKind("notes", listOf(noteCodec)), {
    says: "Assumptions under which its facts hold.",
    example: "[{ rule: T9, text: one ceiling }]",
    ocds: lost("notes"),
  }),
  tags: list(ofKind("texts", listOf(text)), {
    says: "Words of your own to find it by.",
    meaning: "Words that the register tags the contract with.",
    example: "[critical, IT]",
    column: { title: "Tags", shown: "never" },
    asked: { name: "tag", example: "tag:critical", meaning: "A word that the register tags the contract with." },
    ocds: lost("tags"),
  }),
  links: list(ofKind("links", listOf(linkCodec)), {
    says: "Pages to read on.",
    example: "[https://example.org/guide]",
    ocds: at("tender/documents"),
  }),
  ignores: list(ofKind("ignores", listOf(ownIgnoreCodec)), {
    key: "ignore",
    says: "Findings of the check that are as they should be, each with the reason.",
    example: "[{ rule: D2, reason: justified in the notice }]",
    ocds: lost("findings that are not to be told"),
  }),
  origin: given(({ origin }): Origin => origin),
};

export type Contract = RecordOf<typeof CONTRACT>;

/** Whether its register says anything of orders. For most contracts it does not. */
export const mayBeOrdered = ({ orders, ledgers }: Contract): boolean => orders !== undefined || ledgers.length > 0;

export const contractCodec = releaseRecord(CONTRACT, {
  wholeWith: ["modifications"],
  check: checkContract,
  write: (contract, writing) => {
    writing.vat = contract.vat === "included" ? contract.vat : undefined;
    return { source: speakFor(factsOf(contract), attributionsBelow(contract), writing) };
  },
});

/** The sources and places by which facts in the records within a contract are stated. */
const attributionsBelow = ({ lots, groups, modifications }: Contract): readonly Attribution[] => [
  ...[...lots, ...groups].flatMap((part) => factsOf(part).flatMap((one) => one.map(({ by }) => by))),
  ...modifications.map(({ by }) => by),
];
