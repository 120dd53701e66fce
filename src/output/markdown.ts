import type { Report, Summary } from "../engine/report.ts";
import { formatMoney } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import { safeText } from "./safe-text.ts";
import { visibleColumns } from "./visible-columns.ts";

/**
 * What GitHub makes a link of, a mention, a reference or an emoji, and finds in the text that it has shown already, where
 * no backslash protects it: addresses with and without a scheme, e-mail, `@name`, `#1`, `GH-1`, hashes of commits, `:name:`.
 */
const LINKED =
  /@[a-z0-9]|:\/\/|www\.|(?:mailto|xmpp):|#\d|(?<![a-z0-9])(?:gh-\d|(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![a-z0-9]))|:(?:[+-]1|(?=\w*[a-z])[\w+-]{1,64}):/i;

/** Words, so far as code can hold them as they are. */
const WORD = /[^\s`|\\<>]+/g;

const escapeWord = (word: string): string =>
  word
    .replace(/[*_[\]~#]/g, "\\$&")
    .replaceAll("&", "&amp;")
    // GitHub looks for formulas before it looks for backslashes.
    .replaceAll("$", "&#36;");

const escapeMark = (mark: string): string =>
  mark
    .replace(/[\\|`]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** A text that Markdown shows as it is; what would become a link or a mention stands in it as code. */
export const escapeMarkdown = (text: string): string => {
  const safe = safeText(text);
  let escaped = "";
  let end = 0;
  for (const { 0: word, index } of safe.matchAll(WORD)) {
    escaped += escapeMark(safe.slice(end, index)) + (LINKED.test(word) ? `\`${word}\`` : escapeWord(word));
    end = index + word.length;
  }
  return escaped + escapeMark(safe.slice(end));
};

/** A text on a line of its own, which begins no list, heading or command to a log, whatever it begins with. */
export const escapeLine = (text: string): string =>
  escapeMarkdown(text.trimStart())
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");

const summaryLine = ({ label, amounts, remark }: Summary): string =>
  `**${escapeMarkdown(label)}**: ${amounts.map(formatMoney).join(", ")}${remark === undefined ? "" : ` (${escapeMarkdown(remark)})`}`;

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
  for (const summary of summaries) if (summary.amounts.length > 0) yield `\n${summaryLine(summary)}\n`;
  for (const note of notes) yield `\n${escapeLine(note)}\n`;
}
