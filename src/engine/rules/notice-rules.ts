import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong between the figures of a notice. */
export const NOTICE_RULES = {
  "E5-reestimate": {
    help: "The re-estimated value of the whole is not the sum of the lots' re-estimates.",
    why: "A notice states both: BT-1118 for all its framework agreements, BT-660 for each lot. They may differ by rounding, by at most 1.00 a lot.",
    mend: "Compare the figures with the notice.",
    reproducer: `contracts:
  - contract: harbour
    reestimate: EUR 900k
    lots:
      - { lot: 1, reestimate: EUR 400k }
      - { lot: 2, reestimate: EUR 300k }
`,
  },
} satisfies Partial<RuleEntries>;
