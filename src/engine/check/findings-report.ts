import { type Finding, placeOf } from "../../model/errors.ts";
import { plural } from "../../model/phrases.ts";
import { SEVERITIES } from "../../model/rule.ts";
import { type Column, column, hidden, type Report, reportLater } from "../report.ts";
import type { Checked } from "./check.ts";

export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  column.text("severity", "error, warning or info."),
  column.id("rule", "The id of the rule."),
  column.text("message", "What was found.", "Finding"),
  column.text("at", "file:line:column.", ({ position }) => position && placeOf(position)),
  hidden(column.text("file", "The file.", (row) => row.position?.file)),
  hidden(column.count("line", "The number of its line, from 1.", (row) => row.position?.line)),
  hidden(column.count("column", "Its place in the line, from 1.", (row) => row.position?.column)),
  hidden(column.text("hint", "What to do about it.")),
];

const countsOf = (findings: readonly Finding[]): string => {
  const counts = SEVERITIES.map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => plural(count, severity))
    .join(", ");
};

const notesOn = ({ findings, ignored }: Checked): readonly string[] => [
  findings.length === 0 ? "Nothing was found." : `Found: ${countsOf(findings)}.`,
  ...(ignored === 0 ? [] : [`Ignored, as the register says: ${plural(ignored, "finding")}.`]),
];

export const findingsReport = (checked: Checked): Report<Finding> => ({
  ...reportLater(FINDING_COLUMNS, async () => {
    const rows = [...checked.findings].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    return { rows, closing: { summaries: [], notes: notesOn(checked) } };
  }),
  shape: { kind: "findings", finding: (row) => row },
});
