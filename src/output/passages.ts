import type { Passage, Report } from "../engine/report.ts";
import type { Surface } from "./format.ts";
import { escapeLine, escapeMarkdown } from "./markdown.ts";
import { safeText } from "./safe-text.ts";
import { paragraph } from "./text-width.ts";

const plain = (text: string): string => text;
const linesOf = (text: string): readonly string[] => text.trimEnd().split("\n");

const textOf = ({ title, remark, paragraphs, example }: Passage, surface: Surface): string => {
  const { id, dim } = surface.style;
  const [first = "", ...rest] = paragraphs;
  const head = `${id(safeText(title))} ${dim(safeText(`(${remark})`))}\n${paragraph(first, surface, plain)}`;
  const body = rest.map((text) => `\n${paragraph(text, surface, plain)}`).join("");
  return `${head}${body}\n${linesOf(example)
    .map((line) => `    ${safeText(line)}\n`)
    .join("")}`;
};

const markdownOf = ({ title, remark, paragraphs, example }: Passage): string =>
  [
    `### ${escapeMarkdown(title)} (${escapeMarkdown(remark)})`,
    ...paragraphs.map(escapeLine),
    `\`\`\`yaml\n${linesOf(example).map(safeText).join("\n")}\n\`\`\``,
  ]
    .map((part) => `${part}\n`)
    .join("\n");

/** Each row as a text, with a blank line between two. */
async function* spaced<Row>({ batches }: Report<Row>, textOfRow: (row: Row) => string): AsyncGenerator<string> {
  let between = "";
  for await (const batch of batches) {
    for (const row of batch) {
      yield `${between}${textOfRow(row)}`;
      between = "\n";
    }
  }
}

export const formatPassages = <Row>(
  report: Report<Row>,
  passage: (row: Row) => Passage,
  surface: Surface,
): AsyncGenerator<string> => spaced(report, (row) => textOf(passage(row), surface));

/** As {@link formatPassages}, in Markdown: a heading, paragraphs, and the example as code. */
export const formatMarkdownPassages = <Row>(
  report: Report<Row>,
  passage: (row: Row) => Passage,
): AsyncGenerator<string> => spaced(report, (row) => markdownOf(passage(row)));
