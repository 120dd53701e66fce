/// <reference path="../../texts.d.ts" />
import PAGE from "../../../docs/rules.md?raw";

export interface RuleEntry {
  readonly help: string;
  /** Why it matters, and by which rule. */
  readonly why: string;
  readonly mend: string;
  /** A small input in which `check` finds it, perhaps among other things. */
  readonly reproducer: string;
}

const ENTRY = /^### (\S+) \(\w+\)\n\n(.+)\n\n(.+)\n\nHow to fix: (.+)\n\n```yaml\n((?:.*\n)*?)```$/gm;

/** What the manual says of every rule. It is long, and loaded only where it is read. */
export const CATALOGUE: ReadonlyMap<string, RuleEntry> = new Map(
  Array.from(PAGE.matchAll(ENTRY), ([, rule = "", help = "", why = "", mend = "", reproducer = ""]) => [
    rule,
    { help, why, mend, reproducer },
  ]),
);
