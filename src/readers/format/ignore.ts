import type { Ignore } from "../../model/ignore.ts";
import { domainOf, RULE_IDS } from "../../model/rule.ts";
import { type Codec, oneOf } from "../codec.ts";
import { field, record, requiredField } from "../record-codec.ts";
import { id, text } from "./scalars.ts";

const RULE_NAMES = [...new Set(RULE_IDS.flatMap((rule) => [domainOf(rule), rule]))];

const FIELDS = {
  rule: requiredField("rule", oneOf(RULE_NAMES), "The id of a rule, or its beginning for all of that name.", "D2"),
  reason: requiredField("reason", text, "Why that is as it should be.", "justified in the notice"),
};

const SCOPE = {
  contract: field("contract", id, "Only in this contract.", "cloud-i"),
  supplier: field("supplier", id, "Only of this supplier.", "bt"),
};

/** A finding that a contract asks to ignore. */
export const ownIgnoreCodec: Codec<Ignore> = record(
  FIELDS,
  (reader, at) => {
    const path = at.path();
    return {
      rule: reader.required(FIELDS.rule, ""),
      reason: reader.required(FIELDS.reason, ""),
      contract: undefined,
      supplier: undefined,
      position: () => at.origin.locate([...path, FIELDS.rule.key]),
    };
  },
  (ignore) => ignore,
);

/** A finding that a register asks to ignore, everywhere or in one place. */
export const ignoreCodec: Codec<Ignore> = record(
  { ...FIELDS, ...SCOPE },
  (reader, at) => ({
    rule: reader.required(FIELDS.rule, ""),
    reason: reader.required(FIELDS.reason, ""),
    contract: reader.optional(SCOPE.contract),
    supplier: reader.optional(SCOPE.supplier),
    position: () => at.origin.locate([FIELDS.rule.key]),
  }),
  (ignore) => ignore,
);
