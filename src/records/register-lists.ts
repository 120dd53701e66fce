import type { Origin } from "../model/errors.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { contractCodec } from "./contract.ts";
import { given, required } from "./field.ts";
import { ignoreCodec } from "./ignore.ts";
import { type RecordOf, record } from "./record.ts";
import { preferredSource, sourceCodec } from "./source.ts";
import { supplierCodec } from "./supplier.ts";
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

export type NamedQuery = RecordOf<typeof QUERY>;

export const queryCodec = record(QUERY);

/** The public format of registers: each field once, for the reader, the JSON Schema and the documentation alike. */

/** The lists of a register file: what stands in each, and what each is for. */
export const REGISTER_LISTS = {
  sources: {
    codec: sourceCodec,
    description: "Who states facts; the first of a file is believed first, and the files in the order of their names.",
    example: "[{ source: notice, title: Contract award notice }]",
  },
  prefer: {
    codec: preferredSource,
    description: "The sources to believe before all others, in this order, whatever files they are listed in.",
    example: "[notice, minutes]",
  },
  suppliers: {
    codec: supplierCodec,
    description: "Companies, and groupings of companies that hold one seat.",
    example: "[{ supplier: nordlicht, name: Nordlicht GmbH }]",
  },
  contracts: {
    codec: contractCodec,
    description: "Public contracts with their lots.",
    example: "[{ contract: harbour-it, lots: [{ lot: 1, ceiling: EUR 1M }] }]",
  },
  queries: {
    codec: queryCodec,
    description: "Queries to call by name.",
    example: '[{ query: ending, find: "firmEnd:today..today+1y" }]',
  },
  ignore: {
    codec: ignoreCodec,
    description: "Findings that are not to be reported, with the reason.",
    example: "[{ rule: N3-rounding, reason: the minutes round }]",
  },
} as const;

export type ListName = keyof typeof REGISTER_LISTS;

/** The JSON Schema of a register file, for editors: completion, hover texts and patterns. */
export const registerSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "lotbook register",
  description: "Public contracts with their lots, suppliers, ceilings and sources.",
  type: "object",
  properties: Object.fromEntries(
    Object.entries(REGISTER_LISTS).map(([list, { codec, description, example }]) => [
      list,
      { description: `${description} Example: ${example}`, type: "array", items: codec.schema() },
    ]),
  ),
  additionalProperties: false,
});
