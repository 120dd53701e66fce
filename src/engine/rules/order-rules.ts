import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong with orders and modifications, which use ceilings up and change them. */
export const ORDER_RULES = {
  "L2-below": {
    help: "A modification leaves a ceiling below zero.",
    why: "A ceiling can shrink to nothing, and not below it.",
    mend: "Compare the amount, and its sign, with the decision.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
    modifications:
      - { modification: M1, date: 2024-05, lot: 1, amount: EUR -2M }
`,
  },
} satisfies Partial<RuleEntries>;
