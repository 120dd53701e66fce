import type { Attribution } from "../model/claim.ts";
import type { PartialDate } from "../model/partial-date.ts";
import type { RenewalDecision } from "../model/term.ts";
import { attributionText, type Codec, isSameAttribution, oneOf } from "./codec.ts";
import { given, lost, optional, required } from "./field.ts";
import { ofKind } from "./kinds.ts";
import { seats } from "./lot.ts";
import { type RecordOf, record } from "./record.ts";
import { date, id, note, signedAmount, signedCount, smallNumber, speaker, term, text } from "./values.ts";

/** Why a contract was changed (Directive 2014/24/EU art. 72(1) and (2)). */
export const MODIFICATION_GROUNDS = [
  "review clause",
  "additional works",
  "unforeseen circumstances",
  "replacement of the contractor",
  "not substantial",
  "de minimis",
] as const;
export type ModificationGround = (typeof MODIFICATION_GROUNDS)[number];

/**
 * The date of a record that states none. In a register such a record is refused, and what a notice tells counts from
 * the award on.
 */
export const NO_DATE: PartialDate = { year: 1 };

const RENEWAL = {
  renewal: required(ofKind("text", smallNumber("D1-term", "the number of a renewal")), "1", {
    says: "The number of the renewal, from 1.",
    example: "1",
  }),
  exercised: optional(date, { says: "When the renewal was taken up.", example: "2017-11" }),
  declined: optional(date, { says: "When it was decided not to renew.", example: "2018-11-05" }),
};

const writtenRenewal = record(RENEWAL);

export const renewalCodec: Codec<RenewalDecision> = {
  schema: writtenRenewal.schema,
  decode: (value, reading) => {
    const written = writtenRenewal.decode(value, reading);
    if (written === undefined) return undefined;
    const { exercised, declined } = written;
    if ((exercised === undefined) === (declined === undefined)) {
      reading.report("F5", "a renewal is exercised or declined", "write exercised: DATE or declined: DATE");
    }
    const renewal = Number(written.renewal);
    return declined === undefined
      ? { renewal, decision: "exercised", date: exercised ?? NO_DATE }
      : { renewal, decision: "declined", date: declined };
  },
  encode: ({ renewal, decision, date: day }, writing) =>
    writtenRenewal.encode({ renewal: String(renewal), [decision]: day }, writing),
};

export const MODIFICATION = {
  id: required(id, "", { key: "modification", says: "The modification's id within its contract.", example: "M1" }),
  source: speaker,
  date: required(date, NO_DATE, { says: "From when it counts.", example: "2018-03-01" }),
  lot: optional(ofKind("lot", id), {
    says: "The lot whose ceiling it changes, of a ceiling for each supplier every one; the contract's own where it is left out, or the only lot's where that has none.",
    example: "1",
  }),
  settled: optional(text, {
    says: "The signed contract whose value it changes, by the buyer's number for it or else its id; all of the lot where it is left out.",
    example: "2024/17",
  }),
  /** Undefined where the change is not one of money. */
  amount: optional(signedAmount, {
    says: "By how much the ceiling grows; negative where it shrinks.",
    example: "EUR 500,000",
  }),
  quantity: optional(signedCount, {
    says: "By how much the quantity grows that may be ordered; negative where it shrinks.",
    example: "500 machines",
  }),
  /** BT-720 of a modification notice. */
  value: optional(signedAmount, {
    says: "By how much the value of the contracts grows, whatever their ceiling.",
    example: "EUR 70,000",
  }),
  /** BT-161 of a modification notice. */
  total: optional(signedAmount, { says: "What the contracts are worth after it, as stated.", example: "EUR 6M" }),
  startDate: optional(date, {
    says: "From when the term of that lot counts by it, or of the contract where no lot is named.",
    example: "2016-01-01",
  }),
  endDate: optional(date, {
    says: "The last day of its initial period by it, in the place of the end or term before.",
    example: "2018-12-31",
  }),
  term: optional(term, {
    says: "How long it runs by it, with its renewals, in the place of the end or term before.",
    example: "3 years + 1 renewal of 1 year",
  }),
  suppliers: optional(seats, {
    says: "Who holds that lot by it, or every lot where none is named, in the place of all who held it before.",
    example: "[nordlicht]",
    ocds: lost("who held lots before a modification"),
  }),
  ground: optional(ofKind("text", oneOf(MODIFICATION_GROUNDS)), {
    says: "Why it was allowed (Directive 2014/24/EU art. 72).",
    example: "additional works",
  }),
  title: optional(text, { says: "What it changes.", example: "Two more harbours" }),
  by: given(({ by }): Attribution => by),
  note,
};

export type Modification = RecordOf<typeof MODIFICATION>;

/** A modification that changes nothing yet. */
export const NO_CHANGE: Modification = { id: "", date: NO_DATE, by: { source: undefined, locator: undefined } };

export const modificationCodec = record(MODIFICATION, {
  write: ({ by }, writing) => ({ source: isSameAttribution(by, writing.by) ? undefined : attributionText(by) }),
});
