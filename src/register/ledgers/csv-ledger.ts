import { countLines, LINE_FEED, NO_BYTES } from "../../inputs/bytes.ts";
import { linesEndingIn, soundBlocks, type TextBlock, textOf } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import { beginningOf, findingOf } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { CsvRow, headingsIn } from "../../syntax/csv-row.ts";
import { CsvScan } from "../../syntax/csv-scan.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { OrderRows, wrong } from "./order-rows.ts";
import { LedgerBlock, PlainRow } from "./plain-row.ts";

import type { RowTally } from "./row-tally.ts";
import { findHead, type TableHead } from "./table-head.ts";

interface CsvHead extends TableHead {
  readonly separator: string;
  /** What follows the headings in their block. */
  readonly below: TextBlock;
}

/** Reads the headings, which are the first line of a block that is not blank; undefined, with findings, where that will not do. */
const readHead = (block: TextBlock, from: LedgerFile, findings: Finding[]): CsvHead | undefined => {
  const { text, firstLine } = block;
  const positionAt = positionsIn(text, from.file, firstLine);
  const start = text.lastIndexOf("\n", text.search(/\S/)) + 1;
  const { row, next, separator } = headingsIn(text, start);
  if (row.fields.some((heading) => heading.includes("\r"))) {
    const message = "the lines of this file end with carriage returns alone";
    findings.push(findingOf("F1", message, positionAt(0), "save it with line feeds"));
    return undefined;
  }
  const found = findHead(row, from, positionAt, findings);
  if (found === undefined) return undefined;
  const below = { text: text.slice(next), firstLine: firstLine + linesEndingIn(text, next) };
  return { ...found, separator, below };
};

const SEPARATOR_LINE = /^"?sep=.{1,2}"?\r?\n/i;

/** Passes over the line by which spreadsheets name the separator, and so many rows of titles. */
class Titles {
  #left: number;
  #isFirst = true;

  constructor(titles: number) {
    this.#left = titles;
  }

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
  findings.push(findingOf("F5", "the ledger is empty", beginningOf(file), "it needs headings"));
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

/** What quotes may hold; one that never closes would swallow the rest of the file. */
const MAX_ROW = 1 << 20;

const LAST_LINE_FEED = Buffer.from("\n");

/** A block that ends with a line feed, as the last one of a file may not. */
const ended = (block: Buffer): Buffer =>
  block.length === 0 || block[block.length - 1] === LINE_FEED ? block : Buffer.concat([block, LAST_LINE_FEED]);

class CsvRows {
  readonly #from: LedgerFile;
  readonly #findings: Finding[];
  readonly #scan: CsvScan;
  readonly #plain: PlainRow;
  readonly #row: CsvRow;
  readonly #orders: OrderRows;
  readonly #tally: RowTally | undefined;
  /** The beginning of a row whose quotes have not closed so far. */
  #rest = NO_BYTES;
  /** The line on which the next row begins. */
  #line: number;
  /** Whether nothing after what was read can be read, too. */
  stopped = false;

  constructor(head: CsvHead, from: LedgerFile, findings: Finding[], tally?: RowTally) {
    this.#from = from;
    this.#findings = findings;
    this.#scan = new CsvScan(head.separator, head.width);
    this.#plain = new PlainRow(head, from);
    this.#row = new CsvRow(head.separator);
    this.#orders = new OrderRows(head, from, findings);
    this.#tally = tally;
    this.#line = head.below.firstLine;
  }

  get line(): number {
    return this.#line + countLines(this.#rest);
  }

  /** The orders on the rows that end in a block of whole lines, but for those that were added up. */
  read(lines: Buffer): readonly Order[] {
    const bytes = ended(this.#rest.length === 0 ? lines : Buffer.concat([this.#rest, lines]));
    const block = new LedgerBlock(bytes);
    const orders: Order[] = [];
    let at = 0;
    for (let next: number | undefined; at < bytes.length; at = next) {
      next = this.#scan.read(bytes, at);
      if (next === undefined) break;
      if (this.#tally?.add(bytes, this.#plain, this.#scan) !== true) this.#read(block, at, next, orders);
      this.#line += this.#scan.lines;
    }
    this.#tally?.endOfBlock();
    this.#rest = at === bytes.length ? NO_BYTES : Buffer.from(bytes.subarray(at));
    if (this.#rest.length > MAX_ROW) this.finish();
    if (this.#orders.givesUp()) this.stopped = true;
    return orders;
  }

  #read(block: LedgerBlock, start: number, end: number, orders: Order[]): void {
    const order = this.#plain.take(block.bytes, this.#scan, true)
      ? this.#plain.order(block, this.#scan, this.#line, end)
      : this.#readText(block.text(start, end));
    if (order === undefined) return;
    this.#tally?.passed(order);
    orders.push(order);
  }

  #readText(text: string): Order | undefined {
    this.#row.read(text, 0);
    return this.#orders.read(this.#row, positionsIn(text, this.#from.file, this.#line));
  }

  finish(): void {
    if (this.#rest.length === 0) return;
    this.stopped = true;
    const text = this.#rest.toString();
    this.#row.read(text, 0);
    // The field that does not end is the one that was to come when the row was last read.
    const position = positionsIn(text, this.#from.file, this.#line)(this.#row.start(this.#row.width));
    this.#findings.push(
      wrong("the quote that opens here is never closed", "close it, or double a quote that is meant", position),
    );
  }
}
