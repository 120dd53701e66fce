import type { CodeTexts } from "./code-texts.ts";

const [SPACE, QUOTE, BACKSLASH, COLON, DELETE] = [0x20, 0x22, 0x5c, 0x3a, 0x7f];
const [FIRST_SURROGATE, AFTER_SURROGATES] = [0xd800, 0xe000];

/** Traits of a character in a string: that it stands for itself, and that most ids are made of such characters. */
const [PLAIN, OF_WORDS] = [1, 2];

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.:-";

/**
 * The traits of all characters, by their codes. Surrogates have none, because the other half of the pair may be
 * missing.
 */
const traitsByCode = (): Uint8Array => {
  const traits = new Uint8Array(1 << 16).fill(PLAIN);
  traits.fill(0, 0, SPACE).fill(0, FIRST_SURROGATE, AFTER_SURROGATES);
  for (const code of [QUOTE, BACKSLASH, DELETE]) traits[code] = 0;
  for (const letter of LETTERS) traits[letter.charCodeAt(0)] = PLAIN | OF_WORDS;
  return traits;
};

const TRAITS = traitsByCode();

/**
 * Goes through JSON that is written as most programs write it: in its strings each character stands for itself and none
 * is a control character, and at most one space follows a bracket, a comma or a colon. Anything else is in doubt, and
 * left to another reader.
 */
export class JsonCursor {
  #text = "";
  /**
   * The codes of the text's characters, followed by 0. Going through an array takes half the time of going through a
   * text.
   */
  #codes = new Uint16Array(1);
  #at = 0;
  /** Where the string that was read last begins and ends, without its quotes. */
  #start = 0;
  #end = 0;
  /** Whether that string has no characters but letters of ASCII, digits and `_.:-`. */
  isWord = false;
  /** How many records are open here, one within the other. */
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

  /** Goes past a key with its colon, and gives the key; undefined where none stands here. */
  key(): string | undefined {
    return this.string() && this.skip(COLON) ? this.written() : undefined;
  }

  /** Goes past a string that is not empty, if one stands here. */
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

  /**
   * The hash of the string that was read last (FNV-1a, by the codes of its characters). Equal strings have equal
   * hashes.
   */
  hash(): number {
    const codes = this.#codes;
    let hash = 0x811c9dc5;
    for (let at = this.#start; at < this.#end; at++) hash = Math.imul(hash ^ (codes[at] ?? 0), 0x01000193);
    return hash;
  }

  /** Whether the string that was read last is the text with this number. */
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
