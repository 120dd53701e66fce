import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong with how long a contract runs. */
export const TERM_RULES = {
  "D1-term": {
    help: "A text is not a term, a duration or the number of a renewal.",
    why: "A term is an initial period and its renewals, one after the other. The ends of a contract are reckoned from it.",
    mend: "Write 4 years, 1000 days, 2 years + 2 renewals of 1 year, 3 years + 1 renewal of 1 year + 1 renewal of 6 months, or 1 year + tacit renewals of 1 year.",
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
  "D1-order": {
    help: "Orders are dated before the contract begins or after it ends.",
    why: "Under a contract orders are placed in its term: the initial period, and the renewals that were not declined. Such orders count like any other.",
    mend: "Check the dates of the orders, the term and the decisions on renewals.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2020-01-01
    term: 2 years
    lots:
      - { lot: 1, ceiling: EUR 1M }
    orders:
      - { order: PO-1, lot: 1, date: 2022-05-17, amount: EUR 12k }
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
  "D1-begin": {
    help: "The term begins before the contract was awarded.",
    why: "The ends of the contract are reckoned from its begin, so a wrong one moves them all.",
    mend: "Compare both dates with the notice; a year may be wrong.",
    reproducer: `contracts:
  - contract: harbour
    awardDate: 2024-03-24
    startDate: 2023-04-01
    lots: [{ lot: 1 }]
`,
  },
  "D1-end": {
    help: "The stated end is not the end of the initial period that follows from the term.",
    why: "Two years from 2024-04-01 end on 2026-03-31. The stated end answers, and the renewals follow on it.",
    mend: "Correct one of them. With a term the end date can be left out.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2024-04-01
    endDate: 2026-04-30
    term: 2 years
    lots: [{ lot: 1 }]
`,
  },
  "D1-reversed": {
    help: "A stated end lies before the begin.",
    why: "Nothing ends before it begins. Until it is corrected the stated end answers.",
    mend: "Compare both dates with the notice; a year may be wrong.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2026-05
    endDate: 2026-03-01
    lots: [{ lot: 1 }]
`,
  },
  "D1-undecided": {
    help: "The firm part is over, a renewal could run, and nobody decided it.",
    why: "A renewal runs only if somebody takes it up. Until that is recorded the contract has ended, or it has not.",
    mend: "Record the decision under renewals: exercised or declined, and when.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2000-01-01
    term: 10 years + 1 renewal of 90 years
    lots: [{ lot: 1 }]
`,
  },
  "D1-modification": {
    help: "A modification is dated before the award or after the latest end.",
    why: "Only a contract that was awarded and still runs can be modified.",
    mend: "Check the date, and those of the award and the end.",
    reproducer: `contracts:
  - contract: harbour
    awardDate: 2024-06-01
    regime: classic
    lots: [{ lot: 1, ceiling: EUR 1M }]
    modifications:
      - { modification: M1, date: 2023-05, lot: 1, amount: EUR 20k }
`,
  },
  "D1-renewals": {
    help: "A renewal was decided that the term does not have, or of a contract that states no term.",
    why: "A contract cannot be renewed more often than was agreed.",
    mend: "Correct the number, or the term.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2020-01-01
    term: 2 years + 1 renewal of 1 year
    renewals:
      - { renewal: 1, exercised: 2021-11 }
      - { renewal: 2, exercised: 2022-11 }
    lots: [{ lot: 1 }]
`,
  },
  "D1-sequence": {
    help: "A renewal was decided without the one before it, or earlier than that one.",
    why: "Renewals follow each other. One that is exercised takes those before it to be exercised, too.",
    mend: "Add the decision that is missing, or correct the number or the date.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2020-01-01
    term: 2 years + 2 renewals of 1 year
    renewals:
      - { renewal: 2, exercised: 2022-11 }
    lots: [{ lot: 1 }]
`,
  },
  "D1-late": {
    help: "A renewal was exercised after it would have begun.",
    why: "By then the contract had ended.",
    mend: "Correct the date of the decision, or the begin or the term of the contract.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2020-01-01
    term: 2 years + 1 renewal of 1 year
    renewals:
      - { renewal: 1, exercised: 2022-02-15 }
    lots: [{ lot: 1 }]
`,
  },
} satisfies Partial<RuleEntries>;
