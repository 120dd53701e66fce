import { factsOf, listOf, speakFor } from "./codec.ts";
import { at, fact, lost, optional, required, usual } from "./field.ts";
import type { Value } from "./kinds.ts";
import { type RecordOf, releaseRecord } from "./record.ts";
import { amount, countedCeiling, flag, id, note, speaker, text } from "./values.ts";

const ids = listOf(id);

/** The ids of lots of the same contract, each once. */
export const lotIds: Value<readonly string[], "lots"> = {
  ...ids,
  kind: "lots",
  decode: (value, reading) => {
    const lots = ids.decode(value, reading);
    return lots && [...new Set(lots)];
  },
};

const GROUP = {
  id: required(id, "", {
    key: "group",
    says: "The group's id within its contract.",
    example: "A",
    ocds: at("tender/lotGroups/id"),
  }),
  title: optional(text, { says: "A short title.", example: "Consultancy lots", ocds: at("tender/lotGroups/title") }),
  source: speaker,
  lots: required(lotIds, [], {
    says: "The ids of its lots.",
    example: "[1, 2]",
    ocds: at("tender/lotGroups/relatedLots"),
  }),
  ceiling: fact(amount, {
    says: "What may be spent on its lots together; or withheld.",
    example: "EUR 20M",
    ocds: at("tender/lotGroups/maximumValue"),
  }),
  quantity: fact(countedCeiling, {
    says: "How much may be ordered on its lots together, in units that are counted; or withheld.",
    example: "4000 machines",
    ocds: lost("quantities as ceilings"),
  }),
  reestimate: fact(amount, {
    says: "What is expected to be spent on its lots together.",
    example: "EUR 15M",
    ocds: lost("what is expected to be spent under a contract or group as a whole"),
  }),
  /**
   * Whether its lots certainly have one ceiling together. Equal figures may be one ceiling for all lots or one for
   * each. The total then lies between the two (T9).
   */
  certain: usual(flag, () => true, {
    says: "no where it is open whether its lots have one ceiling together or one each; yes when left out.",
    example: "no",
    ocds: lost("ceilings that several lots have together, or each"),
  }),
  note,
};

/** Lots that have a ceiling together, besides their own (T3, T4). */
export type LotGroup = RecordOf<typeof GROUP>;

export const groupCodec = releaseRecord(GROUP, {
  write: (group, writing) => ({ source: speakFor(factsOf(group), [], writing) }),
});
