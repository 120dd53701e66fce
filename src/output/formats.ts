import type { Report } from "../engine/report.ts";
import type { Format, Piece, Surface, TextFormat } from "./format.ts";

/**
 * A format that is loaded only when it is used: loading all of them at the start would take longer than most answers.
 */
const later = (load: () => Promise<TextFormat>): TextFormat =>
  async function* (report, surface) {
    yield* (await load())(report, surface);
  };

/** The same for a format that does not depend on the surface. */
const anywhere = (load: () => Promise<<Row>(report: Report<Row>) => AsyncIterable<string>>) =>
  async function* <Row>(report: Report<Row>): AsyncGenerator<string> {
    yield* (await load())(report);
  };

const shaped = async <Row>(report: Report<Row>, surface: Surface): Promise<AsyncIterable<string>> => {
  const { shape } = report;
  switch (shape?.kind) {
    case "drawing":
      return (await import("./timeline.ts")).formatTimeline(report, shape, surface);
    case "passages":
      return (await import("./findings.ts")).formatPassages(report, shape.passage, surface);
    case "findings":
      return (await import("./findings.ts")).formatFindings(report, shape.finding, surface);
    default:
      return (await import("./table.ts")).formatTable(report, surface);
  }
};

/** The format for people. Their terminal may be the log of a build server, so no line may be a command to it. */
async function* formatForPeople<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> {
  const { safeLines } = await import("./safe-text.ts");
  for await (const text of await shaped(report, surface)) yield safeLines(text);
}

async function* formatAsMarkdown<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { shape } = report;
  if (shape?.kind === "passages") {
    const { formatMarkdownPassages } = await import("./findings.ts");
    yield* formatMarkdownPassages(report, shape.passage);
  } else {
    const { formatMarkdown } = await import("./markdown.ts");
    yield* formatMarkdown(report);
  }
}

/** The picture of an answer that has a shape of its own, or a part of a whole in each row. */
async function* formatSvg<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { pictureOf } = await import("./picture.ts");
  yield await pictureOf(report);
}

async function* formatWorkbook<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<Piece> {
  const { formatXlsx } = await import("./xlsx.ts");
  yield* formatXlsx(report, surface);
}

/** Every way to show a report; the choices of `--format` are this list. */
export const FORMATS = {
  table: formatForPeople,
  json: anywhere(async () => (await import("./json.ts")).formatJson),
  ndjson: anywhere(async () => (await import("./json.ts")).formatNdjson),
  csv: later(async () => (await import("./delimited.ts")).formatCsv),
  tsv: later(async () => (await import("./delimited.ts")).formatTsv),
  xlsx: formatWorkbook,
  markdown: formatAsMarkdown,
  html: anywhere(async () => (await import("./html-page.ts")).formatHtml),
  ics: anywhere(async () => (await import("./calendar.ts")).formatIcs),
  svg: formatSvg,
  github: anywhere(async () => (await import("./findings.ts")).formatGithub),
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);
