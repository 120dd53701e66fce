import { formatCsv, formatTsv } from "./delimited.ts";
import type { Format } from "./format.ts";
import { formatJson, formatNdjson } from "./json.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatTable } from "./table.ts";
import { formatTimeline } from "./timeline.ts";
import { formatSvg } from "./timeline-svg.ts";

/** For people: a table, or a drawing where the report has one. */
const formatForPeople: Format = (report, surface) =>
  report.drawing === undefined ? formatTable(report, surface) : formatTimeline(report, report.drawing, surface);

/** Every way to show a report; the choices of `--format` are this list. */
export const FORMATS = {
  table: formatForPeople,
  json: formatJson,
  ndjson: formatNdjson,
  csv: formatCsv,
  tsv: formatTsv,
  markdown: formatMarkdown,
  svg: formatSvg,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);
