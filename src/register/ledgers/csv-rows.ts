import { linesEndingIn, type TextBlock } from "../../inputs/text-blocks.ts";
import type { Finding } from "../../model/errors.ts";
import type { Order } from "../../records/order.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { CsvHead } from "./csv-head.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { OrderRows, wrong } from "./order-rows.ts";

/** What quotes may hold; one that never closes would swallow the rest of the file. */
const MAX_ROW = 1 << 20;

/** The rows below the headings of a ledger in CSV. */
export class CsvRows {
  readonly #from: LedgerFile;
  readonly #findings: Finding[];
  readonly #row: CsvRow;
  readonly #orders: OrderRows;
  /** The beginning of a row whose quotes have not closed so far. */
  #rest: TextBlock = { text: "", firstLine: 1 };
  /** Whether nothing after what was read can be read, too. */
  stopped = false;

  constructor(head: CsvHead, from: LedgerFile, findings: Finding[]) {
    this.#from = from;
    this.#findings = findings;
    this.#row = new CsvRow(head.separator);
    this.#orders = new OrderRows(head, from, findings);
  }

  /** The orders on the rows that end in a block. */
  read(block: TextBlock): readonly Order[] {
    const text = this.#rest.text + block.text;
    const firstLine = this.#rest.text === "" ? block.firstLine : this.#rest.firstLine;
    const positionAt = positionsIn(text, this.#from.file, firstLine);
    const orders: Order[] = [];
    let at = 0;
    for (let next: number | undefined; at < text.length; at = next) {
      next = this.#row.read(text, at);
      if (next === undefined) break;
      const order = this.#orders.read(this.#row, positionAt);
      if (order !== undefined) orders.push(order);
    }
    this.#rest = { text: text.slice(at), firstLine: firstLine + linesEndingIn(text, at) };
    if (this.#rest.text.length > MAX_ROW) this.finish();
    if (this.#orders.givesUp()) this.stopped = true;
    return orders;
  }

  /** Reports a row that does not end. */
  finish(): void {
    const { text, firstLine } = this.#rest;
    if (text === "") return;
    this.stopped = true;
    // The field that does not end is the one that was to come when the row was last read.
    const field = this.#row.start(this.#row.width) - this.#row.start(0);
    const position = positionsIn(text, this.#from.file, firstLine)(field);
    this.#findings.push(
      wrong("the quote that opens here is never closed", "close it, or double a quote that is meant", position),
    );
  }
}
