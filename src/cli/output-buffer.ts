import type { Sink } from "./io.ts";

const FLUSH_LENGTH = 1 << 16;

/** Gathers small pieces of text into large writes. */
export class OutputBuffer {
  readonly #sink: Sink;
  #text = "";

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= FLUSH_LENGTH) this.flush();
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text !== "") this.#sink.write(text);
  }
}
