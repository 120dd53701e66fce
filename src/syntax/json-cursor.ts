const [SPACE, QUOTE, BACKSLASH, COLON, DELETE] = [0x20, 0x22, 0x5c, 0x3a, 0x7f];
const [FIRST_SURROGATE, LAST_SURROGATE] = [0xd800, 0xdfff];

/** What holds of a character in a string: that it stands for itself, and that it is one of those that most ids are made of. */
const [PLAIN, OF_WORDS] = [1, 2];

const traitsOf = (code: number): number => {
  if (code < SPACE || code === QUOTE || code === BACKSLASH) return 0;
  return /[\w.:-]/.test(String.fromCharCode(code)) ? PLAIN | OF_WORDS : PLAIN;
};

const TRAITS = Uint8Array.from({ length: DELETE }, (_, code) => traitsOf(code));

/**
 * Goes through JSON that is written as most programs write it: strings in which each character stands for itself and none
 * is a control, and at most one space behind a comma or a colon. Whatever is otherwise is a doubt, for another reader.
 */
export class JsonCursor {
  #text = "";
  #at = 0;
  /** Where the string that was read last begins, and where it ends. */
  #start = 0;
  #end = 0;
  /** Of that string; equal strings have equal ones. */
  hash = 0;
  /** Whether that string has no characters but letters of ASCII, digits and `_.:-`. */
  isWord = false;
  /** In how many records the cursor is. */
  depth = 0;

  begin(text: string, at: number): void {
    this.#text = text;
    this.#at = at;
    this.depth = 0;
  }

  get at(): number {
    return this.#at;
  }

  /** Goes past a character outside of strings, if it stands here. */
  skip(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false;
    this.#at++;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    if (this.#text.charCodeAt(this.#at) === SPACE) this.#at++;
  }

  /** Goes past a key with its quotes and its colon, if it stands here. */
  skipKey(written: string): boolean {
    if (!this.#stands(written, this.#at)) return false;
    this.#at += written.length;
    this.#skipSpace();
    return true;
  }

  /** The key that stands here, past which it goes. */
  key(): string | undefined {
    return this.string() && this.skip(COLON) ? this.written() : undefined;
  }

  /** Goes past a string that is not empty. */
  string(): boolean {
    const text = this.#text;
    let at = this.#at;
    if (text.charCodeAt(at) !== QUOTE) return false;
    this.#start = ++at;
    let hash = 0x811c9dc5;
    let traits = PLAIN | OF_WORDS;
    for (let code = text.charCodeAt(at); code !== QUOTE; code = text.charCodeAt(++at)) {
      traits &= code < DELETE ? (TRAITS[code] ?? 0) : isPlain(code) ? PLAIN : 0;
      if (traits === 0) return false;
      hash = Math.imul(hash ^ code, 0x01000193);
    }
    this.#end = at;
    this.#at = at + 1;
    this.hash = hash;
    this.isWord = traits !== PLAIN;
    return at > this.#start;
  }

  /** The string that was read last. */
  written(): string {
    return this.#text.slice(this.#start, this.#end);
  }

  /** Whether the string that was read last is this one. */
  isAt(text: string): boolean {
    return text.length === this.#end - this.#start && this.#stands(text, this.#start);
  }

  /** As `startsWith`, which takes longer for such short texts. */
  #stands(text: string, at: number): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.#text.charCodeAt(at + index) !== text.charCodeAt(index)) return false;
    return true;
  }
}

/** Half a pair may be without the other. Past the end of the text there is no code. */
const isPlain = (code: number): boolean => code > DELETE && (code < FIRST_SURROGATE || code > LAST_SURROGATE);
