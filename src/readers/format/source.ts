import type { Source } from "../../model/contract.ts";
import type { Codec } from "../codec.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { date, id, note, text } from "./scalars.ts";

const SOURCE_FIELDS = {
  source: requiredField(
    "source",
    id,
    "The id by which facts name this source; the first source listed is believed first.",
    "article",
  ),
  title: requiredField("title", text, "What the source is called.", "Contract award notice"),
  publisher: field("publisher", text, "Who published it.", "European Commission"),
  reference: field("reference", text, "Its number or mark.", "2016/S 001-000001"),
  date: field("date", date, "When it was published.", "2016-02-03"),
  language: field("language", text, "Its language.", "fr"),
  url: field("url", text, "Where it can be read.", "https://example.org/notice"),
  locator: field("locator", text, "What the places in it count.", "paragraph"),
  note,
};

export const sourceCodec: Codec<Source> = record(
  SOURCE_FIELDS,
  (reader, at) => ({
    id: reader.required(SOURCE_FIELDS.source, ""),
    title: reader.required(SOURCE_FIELDS.title, ""),
    publisher: reader.optional(SOURCE_FIELDS.publisher),
    reference: reader.optional(SOURCE_FIELDS.reference),
    date: reader.optional(SOURCE_FIELDS.date),
    language: reader.optional(SOURCE_FIELDS.language),
    url: reader.optional(SOURCE_FIELDS.url),
    locator: reader.optional(SOURCE_FIELDS.locator),
    note: reader.optional(SOURCE_FIELDS.note),
    origin: at.origin,
  }),
  (source) => ({ ...source, source: source.id }),
);
