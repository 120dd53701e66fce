import type { RuleEntries } from "../../model/rule.ts";
import { ORDER_RULES } from "./order-rules.ts";
import { TERM_RULES } from "./term-rules.ts";
import { NOTICE_RULES, TOTAL_RULES } from "./total-rules.ts";
import { FORM_RULES, VALUE_RULES } from "./value-rules.ts";

/** An entry for every rule that there is. It is long, and loaded only by those who read it. */
export const CATALOGUE: RuleEntries = {
  ...FORM_RULES,
  ...VALUE_RULES,
  ...TOTAL_RULES,
  ...TERM_RULES,
  ...ORDER_RULES,
  ...NOTICE_RULES,
};
