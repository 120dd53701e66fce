import { createHash } from "node:crypto";
import type { InputFile } from "../model/input-file.ts";

export const inputFileOf = (file: string, chunks: Iterable<Uint8Array>): InputFile => {
  const hash = createHash("sha256");
  let bytes = 0;
  for (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { file, bytes, sha256: hash.digest("hex") };
};
