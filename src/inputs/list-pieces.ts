/**
 * A list is read item by item. Long JSON is cut at the items of its outermost lists, and where one text follows
 * another. Tables are cut between rows. The pieces are texts that say the same at the same places, which a property
 * test holds, and are read as any other text. So a package of releases takes the memory of its notices, not that of its
 * text.
 */

import { isAscii } from "node:buffer";
import { type CsvRow, headingsIn } from "../syntax/csv-row.ts";
import { countLines, LINE_FEED, NO_BYTES, wideEncodingOf } from "./bytes.ts";

/** Part of a text that can be read by itself: whole items of one of its lists, or what stands around all its lists. */
export interface Piece {
  readonly bytes: Buffer;
  /** Where it begins, so that its first item stands at the same line and column as in the whole text. */
  readonly line: number;
  readonly column: number;
}

export interface ItemLists {
  /**
   * The names of members that are lists of items, or that hold such members. The text itself may be a list of items,
   * too.
   */
  readonly names: ReadonlySet<string>;
  /** Members that items have. An object with one of them is an item itself, whatever lists follow in it. */
  readonly ofItems: ReadonlySet<string>;
}

/**
 * Where a list begins or goes on in the whole text, with columns in characters. A piece has a bracket of its own before
 * this.
 */
interface Place {
  readonly line: number;
  readonly column: number;
}

const [QUOTE, BACKSLASH, COLON, SPACE, MARK] = [0x22, 0x5c, 0x3a, 0x20, 0xef];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * What is put around the items of a piece. Where a list goes on, its next items begin with a comma, so an empty list
 * stands before it.
 */
const BEGINS = Buffer.from("[");
const GOES_ON = Buffer.from("[[]");
const ENDS = Buffer.from("]");

/**
 * Cuts chunks of JSON at the items of its outermost lists, and where one text follows another, so that no more than an
 * item need be held. Looks only at brackets and strings: what is wrong in an item is wrong in its piece, and what is
 * wrong around the lists is wrong in the last piece, in which empty lines stand for the items.
 */
export class ListPieces {
  readonly #lists: ItemLists;
  #around: Buffer[] = [];
  #rest: Buffer[] = [];
  #held = 0;
  #depth = 0;
  /** How many brackets stand around the items of the list that is open; undefined outside of lists. */
  #listDepth: number | undefined;
  #wrappers = 0;
  #hasLists = false;
  #inString = false;
  /** Whether the next character in a string follows a backslash. */
  #isEscaped = false;
  /** The last string outside of lists, and the key of what comes next, if it has one. */
  #text = "";
  #key = "";
  #line = 1;
  /** How many UTF-16 characters of the current line stand in earlier chunks. */
  #columnsBefore = 0;
  #lineStart = 0;
  #from = 0;
  /** Where whole items in the chunk end, the line on which they do, and where that line begins. */
  #itemsEnd = 0;
  #itemsLine = 1;
  #itemsLineStart = 0;
  /** How many characters of that line stand in earlier chunks. */
  #itemsColumnsBefore = 0;
  /** Where the next piece of a list begins, and where what is held around lists begins. */
  #begin: Place = { line: 1, column: 1 };
  #aroundBegin: Place = { line: 1, column: 1 };
  #prefix = BEGINS;
  #hasItems = false;
  /** Whether the text is in UTF-16, which is not cut. */
  #isWide: boolean | undefined;

  constructor(lists: ItemLists) {
    this.#lists = lists;
  }

  /** How many bytes are held of which no piece was made yet. */
  get held(): number {
    return this.#held;
  }

  /** Whether any piece was made of items. */
  get hasItems(): boolean {
    return this.#hasItems;
  }

  *add(chunk: Buffer): Generator<Piece> {
    this.#isWide ??= wideEncodingOf(chunk) !== undefined;
    if (this.#isWide) return this.#keep(Buffer.from(chunk));
    [this.#from, this.#itemsEnd, this.#lineStart] = [0, 0, 0];
    for (let at = 0; at < chunk.length; at++) {
      if (this.#listDepth !== undefined) at = this.#passItems(chunk, at, this.#listDepth);
      const byte = chunk[at];
      if (byte === undefined) break;
      if (this.#inString) this.#readString(byte);
      else if (byte === LIST || byte === OBJECT) this.#open(byte, chunk, at);
      else if (byte === LIST_END || byte === OBJECT_END) yield* this.#close(chunk, at);
      else this.#pass(byte, at);
    }
    if (this.#listDepth !== undefined && this.#itemsEnd > this.#from)
      yield* this.#piece(chunk, this.#itemsEnd, this.#itemsPlace(chunk));
    this.#keep(Buffer.from(chunk.subarray(this.#from)));
    this.#columnsBefore += lettersIn(chunk, this.#lineStart, chunk.length);
  }

  *finish(): Generator<Piece> {
    this.#from = 0;
    if (this.#listDepth !== undefined) yield* this.#piece(NO_BYTES, 0, { line: this.#line, column: 1 });
    const around = Buffer.concat(this.#around);
    if (!this.#hasItems || !isBlank(around)) yield { bytes: around, ...this.#aroundBegin };
  }

  #open(byte: number, chunk: Buffer, at: number): void {
    if (this.#depth === 0) this.#hasLists = false;
    const mayHold = this.#depth === this.#wrappers && (this.#depth === 0 || this.#lists.names.has(this.#key));
    if (mayHold && byte === LIST) this.#openList(chunk, at + 1);
    else if (mayHold) this.#wrappers++;
    this.#depth++;
    this.#key = "";
  }

  #openList(chunk: Buffer, start: number): void {
    this.#around.push(Buffer.from(chunk.subarray(this.#from, start)));
    this.#from = start;
    this.#listDepth = this.#depth + 1;
    this.#hasLists = true;
    [this.#begin, this.#prefix] = [this.#placeAt(chunk, start), BEGINS];
  }

  *#close(chunk: Buffer, at: number): Generator<Piece> {
    this.#depth--;
    this.#wrappers = Math.min(this.#wrappers, Math.max(0, this.#depth));
    if (this.#listDepth !== undefined) yield* this.#piece(chunk, at, this.#placeAt(chunk, at));
    this.#listDepth = undefined;
    if (this.#depth === 0 && !this.#hasLists) yield this.#item(chunk, at + 1);
  }

  /**
   * The piece for a text without lists of items, which is an item itself, after what is held of the texts before it.
   */
  #item(chunk: Buffer, end: number): Piece {
    const piece = { bytes: Buffer.concat([...this.#around, chunk.subarray(this.#from, end)]), ...this.#aroundBegin };
    [this.#around, this.#held, this.#from, this.#hasItems] = [[], 0, end, true];
    this.#aroundBegin = this.#placeAt(chunk, end);
    return piece;
  }

  #pass(byte: number, at: number): void {
    if (byte === LINE_FEED) this.#startLine(at + 1);
    else if (byte === QUOTE) [this.#inString, this.#text] = [true, ""];
    else if (byte === COLON) this.#readKey();
    // A byte order mark has no column.
    else if (byte === MARK) this.#columnsBefore--;
  }

  #readKey(): void {
    this.#key = this.#text;
    if (this.#depth === this.#wrappers && this.#lists.ofItems.has(this.#key)) this.#wrappers--;
  }

  #readString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (this.#text.length < MOST_OF_KEY) this.#text += String.fromCharCode(byte);
  }

  #startLine(start: number): void {
    this.#line++;
    this.#lineStart = start;
    this.#columnsBefore = 0;
  }

  /** Passes over items, up to the bracket that ends their list or the end of the chunk. Returns where that is. */
  #passItems(chunk: Buffer, start: number, listDepth: number): number {
    let at = this.#inString ? this.#passString(chunk, start) + 1 : start;
    let depth = this.#depth;
    for (; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE) at = this.#passString(chunk, at + 1);
      else if (byte === OBJECT || byte === LIST) depth++;
      else if (byte === LINE_FEED) this.#startLine(at + 1);
      else if (byte === OBJECT_END || byte === LIST_END) {
        if (depth === listDepth) break;
        if (--depth === listDepth) this.#endItems(at + 1);
      }
    }
    this.#depth = depth;
    return at;
  }

  #passString(chunk: Buffer, start: number): number {
    for (let end = chunk.indexOf(QUOTE, start); end !== -1; end = chunk.indexOf(QUOTE, end + 1)) {
      if (this.#endsInEscape(chunk, start, end)) continue;
      this.#inString = this.#isEscaped = false;
      return end;
    }
    this.#isEscaped = this.#endsInEscape(chunk, start, chunk.length);
    this.#inString = true;
    return chunk.length;
  }

  /** Whether the byte at the end of part of a string is escaped by a backslash that is not escaped itself. */
  #endsInEscape(chunk: Buffer, start: number, end: number): boolean {
    let first = end;
    while (first > start && chunk[first - 1] === BACKSLASH) first--;
    return ((end - first) % 2 === 1) !== (first === start && this.#isEscaped);
  }

  #endItems(end: number): void {
    this.#itemsEnd = end;
    this.#itemsLine = this.#line;
    this.#itemsLineStart = this.#lineStart;
    this.#itemsColumnsBefore = this.#columnsBefore;
  }

  /** Where whole items end in the chunk, whatever lines end after them. */
  #itemsPlace(chunk: Buffer): Place {
    const column = this.#itemsColumnsBefore + lettersIn(chunk, this.#itemsLineStart, this.#itemsEnd) + 1;
    return { line: this.#itemsLine, column };
  }

  #placeAt(chunk: Buffer, offset: number): Place {
    return { line: this.#line, column: this.#columnsBefore + lettersIn(chunk, this.#lineStart, offset) + 1 };
  }

  #keep(bytes: Buffer): void {
    (this.#listDepth === undefined ? this.#around : this.#rest).push(bytes);
    this.#held += bytes.length;
  }

  /**
   * Makes a piece of the items that are held and those in the chunk up to an offset. `next` is where the list goes on.
   */
  *#piece(chunk: Buffer, end: number, next: Place): Generator<Piece> {
    const bytes = chunk.subarray(this.#from, end);
    const items = Buffer.concat([...this.#rest, bytes]);
    this.#held += bytes.length - items.length;
    [this.#rest, this.#from] = [[], end];
    const { line, column } = this.#begin;
    const prefix = this.#prefix;
    this.#around.push(Buffer.from("\n".repeat(next.line - line)));
    if (!isBlank(items)) {
      this.#hasItems = true;
      yield { bytes: Buffer.concat([prefix, items, ENDS]), line, column: column - prefix.length };
      this.#prefix = GOES_ON;
    }
    this.#begin = next;
  }
}

/** Longer than any key that is looked for. */
const MOST_OF_KEY = 64;

const isBlank = (bytes: Buffer): boolean => bytes.every((byte) => byte <= SPACE);

/** How many UTF-16 characters part of a text in UTF-8 has. Continuation bytes count as none, and four bytes as two. */
const lettersIn = (bytes: Buffer, start: number, end: number): number => {
  let letters = end - start;
  if (isAscii(bytes.subarray(start, end))) return letters;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? SPACE;
    if (byte >= 0x80) letters += byte >= 0xf0 ? 1 : byte < 0xc0 ? -1 : 0;
  }
  return letters;
};

export class TablePieces {
  #headings = NO_BYTES;
  #row: CsvRow | undefined;
  #rest = NO_BYTES;
  /** The line on which the rest begins. */
  #line = 1;
  /** How long the rest must be before it is searched for rows. Searching it at each chunk would take quadratic time. */
  #lookAt = 0;

  get held(): number {
    return this.#rest.length;
  }

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

  /** The piece of what is left: all of a table without rows. */
  *finish(): Generator<Piece> {
    if (this.#rest.length > 0 || this.#line === 1) yield this.#piece(this.#rest.length);
  }

  /** Where the last whole row that is held ends. The text is in Latin-1, in which each byte is a character. */
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
    const [above, line] = isFirst ? [NO_BYTES, 1] : [this.#headings, this.#line - countLines(this.#headings)];
    const rows = this.#rest.subarray(0, end);
    this.#rest = Buffer.from(this.#rest.subarray(end));
    this.#line += countLines(rows);
    return { bytes: Buffer.concat([above, rows]), line, column: 1 };
  }
}

const rowEnd = (row: CsvRow, text: string, start: number): number | undefined => {
  const end = row.read(text, start);
  return end === undefined || text[end - 1] !== "\n" || end === start ? undefined : end;
};
