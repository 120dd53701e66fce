import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import { explainSystemError, systemErrorCode } from "../inputs/system-error.ts";
import { InputError } from "../model/errors.ts";
import type { Register } from "../records/register.ts";

/** More than any query that is accepted. */
const MOST_BYTES = 1 << 16;

/** Finds the queries that a register names, and those that stand in files. */
export const queryLookup =
  ({ queries }: Register) =>
  (reference: string): string | undefined => {
    const name = reference.slice(1);
    return reference.startsWith(":") ? queries.get(name) : readQuery(name);
  };

const readQuery = (path: string): string | undefined => {
  const bytes = firstBytes(path);
  if (bytes === undefined) return undefined;
  if (bytes.length > MOST_BYTES) throw new InputError(`${path} is too large for a query`);
  if (!isUtf8(bytes)) throw new InputError(`${path} is not valid UTF-8`, "save it as UTF-8");
  return bytes.toString("utf8");
};

/** What a file or pipe holds, as far as a query can be: some of them have no end; undefined where there is none. */
const firstBytes = (path: string): Buffer | undefined => {
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  try {
    const descriptor = openSync(path, "r");
    for (let read = 1; read > 0; length += read)
      read = readSync(descriptor, buffer, length, buffer.length - length, null);
    closeSync(descriptor);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`);
  }
  return buffer.subarray(0, length);
};
