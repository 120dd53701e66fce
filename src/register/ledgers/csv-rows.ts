import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { CsvScan } from "../../syntax/csv-scan.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { CsvHead } from "./csv-head.ts";
import { LedgerBlock } from "./ledger-block.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { OrderRows, wrong } from "./order-rows.ts";
import { PlainRow } from "./plain-row.ts";
import type { RowTally } from "./row-tally.ts";

/** What quotes may hold; one that never closes would swallow the rest of the file. */
const MAX_ROW = 1 << 20;

const LINE_FEED = 10;
const NO_BYTES = Buffer.from("");
const LAST_LINE_FEED = Buffer.from("\n");

/** A block that ends with a line feed, as the last one of a file may not. */
const ended = (block: Buffer): Buffer =>
  block.length === 0 || block[block.length - 1] === LINE_FEED ? block : Buffer.concat([block, LAST_LINE_FEED]);

const linesIn = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) count++;
  return count;
};

/** The rows below the headings of a ledger in CSV. */
export class CsvRows {
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

  /** The line that follows what was read. */
  get line(): number {
    return this.#line + linesIn(this.#rest);
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

  /** Reads a row that was not added up. */
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

  /** Reports a row that does not end. */
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
