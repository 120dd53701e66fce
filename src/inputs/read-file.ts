import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, statSync } from "node:fs";
import type { InputFile } from "../model/input-file.ts";
import { CHUNK_BYTES, wholeOf } from "./bytes.ts";
import { reading } from "./system-error.ts";

/** Reads a small file in one go. */
export const readSmall = (path: string): Buffer => reading(path, () => readFileSync(path));

export const sizeOf = (path: string): number => reading(path, () => statSync(path).size);

/** The bytes of a file from one offset up to another. */
interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const ALL: ByteRange = { from: 0, to: Number.POSITIVE_INFINITY };

/** The bytes of a file, in chunks of at most `chunkBytes`. Each chunk is valid only until the next is asked for. */
export const readChunks = (path: string, chunkBytes = CHUNK_BYTES, range = ALL): Generator<Buffer> =>
  chunksFrom(() => openSync(path, "r"), path, chunkBytes, range);

/** Like {@link readChunks}, but of a file that `open` opens. */
export function* chunksFrom(
  open: () => number,
  path: string,
  chunkBytes = CHUNK_BYTES,
  { from, to } = ALL,
): Generator<Buffer> {
  const descriptor = reading(path, open);
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let at = from; at < to; ) {
      const most = Math.min(chunkBytes, to - at);
      // Pipes and devices cannot be read at an offset.
      const offset = from === 0 ? null : at;
      const length = reading(path, () => readSync(descriptor, buffer, 0, most, offset));
      if (length === 0) return;
      at += length;
      yield buffer.subarray(0, length);
    }
  } finally {
    reading(path, () => closeSync(descriptor));
  }
}

/** The whole file. Throws InputError past `most` bytes. */
export const readWhole = (path: string, most: number, hint?: string): Buffer =>
  wholeOf(readChunks(path), path, most, hint);

export const inputFileOf = (file: string, chunks: Iterable<Uint8Array>): InputFile => {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { file, bytes, sha256: hash.digest("hex") };
};
