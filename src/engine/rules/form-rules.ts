import type { RuleEntries } from "./rule-entry.ts";

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
