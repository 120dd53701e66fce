/**
 * Rows of CSV are cut by a reader of their own, which is faster than libraries, says where each field stands, and is
 * held to csv-parse by a property. A row that is written as most are is taken from its bytes here. Any other, like the
 * rows of workbooks, is read by the codec of the register's orders, which then says what is wrong. Ids that occur twice
 * are found by hashes, some twenty bytes an order, and confirmed by reading once more.
 */

import { isAscii } from "node:buffer";
import { type Day, dateOfDay, dayNumber } from "../../model/calendar.ts";
import { minorUnitDigits } from "../../model/currency.ts";
import type { Money } from "../../model/money.ts";
import { daysInMonth } from "../../model/partial-date.ts";
import { type Order, UNDATED } from "../../records/order.ts";
import { fieldText } from "../../syntax/csv-row.ts";
import type { CsvScan } from "../../syntax/csv-scan.ts";
import { positionsIn } from "../../syntax/plain.ts";
import type { LedgerFile } from "./ledger-order.ts";
import { NOWHERE, type TableHead } from "./table-head.ts";

/** How many names to remember. Those that recur are met early. */
const MOST_NAMES = 1 << 14;
/** Twice as many slots as names, so that few names find their slot taken. */
const SLOTS = MOST_NAMES << 1;
/**
 * How many slots to search for a name. The limit keeps names that were made up to share a slot from slowing this down.
 */
const MOST_STEPS = 32;

const isAt = (known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean => {
  if (known.length !== end - start) return false;
  for (let index = 0; index < known.length; index++) if (known[index] !== bytes[start + index]) return false;
  return true;
};

/** The names in fields of a table. Each has a number by which it is recognised before any text is made of it. */
class ByteNames {
  readonly #slots = new Int32Array(SLOTS).fill(-1);
  readonly #written: Uint8Array[] = [];
  readonly #texts: (string | undefined)[] = [];

  /** The number of the name in a field, which lies between two offsets. Below 0 if there is no more room for names. */
  numberOf(bytes: Uint8Array, start: number, end: number): number {
    let hash = 0x811c9dc5;
    for (let index = start; index < end; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193);
    hash ^= hash >>> 15;
    for (let step = 0; step < MOST_STEPS; step++) {
      const slot = (hash + step) & (SLOTS - 1);
      const number = this.#slots[slot] ?? -1;
      const known = this.#written[number];
      if (known === undefined) return this.#add(slot, bytes.slice(start, end));
      if (isAt(known, bytes, start, end)) return number;
    }
    return -1;
  }

  /** The name that has a number. Undefined below 0, and for a field in which nothing stands. */
  textOf(number: number): string | undefined {
    return number < 0 ? undefined : this.#texts[number];
  }

  #add(slot: number, written: Uint8Array): number {
    const number = this.#written.length;
    if (number >= MOST_NAMES) return -1;
    this.#slots[slot] = number;
    this.#written.push(written);
    this.#texts.push(fieldText(Buffer.from(written).toString("utf8")) || undefined);
    return number;
  }
}

/** Whole lines of a ledger. Their texts are cut out of one text for all of them, which has a letter for each byte. */
export class LedgerBlock {
  readonly bytes: Buffer;
  #letters: string | undefined;
  #isAscii = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** The bytes as Latin-1. A character beyond ASCII becomes several letters here, all of them wrong. */
  get letters(): string {
    if (this.#letters !== undefined) return this.#letters;
    this.#letters = this.bytes.toString("latin1");
    this.#isAscii = isAscii(this.bytes);
    return this.#letters;
  }

  text(start: number, end: number): string {
    const letters = this.letters.slice(start, end);
    return this.#isAscii || !BEYOND_ASCII.test(letters) ? letters : Buffer.from(letters, "latin1").toString("utf8");
  }
}

const BEYOND_ASCII = /[\u0080-\u00ff]/;

const [SPACE, QUOTE, MINUS, COMMA, POINT, ZERO, NINE, DELETE] = [32, 34, 45, 44, 46, 48, 57, 127];

/**
 * The longest figure that is read here. With the four decimals that a currency has at most, it is still an exact
 * number, and so are sums of a few.
 */
const MOST_DIGITS = 11;

const MOST_DATES = 10_000;

const TENS = [1, 10, 100, 1000, 10_000];

const digitAt = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) - ZERO;

/** The number that digits make. Below 0 if anything but digits is among them. */
const numberAt = (bytes: Uint8Array, start: number, end: number): number => {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = digitAt(bytes, at);
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
};

/** The number of a day written as `2024-05-17`. Undefined for any other text, and for days that do not exist. */
const dayAt = (bytes: Uint8Array, start: number, end: number): number | undefined => {
  if (end - start !== 10 || bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return undefined;
  const year = numberAt(bytes, start, start + 4);
  const month = numberAt(bytes, start + 5, start + 7);
  const day = numberAt(bytes, start + 8, end);
  if (year < 1 || month < 1 || month > 12 || day < 1 || (day > 28 && day > daysInMonth(year, month))) return undefined;
  return dayNumber(year, month, day);
};

interface RowCurrency {
  readonly code: string;
  readonly digits: number;
}

/**
 * A row of a ledger in CSV that is written as most are, taken from its bytes: an id in plain letters, a day or none,
 * and digits with a decimal sign at most. Any other row is left to the readers of texts.
 */
export class PlainRow {
  readonly #head: TableHead;
  readonly #from: LedgerFile;
  readonly #point: number;
  readonly names: ByteNames;
  readonly #currencies: (RowCurrency | undefined)[] = [];
  readonly #usual: RowCurrency | undefined;
  /**
   * Whether rows state amounts and no quantities, in whole units of their currency rather than in thousands or the
   * like.
   */
  readonly #isUsual: boolean;
  readonly #dates = new Map<number, Day>();
  idStart = 0;
  idEnd = 0;
  /** The numbers of the lot, the supplier and the buyer among the names. Below 0 where the row does not name them. */
  lot = 0;
  supplier = 0;
  buyer = 0;
  /** The number of its day, or {@link UNDATED}. */
  day = UNDATED;
  /** The number of its currency among the names. Below 0 for the ledger's currency. */
  currency = 0;
  decimals = 0;
  minor = 0;
  #usable = true;

  constructor(head: TableHead, from: LedgerFile) {
    this.#head = head;
    this.#from = from;
    this.#point = from.ledger.decimal === "," ? COMMA : POINT;
    this.names = new ByteNames();
    this.#usual = this.#currencyOf(from.ledger.currency ?? head.unit.currency);
    this.#isUsual = head.places.quantity === NOWHERE && head.unit.scale === "";
  }

  #currencyOf(code: string | undefined): RowCurrency | undefined {
    const digits = code === undefined ? undefined : minorUnitDigits(code);
    return code === undefined || digits === undefined ? undefined : { code, digits };
  }

  /**
   * Takes a row, with its buyer where that matters. Returns false for one that is written in another way, or is wrong.
   */
  take(bytes: Uint8Array, scan: CsvScan, withBuyer: boolean): boolean {
    const { places, width } = this.#head;
    if (!this.#isUsual || scan.width !== width || scan.isStray) return false;
    this.#usable = true;
    this.lot = this.#nameIn(bytes, scan, places.lot);
    this.supplier = this.#nameIn(bytes, scan, places.supplier);
    this.buyer = withBuyer ? this.#nameIn(bytes, scan, places.buyer) : -1;
    this.currency = this.#nameIn(bytes, scan, places.currency);
    return this.#usable && this.#takeId(bytes, scan) && this.#takeDay(bytes, scan) && this.#takeAmount(bytes, scan);
  }

  #nameIn(bytes: Uint8Array, scan: CsvScan, place: number): number {
    const start = scan.start(place);
    const end = scan.end(place);
    if (start === end) return -1;
    const number = this.names.numberOf(bytes, start, end);
    if (number < 0) this.#usable = false;
    return number;
  }

  #takeId(bytes: Uint8Array, scan: CsvScan): boolean {
    const { order } = this.#head.places;
    const quotes = bytes[scan.start(order)] === QUOTE ? 1 : 0;
    const start = scan.start(order) + quotes;
    const end = scan.end(order) - quotes;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte <= SPACE || byte === QUOTE || byte >= DELETE) return false;
    }
    this.idStart = start;
    this.idEnd = end;
    return start < end;
  }

  #takeDay(bytes: Uint8Array, scan: CsvScan): boolean {
    const { date } = this.#head.places;
    const start = scan.start(date);
    const end = scan.end(date);
    const day = start === end ? UNDATED : dayAt(bytes, start, end);
    if (day !== undefined) this.day = day;
    return day !== undefined;
  }

  #takeAmount(bytes: Uint8Array, scan: CsvScan): boolean {
    const currency = this.#currency();
    if (currency === undefined) return false;
    const { amount } = this.#head.places;
    const quotes = bytes[scan.start(amount)] === QUOTE ? 1 : 0;
    const start = scan.start(amount) + quotes;
    const end = scan.end(amount) - quotes;
    const isNegative = bytes[start] === MINUS;
    return this.#takeFigure(bytes, isNegative ? start + 1 : start, end, isNegative, currency.digits);
  }

  /** Takes digits that begin with no needless zero, with at most as many decimals as the currency has. */
  #takeFigure(bytes: Uint8Array, start: number, end: number, isNegative: boolean, digits: number): boolean {
    let value = 0;
    let point = end;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= ZERO && byte <= NINE) value = value * 10 + byte - ZERO;
      else if (byte === this.#point && point === end) point = at;
      else return false;
    }
    const decimals = point === end ? 0 : end - point - 1;
    const isNeedless = bytes[start] === ZERO && point > start + 1;
    if (point === start || point === end - 1 || isNeedless || decimals > digits || end - start > MOST_DIGITS)
      return false;
    this.decimals = decimals;
    const minor = value * (TENS[digits - decimals] ?? 1);
    this.minor = isNegative && minor > 0 ? -minor : minor;
    return true;
  }

  #currency(): RowCurrency | undefined {
    if (this.currency < 0) return this.#usual;
    const known = this.#currencies[this.currency];
    if (known !== undefined) return known;
    const named = this.names.textOf(this.currency);
    const currency = named === undefined ? this.#usual : this.#currencyOf(named);
    this.#currencies[this.currency] = currency;
    return currency;
  }

  /** The amount on the row, or a number of minor units in the same currency. */
  money(minor = this.minor): Money | undefined {
    const currency = this.#currency();
    if (currency === undefined) return undefined;
    const { vat } = this.#from;
    const money = { minor: BigInt(minor), currency: currency.code, precision: 0 - this.decimals };
    return vat === undefined ? money : { ...money, vat };
  }

  /** The order on the row, which must have been taken with its buyer. */
  order(block: LedgerBlock, scan: CsvScan, line: number, end: number): Order {
    const { description, declinedBy } = this.#head.places;
    const { file } = this.#from;
    const begin = scan.start(0);
    return {
      id: block.letters.slice(this.idStart, this.idEnd),
      lot: this.names.textOf(this.lot),
      supplier: this.names.textOf(this.supplier),
      buyer: this.names.textOf(this.buyer),
      date: this.day === UNDATED ? undefined : this.#date(this.day),
      amount: this.money(),
      description: fieldText(block.text(scan.start(description), scan.end(description))) || undefined,
      declinedBy: fieldText(block.text(scan.start(declinedBy), scan.end(declinedBy))) || undefined,
      position: () => positionsIn(block.text(begin, end), file, line)(0),
    };
  }

  #date(day: number): Day {
    const known = this.#dates.get(day);
    if (known !== undefined) return known;
    const date = dateOfDay(day);
    if (this.#dates.size < MOST_DATES) this.#dates.set(day, date);
    return date;
  }
}
