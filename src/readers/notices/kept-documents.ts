import type { NoticeDocument } from "../archives/documents.ts";
import type { NoticeInput } from "../inputs.ts";

const MOST_BYTES = 16 * 2 ** 20;

/** Documents of the first reading that the second need not fetch again: as many as take little memory. */
export class KeptDocuments {
  readonly #kept = new Map<NoticeInput, NoticeDocument>();
  #bytes = 0;

  /** Keeps the only document of an input. */
  keep(input: NoticeInput, document: NoticeDocument): void {
    this.#bytes += document.bytes.length;
    if (this.#bytes <= MOST_BYTES) this.#kept.set(input, document);
  }

  /** Gives a document away: then it is the reader's. */
  take(input: NoticeInput): NoticeDocument | undefined {
    const document = this.#kept.get(input);
    this.#kept.delete(input);
    return document;
  }
}
