import {
  type Member,
  SUPPLIER_KINDS,
  type Succession,
  type Supplier,
  type SupplierKind,
} from "../../model/contract.ts";
import type { PartialDate } from "../../model/partial-date.ts";
import { type Codec, factOf, listOf, oneOf } from "../codec.ts";
import { type Decoding, isProblem } from "../decode.ts";
import { factsOf, speakFor } from "../encode.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { country, date, id, note, speaker, speakFirst, text } from "./scalars.ts";

const LEGAL_ID = field("legalId", text, "Its number in a public register of companies.", "0400.000.000");

const MEMBER_FIELDS = {
  name: requiredField("name", text, "The company's name.", "Gigas"),
  country: field("country", country, "Where it comes from (ISO 3166-1, two letters), where stated.", "ES"),
  legalId: LEGAL_ID,
  lead: field("lead", oneOf(["yes"]), "Whether it leads the grouping.", "yes"),
};

const member: Codec<Member> = record(
  MEMBER_FIELDS,
  (reader) => ({
    name: reader.required(MEMBER_FIELDS.name, ""),
    country: reader.optional(MEMBER_FIELDS.country),
    legalId: reader.optional(MEMBER_FIELDS.legalId),
    lead: reader.optional(MEMBER_FIELDS.lead) === "yes",
  }),
  (one) => ({ ...one, lead: one.lead ? ("yes" as const) : undefined }),
);

const SUCCESSION_FIELDS = {
  renamed: field("renamed", date, "When it took the name that it has now.", "2021-05"),
  from: field("from", text, "With renamed: the name that it had before.", "Nordlicht Netze"),
  merged: field("merged", date, "When another supplier took over its seats.", "2022-01-01"),
  into: field("into", text, "With merged: that supplier, by id, name or alias.", "quay"),
  left: field("left", date, "When it gave up its seats.", "2023-06"),
};

/** One of the three things that may become of a supplier. */
const succession: Codec<Succession> = record(
  SUCCESSION_FIELDS,
  (reader, at): Succession => {
    const renamed = reader.optional(SUCCESSION_FIELDS.renamed);
    const from = reader.optional(SUCCESSION_FIELDS.from);
    const merged = reader.optional(SUCCESSION_FIELDS.merged);
    const into = reader.optional(SUCCESSION_FIELDS.into);
    const left = reader.optional(SUCCESSION_FIELDS.left);
    const others = [renamed ?? from, merged ?? into, left].filter((part) => part !== undefined);
    if (others.length === 1 && renamed !== undefined && from !== undefined)
      return { kind: "renamed", date: renamed, from };
    if (others.length === 1 && merged !== undefined && into !== undefined) return mergedInto(merged, into, at);
    if (others.length !== 1 || left === undefined) {
      at.report(
        "F5",
        "a succession says one thing",
        "write { renamed: DATE, from: NAME }, { merged: DATE, into: SUPPLIER } or { left: DATE }",
      );
    }
    return { kind: "left", date: left ?? { year: 1 } };
  },
  (one) => ({
    renamed: one.kind === "renamed" ? one.date : undefined,
    from: one.kind === "renamed" ? one.from : undefined,
    merged: one.kind === "merged" ? one.date : undefined,
    into: one.kind === "merged" ? (one.successor()?.id ?? one.into) : undefined,
    left: one.kind === "left" ? one.date : undefined,
  }),
);

const mergedInto = (merged: PartialDate, into: string, { references }: Decoding): Succession => ({
  kind: "merged",
  date: merged,
  into,
  successor: () => {
    const supplier = references.supplier(into);
    return isProblem(supplier) ? undefined : supplier;
  },
});

const SUPPLIER_FIELDS = {
  supplier: requiredField("supplier", id, "The id by which lots name this supplier.", "bt"),
  source: speaker,
  name: requiredField("name", factOf(text), "Its name; it is found by every name that a source gives it.", "BT"),
  kind: field(
    "kind",
    oneOf(SUPPLIER_KINDS),
    "A company (as when left out), or a grouping of companies that holds one seat.",
    "grouping",
  ),
  aliases: field("aliases", listOf(text, 0), "Other names of the same supplier.", "[ATOS Belgium]"),
  members: field(
    "members",
    factOf(listOf(member)),
    "The companies of a grouping; they hold no seat of their own.",
    "[{ name: Gigas, country: ES }]",
  ),
  country: field("country", factOf(country), "Where it comes from (ISO 3166-1, two letters).", "BE"),
  legalId: LEGAL_ID,
  successions: field(
    "successions",
    listOf(succession),
    "What became of it: renamed, merged into another supplier, or left; in order of time.",
    "[{ renamed: 2021-05, from: Nordlicht Netze }]",
  ),
  note,
};

/** The kind of a supplier that says none. */
const usualKind = (members: Supplier["members"]): SupplierKind => (members === undefined ? "company" : "grouping");

export const supplierCodec: Codec<Supplier> = record(
  SUPPLIER_FIELDS,
  (reader, at) => {
    speakFirst(reader, at);
    const members = reader.optional(SUPPLIER_FIELDS.members);
    return {
      id: reader.required(SUPPLIER_FIELDS.supplier, ""),
      name: reader.required(SUPPLIER_FIELDS.name, [{ value: "", by: at.by }]),
      kind: reader.optional(SUPPLIER_FIELDS.kind) ?? usualKind(members),
      aliases: reader.optional(SUPPLIER_FIELDS.aliases) ?? [],
      members,
      country: reader.optional(SUPPLIER_FIELDS.country),
      legalId: reader.optional(SUPPLIER_FIELDS.legalId),
      successions: reader.optional(SUPPLIER_FIELDS.successions) ?? [],
      note: reader.optional(SUPPLIER_FIELDS.note),
      origin: at.origin,
    };
  },
  (supplier, at) => ({
    ...supplier,
    supplier: supplier.id,
    source: speakFor(factsOf(supplier), [], at),
    aliases: supplier.aliases.length > 0 ? supplier.aliases : undefined,
    kind: supplier.kind === usualKind(supplier.members) ? undefined : supplier.kind,
  }),
);
