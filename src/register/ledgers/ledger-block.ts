import { isAscii } from "node:buffer";

/** Whole lines of a ledger. Texts are cut out of one that is made once, of which there is a letter for each byte. */
export class LedgerBlock {
  readonly bytes: Buffer;
  #letters: string | undefined;
  #isAscii = false;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Those beyond ASCII are several letters here, and none of them right. */
  get letters(): string {
    if (this.#letters !== undefined) return this.#letters;
    this.#letters = this.bytes.toString("latin1");
    this.#isAscii = isAscii(this.bytes);
    return this.#letters;
  }

  /** The text between two offsets. */
  text(start: number, end: number): string {
    const letters = this.letters.slice(start, end);
    return this.#isAscii || !BEYOND_ASCII.test(letters) ? letters : Buffer.from(letters, "latin1").toString("utf8");
  }
}

const BEYOND_ASCII = /[\u0080-\u00ff]/;
