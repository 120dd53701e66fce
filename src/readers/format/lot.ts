import type { Fact } from "../../model/claim.ts";
import { CALL_OFF_MECHANISMS, LOT_STATUSES, type Lot, type LotStatus, type Supplier } from "../../model/contract.ts";
import { type Codec, factOf, listOf, oneOf } from "../codec.ts";
import { factsOf, speakFor } from "../encode.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { amount, amounts, cpvCode, id, note, quantity, speaker, speakFirst, term, text } from "./scalars.ts";
import { calledHere, seats } from "./seats.ts";

const LOT_FIELDS = {
  lot: requiredField("lot", id, "The lot's id within its contract, kept as written.", "1"),
  title: field("title", text, "A short title.", "Private cloud"),
  source: speaker,
  status: field(
    "status",
    oneOf(LOT_STATUSES),
    "Its state; when left out, awarded if it has suppliers and no-result if not.",
    "awarded",
  ),
  service: field("service", factOf(text), "The kind of service.", "IaaS"),
  deployment: field("deployment", factOf(text), "How it is deployed.", "private"),
  ceiling: field(
    "ceiling",
    factOf(amount),
    "What may be spent on the lot, shared by all its suppliers; or withheld.",
    "EUR 10.2M",
  ),
  ceilingPerSupplier: field(
    "ceilingPerSupplier",
    factOf(amount),
    "What may be spent with each supplier of the lot.",
    "EUR 700,000",
  ),
  estimate: field("estimate", factOf(amount), "What was expected before the award.", "EUR 9M"),
  reestimate: field(
    "reestimate",
    factOf(amount),
    "What is expected to be spent, estimated anew at the award.",
    "EUR 8M",
  ),
  awarded: field(
    "awarded",
    factOf(amounts),
    "The value of the contracts awarded: an amount, or a list with one a currency; at least EUR 1M where a part is not known.",
    "EUR 1,250,000.00",
  ),
  cpv: field(
    "cpv",
    factOf(listOf(cpvCode)),
    "Codes of the Common Procurement Vocabulary, the main one first.",
    "[72000000]",
  ),
  term: field("term", factOf(term), "Its own term, where it differs from its contract's.", "3 years"),
  callOff: field("callOff", factOf(oneOf(CALL_OFF_MECHANISMS)), "How orders are placed.", "reopened competition"),
  awardCriteria: field("awardCriteria", factOf(text), "What decided the award.", "quality outweighed price"),
  offers: field("offers", factOf(quantity), "How many offers came in.", "9"),
  suppliers: field("suppliers", factOf(seats), "Who holds the lot: suppliers by id, name or alias.", "[bt, ibm]"),
  calledHere: field(
    "calledHere",
    calledHere,
    "What the notice of the lot calls those of its suppliers that others call otherwise.",
    "{ bt: BT plc }",
  ),
  subcontractors: field(
    "subcontractors",
    factOf(listOf(text)),
    "Companies that do part of the work for a supplier; they hold no seat.",
    "[Kabel und Mast GmbH]",
  ),
  note,
};

export const lotCodec: Codec<Lot> = record(
  LOT_FIELDS,
  (reader, at): Lot => {
    speakFirst(reader, at);
    const suppliers = reader.optional(LOT_FIELDS.suppliers);
    const ceiling = reader.optional(LOT_FIELDS.ceiling);
    const ceilingPerSupplier = reader.optional(LOT_FIELDS.ceilingPerSupplier);
    if (ceiling !== undefined && ceilingPerSupplier !== undefined) {
      at.report(
        "T3-both",
        "a lot has one ceiling: either shared or per supplier",
        "keep ceiling or ceilingPerSupplier",
      );
    }
    const statedNames = reader.optional(LOT_FIELDS.calledHere);
    const lot = {
      id: reader.required(LOT_FIELDS.lot, ""),
      title: reader.optional(LOT_FIELDS.title),
      status: reader.optional(LOT_FIELDS.status) ?? usualStatus(suppliers),
      service: reader.optional(LOT_FIELDS.service),
      deployment: reader.optional(LOT_FIELDS.deployment),
      ceiling,
      ceilingPerSupplier,
      estimate: reader.optional(LOT_FIELDS.estimate),
      reestimate: reader.optional(LOT_FIELDS.reestimate),
      awarded: reader.optional(LOT_FIELDS.awarded),
      cpv: reader.optional(LOT_FIELDS.cpv),
      term: reader.optional(LOT_FIELDS.term),
      callOff: reader.optional(LOT_FIELDS.callOff),
      awardCriteria: reader.optional(LOT_FIELDS.awardCriteria),
      offers: reader.optional(LOT_FIELDS.offers),
      suppliers,
      subcontractors: reader.optional(LOT_FIELDS.subcontractors),
      note: reader.optional(LOT_FIELDS.note),
    };
    return statedNames === undefined ? lot : { ...lot, statedNames };
  },
  (lot, at) => ({
    ...lot,
    lot: lot.id,
    source: speakFor(factsOf(lot), [], at),
    calledHere: lot.statedNames && namesOfSeats(lot.statedNames, lot.suppliers),
    status: lot.status === usualStatus(lot.suppliers) ? undefined : lot.status,
  }),
);

/** A notice may name others than those who hold the lot, or come to hold it. */
const namesOfSeats = (
  names: ReadonlyMap<Supplier, string>,
  suppliers: Lot["suppliers"] = undefined,
): ReadonlyMap<Supplier, string> => {
  const seated = new Set((suppliers ?? []).flatMap(({ value }) => value));
  // A set goes on to what is added on the way.
  for (const { successions } of seated)
    for (const one of successions) if (one.kind === "merged") addTo(seated, one.successor());
  return new Map([...names].filter(([supplier]) => seated.has(supplier)));
};

const addTo = <T>(set: Set<T>, item: T | undefined): void => {
  if (item !== undefined) set.add(item);
};

/** The status of a lot that says none. */
const usualStatus = (suppliers: Fact<readonly Supplier[]> | undefined): LotStatus =>
  suppliers?.some((claim) => claim.value.length > 0) ? "awarded" : "no-result";
