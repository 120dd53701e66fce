import { MOST_FINDINGS, readNoFurther } from "../../inputs/text-blocks.ts";
import { scaledFigure } from "../../model/amount-unit.ts";
import { type Finding, findingOf, type Position } from "../../model/errors.ts";
import { isMoneyProblem, type Money, parseFigure, parseMoney } from "../../model/money.ts";
import { remembered } from "../../model/once.ts";
import { parsePartialDate } from "../../model/partial-date.ts";
import { plural } from "../../model/phrases.ts";
import { dayOfSerial, SERIAL_DAY } from "../../model/serial-day.ts";
import { ORDER_FIELDS, type Order, type OrderField } from "../../records/order.ts";
import type { FieldRow } from "../../syntax/csv-row.ts";
import { amountOf, figureOf, isAmbiguousFigure, isRemark, isTotalRow, mayHaveThousands } from "./dialect.ts";
import { decodeOrder, type LedgerFile } from "./ledger-order.ts";
import { NOWHERE, type TableHead } from "./table-head.ts";
import { dayOf, isAmbiguousDay } from "./written-day.ts";

/** The position of an offset, which is in the unit of {@link FieldRow.start}. */
type PositionAt = (offset: number) => Position;

const otherRow = (noOrder: NonNullable<Order["noOrder"]>, row: FieldRow, positionAt: PositionAt): Order => ({
  id: row.fields.find((field) => field !== "") ?? "",
  noOrder,
  position: () => positionAt(row.start(0)),
});

export const wrong = (message: string, hint: string, position: Position): Finding =>
  findingOf("F1", message, position, hint);

/**
 * Reads the rows below the headings of a ledger, in whatever kind of table. Most rows are as they should be and are
 * read the short way. Where anything about one is unusual, the codec of the register format reads it and says what is
 * wrong.
 */
export class OrderRows {
  readonly #head: TableHead;
  readonly #from: LedgerFile;
  readonly #findings: Finding[];
  readonly #most: number;
  readonly #date = remembered(parsePartialDate);
  /** Remembers lots, suppliers and buyers: they recur, and outlive the block that they stand in. */
  readonly #name = remembered((name) => name);

  constructor(head: TableHead, from: LedgerFile, findings: Finding[]) {
    this.#head = head;
    const currency = from.ledger.currency ?? head.unit.currency;
    this.#from = currency === undefined ? from : { ...from, ledger: { ...from.ledger, currency } };
    this.#findings = findings;
    this.#most = findings.length + MOST_FINDINGS;
  }

  /** The order on a row. Undefined where the row is blank, or is wrong, which is added to the findings. */
  read(row: FieldRow, positionAt: PositionAt): Order | undefined {
    return this.#readQuickly(row, positionAt) ?? this.#readExactly(row, positionAt);
  }

  /** Whether so much is wrong that nothing more is read. If so, a last finding says that. */
  givesUp(): boolean {
    if (this.#findings.length <= this.#most) return false;
    this.#findings.push(readNoFurther(this.#from.file));
    return true;
  }

  /** The order on the row. Undefined where the row is blank, wrong, or written in an unusual way. */
  #readQuickly(row: FieldRow, positionAt: PositionAt): Order | undefined {
    const { places, width } = this.#head;
    if (row.width !== width || row.stray !== undefined || places.quantity !== NOWHERE) return undefined;
    const { order, lot, supplier, buyer, description, declinedBy } = places;
    const id = row.field(order);
    const amount = this.#amount(row);
    const written = row.field(places.date);
    const date = written === "" ? undefined : this.#date(written);
    if (id === "" || amount === undefined || (written !== "" && date === undefined)) return undefined;
    const start = row.start(0);
    return {
      id,
      lot: this.#nameIn(row, lot),
      supplier: this.#nameIn(row, supplier),
      buyer: this.#nameIn(row, buyer),
      date,
      amount,
      description: row.field(description) || undefined,
      declinedBy: row.field(declinedBy) || undefined,
      position: () => positionAt(start),
    };
  }

  #nameIn(row: FieldRow, place: number): string | undefined {
    const written = row.field(place);
    return written === "" ? undefined : this.#name(written);
  }

  #amount(row: FieldRow): Money | undefined {
    const { ledger, vat } = this.#from;
    const written = row.field(this.#head.places.amount);
    const amount = this.#withCurrency(row, this.#inUnit(ledger.decimal === "," ? amountOf(written, ledger) : written));
    const named = row.field(this.#head.places.currency);
    const currency = named || ledger.currency;
    const figure = currency === undefined ? undefined : parseFigure(amount, currency);
    const money = figure === undefined || isMoneyProblem(figure) ? parseMoney(amount) : figure;
    if (isMoneyProblem(money) || (named !== "" && named !== money.currency)) return undefined;
    return vat === undefined ? money : { ...money, vat };
  }

  /**
   * A figure in the unit that the heading names. One that may have decimals or thousands stays as it is, and is
   * refused.
   */
  #inUnit(figure: string): string {
    const { scale } = this.#head.unit;
    if (scale === "") return figure;
    const scaled = scaledFigure(figure, scale);
    return isAmbiguousFigure(scaled, this.#from.ledger) ? figure : scaled;
  }

  /** A figure with the currency that the cell of a workbook shows beside its number. */
  #withCurrency(row: FieldRow, figure: string): string {
    const currency = row.currency?.(this.#head.places.amount);
    return currency === undefined || !/^-?\d/.test(figure) ? figure : `${currency} ${figure}`;
  }

  #readExactly(row: FieldRow, positionAt: PositionAt): Order | undefined {
    if (row.blank) return undefined;
    if (row.stray !== undefined) {
      const hint = "double a quote that is meant";
      return this.#report(wrong("nothing may follow a closing quote", hint, positionAt(row.stray)));
    }
    const noOrder = this.#kindOf(row);
    if (noOrder !== undefined) return otherRow(noOrder, row, positionAt);
    if (!this.#isWide(row)) {
      const message = `this row has ${plural(row.width, "field")}, and there are ${this.#head.width} headings`;
      const hint = "quote a field that has the separator in it, and leave out a row that is no order";
      return this.#report(wrong(message, hint, positionAt(row.start(0))));
    }
    const parts = this.#isNamelessTotal(row) ? this.#partsOfTotal(row) : this.#parts(row);
    const starts = new Map<string | number | undefined, number>(
      parts.map(([name]) => [name, row.start(this.#head.places[name])]),
    );
    const first = row.start(0);
    const origin = { locate: ([name]: readonly (string | number)[]) => positionAt(starts.get(name) ?? first) };
    const known = this.#findings.length;
    const order = decodeOrder(Object.fromEntries(parts), this.#from, origin, this.#findings);
    if (this.#findings.length > known) this.#tellOfNotation(row, known);
    return order;
  }

  /** What a row is that is no order: the headings once more, or a remark. Undefined for any other. */
  #kindOf({ fields }: FieldRow): Order["noOrder"] {
    const { headings, width } = this.#head;
    if (fields.length === headings.length && fields.every((field, index) => field === headings[index]))
      return "headings";
    return isRemark(fields, width) ? "remark" : undefined;
  }

  /**
   * Whether a row has a field for each heading. Some programs end rows with more separators, with nothing behind them.
   */
  #isWide({ width, fields }: FieldRow): boolean {
    const { width: columns } = this.#head;
    return width === columns || (width > columns && fields.slice(columns).every((field) => field === ""));
  }

  #parts(row: FieldRow): readonly (readonly [OrderField, string])[] {
    return ORDER_FIELDS.flatMap((name) => {
      const read = this.#inRegister(name, row.field(this.#head.places[name]), row);
      const value = name === "amount" ? this.#withCurrency(row, read) : read;
      return value === "" ? [] : [[name, value] as const];
    });
  }

  /** The parts of a total that has no id. */
  #partsOfTotal(row: FieldRow): readonly (readonly [OrderField, string])[] {
    const figures: readonly OrderField[] = ["amount", "currency", "quantity", "unit"];
    return [["order", "Total"], ...this.#parts(row).filter(([name]) => figures.includes(name))];
  }

  #inRegister(name: OrderField, written: string, row: FieldRow): string {
    const { ledger } = this.#from;
    if (name === "amount") {
      const amount = amountOf(written, ledger, row.field(this.#head.places.currency) || ledger.currency);
      return amount !== written && isAmbiguousFigure(amount, ledger) ? written : this.#inUnit(amount);
    }
    if (name === "quantity") return figureOf(written, ledger);
    return name === "date" ? dayOf(written, ledger) : written;
  }

  #isNamelessTotal(row: FieldRow): boolean {
    const { order, date } = this.#head.places;
    return row.field(order) === "" && row.field(date) === "" && isTotalRow(row.fields);
  }

  /** Adds to findings how to declare the notation of a day or a figure that is in doubt. */
  #tellOfNotation(row: FieldRow, from: number): void {
    for (const finding of this.#findings.splice(from)) {
      const hint = this.#hintOn(finding.rule, row);
      this.#findings.push(hint === undefined ? finding : { ...finding, hint });
    }
  }

  #hintOn(rule: Finding["rule"], row: FieldRow): string | undefined {
    if (rule === "N4-date") return this.#hintOnDay(row.field(this.#head.places.date));
    const mayHave = rule === "N2-decimals" && row.currency === undefined;
    return mayHave &&
      mayHaveThousands(this.#inRegister("amount", row.field(this.#head.places.amount), row), this.#from.ledger)
      ? 'if its point separates thousands, say so in the register: decimal: ","'
      : undefined;
  }

  #hintOnDay(written: string): string | undefined {
    const serial = SERIAL_DAY.test(written) ? dayOfSerial(written) : undefined;
    if (serial !== undefined)
      return `a spreadsheet keeps ${serial} as this number: format the column as dates, and save it again`;
    return isAmbiguousDay(written, this.#from.ledger)
      ? "say in the register how its days are written: dates: DD/MM/YYYY, or dates: MM/DD/YYYY"
      : undefined;
  }

  #report(finding: Finding): undefined {
    this.#findings.push(finding);
    return undefined;
  }
}
