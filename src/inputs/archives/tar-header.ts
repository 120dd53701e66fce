import { textOfName } from "../folders.ts";

/** The header of an entry: POSIX ustar, with the extensions of GNU tar and pax. */
export interface TarHeader {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** `0` for a file, `x` for pax attributes of the next entry, `L` for its long name. */
  readonly type: string;
  /** Where a link leads. */
  readonly target: string;
  /** Whether further blocks of the header follow, as behind that of a sparse file with many holes. */
  readonly goesOn: boolean;
}

export const BLOCK_BYTES = 512;
const CHECKSUM = { start: 148, end: 156 };

export const isZeroBlock = (block: Buffer): boolean => block.every((byte) => byte === 0);

/** Undefined where the block is no header: its checksum is wrong, or its size no number. */
export const readTarHeader = (block: Buffer): TarHeader | undefined => {
  const size = numberIn(block, 124, 136);
  if (size === undefined || numberIn(block, CHECKSUM.start, CHECKSUM.end) !== checksumOf(block)) return undefined;
  const prefix = textIn(block, 257, 263) === "ustar" ? textIn(block, 345, 500) : "";
  const name = textIn(block, 0, 100);
  // Archives of old write files as type NUL.
  const type = textIn(block, 156, 157) || "0";
  const path = prefix === "" ? name : `${prefix}/${name}`;
  return { name: path, size, type, target: textIn(block, 157, 257), goesOn: type === "S" && block[482] === 1 };
};

/** Whether another of the blocks follows that go on with a sparse file's header. */
export const sparseGoesOn = (block: Buffer): boolean => block[504] === 1;

/** All bytes added up, with spaces for the checksum itself. */
const checksumOf = (block: Buffer): number => {
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= CHECKSUM.start && index < CHECKSUM.end ? 0x20 : byte;
  return sum;
};

const textIn = (block: Buffer, start: number, end: number): string => {
  const nul = block.indexOf(0, start);
  return textOfName(block.subarray(start, nul === -1 || nul > end ? end : nul));
};

/** An octal number; a larger one is written in bytes, behind a first bit that is set. */
const numberIn = (block: Buffer, start: number, end: number): number | undefined => {
  const [first = 0] = block.subarray(start);
  if (first >= 0x80) {
    const number = block.subarray(start + 1, end).reduce((sum, byte) => sum * 256 + byte, 0);
    // A second bit makes it negative.
    return first === 0x80 && Number.isSafeInteger(number) ? number : undefined;
  }
  const digits = textIn(block, start, end).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
};

/**
 * Attributes of pax: each is its own length in bytes, a space, `key=value` and a line feed. Undefined where they are
 * written otherwise.
 */
export const readPaxAttributes = (bytes: Buffer): ReadonlyMap<string, string> | undefined => {
  const attributes = new Map<string, string>();
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(0x20, start);
    const digits = bytes.toString("latin1", start, Math.min(space, start + MOST_DIGITS));
    const end = start + Number(digits);
    const equals = bytes.indexOf(0x3d, space);
    if (!/^[1-9]\d*$/.test(digits) || equals === -1 || end > bytes.length) return undefined;
    if (equals >= end || bytes[end - 1] !== LINE_FEED) return undefined;
    const key = bytes.toString("utf8", space + 1, equals);
    attributes.set(key, textOfName(bytes.subarray(equals + 1, end - 1)));
    start = end;
  }
  return attributes;
};

const MOST_DIGITS = 10;
const LINE_FEED = 10;
