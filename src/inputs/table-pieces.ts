import { headingsIn } from "../syntax/csv-headings.ts";
import type { CsvRow } from "../syntax/csv-row.ts";
import type { Piece } from "./list-pieces.ts";

const LINE_FEED = 0x0a;
const NO_BYTES: Buffer = Buffer.from("");

/** Cuts chunks of a table in CSV between its rows: each piece is a table of its own, with the headings above. */
export class TablePieces {
  #headings = NO_BYTES;
  #row: CsvRow | undefined;
  #rest = NO_BYTES;
  /** The line on which that begins. */
  #line = 1;
  /** How long it must be before a row may have ended: looking anew at each chunk would cost the square of their number. */
  #lookAt = 0;

  /** How much is held that no piece was made of yet. */
  get held(): number {
    return this.#rest.length;
  }

  /** Whether any piece was made of rows. */
  get hasItems(): boolean {
    return this.#line > 1;
  }

  *add(chunk: Buffer): Generator<Piece> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (this.#rest.length < this.#lookAt) return;
    const end = this.#endOfRows(this.#rest.toString("latin1"));
    if (end > 0) yield this.#piece(end);
    this.#lookAt = 2 * this.#rest.length;
  }

  /** What is left; the whole of a table without rows. */
  *finish(): Generator<Piece> {
    if (this.#rest.length > 0 || this.#line === 1) yield this.#piece(this.#rest.length);
  }

  /** Where the last of the rows ends that are held whole, by bytes as by letters of Latin-1. */
  #endOfRows(text: string): number {
    let end = this.#row === undefined ? this.#readHeadings(text) : 0;
    if (this.#row === undefined) return 0;
    for (let next = rowEnd(this.#row, text, end); next !== undefined; next = rowEnd(this.#row, text, end)) end = next;
    return end;
  }

  #readHeadings(text: string): number {
    const { row, next, isEnded } = headingsIn(text);
    if (!isEnded) return 0;
    this.#row = row;
    this.#headings = Buffer.from(this.#rest.subarray(0, next));
    return next;
  }

  #piece(end: number): Piece {
    const isFirst = this.#line === 1;
    const [above, line] = isFirst ? [NO_BYTES, 1] : [this.#headings, this.#line - linesIn(this.#headings)];
    const rows = this.#rest.subarray(0, end);
    this.#rest = Buffer.from(this.#rest.subarray(end));
    this.#line += linesIn(rows);
    return { bytes: Buffer.concat([above, rows]), line, column: 1 };
  }
}

/** Where a row ends; undefined where it may go on. */
const rowEnd = (row: CsvRow, text: string, start: number): number | undefined => {
  const end = row.read(text, start);
  return end === undefined || text[end - 1] !== "\n" || end === start ? undefined : end;
};

const linesIn = (bytes: Buffer): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
};
