import type { Progress } from "../model/input-file.ts";

/** Counts what is read, and tells of it. */
export class Meter {
  readonly #tell: (progress: Progress) => void;
  #files = 0;
  #bytes = 0;
  #total = 0;

  constructor(tell: (progress: Progress) => void) {
    this.#tell = tell;
  }

  expect(bytes: number): void {
    this.#total += bytes;
  }

  passBytes(bytes: number): void {
    this.#bytes += bytes;
    this.#tell({ files: this.#files, bytes: Math.min(this.#bytes, this.#total), total: this.#total });
  }

  passFile(): void {
    this.#files++;
  }

  /** The same chunks, counted as they are read. */
  *count(chunks: Iterable<Buffer>): Generator<Buffer> {
    for (const chunk of chunks) {
      this.passBytes(chunk.length);
      yield chunk;
    }
  }
}
