import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { type Budget, changed, damaged, endsTooEarly, followed } from "./entry.ts";

/** What unpacks archives, behind one door: where there is no Node, nothing does (`cannot-unpack.ts`). */
export { tarEntries } from "./tar-entries.ts";
export { zipEntries } from "./zip-entries.ts";

/** What gzip packed. Throws an ArchiveProblem where it is damaged or ends too early, after all that stands before. */
export async function* gunzip(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  const unpacking = createGunzip();
  const source = new Source(chunks);
  // A problem of the source is thrown where the other end is read.
  pipeline(heldBack(source, unpacking), unpacking).catch(() => {});
  let length = 0;
  try {
    for await (const chunk of unpacking) {
      length += chunk.length;
      budget.addBytes(chunk.length, length, unpacking.bytesWritten);
      yield chunk;
    }
    if ((await source.contentEnd()) > unpacking.bytesWritten) throw followed();
  } catch (error) {
    throw zlibProblem(error);
  } finally {
    await source.close();
  }
}

/** Packed bytes. Whoever unpacks them stops after the zeros behind the last of them, whatever follows. */
class Source implements AsyncIterable<Buffer> {
  readonly #chunks: AsyncIterator<Buffer>;
  #length = 0;
  #contentEnd = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Ending to read it does not close it. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Buffer>> {
    const step = await this.#chunks.next();
    if (step.done === true) return step;
    let end = step.value.length;
    while (end > 0 && step.value[end - 1] === 0) end--;
    if (end > 0) this.#contentEnd = this.#length + end;
    this.#length += step.value.length;
    return step;
  }

  /** Reads the rest; gives where the last byte stands that is not zero. */
  async contentEnd(): Promise<number> {
    while ((await this.#next()).done !== true);
    return this.#contentEnd;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** Holds the end of a source back, or its failure, until all before it is read: a stream that fails drops what waits in it. */
async function* heldBack(chunks: AsyncIterable<Buffer>, stream: Gunzip): AsyncGenerator<Buffer> {
  try {
    yield* chunks;
  } finally {
    while (!stream.destroyed && (stream.readableLength > 0 || stream.writableLength > 0)) await setImmediate();
  }
}

const zlibProblem = (error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) return error;
  if (error.code === "Z_BUF_ERROR") return endsTooEarly();
  // The first part had a header, or nobody would have taken it for gzip.
  if (error.message === "incorrect header check") return followed();
  return /^incorrect (data|length) check$/.test(error.message) ? changed() : damaged();
};
