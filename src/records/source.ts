import type { Origin } from "../model/errors.ts";
import { type Codec, isProblem } from "./codec.ts";
import { given, optional, required } from "./field.ts";
import { type RecordOf, record } from "./record.ts";
import { date, id, note, text } from "./values.ts";

const SOURCE = {
  id: required(id, "", {
    key: "source",
    says: "The id by which facts name this source; the first source listed is believed first.",
    example: "article",
  }),
  title: required(text, "", { says: "What the source is called.", example: "Contract award notice" }),
  publisher: optional(text, { says: "Who published it.", example: "European Commission" }),
  reference: optional(text, { says: "Its number or mark.", example: "2016/S 001-000001" }),
  date: optional(date, { says: "When it was published.", example: "2016-02-03" }),
  language: optional(text, { says: "Its language.", example: "fr" }),
  url: optional(text, { says: "Where it can be read.", example: "https://example.org/notice" }),
  locator: optional(text, { says: "What the places in it count.", example: "paragraph" }),
  note,
  origin: given(({ origin }): Origin => origin),
};

export type Source = RecordOf<typeof SOURCE>;

export const sourceCodec = record(SOURCE);

export const preferredSource: Codec<string> = {
  schema: id.schema,
  encode: id.encode,
  decode: (value, at) => {
    const source = id.decode(value, at);
    if (source === undefined) return undefined;
    const found = at.references.attribution(source);
    return isProblem(found) ? at.report(found.rule, found.problem, found.hint) : source;
  },
};
