import type { Report } from "../engine/report.ts";
import { formatMoney } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import { safeText } from "./safe-text.ts";
import { visibleColumns } from "./visible-columns.ts";

/** A text that Markdown shows as it is. */
export const escapeMarkdown = (text: string): string =>
  safeText(text)
    .replace(/[\\|`*_[\]]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** A table in GitHub's Markdown, with what people see below it as lines of text. */
export async function* formatMarkdown<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { closing, summarised = () => false } = report;
  const { columns, batches } = await visibleColumns(report);
  yield `| ${columns.map(({ title, name }) => escapeMarkdown(title === "" ? name : title)).join(" | ")} |\n`;
  yield `| ${columns.map(({ type }) => (isNumeric(type) ? "--:" : "---")).join(" | ")} |\n`;
  for await (const batch of batches) {
    let text = "";
    for (const row of batch) {
      if (summarised(row)) continue;
      text += `| ${columns.map(({ cell }) => cellLines(cell(row)).map(escapeMarkdown).join(", ")).join(" | ")} |\n`;
    }
    yield text;
  }
  const { summaries, notes } = closing();
  for (const { label, amounts, remark } of summaries) {
    if (amounts.length === 0) continue;
    yield `\n**${label}**: ${amounts.map(formatMoney).join(", ")}${remark === undefined ? "" : ` (${remark})`}\n`;
  }
  for (const note of notes) yield `\n${escapeMarkdown(note)}\n`;
}
