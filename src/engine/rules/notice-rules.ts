import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong between the figures of a notice. */
export const NOTICE_RULES = {
  "T10-declared": {
    help: "The declared value of all contracts awarded differs from the sum of its parts.",
    why: "A notice states both: BT-161 or VAL_TOTAL for all, BT-720 for each tender. Tenders may be unit prices, offers for the same volume, or listed twice; the total may be about something else. The data do not say which is right, so totals give the range between the two (T10).",
    mend: "Compare the figures with the notice or the contracts.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    awarded: EUR 900k
    lots:
      - { lot: 1, awarded: EUR 400k, suppliers: [nordlicht] }
      - { lot: 2, awarded: EUR 300k, suppliers: [nordlicht] }
`,
  },
  "T10-reference": {
    help: "One tender or award has two different amounts.",
    why: "A tender that is listed again under its reference, by the same party for the same lot, is the same tender. If its amounts differ, the data do not say whether one of them counts or all, so its value lies between the smallest of them and their sum. An award in OCDS is one award by its id, and counts at one of its amounts (T10).",
    mend: "Compare the figures with the notice or the contracts.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, awarded: EUR 900k }
    notes:
      - { rule: T10-reference, text: tender 7 stands at several amounts }
`,
  },
  "E5-reestimate": {
    help: "The re-estimated value of the whole differs from the sum of the lots' re-estimates.",
    why: "A notice states both: BT-1118 for all its framework agreements, BT-660 for each lot. Rounding may make them differ by at most 1.00 a lot.",
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
