import type { JsonSchema } from "../model/json-schema.ts";
import { contractCodec } from "./format/contract.ts";
import { ignoreCodec } from "./format/ignore.ts";
import { queryCodec } from "./format/query.ts";
import { sourceCodec } from "./format/source.ts";
import { supplierCodec } from "./format/supplier.ts";

/** The public format of registers: each field once, for the reader, the JSON Schema and the documentation alike. */

/** The lists of a register file, and the records in them. */
export const REGISTER_LISTS = {
  sources: { key: "source", codec: sourceCodec },
  suppliers: { key: "supplier", codec: supplierCodec },
  contracts: { key: "contract", codec: contractCodec },
  queries: { key: "query", codec: queryCodec },
  ignore: { key: "rule", codec: ignoreCodec },
} as const;

export type ListName = keyof typeof REGISTER_LISTS;

/** The JSON Schema of a register file, for editors: completion, hover texts and patterns. */
export const registerSchema = (): JsonSchema => ({
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "lotbook register",
  description: "Public contracts with their lots, suppliers, ceilings and sources.",
  type: "object",
  properties: Object.fromEntries(
    Object.entries(REGISTER_LISTS).map(([list, { codec }]) => [list, { type: "array", items: codec.schema }]),
  ),
  additionalProperties: false,
});
