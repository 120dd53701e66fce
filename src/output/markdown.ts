import type { Column, Report, Summary } from "../engine/report.ts";
import { formatMoney } from "../model/money.ts";
import { cellLines, isNumeric } from "./cell-text.ts";
import { safeText } from "./safe-text.ts";
import { visibleColumns } from "./visible-columns.ts";

/**
 * What GitHub turns into a link, a mention, a reference or an emoji. It looks for these in the text as shown, where no
 * backslash protects them: addresses with and without a scheme, e-mail, `@name`, `#1`, `GH-1`, hashes of commits,
 * `:name:`.
 */
const LINKED =
  /@[a-z0-9]|:\/\/|www\.|(?:mailto|xmpp):|#\d|(?<![a-z0-9])(?:gh-\d|(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![a-z0-9]))|:(?:[+-]1|(?=\w*[a-z])[\w+-]{1,64}):/i;

/** Words made of characters that code can hold as they are. */
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

/** A text escaped so that Markdown shows it as it is. What would become a link or a mention is put in code. */
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

/** A text for a line of its own, escaped so that it begins no list, heading or command to a log. */
export const escapeLine = (text: string): string =>
  escapeMarkdown(text.trimStart())
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2");

const summaryLine = ({ label, amounts, remark }: Summary): string =>
  `**${escapeMarkdown(label)}**: ${amounts.map(formatMoney).join(", ")}${remark === undefined ? "" : ` (${escapeMarkdown(remark)})`}`;

const headOf = <Row>(columns: readonly Column<Row>[]): string =>
  `| ${columns.map(({ title, name }) => escapeMarkdown(title === "" ? name : title)).join(" | ")} |
| ${columns.map(({ type }) => (isNumeric(type) ? "--:" : "---")).join(" | ")} |
`;

const rowOf = <Row>(columns: readonly Column<Row>[], row: Row): string =>
  `| ${columns.map(({ cell }) => cellLines(cell(row)).map(escapeMarkdown).join(", ")).join(" | ")} |\n`;

/**
 * A table in GitHub's Markdown, with its totals and notes as lines of text below. Without rows there are only these
 * lines.
 */
export async function* formatMarkdown<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { closing, summarised = () => false } = report;
  const { columns, batches } = await visibleColumns(report);
  let above = "";
  for await (const batch of batches) {
    const rows = batch.filter((row) => !summarised(row));
    if (rows.length === 0) continue;
    yield (above === "" ? headOf(columns) : "") + rows.map((row) => rowOf(columns, row)).join("");
    above = "\n";
  }
  const { summaries, notes } = closing();
  const totals = summaries.filter(({ amounts }) => amounts.length > 0).map(summaryLine);
  for (const line of [...totals, ...notes.map(escapeLine)]) {
    yield `${above}${line}\n`;
    above = "\n";
  }
}
