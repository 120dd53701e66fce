import type { Piece } from "../output/format.ts";
import type { AnswerSink } from "./io.ts";

const FLUSH_LENGTH = 1 << 16;

/** Gathers small pieces of text into large writes; bytes go their way at once. */
export class OutputBuffer {
  readonly #sink: AnswerSink;
  readonly #beforeWriting: () => void;
  #text = "";

  constructor(sink: AnswerSink, beforeWriting: () => void = () => {}) {
    this.#sink = sink;
    this.#beforeWriting = beforeWriting;
  }

  write(piece: Piece): void {
    if (typeof piece === "string") {
      this.#text += piece;
      if (this.#text.length >= FLUSH_LENGTH) this.flush();
    } else {
      this.flush();
      this.#beforeWriting();
      this.#sink.writeBytes(piece);
    }
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text === "") return;
    this.#beforeWriting();
    this.#sink.write(text);
  }
}
