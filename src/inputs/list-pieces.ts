import { wideEncodingOf } from "./text-of-bytes.ts";

/** Part of a text of JSON that is one by itself: whole items of one of its lists, or what stands around them all. */
export interface JsonPiece {
  readonly bytes: Buffer;
  /** The line on which it begins, and the column there: of the first item, it is as in the whole text. */
  readonly line: number;
  readonly column: number;
}

/** In characters of the text; where the list begins or goes on, for a piece has a bracket of its own there. */
interface Place {
  readonly line: number;
  readonly column: number;
}

const [QUOTE, BACKSLASH, COLON, LINE_FEED, SPACE] = [0x22, 0x5c, 0x3a, 0x0a, 0x20];
const BEYOND_ASCII = 0x80;
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What a piece is put into: the items of a list that goes on follow an empty one, with the comma between them. */
const BEGINS = Buffer.from("[");
const GOES_ON = Buffer.from("[[]");
const ENDS = Buffer.from("]");

/**
 * Cuts chunks of a text of JSON at the items of its outermost lists, so that no more of it need be held than an item. Only
 * brackets and strings are looked at: what is wrong in an item is so in its piece, and what is wrong around the lists in
 * the last piece, which has as many lines as the whole.
 */
export class ListPieces {
  readonly #keys: ReadonlySet<string>;
  readonly #around: Buffer[] = [];
  #rest: Buffer[] = [];
  #held = 0;
  #depth = 0;
  /** How many brackets stand around the items of the list that is open. */
  #listDepth: number | undefined;
  #inString = false;
  #isEscaped = false;
  /** The last string outside of lists, and whether it is the key of what comes. */
  #text = "";
  #key = "";
  #line = 1;
  /** What stands before the line in chunks before. */
  #columnsBefore = 0;
  #lineStart = 0;
  /** What of the chunk is still to be put anywhere, and where whole items of it end. */
  #from = 0;
  #itemsEnd = 0;
  #next: Place = { line: 1, column: 1 };
  /** Where the next piece begins. */
  #begin: Place = { line: 1, column: 1 };
  #prefix = BEGINS;
  #hasItems = false;
  /** Whether it is in UTF-16, which is not cut. */
  #isWide: boolean | undefined;

  /** Lists are cut that are the text as a whole, or members of these names. */
  constructor(keys: ReadonlySet<string>) {
    this.#keys = keys;
  }

  /** How much is held that no piece was made of yet. */
  get held(): number {
    return this.#held;
  }

  /** Whether any piece was made of items. */
  get hasItems(): boolean {
    return this.#hasItems;
  }

  *add(chunk: Buffer): Generator<JsonPiece> {
    this.#isWide ??= wideEncodingOf(chunk) !== undefined;
    if (this.#isWide) return this.#keep(Buffer.from(chunk));
    [this.#from, this.#itemsEnd, this.#lineStart] = [0, 0, 0];
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at] ?? SPACE;
      if (this.#inString) this.#readString(byte);
      else if (byte === LIST || byte === OBJECT) this.#open(byte, chunk, at);
      else if (byte === LIST_END || byte === OBJECT_END) yield* this.#close(chunk, at);
      else this.#pass(byte, at);
    }
    if (this.#listDepth !== undefined && this.#itemsEnd > this.#from)
      yield* this.#piece(chunk, this.#itemsEnd, this.#next);
    this.#keep(Buffer.from(chunk.subarray(this.#from)));
    this.#columnsBefore += chunk.length - this.#lineStart;
  }

  /** What no list held, and what is left of one that does not end. */
  *finish(): Generator<JsonPiece> {
    this.#from = 0;
    if (this.#listDepth !== undefined) yield* this.#piece(Buffer.alloc(0), 0, { line: this.#line, column: 1 });
    yield { bytes: Buffer.concat(this.#around), line: 1, column: 1 };
  }

  #open(byte: number, chunk: Buffer, at: number): void {
    if (byte === LIST && this.#listDepth === undefined && (this.#depth === 0 || this.#keys.has(this.#key))) {
      this.#around.push(Buffer.from(chunk.subarray(this.#from, at + 1)));
      this.#from = at + 1;
      this.#listDepth = this.#depth + 1;
      [this.#begin, this.#prefix] = [this.#placeAt(at + 1), BEGINS];
    }
    this.#depth++;
    this.#key = "";
  }

  *#close(chunk: Buffer, at: number): Generator<JsonPiece> {
    this.#depth--;
    if (this.#depth === this.#listDepth) [this.#itemsEnd, this.#next] = [at + 1, this.#placeAt(at + 1)];
    else if (this.#listDepth !== undefined && this.#depth < this.#listDepth) {
      yield* this.#piece(chunk, at, this.#placeAt(at));
      this.#listDepth = undefined;
    }
  }

  #pass(byte: number, at: number): void {
    if (byte === LINE_FEED) this.#startLine(at + 1);
    else if (byte === QUOTE) [this.#inString, this.#text] = [true, ""];
    else if (byte === COLON) this.#key = this.#text;
    else if (byte >= BEYOND_ASCII) this.#columnsBefore--;
  }

  #readString(byte: number): void {
    // Columns are counted as letters of UTF-16: those beyond ASCII have one byte that is no continuation, or four in all.
    if (byte >= BEYOND_ASCII) this.#columnsBefore += byte < 0xc0 ? -1 : byte >= 0xf0 ? 1 : 0;
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) this.#inString = false;
    else if (this.#listDepth === undefined && this.#text.length < MOST_OF_KEY) this.#text += String.fromCharCode(byte);
  }

  #startLine(start: number): void {
    this.#line++;
    this.#lineStart = start;
    this.#columnsBefore = 0;
  }

  #placeAt(offset: number): Place {
    return { line: this.#line, column: this.#columnsBefore + offset - this.#lineStart + 1 };
  }

  #keep(bytes: Buffer): void {
    (this.#listDepth === undefined ? this.#around : this.#rest).push(bytes);
    this.#held += bytes.length;
  }

  /** What is held of the list, and of the chunk up to an offset; `next` is where the list goes on. */
  *#piece(chunk: Buffer, end: number, next: Place): Generator<JsonPiece> {
    const bytes = chunk.subarray(this.#from, end);
    const items = Buffer.concat([...this.#rest, bytes]);
    this.#held += bytes.length - items.length;
    [this.#rest, this.#from] = [[], end];
    const { line, column } = this.#begin;
    const prefix = this.#prefix;
    this.#around.push(Buffer.alloc(next.line - line, LINE_FEED));
    if (items.some((byte) => byte > SPACE)) {
      this.#hasItems = true;
      yield { bytes: Buffer.concat([prefix, items, ENDS]), line, column: column - prefix.length };
      this.#prefix = GOES_ON;
    }
    this.#begin = next;
  }
}

/** Longer than any key that is looked for. */
const MOST_OF_KEY = 64;
