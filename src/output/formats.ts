import { formatCsv, formatTsv } from "./delimited.ts";
import type { Format } from "./format.ts";
import { formatJson, formatNdjson } from "./json.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatMarkdownPassages, formatPassages } from "./passages.ts";
import { formatTable } from "./table.ts";
import { formatTimeline } from "./timeline.ts";
import { formatSvg } from "./timeline-svg.ts";

/** For people: a table, or a drawing or texts where the report has them. */
const formatForPeople: Format = (report, surface) => {
  if (report.drawing !== undefined) return formatTimeline(report, report.drawing, surface);
  return report.passage === undefined ? formatTable(report, surface) : formatPassages(report, report.passage, surface);
};

const formatAsMarkdown: Format = (report) =>
  report.passage === undefined ? formatMarkdown(report) : formatMarkdownPassages(report, report.passage);

/** Every way to show a report; the choices of `--format` are this list. */
export const FORMATS = {
  table: formatForPeople,
  json: formatJson,
  ndjson: formatNdjson,
  csv: formatCsv,
  tsv: formatTsv,
  markdown: formatAsMarkdown,
  svg: formatSvg,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);
