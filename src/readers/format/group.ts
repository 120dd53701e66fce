import type { Lot, LotGroup } from "../../model/contract.ts";
import { type Codec, factOf, listOf, oneOf } from "../codec.ts";
import type { Decoding } from "../decode.ts";
import { factsOf, speakFor } from "../encode.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { KnownLots } from "./known-lots.ts";
import { amount, id, note, speaker, speakFirst, text } from "./scalars.ts";

const GROUP_FIELDS = {
  group: requiredField("group", id, "The group's id within its contract.", "A"),
  title: field("title", text, "A short title.", "Consultancy lots"),
  source: speaker,
  lots: requiredField("lots", listOf(id), "The ids of its lots.", "[1, 2]"),
  ceiling: field("ceiling", factOf(amount), "What may be spent on its lots together; or withheld.", "EUR 20M"),
  reestimate: field("reestimate", factOf(amount), "What is expected to be spent on its lots together.", "EUR 15M"),
  certain: field(
    "certain",
    oneOf(["yes", "no"]),
    "no where it is open whether its lots have one ceiling together or one each; yes when left out.",
    "no",
  ),
  note,
};

/** A group of lots. */
export const groupCodec: Codec<LotGroup> = record(
  GROUP_FIELDS,
  (reader, at) => {
    speakFirst(reader, at);
    return {
      id: reader.required(GROUP_FIELDS.group, ""),
      title: reader.optional(GROUP_FIELDS.title),
      lots: [...new Set(reader.required(GROUP_FIELDS.lots, []))],
      ceiling: reader.optional(GROUP_FIELDS.ceiling),
      reestimate: reader.optional(GROUP_FIELDS.reestimate),
      certain: reader.optional(GROUP_FIELDS.certain) !== "no",
      note: reader.optional(GROUP_FIELDS.note),
    };
  },
  (group, at) => ({
    ...group,
    group: group.id,
    source: speakFor(factsOf(group), [], at),
    certain: group.certain ? undefined : ("no" as const),
  }),
);

/** Reports groups that share an id, and lots that a group names and its contract does not have. */
export const soundGroups = (groups: readonly LotGroup[], lots: readonly Lot[], at: Decoding): readonly LotGroup[] => {
  const seen = new Set<string>();
  const known = new KnownLots(groups.length === 0 ? [] : lots);
  for (const [index, group] of groups.entries()) {
    if (seen.has(group.id)) {
      at.reportAt(
        ["groups", index, "group"],
        "F7",
        `group "${group.id}" stands twice in this contract`,
        "give each its own id",
      );
    }
    seen.add(group.id);
    for (const [place, lotId] of group.lots.entries()) known.check(lotId, ["groups", index, "lots", place], at);
  }
  return groups;
};
