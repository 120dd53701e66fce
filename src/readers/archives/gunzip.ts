import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import { createGunzip, type Gunzip } from "node:zlib";
import { type Budget, damaged, endsTooEarly } from "./limits.ts";

/** What gzip packed. Throws an ArchiveProblem where it is damaged or ends too early, after all that stands before. */
export async function* gunzip(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  const unpacking = createGunzip();
  // A problem of the source is thrown where the other end is read.
  pipeline(heldBack(chunks, unpacking), unpacking).catch(() => {});
  let length = 0;
  try {
    for await (const chunk of unpacking) {
      length += chunk.length;
      budget.addBytes(chunk.length, length, unpacking.bytesWritten);
      yield chunk;
    }
  } catch (error) {
    throw zlibProblem(error);
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

/** What zlib complains of, in other words; anything else as it is. */
export const zlibProblem = (error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) return error;
  return error.code === "Z_BUF_ERROR" ? endsTooEarly() : damaged();
};
