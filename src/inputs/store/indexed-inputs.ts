import { isServer } from "../data-words.ts";
import { filesAt, isUnreadable } from "../folders.ts";
import { inputFileOf, readChunks } from "../read-file.ts";

import type { IndexedInput } from "./manifest.ts";

/** The files behind paths, each with its size and hash; of what is no file on disk only the name. */
export const indexedInputs = (paths: readonly string[]): readonly IndexedInput[] =>
  paths.flatMap((path) =>
    path === "-" || /^(git|builtin):/.test(path) || isServer(path)
      ? [{ name: path, bytes: undefined, sha256: undefined }]
      : filesAt(path).flatMap((found) => (isUnreadable(found) ? [] : [fingerprintOf(found.path)])),
  );

const fingerprintOf = (path: string): IndexedInput => {
  const { file: name, bytes, sha256 } = inputFileOf(path, readChunks(path));
  return { name, bytes, sha256 };
};
