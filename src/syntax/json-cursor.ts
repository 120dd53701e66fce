import type { CodeTexts } from "./code-texts.ts";

const [SPACE, QUOTE, BACKSLASH, COLON, DELETE] = [0x20, 0x22, 0x5c, 0x3a, 0x7f];
const [FIRST_SURROGATE, AFTER_SURROGATES] = [0xd800, 0xe000];

/** What holds of a character in a string: that it stands for itself, and that it is one of those that most ids are made of. */
const [PLAIN, OF_WORDS] = [1, 2];

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.:-";

/** By the code of a character; of half a pair nothing holds, for it may be without the other. */
const traitsByCode = (): Uint8Array => {
  const traits = new Uint8Array(1 << 16).fill(PLAIN);
  traits.fill(0, 0, SPACE).fill(0, FIRST_SURROGATE, AFTER_SURROGATES);
  for (const code of [QUOTE, BACKSLASH, DELETE]) traits[code] = 0;
  for (const letter of LETTERS) traits[letter.charCodeAt(0)] = PLAIN | OF_WORDS;
  return traits;
};

const TRAITS = traitsByCode();

/**
 * Goes through JSON that is written as most programs write it: strings in which each character stands for itself and none
 * is a control, and at most one space behind a comma or a colon. Whatever is otherwise is a doubt, for another reader.
 */
export class JsonCursor {
  #text = "";
  /** The codes of the text's characters, behind them 0: an array of them is gone through in half the time of a text. */
  #codes = new Uint16Array(1);
  #at = 0;
  /** Where the string that was read last begins, and where it ends. */
  #start = 0;
  #end = 0;
  /** Whether that string has no characters but letters of ASCII, digits and `_.:-`. */
  isWord = false;
  /** In how many records the cursor is. */
  depth = 0;

  begin(text: string, at: number): void {
    if (text !== this.#text) this.#take(text);
    this.#at = at;
    this.depth = 0;
  }

  #take(text: string): void {
    if (this.#codes.length <= text.length) this.#codes = new Uint16Array(text.length * 2);
    Buffer.from(this.#codes.buffer).write(text, "utf16le");
    this.#codes[text.length] = 0;
    this.#text = text;
  }

  get at(): number {
    return this.#at;
  }

  /** Goes past a character outside of strings, if it stands here. */
  skip(code: number): boolean {
    if (this.#codes[this.#at] !== code) return false;
    this.#at++;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    if (this.#codes[this.#at] === SPACE) this.#at++;
  }

  /** Goes past a key with its quotes and its colon, if it stands here. */
  skipKey(keys: CodeTexts, number: number): boolean {
    const start = keys.startOf(number);
    const length = keys.startOf(number + 1) - start;
    if (!this.#stands(this.#at, keys.codes, start, length)) return false;
    this.#at += length;
    this.#skipSpace();
    return true;
  }

  /** The key that stands here, past which it goes. */
  key(): string | undefined {
    return this.string() && this.skip(COLON) ? this.written() : undefined;
  }

  /** Goes past a string that is not empty. */
  string(): boolean {
    const codes = this.#codes;
    let at = this.#at;
    if (codes[at] !== QUOTE) return false;
    const start = ++at;
    let code = codes[at] ?? 0;
    let all = PLAIN | OF_WORDS;
    for (let traits = TRAITS[code] ?? 0; traits !== 0; traits = TRAITS[code] ?? 0) {
      all &= traits;
      code = codes[++at] ?? 0;
    }
    if (code !== QUOTE || at === start) return false;
    this.#start = start;
    this.#end = at;
    this.#at = at + 1;
    this.isWord = all !== PLAIN;
    return true;
  }

  /** The string that was read last. */
  written(): string {
    return this.#text.slice(this.#start, this.#end);
  }

  /** Of the string that was read last; equal strings have equal ones. */
  hash(): number {
    const codes = this.#codes;
    let hash = 0x811c9dc5;
    for (let at = this.#start; at < this.#end; at++) hash = Math.imul(hash ^ (codes[at] ?? 0), 0x01000193);
    return hash;
  }

  /** Whether the string that was read last is one of these. */
  isAt(texts: CodeTexts, number: number): boolean {
    const start = texts.startOf(number);
    const length = texts.startOf(number + 1) - start;
    return length === this.#end - this.#start && this.#stands(this.#start, texts.codes, start, length);
  }

  #stands(at: number, codes: Uint16Array, start: number, length: number): boolean {
    const own = this.#codes;
    for (let index = 0; index < length; index++) if (own[at + index] !== codes[start + index]) return false;
    return true;
  }
}
