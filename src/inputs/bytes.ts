import { isAscii, isUtf8 } from "node:buffer";
import { type Finding, findingOf, InputError } from "../model/errors.ts";

export const CHUNK_BYTES = 1 << 16;
export const LINE_FEED = 10;
export const NO_BYTES: Buffer = Buffer.from("");

export const countLines = (bytes: Buffer): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
  return lines;
};

export function* slicesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) yield bytes.subarray(start, start + CHUNK_BYTES);
}

const IN_LINES = "write large registers as JSON Lines: one contract per line in a .jsonl file";

export const tooLarge = (name: string, most: number, hint = IN_LINES): InputError =>
  new InputError(`${name} is larger than ${most / 2 ** 20} MiB`, hint);

export const holdsNoData = (what: string): InputError =>
  new InputError(
    `${what} holds no data`,
    "data are registers (.yaml, .yml, .jsonl), notices in XML or JSON, and archives of them",
  );

export const joined = (chunks: readonly Buffer[]): Buffer => {
  const [first, ...others] = chunks;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(chunks);
};

/** Bytes as text, or undefined where they are not UTF-8. */
export const decodeUtf8 = (bytes: Buffer): string | undefined => {
  if (isAscii(bytes)) return bytes.toString("latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
};

/** A name for those who read it: bytes that are no UTF-8 are written as `\xE9`, so that unlike names stay unlike. */
export const textOfName = (bytes: Buffer): string => {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  return bytes.toString("latin1").replace(/[^ -~]/g, (char) => `\\x${hexadecimal(char.charCodeAt(0))}`);
};

const hexadecimal = (code: number): string => code.toString(16).toUpperCase().padStart(2, "0");

/** The finding for bytes that are no text; `firstLine` is the number of their first line. */
export const encodingFinding = (bytes: Buffer, file: string, firstLine: number): Finding => {
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  let line = firstLine;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(10, start);
    const row = bytes.subarray(start, end === -1 ? bytes.length : end);
    if (end === -1 || wide || !isUtf8(row)) return invalidRow(row, file, line, wide);
    line++;
    start = end + 1;
  }
};

const BINARY = /[\0-\x08\x0e-\x1f]/;

const invalidRow = (row: Buffer, file: string, line: number, wide: boolean): Finding => {
  const text = row.toString("utf8");
  const message = wide ? "the file is UTF-16, not UTF-8" : "the file is not valid UTF-8 here";
  const column = wide ? 1 : text.indexOf("\ufffd") + 1;
  return findingOf("F9", message, { file, line, column, text: BINARY.test(text) ? "" : text }, "save it as UTF-8");
};
