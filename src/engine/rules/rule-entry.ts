import type { RuleId } from "../../model/rule.ts";

/** What people can read of a rule. */
export interface RuleEntry {
  /** What was found, in one line. */
  readonly help: string;
  /** Why it matters, and by which rule. */
  readonly why: string;
  readonly mend: string;
  /** A small input in which `check` finds it, among other things perhaps. */
  readonly reproducer: string;
}

export type RuleEntries = Readonly<Record<RuleId, RuleEntry>>;
