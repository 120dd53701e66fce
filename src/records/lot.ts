import type { Fact, Preference } from "../model/claim.ts";
import { flatMap, repeats } from "../model/lists.ts";
import { isMap } from "../syntax/plain.ts";
import { type Codec, factsOf, listOf, oneOf, speakFor } from "./codec.ts";
import { at, fact, lost, nested, optional, required, usual } from "./field.ts";
import { ofKind, type Value } from "./kinds.ts";
import { type RecordOf, record, releaseRecord } from "./record.ts";
import { COMPANY_SIZES, type CompanySize, type Succession, type Supplier } from "./supplier.ts";
import {
  amount,
  amounts,
  countedCeiling,
  cpv,
  date,
  id,
  note,
  quantity,
  speaker,
  term,
  text,
  texts,
} from "./values.ts";

const supplierReference: Codec<Supplier> = {
  schema: text.schema,
  encode: (supplier) => supplier.id,
  decode: (value, at) => {
    const written = text.decode(value, at);
    if (written === undefined) return undefined;
    const supplier = at.references.supplier(written);
    if (supplier !== undefined) return supplier;
    const { rule, problem, hint } = at.references.noSupplier(written);
    return at.report(rule, problem, hint);
  },
  decodeQuickly: (json, { references }) =>
    json.string() ? references.recalled.find(json, references.supplier) : undefined,
};

export const NOT_STATED = "not stated";

/** What the notice of a lot says of one of its suppliers. What is left out is as others say it. */
const STATED_HERE = {
  name: optional(text, { says: "Its name.", example: "BT plc" }),
  size: optional(ofKind("text", oneOf([...COMPANY_SIZES, NOT_STATED] as const)), {
    says: "How large it is.",
    example: "large",
  }),
  country: optional(text, { says: "Where it comes from.", example: "GB" }),
};

export type StatedHere = RecordOf<typeof STATED_HERE>;

const statedHere = record(STATED_HERE);

/**
 * What a notice says of a supplier whose record may come from another notice. That it says nothing of size or country
 * is kept, too.
 */
export const sayingHere = (name: string | undefined, size?: CompanySize, country?: string): StatedHere => ({
  name,
  size: size ?? NOT_STATED,
  country: country ?? NOT_STATED,
});

const calledHere: Codec<ReadonlyMap<Supplier, StatedHere>> = {
  schema: () => ({ type: "object", additionalProperties: { anyOf: [text.schema(), statedHere.schema()] } }),
  encode: (said, writing) =>
    said.size === 0
      ? undefined
      : Object.fromEntries(
          [...said].map(([{ id }, here]) => [
            id,
            here.name !== undefined && Object.keys(here).length === 1 ? here.name : statedHere.encode(here, writing),
          ]),
        ),
  decode: (value, at) => {
    if (!isMap(value)) return at.report("F2", "expected a map of suppliers and names", "write { bt: BT plc }");
    const said = new Map<Supplier, StatedHere>();
    for (const [reference, written] of Object.entries(value)) {
      at.enter(reference);
      const supplier = supplierReference.decode(reference, at);
      const here = isMap(written) ? statedHere.decode(written, at) : { name: text.decode(written, at) };
      if (supplier !== undefined && here !== undefined) said.set(supplier, here);
      at.leave();
    }
    return said;
  },
};

/** An empty list says that nobody holds the lot. */
const seatList = listOf(supplierReference, 0);
export const seats: Value<readonly Supplier[], "suppliers"> = {
  kind: "suppliers",
  schema: seatList.schema,
  encode: seatList.encode,
  decode: (value, at) => {
    const suppliers = seatList.decode(value, at);
    return suppliers && withoutRepeats(suppliers);
  },
  decodeQuickly: (json, at) => {
    const suppliers = seatList.decodeQuickly?.(json, at);
    return suppliers && withoutRepeats(suppliers);
  },
  ...(seatList.passQuickly && { passQuickly: seatList.passQuickly }),
};

/** A supplier that is named twice, perhaps by an alias, holds one seat (T2). */
const withoutRepeats = (suppliers: readonly Supplier[]): readonly Supplier[] =>
  repeats(suppliers) ? [...new Set(suppliers)] : suppliers;

export const LOT_STATUSES = [
  "awarded",
  "closed-no-winner",
  "open",
  "no-result",
  "pending",
  "cancelled",
  "unpublished",
] as const;
export type LotStatus = (typeof LOT_STATUSES)[number];

/** How orders are placed under a framework agreement (Directive 2014/24/EU art. 33(3) and (4)). */
export const CALL_OFF_MECHANISMS = ["sole supplier", "cascade", "reopened competition", "mixed"] as const;
export type CallOffMechanism = (typeof CALL_OFF_MECHANISMS)[number];

/** The status of a lot that states none. */
const usualStatus = ({ suppliers }: { readonly suppliers?: Fact<readonly Supplier[]> }): LotStatus =>
  suppliers?.some((claim) => claim.value.length > 0) ? "awarded" : "no-result";

export const LOT = {
  id: required(id, "", {
    key: "lot",
    says: "The lot's id within its contract, kept as written.",
    example: "1",
    ocds: at("tender/lots/id"),
  }),
  title: optional(text, { says: "A short title.", example: "Private cloud", ocds: at("tender/lots/title") }),
  source: speaker,
  status: usual(ofKind("text", oneOf(LOT_STATUSES)), usualStatus, {
    says: "Its state; when left out, awarded if it has suppliers and no-result if not.",
    meaning: "The lot's status: awarded, closed-no-winner, open, no-result, pending, cancelled or unpublished.",
    example: "awarded",
    column: { title: "Status", shown: "never" },
    asked: { example: "status:awarded" },
    ocds: at("tender/lots/status"),
  }),
  service: fact(text, {
    says: "The kind of service.",
    example: "IaaS",
    column: { title: "Service", shown: "known" },
    asked: { example: "service:paas" },
    ocds: lost("services of lots"),
  }),
  deployment: fact(text, {
    says: "How it is deployed.",
    example: "private",
    column: { title: "Deployment", shown: "known" },
    asked: { example: "deployment:public" },
    ocds: lost("deployments of lots"),
  }),
  /** One ceiling that all suppliers of the lot share (T3). */
  ceiling: fact(amount, {
    says: "What may be spent on the lot, shared by all its suppliers; or withheld.",
    example: "EUR 10.2M",
    ocds: at("awards/maximumValue"),
  }),
  ceilingPerSupplier: fact(amount, {
    says: "What may be spent with each supplier of the lot.",
    example: "EUR 700,000",
    column: { title: "For each supplier", shown: "never" },
    ocds: at("awards/maximumValue"),
  }),
  /** One quantity that all suppliers of the lot share, beside a ceiling or instead of one (L4). */
  quantity: fact(countedCeiling, {
    says: "How much may be ordered on the lot, in units that are counted, shared by all its suppliers; beside a ceiling or instead of one, or withheld.",
    meaning: "How much may be ordered, in units that are counted.",
    example: "2500 machines",
    column: { title: "Quantity", shown: "known" },
    asked: { example: "quantity:1000.." },
    ocds: lost("quantities as ceilings"),
  }),
  quantityPerSupplier: fact(countedCeiling, {
    says: "How much may be ordered from each supplier of the lot, in units that are counted.",
    example: "500 machines",
    ocds: lost("quantities as ceilings"),
  }),
  /** BT-27. */
  estimate: fact(amount, {
    says: "What was expected before the award.",
    example: "EUR 9M",
    column: { title: "Estimate", shown: "never" },
    asked: { example: "estimate:5M.." },
    ocds: at("tender/lots/value"),
  }),
  /** BT-660. */
  reestimate: fact(amount, {
    says: "What is expected to be spent, estimated anew at the award.",
    example: "EUR 8M",
    column: { title: "Re-estimate", shown: "never" },
    asked: { example: "reestimate:5M.." },
    ocds: at("awards/estimatedValue"),
  }),
  awarded: fact(amounts, {
    says: "The value of the contracts awarded: an amount, or a list with one a currency; at least EUR 1M where a part is not known.",
    meaning: "The value of the contracts awarded, one amount per currency.",
    example: "EUR 1,250,000.00",
    column: { title: "Awarded", shown: "known" },
    asked: { example: "awarded:EUR1M..EUR5M", meaning: "The value of the contracts awarded." },
    ocds: at("awards/value"),
  }),
  /** Regulation (EC) No 2195/2002. */
  cpv: fact(cpv, {
    says: "Codes of the Common Procurement Vocabulary, the main one first.",
    example: "[72000000]",
    ocds: at("tender/items"),
  }),
  startDate: fact(date, {
    says: "When it starts, if not with its contract.",
    example: "2016-04-01",
    ocds: at("tender/lots/contractPeriod/startDate"),
  }),
  endDate: fact(date, {
    says: "The last day of its own initial period, as it is stated; it counts before one that follows from its term.",
    example: "2018-03-31",
    ocds: at("tender/lots/contractPeriod/endDate"),
  }),
  latestEndDate: fact(date, {
    says: "Its own last day with every renewal, as it is stated.",
    example: "2020-03-31",
    ocds: at("tender/lots/contractPeriod/maxExtentDate"),
  }),
  term: fact(term, {
    says: "Its own term, where it differs from its contract's; renewals are decided for the contract and its lots alike.",
    example: "3 years",
    ocds: at("tender/lots/contractPeriod"),
  }),
  /** BT-109. */
  longTermReason: fact(text, {
    says: "Why it may run for longer than its rules have it, where that is not said of its contract.",
    example: "The machines are written off over six years",
    ocds: lost("the reason for a long term"),
  }),
  callOff: fact(ofKind("text", oneOf(CALL_OFF_MECHANISMS)), {
    says: "How orders are placed.",
    example: "reopened competition",
    column: { title: "Call-off", shown: "never" },
    asked: { example: "callOff:cascade" },
    ocds: at("tender/lots/techniques"),
  }),
  awardCriteria: fact(text, {
    says: "What decided the award.",
    example: "quality outweighed price",
    ocds: lost("award criteria"),
  }),
  offers: fact(quantity, {
    says: "How many offers came in.",
    meaning: "How many offers came in for the lot.",
    example: "9",
    column: { title: "Offers", shown: "never" },
    asked: { example: "offers:5.." },
    ocds: at("bids/statistics"),
  }),
  /** One supplier per seat. In each claim every supplier is there once, where it is first named. */
  suppliers: fact(seats, {
    says: "Who holds the lot: suppliers by id, name or alias.",
    example: "[bt, ibm]",
    ocds: at("awards/suppliers"),
  }),
  statedHere: nested(calledHere, {
    key: "calledHere",
    says: "What the notice of the lot calls those of its suppliers that others call otherwise; or their name, size and country as it says them.",
    example: "{ bt: BT plc }",
    ocds: at("parties/name"),
  }),
  /** Subcontractors are never suppliers of the lot themselves (T2). */
  subcontractors: fact(texts, {
    says: "Companies that do part of the work for a supplier; they hold no seat.",
    example: "[Kabel und Mast GmbH]",
    ocds: at("bids/details/subcontracting"),
  }),
  note,
};

/** A part of a contract that is awarded by itself. */
export type Lot = RecordOf<typeof LOT> & {
  /**
   * As the lot stands on a day: how many seats each supplier has, by a source's list of those who hold it. In lists
   * that are left out, each has one.
   */
  readonly mergedSeats?: ReadonlyMap<readonly Supplier[], ReadonlyMap<Supplier, number>>;
  /** As the lot stands on a day: how many seats were given up, according to any source. */
  readonly endedSeats?: number;
  /**
   * As the lot stands on a day: those who held it until a modification named others, and what became of their seats.
   */
  readonly replaced?: ReadonlyMap<Supplier, Succession>;
  /** Set where a lot is looked at by one measure, money or quantities, and only the other limits it (L4). */
  readonly limitedOtherwise?: boolean;
};

/** Whether nothing will come of a lot any more: it was cancelled, or closed without a winner. */
export const cameToNothing = ({ status }: Lot): boolean => status === "cancelled" || status === "closed-no-winner";

export const lotCodec = releaseRecord(LOT, {
  wholeWith: ["ceilingPerSupplier", "quantityPerSupplier"],
  check: ({ ceiling, ceilingPerSupplier, quantity, quantityPerSupplier }, reading) => {
    const problem = "a lot has one ceiling: either shared or per supplier";
    if (ceiling !== undefined && ceilingPerSupplier !== undefined)
      reading.report("T3-both", problem, "keep ceiling or ceilingPerSupplier");
    if (quantity !== undefined && quantityPerSupplier !== undefined)
      reading.report("T3-both", problem, "keep quantity or quantityPerSupplier");
  },
  write: (lot, writing) => ({
    source: speakFor(factsOf(lot), [], writing),
    statedHere: lot.statedHere && saidOfSeats(lot.statedHere),
  }),
});

type SaidHere = NonNullable<Lot["statedHere"]>;

/** What is written of suppliers: only what their own records do not say. */
const saidOfSeats = (said: SaidHere): SaidHere => {
  const others = new Map<Supplier, StatedHere>();
  for (const [supplier, here] of said) {
    const own = saidOtherwise(supplier, here);
    if (own !== undefined) others.set(supplier, own);
  }
  return others;
};

/** What a notice says of a supplier that its record does not. Undefined where that is nothing. */
const saidOtherwise = (known: Supplier, { name, size, country }: StatedHere): StatedHere | undefined => {
  const own = {
    ...(name !== undefined && name !== known.name[0].value && { name }),
    ...(size !== undefined && size !== (known.size?.[0].value ?? NOT_STATED) && { size }),
    ...(country !== undefined && country !== (known.country?.[0].value ?? NOT_STATED) && { country }),
  };
  return Object.keys(own).length === 0 ? undefined : own;
};

/** What two notices say of the suppliers of one lot. Where both speak of a supplier, the first counts. */
export const saidTogether = (first: Lot["statedHere"], other: Lot["statedHere"]): Lot["statedHere"] =>
  first === undefined || other === undefined || first === other
    ? (first ?? other)
    : [...other.keys()].every((supplier) => first.has(supplier))
      ? first
      : new Map([...other, ...first]);

/** What one lot, or several, say of their suppliers. */
export type Seated = Pick<Lot, "statedHere">;

/** What several lots say of their suppliers. Most say nothing that others do not. */
export const seatedIn = (lots: readonly Seated[]): Seated =>
  lots.some(({ statedHere }) => statedHere !== undefined)
    ? { statedHere: new Map(flatMap(lots, ({ statedHere = [] }) => [...statedHere])) }
    : {};

/** What the notice of a lot says of a supplier that its record does not. Undefined where that is nothing. */
export const saidHere = (supplier: Supplier, { statedHere }: Seated): StatedHere | undefined => {
  const here = statedHere?.get(supplier);
  return here && saidOtherwise(supplier, here);
};

/** The name of a supplier as the notice of a lot writes it. Undefined where the notice gives no name of its own. */
export const nameHere = (supplier: Supplier, { statedHere }: Seated): string | undefined =>
  statedHere?.get(supplier)?.name;

/** How large a supplier is, as the notice of a lot says, or else as others do. */
export const sizeHere = (
  supplier: Supplier,
  { statedHere }: Seated,
  preference: Preference,
): CompanySize | undefined => {
  const here = statedHere?.get(supplier)?.size ?? preference.value(supplier.size);
  return here === NOT_STATED ? undefined : here;
};

/** Where a supplier comes from, as the notice of a lot says, or else as others do. */
export const countryHere = (supplier: Supplier, { statedHere }: Seated, preference: Preference): string | undefined => {
  const here = statedHere?.get(supplier)?.country ?? preference.value(supplier.country);
  return here === NOT_STATED ? undefined : here;
};
