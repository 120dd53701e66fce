import { linesEndingIn, type TextBlock } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { findHead, type TableHead } from "./table-head.ts";

/** What the headings of a ledger in CSV say of its rows. */
export interface CsvHead extends TableHead {
  readonly separator: string;
  /** What follows the headings in their block. */
  readonly below: TextBlock;
}

const SEPARATORS = [",", ";", "\t", "|"] as const;

/** The headings, divided by the separator that gives the most of them. */
const readHeadings = (
  text: string,
  start: number,
): { readonly row: CsvRow; readonly next: number; separator: string } => {
  const read = SEPARATORS.map((separator) => {
    const row = new CsvRow(separator);
    return { separator, row, next: row.read(text, start) ?? text.length };
  });
  return read.reduce((best, other) => (other.row.width > best.row.width ? other : best));
};

/** Reads the headings, which are the first line of a block that is not blank; undefined, with findings, where that will not do. */
export const readHead = (block: TextBlock, from: LedgerFile, findings: Finding[]): CsvHead | undefined => {
  const { text, firstLine } = block;
  const positionAt = positionsIn(text, from.file, firstLine);
  const start = text.lastIndexOf("\n", text.search(/\S/)) + 1;
  const { row, next, separator } = readHeadings(text, start);
  if (row.fields.some((heading) => heading.includes("\r"))) {
    const message = "the lines of this file end with carriage returns alone";
    findings.push({ rule: "F1", severity: "error", message, hint: "save it with line feeds", position: positionAt(0) });
    return undefined;
  }
  const found = findHead(row, from, positionAt, findings);
  if (found === undefined) return undefined;
  const below = { text: text.slice(next), firstLine: firstLine + linesEndingIn(text, next) };
  return { ...found, separator, below };
};
