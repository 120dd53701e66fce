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

export async function* formatPassages<Row>(
  report: Report<Row>,
  passage: (row: Row) => Passage,
  surface: Surface,
): AsyncGenerator<string> {
  let between = "";
  for await (const batch of report.batches) {
    for (const row of batch) {
      yield `${between}${textOf(passage(row), surface)}`;
      between = "\n";
    }
  }
}

const markdownOf = ({ title, remark, paragraphs, example }: Passage): string =>
  [
    `### ${escapeMarkdown(title)} (${escapeMarkdown(remark)})`,
    ...paragraphs.map(escapeLine),
    `\`\`\`yaml\n${linesOf(example).map(safeText).join("\n")}\n\`\`\``,
  ]
    .map((part) => `${part}\n`)
    .join("\n");

/** As {@link formatPassages}, in Markdown: a heading, paragraphs, and the example as code. */
export async function* formatMarkdownPassages<Row>(
  report: Report<Row>,
  passage: (row: Row) => Passage,
): AsyncGenerator<string> {
  let between = "";
  for await (const batch of report.batches) {
    for (const row of batch) {
      yield `${between}${markdownOf(passage(row))}`;
      between = "\n";
    }
  }
}
