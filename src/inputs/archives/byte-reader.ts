/** Takes so many bytes at a time from chunks as they come. */
export class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #failure: unknown;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, fewer only where the source ends. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.pieces(length)) parts.push(part);
    return parts[0] !== undefined && parts.length === 1 ? parts[0] : Buffer.concat(parts);
  }

  /** The next bytes as they come; as many as were asked for, unless the source ends. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.#chunk.length === 0) {
        const { done, value } = await this.#next();
        if (done === true) return;
        this.#chunk = value;
      }
      const piece = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** What went wrong once goes wrong for ever: a source that has failed would say that it has ended. */
  async #next(): Promise<IteratorResult<Buffer>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.#source.next();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
