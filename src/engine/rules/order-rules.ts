import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong with orders and modifications, which use ceilings up and change them. */
export const ORDER_RULES = {
  "T7-order": {
    help: "Orders are in another currency or unit than the ceiling that they use up.",
    why: "Currencies are never converted or added up (T7), so nobody can say how much of the ceiling such orders take. What is ordered under it is at least (≥) what is shown.",
    mend: "Correct the currency. Where it is right, state the amount in the ceiling's currency, as it was booked.",
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
    why: "A call-off uses up the ceiling of its framework agreement, and is not added to it (T11). In a circle no contract is the framework of the others, so each of them counts by itself.",
    mend: "Correct callOffOf: of a framework agreement, leave it out.",
    reproducer: `contracts:
  - { contract: harbour, callOffOf: ferry, lots: [] }
  - { contract: ferry, callOffOf: harbour, lots: [] }
`,
  },
  "T11-unknown": {
    help: "A call-off names a framework agreement that is not among the data.",
    why: "A call-off uses up the ceiling of its framework agreement (T11; Directive 2014/24/EU art. 33). Without that it counts by itself, and nobody can tell whether it keeps within the maximum. A notice that sets up a framework agreement itself, and names another, is passed over: mostly it names its own call.",
    mend: "Read the framework agreement together with it, or correct the reference.",
    reproducer: `contracts:
  - { contract: harbour, callOffOf: ferry, lots: [{ lot: 1 }] }
`,
  },
  "L1-maximum": {
    help: "A framework agreement states no maximum, in money or in a quantity.",
    why: "The call for competition of a framework agreement has to state its maximum quantity or value, beyond which it has no effect (CJEU C-23/20, Simonsen & Weel, on Directive 2014/24/EU art. 33 and 49). An estimate is none. This says what stands in fields of these data, and nothing of their free text or of other documents: the forms of TED before 2023 have no field for it. A figure that is withheld is stated; call-offs, lots that nobody won, and frameworks under the Procurement Act 2023 need none.",
    mend: "State the ceiling or the quantity, of the whole or of each lot. What is no framework agreement says framework: no.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1M }
      - { lot: 2, estimate: EUR 2M }
`,
  },
  "L1-buyer": {
    help: "Orders name a buyer that is not among those who may order.",
    why: "Under a framework agreement only those may order who were clearly identified in the call for competition (Directive 2014/24/EU art. 33(2)). Names are compared without case and accents, and one that has another in it may be a part of it. Where a contract names neither joint buyers nor users, nothing is said of who else may order.",
    mend: "Check the buyer; where it may order, name it among the users of the contract.",
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
    help: "Orders of one supplier and lot are each below a threshold, and together not.",
    why: "What is bought may not be subdivided to keep below a threshold, unless objective reasons justify it (Directive 2014/24/EU art. 5(3)). Within the days given, the first and the last counted, the orders come to the threshold or more. These are figures, and no accusation. Only orders dated to the day count, of a known supplier and lot; nothing is looked for unless a threshold and days are given, by the register or by --split-below and --split-days.",
    mend: "Look at what was ordered. Where there is a reason, ignore the finding and give it.",
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
    help: "In a cascade an order is with a lower rank, and nothing tells that a higher one declined.",
    why: "Where the terms lay down that suppliers are asked in their order, an order goes to the first that takes it (Directive 2014/24/EU art. 33(4)(a)). The rank is the place among the suppliers of the lot; who left before the order has none. Notices list their winners in any order, so only registers tell ranks.",
    mend: "Say in the order who was asked and declined: declinedBy. Where the order of the suppliers is not the rank, correct it.",
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
    help: "A row of a ledger sums up the others, and is not counted, or may do so.",
    why: "Spreadsheets end with a row called Total, Summe, Total 2024 or Total HT. Counted like an order it would double what is ordered. One with a day, a lot or a supplier is none where it comes to what stands above, and counts where it does not.",
    mend: "Leave the row out of the file that is exported, or give an order that is called so another id.",
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
    help: "A ceiling is ordered to the last cent.",
    why: "What is ordered comes to just what the ceiling has: nothing more can be ordered within it.",
    mend: "Nothing, if that is so. One more order needs another contract, or a modification.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 100k }
    orders:
      - { order: PO-1, lot: 1, amount: EUR 100k }
`,
  },
  "L1-possible": {
    help: "More may be ordered than a ceiling has.",
    why: "Some orders may belong under the ceiling or elsewhere, or may have been placed by the day or later. With all of them it would be exceeded.",
    mend: "Give the orders their lots, suppliers and days.",
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
    why: "A quantity is a figure and the unit that is counted, read as strictly as an amount of money.",
    mend: "Write 2500 machines, 2,500 machines or 1250.5 hours; an amount of money is a ceiling.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, quantity: 2500 }
`,
  },
  "L4-units": {
    help: "Two units of a contract differ by a plural or an accent.",
    why: "Quantities of unlike units are never added up or compared, and nobody but the register says which are alike. Only capitals make no difference.",
    mend: "Write the unit in one way: machines, also of a single one.",
    reproducer: `contracts:
  - contract: harbour
    quantity: 2500 machines
    lots:
      - { lot: 1, quantity: 1 machine }
`,
  },
  "L1-breach": {
    help: "More is ordered than a ceiling has.",
    why: "A framework has no effect beyond its stated maximum (CJEU C-23/20, Simonsen & Weel). This is a number, and no verdict.",
    mend: "Check the orders. Where the ceiling was raised, record it under modifications.",
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
    why: "A contract with several lots has several ceilings, and so has a lot with one for each supplier. What is ordered under each lies between two figures then.",
    mend: "Name the lot, and the supplier where each has a ceiling of its own.",
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
    help: "Orders are placed with a supplier that holds no seat on the lot, or no longer.",
    why: "Only those who hold a lot can be ordered from under it. Such orders count for the lot and its contract, and for no supplier.",
    mend: "Correct the lot or the supplier; where a supplier followed another, record it under successions.",
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
    help: "Modifications reach a numeric threshold of the contract's regime.",
    why: "Under Directive 2014/24/EU art. 72 additional works and unforeseen circumstances may add 50 % each time, and small changes must stay below 10 % in all, for works 15 %. Other regimes have other numbers. What changes no ceiling counts against what the contracts were worth at first. They are facts and no verdicts: each article has more conditions.",
    mend: "Check the amounts, the ground and the regime. Where they are right, ignore the finding and give the justification as the reason.",
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
    help: "A ceiling was modified, and the contract does not say which rules it is under.",
    why: "The thresholds for modifications differ: 50 % each time or in all, or none. Without a regime nothing is held against them.",
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
    why: "Where no ceiling is stated, there is nothing that could grow or shrink, and every answer stays as it was.",
    mend: "State the ceiling as it was at first, or name the lot that is meant.",
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
