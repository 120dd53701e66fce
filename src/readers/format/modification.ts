import { MODIFICATION_GROUNDS, type Modification, type RenewalDecision } from "../../model/modification.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { type Codec, oneOf, scalar } from "../codec.ts";
import { attributionText, isSameAttribution } from "../encode.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { date, id, note, signedAmount, speaker, speakFirst, text } from "./scalars.ts";

const NO_DATE: PartialDate = { year: 1 };

const RENEWAL_FIELDS = {
  renewal: requiredField("renewal", ordinal(), "The number of the renewal, from 1.", "1"),
  exercised: field("exercised", date, "When the renewal was taken up.", "2017-11"),
  declined: field("declined", date, "When it was decided not to renew.", "2018-11-05"),
};

function ordinal(): Codec<string> {
  const pattern = "^[1-9][0-9]?$";
  const form = new RegExp(pattern);
  return scalar<string>(
    { type: ["string", "integer"], pattern },
    (written) =>
      form.test(written)
        ? written
        : { rule: "D1-term", problem: `"${written}" is no number of a renewal`, hint: "write 1, 2 …" },
    (written) => written,
  );
}

export const renewalCodec: Codec<RenewalDecision> = record(
  RENEWAL_FIELDS,
  (reader, at): RenewalDecision => {
    const renewal = Number(reader.required(RENEWAL_FIELDS.renewal, "1"));
    const exercised = reader.optional(RENEWAL_FIELDS.exercised);
    const declined = reader.optional(RENEWAL_FIELDS.declined);
    if ((exercised === undefined) === (declined === undefined)) {
      at.report("F5", "a renewal is exercised or declined", "write exercised: DATE or declined: DATE");
    }
    return declined === undefined
      ? { renewal, decision: "exercised", date: exercised ?? NO_DATE }
      : { renewal, decision: "declined", date: declined };
  },
  ({ renewal, decision, date: decided }) => ({
    renewal: String(renewal),
    exercised: decision === "exercised" ? decided : undefined,
    declined: decision === "declined" ? decided : undefined,
  }),
);

const MODIFICATION_FIELDS = {
  modification: requiredField("modification", id, "The modification's id within its contract.", "M1"),
  source: speaker,
  date: requiredField("date", date, "From when it counts.", "2018-03-01"),
  lot: field(
    "lot",
    id,
    "The lot whose ceiling it changes, of a ceiling for each supplier every one; the contract's own where it is left out, or the only lot's where that has none.",
    "1",
  ),
  amount: field("amount", signedAmount, "By how much the ceiling grows; negative where it shrinks.", "EUR 500,000"),
  ground: field(
    "ground",
    oneOf(MODIFICATION_GROUNDS),
    "Why it was allowed (Directive 2014/24/EU art. 72).",
    "additional works",
  ),
  title: field("title", text, "What it changes.", "Two more harbours"),
  note,
};

export const modificationCodec: Codec<Modification> = record(
  MODIFICATION_FIELDS,
  (reader, at) => {
    speakFirst(reader, at);
    return {
      id: reader.required(MODIFICATION_FIELDS.modification, ""),
      date: reader.required(MODIFICATION_FIELDS.date, NO_DATE),
      lot: reader.optional(MODIFICATION_FIELDS.lot),
      amount: reader.optional(MODIFICATION_FIELDS.amount),
      ground: reader.optional(MODIFICATION_FIELDS.ground),
      title: reader.optional(MODIFICATION_FIELDS.title),
      by: at.by,
      note: reader.optional(MODIFICATION_FIELDS.note),
    };
  },
  (modification, at) => ({
    ...modification,
    modification: modification.id,
    source: isSameAttribution(modification.by, at.by) ? undefined : attributionText(modification.by),
  }),
);
