import { RULE_IDS, RULES, type RuleEntry, type RuleId, type Severity } from "../../model/rule.ts";
import { column, hidden, NOTHING_TO_ADD, type Passage, type Report, reportLater } from "../report.ts";

/** A rule, as the catalogue has it. */
export interface RuleRow extends RuleEntry {
  readonly rule: RuleId;
  readonly severity: Severity;
}

export const RULE_COLUMNS = [
  column.id<RuleRow>("rule", "Rule", "The id of the rule.", (row) => row.rule),
  column.text<RuleRow>("severity", "Severity", "error, warning or info.", (row) => row.severity),
  column.text<RuleRow>("help", "What it finds", "What is found, in one line.", (row) => row.help),
  hidden(column.text<RuleRow>("why", "Why", "Why it matters, and by which rule.", (row) => row.why)),
  hidden(column.text<RuleRow>("mend", "How to fix", "What to do about it.", (row) => row.mend)),
  hidden(
    column.text<RuleRow>("reproducer", "Reproducer", "A small input in which it is found.", (row) => row.reproducer),
  ),
] as const;

const passageOf = ({ rule, severity, help, why, mend, reproducer }: RuleRow): Passage => ({
  title: rule,
  remark: severity,
  paragraphs: [help, why, `How to fix: ${mend}`],
  example: reproducer,
});

/** Rules with what people can read of them; by default all. */
export const rules = (wanted: readonly RuleId[] = RULE_IDS): Report<RuleRow> =>
  reportLater(RULE_COLUMNS, async () => {
    const { CATALOGUE } = await import("./catalogue.ts");
    const rows = wanted.map((rule) => ({ rule, severity: RULES[rule], ...CATALOGUE[rule] }));
    return { rows, closing: NOTHING_TO_ADD };
  });

/** As {@link rules}, each told as a text with its example. */
export const explain = (wanted: readonly RuleId[]): Report<RuleRow> => ({
  ...rules(wanted),
  shape: { kind: "passages", passage: passageOf },
});
