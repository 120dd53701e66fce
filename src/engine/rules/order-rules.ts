import type { RuleEntries } from "../../model/rule.ts";

/** What can be wrong with orders and modifications, which use ceilings up and change them. */
export const ORDER_RULES = {
  "T7-order": {
    help: "Orders are in another currency or unit than the ceiling that they use up.",
    why: "Currencies are never converted or added up (T7), so nobody can say how much of the ceiling such orders take. What is ordered is at least (≥) the amount shown.",
    mend: "Correct the currency. If it is right, state the amount in the ceiling's currency, as it was booked.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
    orders:
      - { order: PO-1, lot: 1, amount: USD 20k }
`,
  },
  "T11-circle": {
    help: "Contracts are call-offs of each other, in a circle.",
    why: "A call-off uses up the ceiling of its framework agreement and is not added to it (T11). In a circle, no contract is the framework of the others, so each of them counts by itself.",
    mend: "Correct callOffOf. Leave it out of a framework agreement.",
    reproducer: `contracts:
  - { contract: harbour, callOffOf: ferry, lots: [] }
  - { contract: ferry, callOffOf: harbour, lots: [] }
`,
  },
  "T11-unknown": {
    help: "A call-off names a framework agreement that is not among the data.",
    why: "A call-off uses up the ceiling of its framework agreement (T11; Directive 2014/24/EU art. 33). If that is not among the data, the call-off counts by itself, and nobody can tell whether it keeps within the maximum. A notice that sets up a framework agreement and names another one is not reported: mostly it names its own call.",
    mend: "Read the framework agreement together with the call-off, or correct the reference.",
    reproducer: `contracts:
  - { contract: harbour, callOffOf: ferry, lots: [{ lot: 1 }] }
`,
  },
  "L1-maximum": {
    help: "A framework agreement states no maximum, in money or in a quantity.",
    why: "The call for competition of a framework agreement must state its maximum quantity or value; beyond that, the agreement has no effect (CJEU C-23/20, Simonsen & Weel, on Directive 2014/24/EU art. 33 and 49). An estimate is not a maximum. This finding is about the fields of these data only, not about free text or other documents: the TED forms before 2023 have no field for it. A withheld figure counts as stated. Call-offs, lots that nobody won, and frameworks under the Procurement Act 2023 need no maximum.",
    mend: "State the ceiling or the quantity, of the whole or of each lot. If it is not a framework agreement, say framework: no.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, estimate: EUR 2M }
`,
  },
  "L1-buyer": {
    help: "Orders name a buyer that may not order under the contract.",
    why: "Only those who were clearly identified in the call for competition may order under a framework agreement (Directive 2014/24/EU art. 33(2)). Names are compared without case and accents, and a name that contains another may be a part of it. If a contract names neither joint buyers nor users, it does not say who else may order.",
    mend: "Check the buyer. If it may order, name it among the users of the contract.",
    reproducer: `contracts:
  - contract: harbour
    buyer: Port of Example
    users: [Example Fire Brigade]
    lots:
      - { lot: 1, ceiling: EUR 1M }
    orders:
      - { order: PO-1, lot: 1, buyer: City Museum, amount: EUR 12k }
`,
  },
  "L5-split": {
    help: "Orders of one supplier and lot are each below a threshold, but together reach it.",
    why: "Purchases may not be subdivided to keep below a threshold, unless objective reasons justify it (Directive 2014/24/EU art. 5(3)). Within the given number of days, from the first to the last, the orders come to the threshold or more. These are figures, not an accusation. Only orders with a full date, a known supplier and a known lot count, and only if the register, or --split-below and --split-days, give a threshold and a number of days.",
    mend: "Look at what was ordered. If there is a reason, ignore the finding and give the reason.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    splitBelow: EUR 15k
    splitDays: 30
    lots:
      - { lot: 1, ceiling: EUR 1M, suppliers: [nordlicht] }
    orders:
      - { order: PO-1, lot: 1, date: 2024-03-04, amount: EUR 9k }
      - { order: PO-2, lot: 1, date: 2024-03-18, amount: EUR 8k }
`,
  },
  "L5-cascade": {
    help: "In a cascade, an order went to a lower rank, and nothing says that a higher one declined.",
    why: "If the terms say that suppliers are asked in turn, an order goes to the first that takes it (Directive 2014/24/EU art. 33(4)(a)). A supplier's rank is its place among the suppliers of the lot; one that left before the order has no rank. Notices list winners in any order, so only registers state ranks.",
    mend: "State in the order who was asked and declined: declinedBy. If the suppliers are not listed by rank, correct their order.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
  - { supplier: quay, name: Quay Partners }
contracts:
  - contract: harbour
    lots:
      - lot: 1
        ceiling: EUR 1M
        callOff: cascade
        suppliers: [nordlicht, quay]
    orders:
      - { order: PO-1, lot: 1, supplier: quay, amount: EUR 12k }
`,
  },
  "L1-total": {
    help: "A row of a ledger is, or may be, a total or no order at all; or a sheet like it is left out.",
    why: "Spreadsheets end with a row called Total, Summe, Total 2024 or Total HT. If it counted like an order, it would double the amount ordered. A row with a day, a lot or a supplier is taken for a total, and not counted, only if it equals the sum of the rows above. Where several exports stand one below the other, their headings come again in the middle, and below the last row may be a remark: words in one cell, such as the day of the export. Of a workbook, the first sheet that is not hidden is read: one a quarter or a year is easily missed.",
    mend: "Leave the row out of the exported file, or give the order another id if it really is one. Name each sheet that belongs to the ledger.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 100k }
    orders:
      - { order: PO-1, lot: 1, amount: EUR 10k }
      - { order: Total, amount: EUR 10k }
`,
  },
  "L1-exhausted": {
    help: "A ceiling is used up to the last cent.",
    why: "The orders come to exactly the ceiling, so nothing more can be ordered within it.",
    mend: "Nothing to do, if that is right. Another order needs another contract, or a modification.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 100k }
    orders:
      - { order: PO-1, lot: 1, amount: EUR 100k }
`,
  },
  "L1-possible": {
    help: "Orders may exceed a ceiling.",
    why: "Some orders may belong under this ceiling or elsewhere, or may be dated by the day of the answer or later. If all of them count, they exceed the ceiling.",
    mend: "State the lot, the supplier and the day of these orders.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 100k }
      - { lot: 2, ceiling: EUR 900k }
    orders:
      - { order: PO-1, lot: 1, amount: EUR 80k }
      - { order: PO-2, amount: EUR 30k }
`,
  },
  "L4-quantity": {
    help: "A text is not a quantity.",
    why: "A quantity is a figure and the unit that is counted. It is read as strictly as an amount of money.",
    mend: "Write 2500 machines, 2,500 machines or 1250.5 hours. For an amount of money, use ceiling.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, quantity: 2500 }
`,
  },
  "L4-units": {
    help: "Two units of a contract differ only by a plural or an accent.",
    why: "Quantities in different units are never added up or compared, and lotbook does not guess which units are the same. Only capitals make no difference.",
    mend: "Write the unit in one way, even for a single one: machines.",
    reproducer: `contracts:
  - contract: harbour
    quantity: 2500 machines
    lots:
      - { lot: 1, quantity: 1 machine }
`,
  },
  "L1-breach": {
    help: "Orders exceed a ceiling.",
    why: "A framework agreement has no effect beyond its stated maximum (CJEU C-23/20, Simonsen & Weel). This is a figure, not a verdict.",
    mend: "Check the orders. If the ceiling was raised, record it under modifications.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 10k }
    orders:
      - { order: PO-1, lot: 1, amount: EUR 12k }
`,
  },
  "L1-unplaced": {
    help: "Orders do not say which ceiling they use up.",
    why: "A contract with several lots has several ceilings, and so has a lot with a ceiling for each supplier. If orders do not say where they belong, what is ordered under each ceiling lies between two figures.",
    mend: "Name the lot, and the supplier if each has a ceiling of its own.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, ceiling: EUR 2M }
    orders:
      - { order: PO-1, amount: EUR 12k }
`,
  },
  "L1-seat": {
    help: "Orders are placed with a supplier that does not hold the lot, or no longer does.",
    why: "Under a lot, only those who hold it can receive orders. Such orders count for the lot and its contract, but for no supplier.",
    mend: "Correct the lot or the supplier. If one supplier succeeded another, record it under successions.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
  - { supplier: quay, name: Quay Partners }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M, suppliers: [nordlicht] }
    orders:
      - { order: PO-1, lot: 1, supplier: quay, amount: EUR 12k }
`,
  },
  "L2-threshold": {
    help: "Modifications reach a threshold of the contract's regime.",
    why: "Under Directive 2014/24/EU art. 72, additional works and unforeseen circumstances may add 50 % each time, and small changes must stay below 10 % in all (15 % for works). Other regimes have other thresholds. A modification that changes no ceiling counts against the initial value of the contracts. These are facts, not verdicts: each article has further conditions.",
    mend: "Check the amounts, the ground and the regime. If they are right, ignore the finding and give the justification as the reason.",
    reproducer: `contracts:
  - contract: harbour
    regime: classic
    lots:
      - { lot: 1, ceiling: EUR 1M }
    modifications:
      - modification: M1
        date: 2024-05
        lot: 1
        amount: EUR 600k
        ground: additional works
`,
  },
  "L2-regime": {
    help: "A ceiling was modified, but the contract does not state its regime.",
    why: "The thresholds for modifications differ by regime: 50 % each time, 50 % in all, or none. Without a regime, modifications are not compared with any.",
    mend: "State regime: classic, utilities, defence, concession, financial regulation or uk-2023.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
    modifications:
      - { modification: M1, date: 2024-05, lot: 1, amount: EUR 600k }
`,
  },
  "L2-idle": {
    help: "A modification changes a ceiling that nobody states.",
    why: "Without a ceiling there is nothing to raise or lower, so the modification changes no answer.",
    mend: "State the initial ceiling, or name the lot that is meant.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, ceiling: EUR 2M }
    modifications:
      - { modification: M1, date: 2024-05, amount: EUR 600k }
`,
  },
  "L2-below": {
    help: "A modification leaves a ceiling below zero.",
    why: "A ceiling can shrink to zero, but not below it.",
    mend: "Compare the amount and its sign with the decision.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
    modifications:
      - { modification: M1, date: 2024-05, lot: 1, amount: EUR -2M }
`,
  },
} satisfies Partial<RuleEntries>;
