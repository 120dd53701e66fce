/**
 * A text stands in a store once. Where a record says exactly what the tables of lots and seats say of its contract, it
 * has only a mark. Marks are control characters, which JSON never contains as they are. Rows are in reading order, as
 * records are, so each table need be read only once, and no more than a part of it is held.
 */

import { escapeHidden } from "../../model/hidden-characters.ts";
import { groupThousands } from "../../model/phrases.ts";
import { BETWEEN_TEXTS } from "../../model/stored-table.ts";

export const MARK = {
  contract: "\u0001",
  supplier: "\u0002",
  lot: "\u0003",
  title: "\u0004",
  service: "\u0005",
  deployment: "\u0006",
  /** A ceiling with all its decimals, and one in whole units of its currency. */
  exactCeiling: "\u0007",
  wholeCeiling: "\u000e",
} as const;

const MARKS = /[\u0001-\u0007\u000e]/g;

export type SharedTable = "lot" | "seat";

/** The columns that are shared, and those that are needed to write their texts. */
export const SHARED_COLUMNS: Readonly<Record<SharedTable, readonly string[]>> = {
  lot: ["lot", "title", "service", "deployment", "ceiling", "ceiling_currency", "ceiling_digits"],
  seat: ["supplier"],
};

/**
 * The values of a contract's rows, one row after the other, each in the order of its columns. A missing value is empty.
 */
export interface SharedTexts {
  readonly lots: readonly string[];
  readonly suppliers: readonly string[];
}

export const lotsIn = ({ lots }: SharedTexts): number => lots.length / SHARED_COLUMNS.lot.length;

/** The columns of a lot that hold the texts for which marks stand. */
const PLACES: Readonly<Record<string, number>> = {
  [MARK.lot]: 0,
  [MARK.title]: 1,
  [MARK.service]: 2,
  [MARK.deployment]: 3,
  [MARK.exactCeiling]: 4,
  [MARK.wholeCeiling]: 4,
};

/** The text that a mark stands for in a lot; undefined if there is no such lot. */
export const lotTextOf = (mark: string, { lots }: SharedTexts, lot: number): string | undefined => {
  const at = lot * SHARED_COLUMNS.lot.length + (PLACES[mark] ?? 0);
  const value = lots[at];
  if (value === undefined || (mark !== MARK.exactCeiling && mark !== MARK.wholeCeiling)) return value;
  return ceilingText(value, lots[at + 1] ?? "", Number(lots[at + 2]), mark === MARK.wholeCeiling);
};

const ceilingText = (minor: string, currency: string, digits: number, isWhole: boolean): string => {
  const padded = minor.padStart(digits + 1, "0");
  const whole = padded.slice(0, padded.length - digits);
  const decimals = isWhole || digits === 0 ? "" : `.${padded.slice(padded.length - digits)}`;
  return `${currency} ${groupThousands(whole)}${decimals}`;
};

/** A record with the texts that its marks stand for. Undefined if there are fewer or more texts than marks. */
export const restoredText = (marked: string, contract: string, shared: SharedTexts): string | undefined => {
  const { suppliers } = shared;
  let isThere = true;
  let [lot, supplier] = [-1, 0];
  const textOf = (mark: string): string | undefined => {
    if (mark === MARK.supplier) return suppliers[supplier++];
    if (mark === MARK.contract) return contract;
    if (mark === MARK.lot) lot++;
    return lotTextOf(mark, shared, lot);
  };
  const text = marked.replace(MARKS, (mark) => {
    const value = textOf(mark);
    isThere &&= value !== undefined;
    return JSON.stringify(value ?? "");
  });
  const areAllTaken = (lot === -1 || lot === lotsIn(shared) - 1) && (supplier === 0 || supplier === suppliers.length);
  return isThere && areAllTaken ? escapeHidden(text) : undefined;
};

/** Whether a record has marks. If it has any, its lots have some. */
export const isMarked = (text: string): boolean => text.includes(MARK.lot);

/**
 * The SQL for rows of a shared table as one text, which has the contract of each row and its shared columns. This is
 * read in a third of the time that a value each takes.
 */
export const sharedRowsSql = (table: SharedTable): string => {
  const between = `chr(${BETWEEN_TEXTS.charCodeAt(0)})`;
  const texts = SHARED_COLUMNS[table].map((column) => `coalesce(CAST(${column} AS VARCHAR), '')`);
  return `string_agg(concat_ws(${between}, contract, ${texts.join(", ")}), ${between})`;
};

type Texts = AsyncIterator<readonly (readonly unknown[])[]>;

/** The rows of a shared table, contract after contract. They come as texts, each of any number of whole rows. */
class ContractRows {
  readonly #texts: Texts;
  readonly #width: number;
  #text = "";
  #at = 0;
  /** The next text, which is asked for while the one before is taken apart. */
  #coming: ReturnType<Texts["next"]> | undefined;

  constructor(texts: Texts, table: SharedTable) {
    this.#texts = texts;
    this.#width = SHARED_COLUMNS[table].length;
  }

  /** Whether there is another row. Reads on until it is at hand. */
  async #isMore(): Promise<boolean> {
    while (this.#at >= this.#text.length) {
      const { done, value } = await (this.#coming ?? this.#texts.next());
      if (done) return false;
      this.#coming = this.#texts.next();
      // An error is thrown when this is awaited.
      this.#coming.catch(() => {});
      const [[text] = []] = value;
      [this.#text, this.#at] = [typeof text === "string" ? text : "", 0];
    }
    return true;
  }

  #next(): string {
    const found = this.#text.indexOf(BETWEEN_TEXTS, this.#at);
    const end = found === -1 ? this.#text.length : found;
    const value = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return value;
  }

  /** The values of a contract's rows, one row after the other. Empty if the contract is not the next one. */
  async of(contract: string): Promise<readonly string[]> {
    const values: string[] = [];
    const beginning = contract + BETWEEN_TEXTS;
    while (await this.#isMore()) {
      // Most rows are at hand. Awaiting each would take longer than everything else.
      while (this.#text.startsWith(beginning, this.#at)) {
        this.#at += beginning.length;
        for (let column = 0; column < this.#width; column++) values.push(this.#next());
      }
      if (this.#at < this.#text.length) break;
    }
    return values;
  }

  /** Passes over the rows before those of a contract. */
  async goTo(contract: string): Promise<void> {
    const beginning = contract + BETWEEN_TEXTS;
    while (await this.#isMore()) {
      while (this.#at < this.#text.length && !this.#text.startsWith(beginning, this.#at))
        for (let column = 0; column <= this.#width; column++) this.#next();
      if (this.#at < this.#text.length) return;
    }
  }

  async close(): Promise<void> {
    await this.#texts.return?.();
  }
}

/** Reads both shared tables, in the order of their contracts. */
export class SharedRows {
  readonly #lots: ContractRows;
  readonly #seats: ContractRows;

  constructor(texts: (table: SharedTable) => AsyncIterable<readonly (readonly unknown[])[]>) {
    this.#lots = new ContractRows(texts("lot")[Symbol.asyncIterator](), "lot");
    this.#seats = new ContractRows(texts("seat")[Symbol.asyncIterator](), "seat");
  }

  /** What the tables say of a contract, if it is the next one of which they say anything. */
  async of(contract: string): Promise<SharedTexts> {
    return { lots: await this.#lots.of(contract), suppliers: await this.#seats.of(contract) };
  }

  /** A record with its texts; undefined if the tables do not have them. */
  async restored(record: string, contract: string): Promise<string | undefined> {
    if (!isMarked(record)) return record;
    await this.#lots.goTo(contract);
    if (record.includes(MARK.supplier)) await this.#seats.goTo(contract);
    return restoredText(record, contract, await this.of(contract));
  }

  async close(): Promise<void> {
    await this.#lots.close();
    await this.#seats.close();
  }
}
