const LINE_FEED = 10;

export const MAX_LINE_BYTES = 64 * 2 ** 20;

/** Cuts chunks of bytes into blocks of whole lines; a block is valid as long as the chunk that it ends in. */
export class LineBlocks {
  #rest: Buffer[] = [];
  #restBytes = 0;

  /** Whether a line goes on that is longer than lines may be. */
  get tooLong(): boolean {
    return this.#restBytes > MAX_LINE_BYTES;
  }

  get isAmidLine(): boolean {
    return this.#restBytes > 0;
  }

  /** The lines that end in the chunk; undefined where none does. */
  add(chunk: Buffer): Buffer | undefined {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    const block = end === 0 ? undefined : this.#joined(chunk.subarray(0, end));
    if (end < chunk.length) {
      this.#rest.push(Buffer.from(chunk.subarray(end)));
      this.#restBytes += chunk.length - end;
    }
    return block;
  }

  #joined(end: Buffer): Buffer {
    if (this.#rest.length === 0) return end;
    const block = Buffer.concat([...this.#rest, end]);
    [this.#rest, this.#restBytes] = [[], 0];
    return block;
  }

  /** The last line, where it does not end. */
  finish(): Buffer | undefined {
    return this.#rest.length === 0 ? undefined : Buffer.concat(this.#rest);
  }
}

/** Chunks as blocks of whole lines; a line without end is reported, and nothing is read after it. */
export function* blocksOf(chunks: Iterable<Buffer>, tooLong: () => void): Generator<Buffer> {
  const blocks = new LineBlocks();
  for (const chunk of chunks) {
    // The line that began in the chunk before comes by itself, so that the others need not be copied to follow it.
    const first = blocks.isAmidLine ? chunk.indexOf(LINE_FEED) + 1 : 0;
    for (const part of first === 0 ? [chunk] : [chunk.subarray(0, first), chunk.subarray(first)]) {
      const block = blocks.add(part);
      if (block !== undefined) yield block;
    }
    if (blocks.tooLong) return tooLong();
  }
  const last = blocks.finish();
  if (last !== undefined) yield last;
}
