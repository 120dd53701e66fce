import type { Position } from "../model/errors.ts";
import { domainOf, RULE_IDS } from "../model/rule.ts";
import { oneOf } from "./codec.ts";
import { given, optional, required } from "./field.ts";
import { ofKind } from "./kinds.ts";
import { type RecordOf, record } from "./record.ts";
import { id, text } from "./values.ts";

const RULE_NAMES = [...new Set(RULE_IDS.flatMap((rule) => [domainOf(rule), rule]))];

const OWN = {
  rule: required(ofKind("text", oneOf(RULE_NAMES)), "", {
    says: "The id of a rule, or its beginning for all of that name.",
    example: "D2",
  }),
  reason: required(text, "", { says: "Why that is as it should be.", example: "justified in the notice" }),
  position: given((reading): (() => Position) => {
    const path = [...reading.path(), "rule"];
    return () => reading.origin.locate(path);
  }),
};

const IGNORE = {
  ...OWN,
  contract: optional(id, { says: "Only in this contract.", example: "cloud-i" }),
  supplier: optional(id, { says: "Only of this supplier.", example: "bt" }),
};

export type Ignore = RecordOf<typeof IGNORE>;

export const ignoreCodec = record(IGNORE);
export const ownIgnoreCodec = record(OWN);
