import { linesEndingIn, soundBlocks, type TextBlock, textOf } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { readHead } from "./csv-head.ts";
import { CsvRows } from "./csv-rows.ts";
import type { LedgerFile } from "./ledger-order.ts";
import type { RowTally } from "./row-tally.ts";

const SEPARATOR_LINE = /^"?sep=.{1,2}"?\r?\n/i;

/** Passes over the line by which spreadsheets name the separator, and so many rows of titles. */
class Titles {
  #left: number;
  #isFirst = true;

  constructor(titles: number) {
    this.#left = titles;
  }

  /** What follows them in the next block. */
  below({ text, firstLine }: TextBlock): TextBlock {
    let start = this.#isFirst ? (SEPARATOR_LINE.exec(text)?.[0].length ?? 0) : 0;
    this.#isFirst = false;
    while (this.#left > 0 && start < text.length) {
      const end = text.indexOf("\n", start);
      start = end === -1 ? text.length : end + 1;
      this.#left--;
    }
    return { text: text.slice(start), firstLine: firstLine + linesEndingIn(text, start) };
  }
}

export const isEmptyLedger = ({ file }: LedgerFile, findings: Finding[]): void => {
  const position = { file, line: 1, column: 1, text: "" };
  findings.push({ rule: "F5", severity: "error", message: "the ledger is empty", hint: "it needs headings", position });
};

/** The orders of a ledger in CSV, some at a time, but for those that were added up. What is wrong with it is added to the findings. */
export function* readCsvLedger(
  chunks: Iterable<Buffer>,
  from: LedgerFile,
  findings: Finding[],
  tally?: RowTally,
): Generator<readonly Order[]> {
  const before = findings.length;
  const titles = new Titles(Number(from.ledger.skip ?? 0));
  let rows: CsvRows | undefined;
  let firstLine = 1;
  for (const block of soundBlocks(chunks, from.file, findings, () => rows?.line ?? firstLine)) {
    if (rows !== undefined) yield rows.read(block);
    else {
      const text = textOf(block, firstLine);
      const below = titles.below({ text, firstLine });
      if (below.text.trim() !== "") {
        const head = readHead(below, from, findings);
        if (head === undefined) return;
        rows = new CsvRows(head, from, findings, tally);
        yield rows.read(Buffer.from(head.below.text));
      }
      firstLine += linesEndingIn(text);
    }
    if (rows?.stopped) return;
  }
  if (rows !== undefined) return rows.finish();
  if (findings.length > before) return;
  isEmptyLedger(from, findings);
}
