import type { RuleEntries } from "../../model/rule.ts";

/** What can be wrong with how long a contract runs. */
export const TERM_RULES = {
  "D1-term": {
    help: "A text is not a term, a duration or the number of a renewal.",
    why: "A term is an initial period and its renewals, one after the other. The ends of a contract follow from it.",
    mend: "Write 4 years, 1000 days, 2 years + 2 renewals of 1 year, 3 years + 1 renewal of 1 year + 1 renewal of 6 months, or 1 year + tacit renewals of 1 year.",
    reproducer: `contracts:
  - contract: harbour
    term: four years
    lots: [{ lot: 1 }]
`,
  },
  "D1-decision": {
    help: "The decisions on renewals contradict each other.",
    why: "A renewal is decided once, and a declined renewal ends the contract: no other can follow it.",
    mend: "Keep the decision that was really taken.",
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
    help: "The declared maximum duration differs from the term with all renewals.",
    why: "The longest time that a contract can run is its initial period with all renewals.",
    mend: "Compare both with the notice. A renewal may be missing from the term.",
    reproducer: `contracts:
  - contract: harbour
    term: 2 years + 1 renewal of 1 year
    maximumDuration: 4 years
    lots: [{ lot: 1 }]
`,
  },
  "D1-order": {
    help: "Orders are dated before the contract begins or after it ends.",
    why: "Orders are placed during the term of a contract: in the initial period and in renewals that were not declined. Orders outside it still count.",
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
    help: "A framework agreement can run for so long that this needs a justification.",
    why: "Framework agreements run for four years at most (Directive 2014/24/EU art. 33(1)), unless the notice gives exceptional reasons (BT-109). Exactly four years are fine.",
    mend: "Check the term. If the longer term is justified, state the reason as longTermReason: the finding then tells it.",
    reproducer: `contracts:
  - contract: harbour
    term: 3 years + 2 renewals of 1 year
    lots: [{ lot: 1 }]
`,
  },
  "D2-justified": {
    help: "A framework agreement can run for longer than the rule, and states why.",
    why: "Framework agreements run for four years at most (Directive 2014/24/EU art. 33(1)), unless the notice gives exceptional reasons (BT-109). Whether the reasons are good ones no number can tell.",
    mend: "Read the reason, and compare it with the notice.",
    reproducer: `contracts:
  - contract: harbour
    term: 6 years
    longTermReason: The cranes are written off over six years
    lots: [{ lot: 1 }]
`,
  },
  "D1-begin": {
    help: "The term begins before the contract was awarded.",
    why: "The ends of the contract are counted from its start, so a wrong start moves them all.",
    mend: "Compare both dates with the notice. A year may be wrong.",
    reproducer: `contracts:
  - contract: harbour
    awardDate: 2024-03-24
    startDate: 2023-04-01
    lots: [{ lot: 1 }]
`,
  },
  "D1-end": {
    help: "The stated end is not the end of the initial period by the term.",
    why: "Two years from 2024-04-01 end on 2026-03-31. Answers use the stated end, and renewals follow from it.",
    mend: "Correct one of them. If there is a term, you can leave the end date out.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2024-04-01
    endDate: 2026-04-30
    term: 2 years
    lots: [{ lot: 1 }]
`,
  },
  "D1-reversed": {
    help: "A stated end lies before the start.",
    why: "Nothing ends before it begins. Until this is corrected, answers use the stated end.",
    mend: "Compare both dates with the notice. A year may be wrong.",
    reproducer: `contracts:
  - contract: harbour
    startDate: 2026-05
    endDate: 2026-03-01
    lots: [{ lot: 1 }]
`,
  },
  "D1-undecided": {
    help: "The firm part is over, and nobody has decided on the renewal.",
    why: "A renewal runs only if somebody exercises it. Until that is recorded, the contract may have ended or not.",
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
    why: "Only a contract that was awarded and is still running can be modified.",
    mend: "Check its date, and the dates of the award and the end.",
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
    help: "A renewal was decided that the term does not have, or the contract states no term.",
    why: "A contract cannot be renewed more often than was agreed.",
    mend: "Correct the number of the renewal, or the term.",
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
    help: "A renewal was decided without the one before it, or before that one.",
    why: "Renewals follow each other. If one is exercised, those before it count as exercised too.",
    mend: "Add the missing decision, or correct the number or the date.",
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
    why: "By then, the contract had ended.",
    mend: "Correct the date of the decision, or the start or term of the contract.",
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
