const QUOTE = 34;
const RETURN = 13;
const SPACE = 32;

/** The offset of the line feed that ends a line, or of the end of the text. */
const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf("\n", from);
  return found === -1 ? text.length : found;
};

/**
 * The offset of the quote that closes the one at an offset; undefined where none does. A doubled quote does not close.
 */
const closingQuote = (text: string, open: number): number | undefined => {
  for (let at = text.indexOf('"', open + 1); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return undefined;
};

/**
 * The text that a field stands for, given all of the field as it is written, with its quotes if it has any. Spaces
 * around the text are left out, and within quotes a doubled quote stands for one.
 */
export const fieldText = (written: string): string => {
  if (written.charCodeAt(0) === QUOTE) return written.slice(1, -1).replaceAll('""', '"').trim();
  let first = 0;
  let last = written.length;
  while (first < last && written.charCodeAt(first) === SPACE) first++;
  while (last > first && written.charCodeAt(last - 1) === SPACE) last--;
  return written.slice(first, last);
};

/** One row of a table. Its fields are counted from 0. */
export interface FieldRow {
  readonly width: number;
  /** The offset of something that belongs to no field; undefined where there is nothing like it. */
  readonly stray: number | undefined;
  /** The texts of its fields. Empty ones may be missing. */
  readonly fields: readonly string[];
  readonly blank: boolean;
  /** The text in a field, without spaces around it; empty where there is no such field. */
  field(index: number): string;
  start(index: number): number;
  /** The currency of a number, where its format names one: in workbooks. */
  currency?(index: number): string | undefined;
}

/** One row of CSV (RFC 4180). One object serves for all rows of a table: reading a row replaces the one before. */
export class CsvRow implements FieldRow {
  readonly #separator: string;
  readonly #fields: string[] = [];
  readonly #starts: number[] = [];
  width = 0;
  /** The offset of something that follows a closing quote and does not belong there. */
  stray: number | undefined;

  constructor(separator: string) {
    this.#separator = separator;
  }

  field(index: number): string {
    return index < this.width ? (this.#fields[index] ?? "") : "";
  }

  start(index: number): number {
    return this.#starts[index] ?? 0;
  }

  get fields(): readonly string[] {
    return this.#fields.slice(0, this.width);
  }

  get blank(): boolean {
    return this.fields.every((field) => field === "");
  }

  /**
   * Reads the row that begins at an offset, and gives the offset of the next one. Undefined where the text ends within
   * quotes. A field that begins with a quote ends at the closing one, and may hold separators and line breaks. In any
   * other field quotes are letters.
   */
  read(text: string, start: number): number | undefined {
    this.width = 0;
    this.stray = undefined;
    let lineEnd = endOfLine(text, start);
    for (let at = start; ; ) {
      this.#starts[this.width] = at;
      let close: number | undefined;
      if (text.charCodeAt(at) === QUOTE) {
        close = closingQuote(text, at);
        if (close === undefined) return undefined;
        if (close > lineEnd) lineEnd = endOfLine(text, close);
      }
      const found = text.indexOf(this.#separator, close ?? at);
      const last = found === -1 || found > lineEnd;
      this.#add(text, at, close, last ? lineEnd - (text.charCodeAt(lineEnd - 1) === RETURN ? 1 : 0) : found);
      if (last) return Math.min(lineEnd + 1, text.length);
      at = found + 1;
    }
  }

  #add(text: string, start: number, close: number | undefined, end: number): void {
    this.#fields[this.width++] = fieldText(text.slice(start, close === undefined ? end : close + 1));
    if (close !== undefined && end > close + 1) this.stray ??= close + 1;
  }
}

/** The first line of a file, such as `sep=;`, by which spreadsheets name the separator. */
export const SEPARATOR_LINE = /^"?sep=(.{1,2}?)"?\r?\n/i;

export const SEPARATORS = [",", ";", "\t", "|"] as const;

interface Headings {
  readonly headings: readonly string[];
  /** Reads the rows below, by the same separator. */
  readonly row: CsvRow;
  readonly separator: string;
  readonly next: number;
  /** Whether the row ends with a line feed, whatever the separator. More text then cannot change it. */
  readonly isEnded: boolean;
}

/** The headings of a table in CSV, divided by the separator that gives the most of them. */
export const headingsIn = (text: string, start = 0): Headings => {
  const read = SEPARATORS.map((separator) => {
    const row = new CsvRow(separator);
    return { separator, row, end: row.read(text, start) };
  });
  const best = read.reduce((a, b) => (b.row.width > a.row.width ? b : a));
  const isEnded = read.every(({ end }) => end !== undefined && text[end - 1] === "\n");
  const { separator, row, end = text.length } = best;
  return { separator, row, next: end, isEnded, headings: [...row.fields] };
};
