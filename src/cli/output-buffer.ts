import type { Sink } from "./io.ts";

const FLUSH_LENGTH = 1 << 16;

/** Gathers small pieces of text into large writes. */
export class OutputBuffer {
  readonly #sink: Sink;
  readonly #beforeWriting: () => void;
  #text = "";

  constructor(sink: Sink, beforeWriting: () => void = () => {}) {
    this.#sink = sink;
    this.#beforeWriting = beforeWriting;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length >= FLUSH_LENGTH) this.flush();
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text === "") return;
    this.#beforeWriting();
    this.#sink.write(text);
  }
}
