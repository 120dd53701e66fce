export const SEVERITIES = ["error", "warning", "info"] as const;

/** An error is certainly wrong. A warning probably is, or must be justified. An info is worth knowing. */
export type Severity = (typeof SEVERITIES)[number];

/**
 * Every finding that lotbook can report, by its id, with its severity. Ids never change. F1 to F10 are about the form
 * of what is read. Every other id begins with the rule of the domain that it watches over: T4-child belongs to T4.
 */
export const RULES = {
  F1: "error",
  F2: "error",
  F3: "error",
  F4: "error",
  F5: "error",
  F6: "error",
  F7: "error",
  F8: "error",
  F9: "error",
  F10: "info",
  "N2-amount": "error",
  "N2-currency": "error",
  "N2-decimals": "error",
  "N2-negative": "error",
  "N3-contradiction": "warning",
  "N3-rounding": "info",
  "N3-unsourced": "info",
  "N3-assumed": "info",
  "N4-date": "error",
  "N5-id": "error",
  "N5-lookalike": "warning",
  "N5-hidden": "warning",
  "T2-alias": "error",
  "T2-merger": "error",
  "T2-near": "warning",
  "T2-legal": "warning",
  "T2-count": "warning",
  "T2-agrees": "info",
  "T2-names": "info",
  "T2-unused": "info",
  "T3-both": "error",
  "T4-child": "error",
  "T4-sum": "warning",
  "T4-agrees": "info",
  "T4-untotalled": "info",
  "T4-offers": "warning",
  "T4-awarded": "warning",
  "T4-estimate": "warning",
  "T7-ceilings": "warning",
  "T7-modification": "error",
  "T7-order": "warning",
  "T10-declared": "warning",
  "T10-reference": "warning",
  "T11-circle": "warning",
  "T11-unknown": "warning",
  "D1-term": "error",
  "D1-decision": "error",
  "T9-uncertain": "warning",
  "D1-maximum": "warning",
  "D1-begin": "warning",
  "D1-end": "warning",
  "D1-renewals": "error",
  "D1-sequence": "warning",
  "D1-late": "warning",
  "D1-order": "warning",
  "D1-reversed": "warning",
  "D1-undecided": "warning",
  "D1-modification": "warning",
  "D2-length": "warning",
  "D2-justified": "info",
  "L1-maximum": "info",
  "L1-buyer": "warning",
  "L1-breach": "warning",
  "L1-unplaced": "warning",
  "L1-seat": "warning",
  "L1-total": "warning",
  "L1-exhausted": "info",
  "L1-possible": "warning",
  "L2-below": "error",
  "L2-threshold": "warning",
  "L2-regime": "info",
  "L2-idle": "warning",
  "L4-quantity": "error",
  "L4-units": "warning",
  "L5-split": "warning",
  "L5-cascade": "warning",
  "E5-reestimate": "warning",
} as const satisfies Readonly<Record<string, Severity>>;

export type RuleId = keyof typeof RULES;

export const RULE_IDS = Object.keys(RULES).filter((id): id is RuleId => id in RULES);

/** The rule of the domain that an id belongs to: T4 for T4-child; F1 for F1. */
export const domainOf = (id: RuleId): string => id.replace(/-.*/, "");

/**
 * The ids that a name stands for. An id stands for itself, and a rule of the domain for all ids that belong to it.
 * Empty for any other word.
 */
export const rulesNamed = (name: string): readonly RuleId[] =>
  RULE_IDS.filter((id) => id === name || domainOf(id) === name);

/** Whether a rule reports that figures agree, which is nothing wrong. */
export const tellsOfAgreement = (rule: RuleId): boolean => rule.endsWith("-agrees");
