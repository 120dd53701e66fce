import { MAX_DEPTH, type Part, type Path, type Plain, type PlainDocument, positionsIn } from "./plain.ts";

/** Thrown where a text may mean something else than it seems to; caught here. */
const DOUBT = new Error("this is for the parser of YAML");

const [SPACE, HASH, DASH, COMMA, COLON] = [0x20, 0x23, 0x2d, 0x2c, 0x3a];
const [DOUBLE_QUOTE, SINGLE_QUOTE] = [0x22, 0x27];
const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What a plain text cannot begin with, or what at its beginning makes it mean something else. */
const MARK = /^(?:[&*!|>%@`"'[\]{},?#]|[-:?](?: |$)|---|\.\.\.)/;
/** Line ends other than a line feed, tabs, other control characters, and byte order marks. */
const ODD = /[\0-\x09\x0b-\x1f\x7f\ufeff]/;
const BRACED_KEY = /^[\w.-]+$/;

/** Where a value stands, and where the keys of a map or the items of a list within it do. */
interface Place {
  readonly offset: number;
  readonly keys?: ReadonlyMap<string, { readonly key: number; readonly value: Place }>;
  readonly items?: readonly Place[];
}

interface Read {
  readonly value: Plain;
  readonly place: Place;
}

/**
 * A line that is neither blank nor only a comment: how far it is indented, the offset at which its text begins, and
 * this text, with any comment at its end.
 */
interface Line {
  indent: number;
  start: number;
  text: string;
}

/**
 * Reads the YAML that registers are mostly written in: maps and lists by indentation or in brackets, plain and quoted
 * texts of one line, and comments. Undefined for anything else, and for whatever may be wrong: such a text is for
 * `readYaml`, which says what is wrong. What is read here, `readYaml` would read alike, but in fifteen times the time,
 * and with a parser that need not be loaded for this.
 */
export const readYamlQuickly = (text: string, file: string): PlainDocument | undefined => {
  if (ODD.test(text) || !text.isWellFormed()) return undefined;
  try {
    const { value } = new QuickReader(text).read();
    return { value, locate: locateLater(text, file) };
  } catch (error) {
    if (error === DOUBT) return undefined;
    throw error;
  }
};

/** Says where the parts of a text stand. The text is read again when this is first asked, because few places are. */
const locateLater = (text: string, file: string): PlainDocument["locate"] => {
  const positionAt = positionsIn(text, file);
  let root: Place | undefined;
  return (path, part) => {
    root ??= new QuickReader(text, true).read().place;
    return positionAt(offsetIn(root, path, part));
  };
};

/** The offset of the deepest part of the path that exists. */
const offsetIn = (root: Place, path: Path, part: Part | undefined): number => {
  let place = root;
  let { offset } = root;
  for (const step of path) {
    const entry = place.keys?.get(String(step));
    const item = typeof step === "number" ? place.items?.[step] : undefined;
    const next = entry?.value ?? item;
    if (next === undefined) return offset;
    place = next;
    offset = entry !== undefined && part === "key" ? entry.key : place.offset;
  }
  return offset;
};

const linesOf = (text: string): Line[] => {
  const lines: Line[] = [];
  for (let at = 0, end = 0; at < text.length; at = end + 1) {
    end = text.indexOf("\n", at);
    if (end === -1) end = text.length;
    let start = at;
    while (text.charCodeAt(start) === SPACE) start++;
    if (start >= end || text.charCodeAt(start) === HASH) continue;
    lines.push({ indent: start - at, start, text: text.slice(start, end).trimEnd() });
  }
  return lines;
};

const isItem = ({ text }: Line): boolean =>
  text.charCodeAt(0) === DASH && (text.length === 1 || text.charCodeAt(1) === SPACE);

/** Where the colon behind a plain key stands; -1 where there is none. */
const colonIn = (text: string): number => {
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === COLON && (at + 1 === text.length || text.charCodeAt(at + 1) === SPACE)) return at;
    if (char === HASH || char === DOUBLE_QUOTE || char === SINGLE_QUOTE || char === OPEN_LIST || char === OPEN_MAP)
      return -1;
  }
  return -1;
};

const afterSpaces = (text: string, from: number): number => {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
};

class QuickReader {
  readonly #lines: readonly Line[];
  readonly #placed: boolean;
  #at = 0;
  #depth = 0;

  /** Notes where things stand only if `placed` is true. */
  constructor(text: string, placed = false) {
    this.#lines = linesOf(text);
    this.#placed = placed;
  }

  read(): Read {
    const [first] = this.#lines;
    if (first === undefined) throw DOUBT;
    const read = this.#block(first);
    if (this.#at < this.#lines.length) throw DOUBT;
    return read;
  }

  /** Reads a map or a list: the lines that are indented as far as its first, and what belongs to them. */
  #block(first: Line): Read {
    if (++this.#depth > MAX_DEPTH) throw DOUBT;
    const read = isItem(first) ? this.#list(first) : this.#map(first);
    this.#depth--;
    if ((this.#lines[this.#at]?.indent ?? 0) > first.indent) throw DOUBT;
    return read;
  }

  #lineAt(indent: number): Line | undefined {
    const line = this.#lines[this.#at];
    return line?.indent === indent ? line : undefined;
  }

  #list({ indent, start }: Line): Read {
    const value: Plain[] = [];
    const items: Place[] = [];
    for (let line = this.#lineAt(indent); line !== undefined && isItem(line); line = this.#lineAt(indent)) {
      const item = this.#item(line);
      value.push(item.value);
      if (this.#placed) items.push(item.place);
    }
    return { value, place: { offset: start, items } };
  }

  #item(line: Line): Read {
    const from = afterSpaces(line.text, 1);
    if (from >= line.text.length) return this.#below(line.indent + 1);
    const inner = line.text.slice(from);
    if (inner.charCodeAt(0) === DASH || colonIn(inner) === -1)
      return this.#single(inner, line.start + from, line.indent);
    // The first key of a map stands on the line of its dash.
    line.indent += from;
    line.start += from;
    line.text = inner;
    return this.#block(line);
  }

  /** Reads what stands on the lines below, which must be indented by at least `least` spaces. */
  #below(least: number): Read {
    this.#at++;
    const line = this.#lines[this.#at];
    if (line === undefined || line.indent < least) throw DOUBT;
    return this.#block(line);
  }

  #map({ indent, start }: Line): Read {
    const value: Record<string, Plain> = {};
    const keys = new Map<string, { key: number; value: Place }>();
    for (let line = this.#lineAt(indent); line !== undefined; line = this.#lineAt(indent)) {
      const colon = colonIn(line.text);
      const key = line.text.slice(0, Math.max(colon, 0));
      if (colon <= 0 || MARK.test(key) || key.endsWith(" ") || key in value) throw DOUBT;
      const keyStart = line.start;
      const read = this.#valueOf(line, afterSpaces(line.text, colon + 1));
      value[key] = read.value;
      if (this.#placed) keys.set(key, { key: keyStart, value: read.place });
    }
    return { value, place: { offset: start, keys } };
  }

  /** The value of a key: behind it, or on the lines below, where the dashes of a list may stand right under the key. */
  #valueOf(line: Line, from: number): Read {
    const { text, start, indent } = line;
    if (from < text.length && text.charCodeAt(from) !== HASH)
      return this.#single(text.slice(from), start + from, indent);
    const next = this.#lines[this.#at + 1];
    return this.#below(next !== undefined && isItem(next) ? indent : indent + 1);
  }

  /** Reads a value of one line. One that goes on below is for the parser. */
  #single(text: string, offset: number, indent: number): Read {
    this.#at++;
    if ((this.#lines[this.#at]?.indent ?? 0) > indent) throw DOUBT;
    const char = text.charCodeAt(0);
    if (char !== OPEN_LIST && char !== OPEN_MAP && char !== DOUBLE_QUOTE && char !== SINGLE_QUOTE)
      return { value: plainText(text), place: { offset } };
    const flow = new FlowReader(text, offset, this.#placed);
    const read = flow.value(this.#depth);
    const end = afterSpaces(text, flow.at);
    if (end < text.length && (text.charCodeAt(end) !== HASH || end === flow.at)) throw DOUBT;
    return read;
  }
}

/** A text without quotes, and without the comment behind it. */
const plainText = (text: string): string => {
  const comment = text.indexOf(" #");
  const plain = comment === -1 ? text : text.slice(0, comment).trimEnd();
  if (MARK.test(plain) || plain.includes(": ") || plain.endsWith(":")) throw DOUBT;
  return plain;
};

/** Reads what stands in brackets, braces or quotes on one line. */
class FlowReader {
  readonly #text: string;
  readonly #start: number;
  readonly #placed: boolean;
  /** The offset in the text of what is to be read next. */
  at = 0;

  constructor(text: string, start: number, placed: boolean) {
    this.#text = text;
    this.#start = start;
    this.#placed = placed;
  }

  value(depth: number): Read {
    const offset = this.#start + this.at;
    switch (this.#text.charCodeAt(this.at)) {
      case OPEN_LIST:
        return this.#list(offset, depth + 1);
      case OPEN_MAP:
        return this.#map(offset, depth + 1);
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return { value: this.#quoted(), place: { offset } };
      default:
        return { value: this.#plain(), place: { offset } };
    }
  }

  #list(offset: number, depth: number): Read {
    const value: Plain[] = [];
    const items: Place[] = [];
    this.#open(depth);
    while (!this.#closes(CLOSE_LIST)) {
      const item = this.value(depth);
      value.push(item.value);
      if (this.#placed) items.push(item.place);
      this.#separate(CLOSE_LIST);
    }
    return { value, place: { offset, items } };
  }

  #map(offset: number, depth: number): Read {
    const value: Record<string, Plain> = {};
    const keys = new Map<string, { key: number; value: Place }>();
    this.#open(depth);
    while (!this.#closes(CLOSE_MAP)) {
      const keyStart = this.#start + this.at;
      const key = this.#key();
      if (key in value) throw DOUBT;
      const read = this.value(depth);
      value[key] = read.value;
      if (this.#placed) keys.set(key, { key: keyStart, value: read.place });
      this.#separate(CLOSE_MAP);
    }
    return { value, place: { offset, keys } };
  }

  #open(depth: number): void {
    if (depth > MAX_DEPTH) throw DOUBT;
    this.at++;
  }

  /** Goes past spaces, and past the closing bracket if it follows. */
  #closes(bracket: number): boolean {
    this.at = afterSpaces(this.#text, this.at);
    if (this.#text.charCodeAt(this.at) !== bracket) return false;
    this.at++;
    return true;
  }

  /** Goes past the comma behind an entry. A closing bracket stays to be read, and anything else is doubtful. */
  #separate(bracket: number): void {
    this.at = afterSpaces(this.#text, this.at);
    const char = this.#text.charCodeAt(this.at);
    if (char === COMMA) this.at++;
    else if (char !== bracket) throw DOUBT;
  }

  #key(): string {
    const colon = this.#text.indexOf(": ", this.at);
    const key = this.#text.slice(this.at, Math.max(colon, this.at));
    if (!BRACED_KEY.test(key)) throw DOUBT;
    this.at = afterSpaces(this.#text, colon + 1);
    return key;
  }

  #quoted(): string {
    const quote = this.#text.charAt(this.at);
    const end = this.#text.indexOf(quote, this.at + 1);
    const value = this.#text.slice(this.at + 1, Math.max(end, 0));
    // A doubled quote stands for a quote, and a backslash begins an escape.
    if (end === -1 || this.#text.charAt(end + 1) === "'" || (quote === '"' && value.includes("\\"))) throw DOUBT;
    this.at = end + 1;
    return value;
  }

  #plain(): string {
    const start = this.at;
    while (!this.#endsPlain()) this.at++;
    const value = this.#text.slice(start, this.at).trimEnd();
    if (value === "" || MARK.test(value) || value.endsWith(":")) throw DOUBT;
    return value;
  }

  #endsPlain(): boolean {
    switch (this.#text.charCodeAt(this.at)) {
      case COMMA:
      case CLOSE_LIST:
      case CLOSE_MAP:
        return true;
      case OPEN_LIST:
      case OPEN_MAP:
      case HASH:
        throw DOUBT;
      case COLON:
        if (this.#text.charCodeAt(this.at + 1) === SPACE) throw DOUBT;
        return false;
      default:
        if (this.at >= this.#text.length) throw DOUBT;
        return false;
    }
  }
}
