import type { RuleEntries } from "./rule-entry.ts";

/** What can be wrong with the form of what is read, whatever it says. */
export const FORM_RULES = {
  F1: {
    help: "The file is not well-formed.",
    why: "A file that breaks the rules of YAML, JSON or XML can be understood in several ways, so none is chosen. YAML is read without anchors, aliases, tags and directives: every value is what is written.",
    mend: "Mend the place that is shown. What follows the first mistake is often only its echo.",
    reproducer: `contracts:
  - contract: harbour
    title: "Harbour IT
    lots: [{ lot: 1 }]
`,
  },
  F2: {
    help: "A value has the wrong shape: a list where one value is expected, nothing where something is.",
    why: "A value that is read as something else than was meant gives a wrong answer.",
    mend: "Write the value as the hint says. Leave the key out where nothing is known.",
    reproducer: `contracts:
  - contract: harbour
    lots: { lot: 1 }
`,
  },
  F3: {
    help: "A key is not known here.",
    why: "A misspelt key would be passed over, and with it what it says.",
    mend: "Take the key that the hint names. Remarks of your own go into note or tags.",
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
    help: "Something that a record must say is missing.",
    why: "Nothing can refer to a record without an id, and a contract without lots has nothing to be spent on.",
    mend: "Add what the hint shows.",
    reproducer: `contracts:
  - title: Harbour IT
    lots: [{ lot: 1 }]
`,
  },
  F6: {
    help: "A word is not one of those that are allowed here, or has not the right form.",
    why: "Words such as a status or a country code mean something only as they are defined.",
    mend: "Take the word that the hint names, or the form that it shows.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - { lot: 1, status: awrded }
`,
  },
  F7: {
    help: "Two records have the same id.",
    why: "What names this id could mean either of them. Ids are compared exactly: 1, 01 and 1.10 are three ids (N5).",
    mend: "Give one of them another id, or remove the one that stands there twice. The hint says where the other one is.",
    reproducer: `contracts:
  - contract: harbour
    lots:
      - lot: 1
      - lot: 1
`,
  },
  F8: {
    help: "Something is named that does not exist.",
    why: "A supplier, source, lot or rule that is named must be declared in one of the files that are read together.",
    mend: "Take the name that the hint suggests, or declare what is missing.",
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
    why: "Bytes that are not UTF-8, control characters and very deep nesting are signs of a wrong or a hostile file.",
    mend: "Save the file as UTF-8, and remove what is shown.",
    reproducer: `contracts:
  - contract: harbour
    title: "Harbour\\aIT"
    lots: [{ lot: 1 }]
`,
  },
  F10: {
    help: "An entry of ignore ignores nothing.",
    why: "What it was written for has been mended, or it names another contract or supplier than was meant. One day it would hide something else.",
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
