import { RULE_IDS, RULES, type RuleId, type Severity } from "../../model/rule.ts";
import { type Column, column, hidden, NOTHING_TO_ADD, type Passage, type Report, reportLater } from "../report.ts";
import type { RuleEntry } from "./catalogue.ts";

export interface RuleRow extends RuleEntry {
  readonly rule: RuleId;
  readonly severity: Severity;
}

export const RULE_COLUMNS: readonly Column<RuleRow>[] = [
  column.id("rule", "The id of the rule."),
  column.text("severity", "error, warning or info."),
  column.text("help", "What is found, in one line.", "What it finds"),
  hidden(column.text("why", "Why it matters, and by which rule.")),
  hidden(column.text("mend", "What to do about it.", "How to fix")),
  hidden(column.text("reproducer", "A small input in which it is found.")),
];

const passageOf = ({ rule, severity, help, why, mend, reproducer }: RuleRow): Passage => ({
  title: rule,
  remark: severity,
  paragraphs: [help, why, `How to fix: ${mend}`],
  example: reproducer,
});

/** Rules with what the manual says of them. All rules by default. */
export const rules = (wanted: readonly RuleId[] = RULE_IDS): Report<RuleRow> =>
  reportLater(RULE_COLUMNS, async () => {
    const { CATALOGUE } = await import("./catalogue.ts");
    const rows = wanted.flatMap((rule) => {
      const entry = CATALOGUE.get(rule);
      return entry === undefined ? [] : [{ rule, severity: RULES[rule], ...entry }];
    });
    return { rows, closing: NOTHING_TO_ADD };
  });

/** As {@link rules}, each shown as a text with its example. */
export const explain = (wanted: readonly RuleId[]): Report<RuleRow> => ({
  ...rules(wanted),
  shape: { kind: "passages", passage: passageOf },
});
