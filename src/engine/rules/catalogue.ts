import { FORM_RULES } from "./form-rules.ts";
import { NOTICE_RULES } from "./notice-rules.ts";
import { ORDER_RULES } from "./order-rules.ts";
import type { RuleEntries } from "./rule-entry.ts";
import { TERM_RULES } from "./term-rules.ts";
import { TOTAL_RULES } from "./total-rules.ts";
import { VALUE_RULES } from "./value-rules.ts";

/** An entry for every rule that there is. It is long, and loaded only by those who read it. */
export const CATALOGUE: RuleEntries = {
  ...FORM_RULES,
  ...VALUE_RULES,
  ...TOTAL_RULES,
  ...TERM_RULES,
  ...ORDER_RULES,
  ...NOTICE_RULES,
};
