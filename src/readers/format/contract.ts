import type { Attribution } from "../../model/claim.ts";
import type { Contract, Lot } from "../../model/contract.ts";
import { REGIMES, VAT_BASES } from "../../model/regime.ts";
import { type Codec, factOf, listOf, oneOf } from "../codec.ts";
import type { Decoding } from "../decode.ts";
import { factsOf, speakFor } from "../encode.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { groupCodec, soundGroups } from "./group.ts";
import { linkCodec, noteCodec, publicationCodec, settledCodec, sharedAwardCodec } from "./history.ts";
import { ownIgnoreCodec } from "./ignore.ts";
import { reportUnknownLots } from "./known-lots.ts";
import { lotCodec } from "./lot.ts";
import { modificationCodec, renewalCodec } from "./modification.ts";
import { ledgersCodec, orderCodec } from "./order.ts";
import { amount, cpvCode, date, duration, id, note, quantity, speaker, speakFirst, term, text } from "./scalars.ts";
import { soundHistory } from "./sound-history.ts";

const CONTRACT_FIELDS = {
  contract: requiredField("contract", id, "The contract's id.", "cloud-i"),
  title: field("title", text, "A short title.", "Cloud I"),
  description: field("description", text, "What it is for.", "Cloud services for the institutions"),
  source: speaker,
  framework: field("framework", oneOf(["yes", "no"]), "Whether it is a framework agreement; yes when left out.", "no"),
  procedure: field("procedure", text, "The number of its procedure, which its notices share.", "DIGIT/2014/PO/001"),
  regime: field(
    "regime",
    oneOf(REGIMES),
    "The rules that it is under, which limit its length and its changes.",
    "classic",
  ),
  vat: field(
    "vat",
    oneOf(VAT_BASES),
    "Whether its amounts include value added tax; excluded when left out.",
    "included",
  ),
  cpv: field(
    "cpv",
    factOf(listOf(cpvCode)),
    "Codes of the Common Procurement Vocabulary, the main one first.",
    "[72000000]",
  ),
  buyer: field("buyer", factOf(text), "Who buys.", "European Commission"),
  jointBuyers: field("jointBuyers", factOf(listOf(text)), "Who buys together with it.", "[European Parliament]"),
  users: field("users", factOf(listOf(text)), "Who may order besides the buyers.", "[European Court of Auditors]"),
  coordinator: field("coordinator", factOf(text), "Who runs it for the buyer.", "DIGIT"),
  callDate: field("callDate", factOf(date), "When the call for tenders was published.", "2014-12"),
  awardDate: field("awardDate", factOf(date), "When it was awarded.", "2015-12"),
  startDate: field(
    "startDate",
    factOf(date),
    "From when the term counts; the award date where it is left out.",
    "2016-01-01",
  ),
  endDate: field(
    "endDate",
    factOf(date),
    "The last day of the initial period, where it is stated instead of a term.",
    "2017-12-31",
  ),
  firstUse: field("firstUse", factOf(date), "When it was first used.", "2016"),
  term: field("term", factOf(term), "How long it runs, with its renewals.", "2 years + 2 renewals of 1 year"),
  maximumDuration: field("maximumDuration", factOf(duration), "The longest it can run, as declared.", "4 years"),
  ceiling: field(
    "ceiling",
    factOf(amount),
    "What may be spent on all lots together, as declared; or withheld.",
    "EUR 34.4M",
  ),
  estimate: field("estimate", factOf(amount), "What was expected before the award.", "EUR 30M"),
  reestimate: field(
    "reestimate",
    factOf(amount),
    "What is expected to be spent, estimated anew at the award.",
    "EUR 28M",
  ),
  awarded: field("awarded", factOf(amount), "The value of all contracts awarded, as declared.", "EUR 20M"),
  participants: field("participants", factOf(quantity), "How many buyers may order.", "56"),
  supplierOrigins: field(
    "supplierOrigins",
    factOf(listOf(quantity)),
    "How many suppliers come from where.",
    "[4 European, 2 American]",
  ),
  tenderers: field("tenderers", factOf(quantity), "How many tenderers made offers.", "12"),
  offers: field("offers", factOf(quantity), "How many offers came in for all lots.", "20"),
  capacity: field("capacity", factOf(listOf(quantity)), "What is to be supplied.", "[2500 virtual machines]"),
  reservedShare: field("reservedShare", factOf(quantity), "The share kept for others than the buyer.", "75 %"),
  reservedFor: field("reservedFor", factOf(listOf(text)), "For whom it is kept.", "[European Parliament]"),
  dataLocation: field("dataLocation", factOf(listOf(text)), "Where data may lie.", "[data centres in the EU]"),
  note,
  lots: requiredField(
    "lots",
    listOf(lotCodec, 0),
    "Its lots; a contract that is not divided has one, and one of which nothing else is known an empty list.",
    "[{ lot: 1, ceiling: EUR 1M }]",
  ),
  groups: field(
    "groups",
    listOf(groupCodec),
    "Lots that have a ceiling together.",
    "[{ group: A, lots: [1], ceiling: EUR 20M }]",
  ),
  renewals: field(
    "renewals",
    listOf(renewalCodec),
    "What was decided of its renewals.",
    "[{ renewal: 1, exercised: 2017-11 }]",
  ),
  modifications: field(
    "modifications",
    listOf(modificationCodec),
    "Changes of its ceilings.",
    "[{ modification: M1, date: 2018-03-01, lot: 1, amount: EUR 500k }]",
  ),
  orders: field(
    "orders",
    listOf(orderCodec, 0),
    "Orders placed under it, which use up its ceilings; an empty list says that there are none so far.",
    "[{ order: PO-1, lot: 1, amount: EUR 12k }]",
  ),
  ledger: field("ledger", ledgersCodec, "A file of orders in CSV or JSON Lines, or a list of them.", "orders-2024.csv"),
  callOffOf: field("callOffOf", text, "The framework agreement under which it is a call-off.", "cloud-i"),
  settledContracts: field(
    "settledContracts",
    listOf(settledCodec),
    "The contracts that were signed with its suppliers.",
    "[{ settled: CON-0001, lots: [1], suppliers: [bt], value: EUR 250k }]",
  ),
  sharedAwards: field(
    "sharedAwards",
    listOf(sharedAwardCodec),
    "Values awarded for several lots together; each counts once.",
    "[{ lots: [1, 2], value: EUR 3M }]",
  ),
  publications: field(
    "publications",
    listOf(publicationCodec),
    "The notices about it, the oldest first.",
    "[{ publication: 00123456-2024, date: 2024-02-12 }]",
  ),
  notes: field(
    "notes",
    listOf(noteCodec),
    "Assumptions under which its facts hold.",
    "[{ rule: T9, text: one ceiling }]",
  ),
  tags: field("tags", listOf(text), "Words of your own to find it by.", "[critical, IT]"),
  links: field("links", listOf(linkCodec), "Pages to read on.", "[https://example.org/guide]"),
  ignore: field(
    "ignore",
    listOf(ownIgnoreCodec),
    "Findings of the check that are as they should be, each with the reason.",
    "[{ rule: D2, reason: justified in the notice }]",
  ),
};

export const contractCodec: Codec<Contract> = record(
  CONTRACT_FIELDS,
  (reader, at) => {
    speakFirst(reader, at);
    const vat = reader.optional(CONTRACT_FIELDS.vat);
    if (vat === "included") at.vat = vat;
    const lots = uniqueLots(reader.required(CONTRACT_FIELDS.lots, []), at);
    const contract: Contract = {
      id: reader.required(CONTRACT_FIELDS.contract, ""),
      title: reader.optional(CONTRACT_FIELDS.title),
      description: reader.optional(CONTRACT_FIELDS.description),
      framework: reader.optional(CONTRACT_FIELDS.framework) !== "no",
      procedure: reader.optional(CONTRACT_FIELDS.procedure),
      regime: reader.optional(CONTRACT_FIELDS.regime),
      vat,
      cpv: reader.optional(CONTRACT_FIELDS.cpv),
      buyer: reader.optional(CONTRACT_FIELDS.buyer),
      jointBuyers: reader.optional(CONTRACT_FIELDS.jointBuyers),
      users: reader.optional(CONTRACT_FIELDS.users),
      coordinator: reader.optional(CONTRACT_FIELDS.coordinator),
      callDate: reader.optional(CONTRACT_FIELDS.callDate),
      awardDate: reader.optional(CONTRACT_FIELDS.awardDate),
      startDate: reader.optional(CONTRACT_FIELDS.startDate),
      endDate: reader.optional(CONTRACT_FIELDS.endDate),
      firstUse: reader.optional(CONTRACT_FIELDS.firstUse),
      term: reader.optional(CONTRACT_FIELDS.term),
      maximumDuration: reader.optional(CONTRACT_FIELDS.maximumDuration),
      ceiling: reader.optional(CONTRACT_FIELDS.ceiling),
      estimate: reader.optional(CONTRACT_FIELDS.estimate),
      reestimate: reader.optional(CONTRACT_FIELDS.reestimate),
      awarded: reader.optional(CONTRACT_FIELDS.awarded),
      participants: reader.optional(CONTRACT_FIELDS.participants),
      supplierOrigins: reader.optional(CONTRACT_FIELDS.supplierOrigins),
      tenderers: reader.optional(CONTRACT_FIELDS.tenderers),
      offers: reader.optional(CONTRACT_FIELDS.offers),
      capacity: reader.optional(CONTRACT_FIELDS.capacity),
      reservedShare: reader.optional(CONTRACT_FIELDS.reservedShare),
      reservedFor: reader.optional(CONTRACT_FIELDS.reservedFor),
      dataLocation: reader.optional(CONTRACT_FIELDS.dataLocation),
      note: reader.optional(CONTRACT_FIELDS.note),
      lots,
      groups: soundGroups(reader.optional(CONTRACT_FIELDS.groups) ?? [], lots, at),
      renewals: reader.optional(CONTRACT_FIELDS.renewals) ?? [],
      modifications: reader.optional(CONTRACT_FIELDS.modifications) ?? [],
      orders: reader.optional(CONTRACT_FIELDS.orders),
      ledgers: reader.optional(CONTRACT_FIELDS.ledger) ?? [],
      callOffOf: reader.optional(CONTRACT_FIELDS.callOffOf),
      settledContracts: reader.optional(CONTRACT_FIELDS.settledContracts) ?? [],
      sharedAwards: reader.optional(CONTRACT_FIELDS.sharedAwards) ?? [],
      publications: reader.optional(CONTRACT_FIELDS.publications) ?? [],
      notes: reader.optional(CONTRACT_FIELDS.notes) ?? [],
      tags: reader.optional(CONTRACT_FIELDS.tags) ?? [],
      links: reader.optional(CONTRACT_FIELDS.links) ?? [],
      ignores: reader.optional(CONTRACT_FIELDS.ignore) ?? [],
      origin: at.origin,
    };
    reportUnknownLots(contract, at);
    return soundHistory(contract, at);
  },
  (contract, at) => {
    at.vat = contract.vat === "included" ? contract.vat : undefined;
    return {
      ...contract,
      contract: contract.id,
      source: speakFor(factsOf(contract), attributionsBelow(contract), at),
      framework: contract.framework ? undefined : "no",
      ledger: contract.ledgers,
      ignore: contract.ignores,
    };
  },
);

/** Who speaks in the records of a contract. */
const attributionsBelow = ({ lots, groups, modifications }: Contract): readonly Attribution[] => [
  ...[...lots, ...groups].flatMap((record) => factsOf(record).flatMap((fact) => fact.map(({ by }) => by))),
  ...modifications.map(({ by }) => by),
];

const uniqueLots = (lots: readonly Lot[], at: Decoding): readonly Lot[] => {
  if (lots.length < 2) return lots;
  const seen = new Set<string>();
  lots.forEach(({ id: lotId }, index) => {
    if (seen.has(lotId)) {
      at.reportAt(["lots", index, "lot"], "F7", `lot "${lotId}" stands twice in this contract`, "give each its own id");
    }
    seen.add(lotId);
  });
  return lots;
};
