import type { RuleEntries } from "../../model/rule.ts";

/** What can be wrong with the form of what is read, whatever it says. */
export const FORM_RULES = {
  F1: {
    help: "The file is not well-formed.",
    why: "A file that breaks the rules of YAML, JSON or XML can be understood in several ways, so lotbook chooses none of them. It reads YAML without anchors, aliases, tags and directives: every value is what is written.",
    mend: "Correct the place that is shown. Mistakes after the first one often only follow from it.",
    reproducer: `contracts:
  - contract: harbour
    title: "Harbour IT
    lots: [{ lot: 1 }]
`,
  },
  F2: {
    help: "A value has the wrong shape: a list instead of one value, or nothing at all.",
    why: "A value that is taken for something it was not meant to be gives a wrong answer.",
    mend: "Write the value as the hint says. If nothing is known, leave the key out.",
    reproducer: `contracts:
  - contract: harbour
    lots: { lot: 1 }
`,
  },
  F3: {
    help: "A key is unknown.",
    why: "If a misspelt key were skipped, so would be everything that it says.",
    mend: "Use the key that the hint names. Put your own remarks into note or tags.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - lot: 1
        cieling: EUR 1M
`,
  },
  F4: {
    help: "A key stands twice in one map.",
    why: "Only one of the two values could count, and nothing says which.",
    mend: "Keep one of them. Several sources of one fact are written as a map: ceiling: { notice: EUR 1M, minutes: EUR 1.1M }.",
    reproducer: `contracts:
  - contract: harbour
    title: Harbour IT
    title: Harbour
    lots: [{ lot: 1 }]
`,
  },
  F5: {
    help: "A record leaves out something that it must say.",
    why: "Nothing can refer to a record without an id, and a contract without lots has nothing to spend on.",
    mend: "Add what the hint shows.",
    reproducer: `contracts:
  - title: Harbour IT
    lots: [{ lot: 1 }]
`,
  },
  F6: {
    help: "A word is not one of those allowed here, or does not have the right form.",
    why: "Words such as a status or a country code have a meaning only as they are defined.",
    mend: "Use the word that the hint names, or the form that it shows.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, status: awrded }
`,
  },
  F7: {
    help: "Two records have the same id.",
    why: "Whatever names this id could mean either of them. Ids are compared exactly: 1, 01 and 1.10 are three ids (N5).",
    mend: "Give one of them another id, or remove the duplicate. The hint says where the other one is.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - lot: 1
      - lot: 1
`,
  },
  F8: {
    help: "A record names something that does not exist.",
    why: "Every supplier, source, lot or rule that is named must be declared in one of the files that are read together.",
    mend: "Use the name that the hint suggests, or declare what is missing.",
    reproducer: `suppliers:
  - { supplier: nordlicht, name: Nordlicht GmbH }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [nordlich] }
`,
  },
  F9: {
    help: "The file is not text that can be read safely.",
    why: "Bytes that are not UTF-8, control characters and very deep nesting are signs of the wrong file, or of a hostile one.",
    mend: "Save the file as UTF-8, and remove what is shown.",
    reproducer: `contracts:
  - contract: harbour
    title: "Harbour\\aIT"
    lots: [{ lot: 1 }]
`,
  },
  F10: {
    help: "An entry of ignore matches no finding.",
    why: "What it was written for has been fixed, or it names the wrong contract or supplier. One day it would hide something else.",
    mend: "Remove the entry, or correct what it names.",
    reproducer: `contracts:
  - contract: harbour
    term: 4 years
    lots: [{ lot: 1 }]
    ignore:
      - { rule: D2, reason: the notice justifies five years }
`,
  },
} satisfies Partial<RuleEntries>;

/** What can be wrong with amounts, dates and ids, and between the sources that state them. */
export const VALUE_RULES = {
  "N2-amount": {
    help: "A text is not an amount.",
    why: "Amounts are kept exactly, so they are read strictly: no exponent, no leading zero, thousands in groups of three.",
    mend: "Write EUR 10.2M, EUR 10,252,762.00 or 10252762.00 EUR, with k, M or bn; write withheld for a secret figure.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1e6 }
`,
  },
  "N2-currency": {
    help: "An amount has no currency, or one that does not exist.",
    why: "Different currencies are never added up (T7), so every amount says which one it is in.",
    mend: "Write an ISO 4217 code in capitals: EUR 10.2M.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: 10.2M }
`,
  },
  "N2-decimals": {
    help: "An amount has more decimals than its currency.",
    why: "The euro has two decimals, the yen none (ISO 4217). A third decimal is often a misplaced point.",
    mend: "Round the figure, or check the currency.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR 1.234 }
`,
  },
  "N2-negative": {
    help: "A ceiling or value is less than zero.",
    why: "Only orders and modifications can be negative: a credit or a reduction.",
    mend: "Write the amount without the sign. EUR 0 is a known zero.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, ceiling: EUR -1M }
`,
  },
  "N3-contradiction": {
    help: "Sources contradict each other about a fact.",
    why: "Two figures agree if the precise one gives the coarse one when it is rounded or cut off, as EUR 10,252,762.00 gives EUR 10.2M. Here it does not, so one of the sources is wrong, or they speak of different things.",
    mend: "Correct a figure that was copied wrongly. If both were copied correctly, put the source to believe first, and ignore the finding with a reason.",
    reproducer: `sources:
  - { source: notice, title: Award notice }
  - { source: minutes, title: Minutes }
contracts:
  - contract: harbour
    lots:
      - lot: 1
        ceiling: { notice: EUR 1.2M, minutes: EUR 1.4M }
`,
  },
  "N3-rounding": {
    help: "Sources state one figure with different precision.",
    why: "The precise figure gives the coarse one when it is rounded or cut off, so both can be true. The answer uses the source that is believed first.",
    mend: "Nothing to do.",
    reproducer: `sources:
  - { source: notice, title: Award notice }
  - { source: minutes, title: Minutes }
contracts:
  - contract: harbour
    lots:
      - lot: 1
        ceiling: { notice: "EUR 1,250,000.00", minutes: EUR 1.3M }
`,
  },
  "N4-date": {
    help: "A date does not exist.",
    why: "A day such as 30 February is refused, never rolled over to the next month.",
    mend: "Write 2015, 2015-12 or 2015-12-18, as precisely as you know it.",
    reproducer: `contracts:
  - contract: harbour
    awardDate: 2024-02-30
    lots: [{ lot: 1 }]
`,
  },
  "N5-id": {
    help: "A text cannot be an id.",
    why: "Ids are compared exactly. An id with a line break, or a space at its end, looks like another one.",
    mend: "Write the id on one line, without spaces around it. Names of queries may have letters, digits, - and _ only.",
    reproducer: `suppliers:
  - { supplier: "nordlicht ", name: Nordlicht GmbH }
`,
  },
  "N3-unsourced": {
    help: "A register declares sources, but states facts without one.",
    why: "Nobody can look up a figure without a source, and --prefer does not apply to it.",
    mend: "Say with source who states the record, or write the fact as a map: ceiling: { notice: EUR 1M }.",
    reproducer: `sources:
  - { source: notice, title: Award notice }
contracts:
  - contract: harbour
    source: notice
    lots: [{ lot: 1 }]
  - contract: masts
    buyer: Port of Example
    lots: [{ lot: 1 }]
`,
  },
  "N3-assumed": {
    help: "The answers about a contract rest on an assumption.",
    why: "A notice can leave open what its figures mean. lotbook then reads it in one way, and says in which way and by which rule.",
    mend: "Nothing to do. If you know better, write it into a register.",
    reproducer: `contracts:
  - contract: harbour
    lots: [{ lot: 1, ceiling: EUR 5M }, { lot: 2, ceiling: EUR 5M }]
    notes: [{ rule: T9, text: lots 1 and 2 have one ceiling each }]
`,
  },
  "N5-lookalike": {
    help: "A name has letters of another script that look like Latin ones.",
    why: "Nobody sees the difference, and nobody who types the name finds it. Names are compared exactly, so two that look alike are two names.",
    mend: "Write the name in one script. If two suppliers are one, keep one of them, with an alias.",
    reproducer: `suppliers:
  - { supplier: acme, name: \u0391cme Networks }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [acme] }
`,
  },
  "N5-hidden": {
    help: "A name or an id has invisible characters, or differs from another one only by them.",
    why: "Names and ids are compared exactly, so two that look the same are two: nobody sees the soft hyphen, the zero-width space or the change of direction in one of them. The joiners that Arabic letters, the scripts of India and emoji need are reported only if nothing else tells two names apart.",
    mend: "Write the name without them. If two suppliers are one, keep one of them, with an alias.",
    reproducer: `suppliers:
  - { supplier: acme, name: Acme Networks }
  - { supplier: acme2, name: "Acme\\u200b Networks" }
contracts:
  - contract: harbour
    lots:
      - { lot: 1, suppliers: [acme, acme2] }
`,
  },
} satisfies Partial<RuleEntries>;
