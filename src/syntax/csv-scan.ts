const [LINE_FEED, RETURN, QUOTE] = [10, 13, 34];

/**
 * Finds the fields of rows of CSV in bytes, by the rules of `CsvRow`. It makes no texts of them, because most fields of
 * a long table are never looked at.
 */
export class CsvScan {
  readonly #separator: number;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  width = 0;
  /** Whether something follows a closing quote that does not belong there. */
  isStray = false;
  /** How many line feeds the row has, the one at its end included. */
  lines = 0;

  /** `most` is how many fields of a row, from the first on, can be asked for. */
  constructor(separator: string, most: number) {
    this.#separator = separator.charCodeAt(0);
    this.#starts = new Int32Array(most);
    this.#ends = new Int32Array(most);
  }

  /** Where a field begins, quotes included; 0 where the row has none there. */
  start(index: number): number {
    return index < this.width ? (this.#starts[index] ?? 0) : 0;
  }

  end(index: number): number {
    return index < this.width ? (this.#ends[index] ?? 0) : 0;
  }

  /**
   * Finds the row that begins at an offset, and gives the offset of the next one; undefined where the bytes end within
   * quotes. The bytes must end with a line feed.
   */
  read(bytes: Uint8Array, start: number): number | undefined {
    const separator = this.#separator;
    this.width = 0;
    this.isStray = false;
    this.lines = 1;
    for (let at = start; ; at++) {
      const begin = at;
      let close = -1;
      if (bytes[at] === QUOTE) {
        close = this.#closingQuote(bytes, at);
        if (close < 0) return undefined;
        at = close + 1;
      }
      let byte = bytes[at];
      while (byte !== separator && byte !== LINE_FEED) byte = bytes[++at];
      const end = byte === LINE_FEED && bytes[at - 1] === RETURN && at > begin ? at - 1 : at;
      if (close >= 0 && end > close + 1) this.isStray = true;
      this.#starts[this.width] = begin;
      this.#ends[this.width++] = end;
      if (byte === LINE_FEED) return at + 1;
    }
  }

  #closingQuote(bytes: Uint8Array, open: number): number {
    const { length } = bytes;
    for (let at = open + 1; at < length; at++) {
      const byte = bytes[at];
      if (byte === LINE_FEED) this.lines++;
      if (byte !== QUOTE) continue;
      if (bytes[at + 1] !== QUOTE) return at;
      at++;
    }
    return -1;
  }
}
