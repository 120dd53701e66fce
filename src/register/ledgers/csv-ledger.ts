import { linesEndingIn, type TextBlock } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { readHead } from "./csv-head.ts";
import { CsvRows } from "./csv-rows.ts";
import type { LedgerFile } from "./ledger-order.ts";

const SEPARATOR_LINE = /^"?sep=.{1,2}"?\r?\n/i;

/** What follows the line by which spreadsheets name the separator, and so many rows of titles. */
function* belowTitles(blocks: Iterable<TextBlock>, titles: number): Generator<TextBlock> {
  let left = titles;
  let isFirst = true;
  for (const { text, firstLine } of blocks) {
    let start = isFirst ? (SEPARATOR_LINE.exec(text)?.[0].length ?? 0) : 0;
    isFirst = false;
    while (left > 0 && start < text.length) {
      const end = text.indexOf("\n", start);
      start = end === -1 ? text.length : end + 1;
      left--;
    }
    yield start === 0
      ? { text, firstLine }
      : { text: text.slice(start), firstLine: firstLine + linesEndingIn(text, start) };
  }
}

export const isEmptyLedger = ({ file }: LedgerFile, findings: Finding[]): void => {
  const position = { file, line: 1, column: 1, text: "" };
  findings.push({ rule: "F5", severity: "error", message: "the ledger is empty", hint: "it needs headings", position });
};

/** The orders of a ledger in CSV, some at a time. What is wrong with it is added to the findings. */
export function* readCsvLedger(
  blocks: Iterable<TextBlock>,
  from: LedgerFile,
  findings: Finding[],
): Generator<readonly Order[]> {
  const before = findings.length;
  let rows: CsvRows | undefined;
  for (const block of belowTitles(blocks, Number(from.ledger.skip ?? 0))) {
    if (rows !== undefined) yield rows.read(block);
    else if (block.text.trim() !== "") {
      const head = readHead(block, from, findings);
      if (head === undefined) return;
      rows = new CsvRows(head, from, findings);
      yield rows.read(head.below);
    }
    if (rows?.stopped) return;
  }
  if (rows !== undefined) return rows.finish();
  if (findings.length > before) return;
  isEmptyLedger(from, findings);
}
