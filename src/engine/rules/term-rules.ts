import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong with how long a contract runs. */
export const TERM_RULES = {
  "D1-term": {
    help: "A text is not a term, a duration or the number of a renewal.",
    why: "A term is an initial period and so many renewals of one period each. The ends of a contract are reckoned from it.",
    mend: "Write 4 years, 18 months, or 2 years + 2 renewals of 1 year.",
    reproducer: `contracts:
  - contract: harbour
    term: four years
    lots: [{ lot: 1 }]
`,
  },
  "D1-decision": {
    help: "The decisions on renewals contradict each other.",
    why: "A renewal is decided once, and a renewal that is declined ends the contract: none can follow it.",
    mend: "Keep the decision that was taken.",
    reproducer: `contracts:
  - contract: harbour
    awardDate: 2020-01-01
    term: 2 years + 2 renewals of 1 year
    renewals:
      - { renewal: 1, declined: 2021-11 }
      - { renewal: 2, exercised: 2022-11 }
    lots: [{ lot: 1 }]
`,
  },
  "D1-maximum": {
    help: "The declared maximum duration is not the term with its renewals.",
    why: "The longest that a contract can run is its initial period with all renewals.",
    mend: "Compare both with the notice; a renewal may be missing from the term.",
    reproducer: `contracts:
  - contract: harbour
    term: 2 years + 1 renewal of 1 year
    maximumDuration: 4 years
    lots: [{ lot: 1 }]
`,
  },
  "D2-length": {
    help: "A framework agreement can run for so long that it needs a justification.",
    why: "Four years are the rule (Directive 2014/24/EU art. 33(1)); exactly four years pass. A longer term needs exceptional reasons in the notice.",
    mend: "Check the term. Where the longer term is justified, ignore the finding and give the justification as the reason.",
    reproducer: `contracts:
  - contract: harbour
    term: 3 years + 2 renewals of 1 year
    lots: [{ lot: 1 }]
`,
  },
} satisfies Partial<RuleEntries>;
