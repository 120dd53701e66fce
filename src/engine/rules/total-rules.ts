import type { RuleEntries } from "../../model/rule.ts";

/** What can be wrong with who holds what, and with what ceilings add up to. */
export const TOTAL_RULES = {
  "T2-alias": {
    help: "One name or alias stands for two suppliers.",
    why: "A lot that names its supplier this way could mean either, and each supplier counts once.",
    mend: "Remove the name from one of them, or make the two one supplier with aliases.",
    reproducer: `suppliers:
  - { supplier: quay, name: Quay Partners, aliases: [Quay] }
  - { supplier: dock, name: Dock Ltd, aliases: [Quay] }
`,
  },
  "T2-merger": {
    help: "Suppliers are merged into each other in a circle.",
    why: "A supplier that is merged hands its seats on. In a circle, nobody would hold them in the end.",
    mend: "Remove the merger of the one that goes on.",
    reproducer: `suppliers:
  - supplier: quay
    name: Quay Partners
    successions: [{ merged: 2022, into: dock }]
  - supplier: dock
    name: Dock Ltd
    successions: [{ merged: 2023, into: quay }]
`,
  },
  "T2-count": {
    help: "The declared number of suppliers differs from the number of those that hold lots.",
    why: "The origins state how many suppliers come from where. Each supplier counts once, however many lots it holds, and a grouping counts as one.",
    mend: "Look for a supplier that is listed under two ids, or missing from a lot.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    supplierOrigins: [1 European, 1 American]
    lots:
      - { lot: 1, suppliers: [nordlicht] }
`,
  },
  "T2-agrees": {
    help: "The declared number of suppliers equals the number of those that hold lots.",
    why: "Each supplier counts once, however many lots it holds, and a grouping counts as one.",
    mend: "Nothing to do: check shows it only with --verbose, or --only T2-agrees.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    supplierOrigins: [1 European]
    lots:
      - { lot: 1, suppliers: [nordlicht] }
`,
  },
  "T2-names": {
    help: "Sources give one supplier different names.",
    why: "The register says that these are names of one supplier, and each of them finds it.",
    mend: "Nothing to do, if they are one supplier.",
    reproducer: `sources:
  - { source: notice, title: Award notice }
  - { source: minutes, title: Minutes }
suppliers:
  - supplier: quay
    name: { notice: Quay Partners, minutes: Quay }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [quay] }
`,
  },
  "T2-unused": {
    help: "A supplier holds no lot.",
    why: "It may be left over, or a lot may leave it out by mistake.",
    mend: "Name it among the suppliers of its lot, or remove it.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    lots: [{ lot: 1 }]
`,
  },
  "T3-both": {
    help: "A lot has both a shared ceiling and a ceiling for each supplier.",
    why: "A shared ceiling counts once; a ceiling for each supplier counts as often as there are suppliers. Only one of the two can be meant.",
    mend: "Keep ceiling if all suppliers draw on one amount, or ceilingPerSupplier if each has its own.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M, ceilingPerSupplier: EUR 300k }
`,
  },
  "T4-child": {
    help: "A lot's ceiling is higher than its group's or contract's, or a group's than its contract's.",
    why: "A part cannot cost more than the whole. A ceiling for each supplier counts once for each. The lower of the two limits the total, so the answer holds, but one of the figures is wrong.",
    mend: "Compare both figures with the notice. A suffix may be wrong (k instead of M), or a change may have left the ceiling of the contract as it was.",
    reproducer: `contracts:
  - contract: harbour
    ceiling: EUR 1M
    lots:
      - { lot: 1, ceiling: EUR 2M }
`,
  },
  "T4-sum": {
    help: "One source states a total that is not the sum of its ceilings for the lots.",
    why: "The smaller of the two is what may be spent (in a notice, BT-118 and the sum of BT-709). They are compared as precisely as they are written: EUR 34.4M is the sum of 10.2, 13.9 and 10.3 million.",
    mend: "Look for a missing lot, or for a figure that was copied wrongly. Some contracts do cap their lots; then ignore the finding with a reason.",
    reproducer: `contracts:
  - contract: harbour
    ceiling: EUR 5M
    lots:
      - { lot: 1, ceiling: EUR 3M }
      - { lot: 2, ceiling: EUR 4M }
`,
  },
  "T4-agrees": {
    help: "One source states a total that is the sum of its ceilings for the lots.",
    why: "They are compared as precisely as they are written.",
    mend: "Nothing to do: check shows it only with --verbose, or --only T4-agrees.",
    reproducer: `contracts:
  - contract: harbour
    ceiling: EUR 7M
    lots:
      - { lot: 1, ceiling: EUR 3M }
      - { lot: 2, ceiling: EUR 4M }
`,
  },
  "T4-untotalled": {
    help: "A source states the ceilings of all lots but no total, and another source states one.",
    why: "The sum of its lots can be compared with the total of the other source.",
    mend: "Nothing to do.",
    reproducer: `sources:
  - { source: notice, title: Award notice }
  - { source: minutes, title: Minutes }
contracts:
  - contract: harbour
    ceiling: { notice: EUR 3M }
    lots:
      - lot: 1
        ceiling: { notice: EUR 3M, minutes: "EUR 3,000,000.00" }
`,
  },
  "T4-offers": {
    help: "The declared number of offers is not the sum of the lots' offers.",
    why: "One source states both, so one of its figures is wrong, or a lot is missing.",
    mend: "Compare the figures with the source.",
    reproducer: `contracts:
  - contract: harbour
    offers: 5
    lots:
      - { lot: 1, offers: 2 }
      - { lot: 2, offers: 2 }
`,
  },
  "T7-modification": {
    help: "A modification is in another currency than the ceiling that it changes.",
    why: "Different currencies are never added up, so nobody could say what the modified ceiling is.",
    mend: "Write the change in the currency of the ceiling.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
    modifications:
      - { modification: M1, date: 2024-05, lot: 1, amount: USD 100k }
`,
  },
  "T2-near": {
    help: "Two suppliers have almost the same name.",
    why: "A supplier that stands under two ids is counted twice. The comparison leaves aside case, accents, umlauts written out, punctuation, a leading The and legal forms such as GmbH. One letter may differ, and if a supplier has several names (X T/A Y), each counts.",
    mend: "If they are one supplier, keep one of them, with the other name as an alias. If they are two, state the legalId of both, or ignore the finding with a reason.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht Netze GmbH }
  - { supplier: nordlicht-2, name: Nordlicht-Netze }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [nordlicht] }
      - { lot: 2, suppliers: [nordlicht-2] }
`,
  },
  "T2-legal": {
    help: "Two suppliers have the same number in a register of companies, apart from leading zeros.",
    why: "The number names one company, so it is counted twice. Spreadsheets drop leading zeros; lotbook reports numbers that differ only by them, but never treats them as one.",
    mend: "Keep one supplier, with the other name as an alias, or correct the number.",
    reproducer: `suppliers:
  - { supplier: dock, name: Dock Ltd, legalId: "0400.000.000" }
  - { supplier: quay, name: Quay Works, legalId: "0400000000" }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [dock, quay] }
`,
  },
  "T4-awarded": {
    help: "The contracts awarded are worth more than their ceiling.",
    why: "A framework agreement has no effect beyond its stated maximum (CJEU C-23/20). Here one source states both figures.",
    mend: "Compare both figures with the notice. A modification of the ceiling may be missing.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1.0M, awarded: "EUR 1,400,000.00" }
`,
  },
  "T4-estimate": {
    help: "A ceiling is ten times its estimate, or a tenth of it.",
    why: "So large a difference is rarely meant: a figure may be a digit too long or too short, or have k instead of M.",
    mend: "Compare both figures with the notice.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 12M, estimate: EUR 1.2M }
`,
  },
  "T7-ceilings": {
    help: "The declared total and the lots differ in currency, or only one of them includes VAT.",
    why: "Such amounts are never compared, so the declared total limits nothing.",
    mend: "State both in one currency, and both with or both without the tax.",
    reproducer: `contracts:
  - contract: harbour
    ceiling: USD 9M
    lots:
      - { lot: 1, ceiling: EUR 6M }
`,
  },
  "T9-uncertain": {
    help: "It is not clear whether lots share one ceiling or have one each.",
    why: "Equal figures alone do not prove that it is one ceiling. Totals are a range until it is known.",
    mend: "Look it up in the tender documents. If they share it, remove certain: no from the group; if not, remove the group.",
    reproducer: `contracts:
  - contract: harbour
    lots: [{ lot: 1, ceiling: EUR 5M }, { lot: 2, ceiling: EUR 5M }]
    groups:
      - { group: A, lots: [1, 2], ceiling: EUR 5M, certain: no }
`,
  },
} satisfies Partial<RuleEntries>;

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
