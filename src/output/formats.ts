import { formatCsv, formatTsv } from "./delimited.ts";
import type { Format } from "./format.ts";
import { formatJson, formatNdjson } from "./json.ts";
import { formatMarkdown } from "./markdown.ts";
import { formatTable } from "./table.ts";

/** Every way to show a report; the choices of `--format` are this list. */
export const FORMATS = {
  table: formatTable,
  json: formatJson,
  ndjson: formatNdjson,
  csv: formatCsv,
  tsv: formatTsv,
  markdown: formatMarkdown,
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS).filter((name): name is FormatName => name in FORMATS);
