import type { Passage, Report } from "../engine/report.ts";
import { type Finding, placeOf, UsageError } from "../model/errors.ts";
import type { Severity } from "../model/rule.ts";
import { excerpt } from "./error-text.ts";
import type { Style, Surface } from "./format.ts";
import { escapeLine, escapeMarkdown } from "./markdown.ts";
import { safeText } from "./safe-text.ts";
import { loadMeasure, type Measure, paragraph, wrap } from "./text-width.ts";

const INDENT = "  ";

const styleOf = (severity: Severity, style: Style): ((text: string) => string) =>
  ({ error: style.error, warning: style.warning, info: (text: string) => text })[severity];

/** A finding as a compiler writes it: its place, what was found, the line with a caret, and what to do. */
const findingText = (finding: Finding, { style, width }: Surface, measure: Measure): string => {
  const { rule, severity, message, hint, position } = finding;
  const where = position === undefined ? "" : `${placeOf(position)}: `;
  const head = safeText(`${where}${severity}: ${message} [${rule}]`);
  const set = styleOf(severity, style);
  const indented = (text: string): string => INDENT + style.dim(text);
  const lines = wrap(head, width ?? Number.POSITIVE_INFINITY, measure).map((line) => `${set(line)}\n`);
  const shown = position === undefined ? "" : excerpt(position.text, position.column, measure, width);
  const advice =
    hint === undefined ? "" : paragraph(`hint: ${hint}`, { width: width && width - INDENT.length }, indented);
  return `${lines.join("")}${shown}${advice}`;
};

/** The findings of a report, each with its line, and what they amount to. */
export async function* formatFindings<Row>(
  report: Report<Row>,
  findingOf: (row: Row) => Finding,
  surface: Surface,
): AsyncGenerator<string> {
  const measure = await loadMeasure();
  for await (const batch of report.batches)
    yield batch.map((row) => findingText(findingOf(row), surface, measure)).join("");
  for (const note of report.closing().notes) yield paragraph(note, surface, surface.style.heading);
}

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "notice" };

const escapeData = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** A workflow command of GitHub Actions, which shows the finding beside the line of a pull request. */
const annotationOf = ({ rule, severity, message, hint, position }: Finding): string => {
  const place = position === undefined ? {} : { file: position.file, line: position.line, col: position.column };
  const properties = Object.entries({ ...place, title: rule })
    .map(([name, value]) => `${name}=${escapeProperty(safeText(String(value)))}`)
    .join(",");
  const text = [message, ...(hint === undefined ? [] : [hint])].map(safeText).join("\n");
  return `::${COMMANDS[severity]} ${properties}::${escapeData(text)}\n`;
};

export async function* formatGithub<Row>({ shape, batches }: Report<Row>): AsyncGenerator<string> {
  if (shape?.kind !== "findings") {
    throw new UsageError(
      "this answer has no findings to annotate",
      "lotbook check --format github does, without --fields",
    );
  }
  for await (const batch of batches) yield batch.map((row) => annotationOf(shape.finding(row))).join("");
}

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

/** Like {@link formatPassages}, in Markdown: a heading, paragraphs, and the example as code. */
export const formatMarkdownPassages = <Row>(
  report: Report<Row>,
  passage: (row: Row) => Passage,
): AsyncGenerator<string> => spaced(report, (row) => markdownOf(passage(row)));
