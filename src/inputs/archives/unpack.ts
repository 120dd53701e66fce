import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { type Budget, changed, damaged, endsTooEarly, followed } from "./entry.ts";

/**
 * The one door to all that unpacks archives. In the library for browsers, which have no Node, `cannot-unpack.ts` takes
 * its place.
 */
export { tarEntries } from "./tar-entries.ts";
export { zipEntries } from "./zip-entries.ts";

/**
 * Unpacks gzip. Throws an ArchiveProblem if the bytes are damaged, end too early or are followed by others, after
 * yielding all that stands before.
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  const unpacking = createGunzip();
  const source = new Source(chunks);
  // An error of the source is thrown where `unpacking` is read.
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

/**
 * Packed bytes, and where the last of them stands that is not zero. zlib stops after the zeros behind what is packed,
 * whatever follows them.
 */
class Source implements AsyncIterable<Buffer> {
  readonly #chunks: AsyncIterator<Buffer>;
  #length = 0;
  #contentEnd = 0;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Gives the same bytes to whoever unpacks them. Ending that early does not close the source. */
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

  /** Reads the rest. Returns where the last byte that is not zero ends. */
  async contentEnd(): Promise<number> {
    while ((await this.#next()).done !== true);
    return this.#contentEnd;
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/**
 * Holds back the end of a source, or its failure, until the stream has passed on all bytes before it. A stream that
 * fails drops what still waits in it.
 */
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
  // The first part had a right header, or it would not have been taken for gzip: this is about what follows it.
  if (error.message === "incorrect header check") return followed();
  return /^incorrect (data|length) check$/.test(error.message) ? changed() : damaged();
};
