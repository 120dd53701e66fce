import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Budget, damaged, endsTooEarly } from "./limits.ts";

/** What gzip packed. Throws an ArchiveProblem where it is damaged or ends too early, after all that stands before. */
export async function* gunzip(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Buffer> {
  const unpacking = createGunzip();
  // A problem of the source is thrown where the other end is read.
  pipeline(chunks, unpacking).catch(() => {});
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

/** What zlib complains of, in other words; anything else as it is. */
export const zlibProblem = (error: unknown): unknown => {
  if (!(error instanceof Error) || !("code" in error) || !String(error.code).startsWith("Z_")) return error;
  return error.code === "Z_BUF_ERROR" ? endsTooEarly() : damaged();
};
