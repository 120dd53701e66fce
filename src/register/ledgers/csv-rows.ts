import { MOST_FINDINGS, readNoFurther } from "../../inputs/most-findings.ts";
import { linesEndingIn, type TextBlock } from "../../inputs/text-blocks.ts";
import type { Finding, Position } from "../../model/errors.ts";
import { isMoneyProblem, type Money, parseFigure, parseMoney } from "../../model/money.ts";
import { parsePartialDate } from "../../model/partial-date.ts";
import { ORDER_FIELDS, type Order, type OrderField } from "../../records/order.ts";
import { remembered } from "../../records/remembered.ts";
import { CsvRow } from "../../syntax/csv-row.ts";
import { positionsIn } from "../../syntax/plain.ts";
import { type CsvHead, NOWHERE } from "./csv-head.ts";
import { dayOf, figureOf, isAmbiguousDay, isTotalRow } from "./dialect.ts";
import { decodeOrder, type LedgerFile } from "./ledger-order.ts";

/** What quotes may hold; one that never closes would swallow the rest of the file. */
const MAX_ROW = 1 << 20;

type PositionAt = (offset: number) => Position;

const wrong = (message: string, hint: string, position: Position): Finding => ({
  rule: "F1",
  severity: "error",
  message,
  hint,
  position,
});

/**
 * The rows below the headings of a ledger in CSV. Most rows are as they should be and are read the short way; where
 * anything about one is unusual, the codec of the register format reads it and says what is wrong.
 */
export class CsvRows {
  readonly #head: CsvHead;
  readonly #from: LedgerFile;
  readonly #findings: Finding[];
  readonly #row: CsvRow;
  readonly #most: number;
  readonly #date = remembered(parsePartialDate);
  /** Lots, suppliers and buyers recur, and outlive the block that they stand in. */
  readonly #name = remembered((name) => name);
  /** The beginning of a row whose quotes have not closed so far. */
  #rest: TextBlock = { text: "", firstLine: 1 };
  /** Whether nothing after what was read can be read, too. */
  stopped = false;

  constructor(head: CsvHead, from: LedgerFile, findings: Finding[]) {
    this.#head = head;
    this.#from = from;
    this.#findings = findings;
    this.#row = new CsvRow(head.separator);
    this.#most = findings.length + MOST_FINDINGS;
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
      const order = this.#readQuickly(positionAt) ?? this.#readExactly(positionAt);
      if (order !== undefined) orders.push(order);
    }
    this.#rest = { text: text.slice(at), firstLine: firstLine + linesEndingIn(text, at) };
    if (this.#rest.text.length > MAX_ROW) this.finish();
    if (this.#findings.length > this.#most) this.#giveUp();
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

  #giveUp(): void {
    this.stopped = true;
    this.#findings.push(readNoFurther(this.#from.file));
  }

  /** The order on the row; undefined where the row is blank, wrong, or written in an unusual way. */
  #readQuickly(positionAt: PositionAt): Order | undefined {
    const row = this.#row;
    const { places, width } = this.#head;
    if (row.width !== width || row.stray !== undefined || places.quantity !== NOWHERE) return undefined;
    const { order, lot, supplier, buyer, description, declinedBy } = places;
    const id = row.field(order);
    const amount = this.#amount();
    const written = row.field(places.date);
    const date = written === "" ? undefined : this.#date(written);
    if (id === "" || amount === undefined || (written !== "" && date === undefined)) return undefined;
    const start = row.start(0);
    return {
      id,
      lot: this.#nameIn(lot),
      supplier: this.#nameIn(supplier),
      buyer: this.#nameIn(buyer),
      date,
      amount,
      description: row.field(description) || undefined,
      declinedBy: row.field(declinedBy) || undefined,
      position: () => positionAt(start),
    };
  }

  #nameIn(place: number): string | undefined {
    const written = this.#row.field(place);
    return written === "" ? undefined : this.#name(written);
  }

  #amount(): Money | undefined {
    const { ledger, vat } = this.#from;
    const written = this.#row.field(this.#head.places.amount);
    const amount = ledger.decimal === "," ? figureOf(written, ledger) : written;
    const named = this.#row.field(this.#head.places.currency);
    const currency = named || ledger.currency;
    const figure = currency === undefined ? undefined : parseFigure(amount, currency);
    const money = figure === undefined || isMoneyProblem(figure) ? parseMoney(amount) : figure;
    if (isMoneyProblem(money) || (named !== "" && named !== money.currency)) return undefined;
    return vat === undefined ? money : { ...money, vat };
  }

  #readExactly(positionAt: PositionAt): Order | undefined {
    const row = this.#row;
    if (row.blank) return undefined;
    if (row.stray !== undefined) {
      const hint = "double a quote that is meant";
      return this.#report(wrong("nothing may follow a closing quote", hint, positionAt(row.stray)));
    }
    if (row.width !== this.#head.width) {
      const message = `this row has ${row.width} fields, and there are ${this.#head.width} headings`;
      const hint = "quote a field that has the separator in it";
      return this.#report(wrong(message, hint, positionAt(row.start(0))));
    }
    const parts = this.#isNamelessTotal() ? this.#partsOfTotal() : this.#parts();
    const starts = new Map<string | number | undefined, number>(
      parts.map(([name]) => [name, row.start(this.#head.places[name])]),
    );
    const first = row.start(0);
    const origin = { locate: ([name]: readonly (string | number)[]) => positionAt(starts.get(name) ?? first) };
    const known = this.#findings.length;
    const order = decodeOrder(Object.fromEntries(parts), this.#from, origin, this.#findings);
    if (this.#findings.length > known) this.#tellOfNotation(known);
    return order;
  }

  #parts(): readonly (readonly [OrderField, string])[] {
    return ORDER_FIELDS.flatMap((name) => {
      const value = this.#inRegister(name, this.#row.field(this.#head.places[name]));
      return value === "" ? [] : [[name, value] as const];
    });
  }

  /** What a row of a total says that has no id. */
  #partsOfTotal(): readonly (readonly [OrderField, string])[] {
    const figures: readonly OrderField[] = ["amount", "currency", "quantity", "unit"];
    return [["order", "Total"], ...this.#parts().filter(([name]) => figures.includes(name))];
  }

  /** A field in the notation of registers. */
  #inRegister(name: OrderField, written: string): string {
    const { ledger } = this.#from;
    if (name === "amount" || name === "quantity") return figureOf(written, ledger);
    return name === "date" ? dayOf(written, ledger) : written;
  }

  #isNamelessTotal(): boolean {
    const { order, date } = this.#head.places;
    return this.#row.field(order) === "" && this.#row.field(date) === "" && isTotalRow(this.#row.fields);
  }

  /** Says how to declare the notation of days that are in doubt. */
  #tellOfNotation(from: number): void {
    if (!isAmbiguousDay(this.#row.field(this.#head.places.date), this.#from.ledger)) return;
    const hint = "say in the register how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY";
    for (const [index, finding] of this.#findings.entries())
      if (index >= from && finding.rule === "N4-date") this.#findings[index] = { ...finding, hint };
  }

  #report(finding: Finding): undefined {
    this.#findings.push(finding);
    return undefined;
  }
}
