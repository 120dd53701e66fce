import type { Report } from "../engine/report.ts";
import { formatCsv, formatTsv } from "./delimited.ts";
import { formatFindings } from "./findings.ts";
import type { Format, Piece, Surface, TextFormat } from "./format.ts";
import { formatGithub } from "./github.ts";
import { formatJson, formatNdjson } from "./json.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatMarkdownPassages, formatPassages } from "./passages.ts";
import { safeLines } from "./safe-text.ts";
import { formatTable } from "./table.ts";
import { formatTimeline } from "./timeline.ts";

/** For people, whose terminal may be the log of a build server: no line is a command to it. */
async function* formatForPeople<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<string> {
  for await (const text of formatByShape(report, surface)) yield safeLines(text);
}

/** A table, or what the report's shape asks for. */
const formatByShape: TextFormat = (report, surface) => {
  const { shape } = report;
  switch (shape?.kind) {
    case "drawing":
      return formatTimeline(report, shape, surface);
    case "passages":
      return formatPassages(report, shape.passage, surface);
    case "findings":
      return formatFindings(report, shape.finding, surface);
    default:
      return formatTable(report, surface);
  }
};

const formatAsMarkdown: TextFormat = (report) =>
  report.shape?.kind === "passages" ? formatMarkdownPassages(report, report.shape.passage) : formatMarkdown(report);

/** Pictures of what has a shape of its own, or a part of a whole in each row; they are loaded for themselves alone. */
async function* formatSvg<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { pictureOf } = await import("./picture.ts");
  yield await pictureOf(report);
}

/** What writes workbooks is loaded for them alone. */
async function* formatWorkbook<Row>(report: Report<Row>, surface: Surface): AsyncGenerator<Piece> {
  const { formatXlsx } = await import("./xlsx.ts");
  yield* formatXlsx(report, surface);
}

/** A page that a browser shows. */
async function* formatPage<Row>(report: Report<Row>): AsyncGenerator<string> {
  const { formatHtml } = await import("./html.ts");
  yield* formatHtml(report);
}

/** Every way to show a report; the choices of `--format` are this list. */
export const FORMATS = {
  table: formatForPeople,
  json: formatJson,
  ndjson: formatNdjson,
  csv: formatCsv,
  tsv: formatTsv,
  xlsx: formatWorkbook,
  markdown: formatAsMarkdown,
  html: formatPage,
  svg: formatSvg,
  github: formatGithub,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);
