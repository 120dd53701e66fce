import type { Origin } from "../model/origin.ts";
import { given, required } from "./field.ts";
import { type RecordOf, record } from "./record.ts";
import { name, note, text } from "./values.ts";

const QUERY = {
  id: required(name, "", {
    key: "query",
    says: "The name by which the query is called: :late.",
    example: "late",
  }),
  find: required(text, "", { says: "What it asks for.", example: "latestEnd:..today" }),
  note,
  origin: given(({ origin }): Origin => origin),
};

/** A query that the register names. */
export type NamedQuery = RecordOf<typeof QUERY>;

export const queryCodec = record(QUERY);
