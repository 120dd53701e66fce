import type { Origin } from "../../model/contract.ts";
import type { Codec } from "../codec.ts";
import { record, requiredField } from "../record-codec.ts";
import { name, note, text } from "./scalars.ts";

const QUERY_FIELDS = {
  query: requiredField("query", name, "The name by which the query is called: :late.", "late"),
  find: requiredField("find", text, "What it asks for.", "latestEnd:..today"),
  note,
};

/** A query that the register names. */
export interface NamedQuery {
  readonly id: string;
  readonly find: string;
  readonly origin: Origin;
}

export const queryCodec: Codec<NamedQuery> = record(
  QUERY_FIELDS,
  (reader, at) => {
    reader.optional(QUERY_FIELDS.note);
    return {
      id: reader.required(QUERY_FIELDS.query, ""),
      find: reader.required(QUERY_FIELDS.find, ""),
      origin: at.origin,
    };
  },
  ({ id, find }) => ({ query: id, find, note: undefined }),
);
