import { type Money, unitOf } from "../../model/money.ts";
import type { Order, OrderTally } from "../../records/order.ts";
import type { CsvScan } from "../../syntax/csv-scan.ts";
import { mayBeginTotal, saysTotal } from "./dialect.ts";
import type { OrderIds } from "./order-ids.ts";
import type { PlainRow } from "./plain-row.ts";
import type { TotalRows } from "./total-rows.ts";

/** A sum of numbers beyond this is handed on before it can become inexact. */
const MOST_EXACT = 2 ** 52;

/** How many pairs of names to remember. Those that recur are met early. */
const MOST_PLACES = 1 << 15;

/** Numbers for what names stand for, by the number of the name plus one. The first is for rows without a name. */
type Numbers = (number | undefined)[];

/** The sum of the rows in one measure since it was last handed on. */
interface Measured {
  readonly number: number;
  readonly unit: string;
  minor: number;
}

const isTotal = (bytes: Buffer, { idStart, idEnd }: PlainRow): boolean =>
  mayBeginTotal(bytes[idStart] ?? 0, bytes[idStart + 1] ?? 0) && saysTotal(bytes.toString("latin1", idStart, idEnd));

/**
 * Adds up the rows of a ledger that need not be looked at one by one. They still count for totals and for repeated ids.
 */
export class RowTally {
  readonly #tally: OrderTally;
  readonly #tellsBuyers: boolean;
  readonly #ids: OrderIds;
  readonly #totals: TotalRows;
  readonly #places: (Numbers | undefined)[] = [];
  #known = 0;
  readonly #buyers: Numbers = [];
  /** By the number of the currency plus one, then by decimals. */
  readonly #measures: ((Measured | undefined)[] | undefined)[] = [];
  readonly #met: Measured[] = [];
  /**
   * Whether a row of this block may be a total. It is compared with the rows above it only, so the rows below it are
   * not added up here until the block ends.
   */
  #isBelowTotal = false;

  constructor(tally: OrderTally, ids: OrderIds, totals: TotalRows) {
    this.#tally = tally;
    this.#tellsBuyers = tally.tellsBuyers;
    this.#ids = ids;
    this.#totals = totals;
  }

  /** Adds a row. Returns false if it must be looked at by itself. */
  add(bytes: Buffer, row: PlainRow, scan: CsvScan): boolean {
    if (this.#isBelowTotal || !row.take(bytes, scan, this.#tellsBuyers) || isTotal(bytes, row)) return false;
    const place = this.#placeOf(row);
    const buyer = this.#buyerOf(row);
    const measure = this.#measureOf(row);
    if (place < 0 || buyer < 0 || measure === undefined) return false;
    if (!this.#tally.add(place, buyer, measure.number, row.day, row.minor)) return false;
    this.#ids.addRow(bytes, row.idStart, row.idEnd);
    measure.minor += row.minor;
    if (measure.minor > MOST_EXACT || measure.minor < -MOST_EXACT) this.#settle(measure);
    return true;
  }

  /** Hands on the sums of the rows, before anybody looks at the others of the block. */
  endOfBlock(): void {
    this.#isBelowTotal = false;
    this.#ids.endOfBlock();
    for (const measure of this.#met) this.#settle(measure);
  }

  #settle(measure: Measured): void {
    if (measure.minor === 0) return;
    this.#totals.add(measure.unit, BigInt(measure.minor));
    measure.minor = 0;
  }

  passed({ id }: Order): void {
    if (saysTotal(id)) this.#isBelowTotal = true;
  }

  #placeOf({ lot, supplier, names }: PlainRow): number {
    const bySupplier = this.#places[lot + 1] ?? [];
    const known = bySupplier[supplier + 1];
    if (known !== undefined) return known;
    if (this.#known++ > MOST_PLACES) return -1;
    const place = this.#tally.placeOf(names.textOf(lot), names.textOf(supplier));
    this.#places[lot + 1] = bySupplier;
    bySupplier[supplier + 1] = place;
    return place;
  }

  #buyerOf({ buyer, names }: PlainRow): number {
    const known = this.#buyers[buyer + 1];
    if (known !== undefined) return known;
    const number = this.#tally.buyerOf(names.textOf(buyer));
    this.#buyers[buyer + 1] = number;
    return number;
  }

  #measureOf(row: PlainRow): Measured | undefined {
    const byDecimals = this.#measures[row.currency + 1];
    const known = byDecimals?.[row.decimals];
    return known ?? this.#measure(row, row.money(0));
  }

  #measure({ currency, decimals }: PlainRow, like: Money | undefined): Measured | undefined {
    const number = like === undefined ? -1 : this.#tally.measureOf(like);
    if (like === undefined || number < 0) return undefined;
    const measure = { number, unit: unitOf(like), minor: 0 };
    const byDecimals = this.#measures[currency + 1] ?? [];
    this.#measures[currency + 1] = byDecimals;
    byDecimals[decimals] = measure;
    this.#met.push(measure);
    return measure;
  }
}
