/** The header of an entry: POSIX ustar, with the extensions of GNU tar and pax. */
export interface TarHeader {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** `0` for a file, `x` for pax attributes of the next entry, `L` for its long name. */
  readonly type: string;
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
  return { name: prefix === "" ? name : `${prefix}/${name}`, size, type: textIn(block, 156, 157) || "0" };
};

/** All bytes added up, with spaces for the checksum itself. */
const checksumOf = (block: Buffer): number => {
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= CHECKSUM.start && index < CHECKSUM.end ? 0x20 : byte;
  return sum;
};

const textIn = (block: Buffer, start: number, end: number): string => {
  const text = block.toString("utf8", start, end);
  const nul = text.indexOf("\0");
  return nul === -1 ? text : text.slice(0, nul);
};

/** An octal number; a larger one is written in bytes, behind a first bit that is set. */
const numberIn = (block: Buffer, start: number, end: number): number | undefined => {
  if ((block[start] ?? 0) >= 0x80) {
    const number = [...block.subarray(start + 1, end)].reduce((sum, byte) => sum * 256 + byte, 0);
    return Number.isSafeInteger(number) ? number : undefined;
  }
  const digits = textIn(block, start, end).trim();
  return /^[0-7]*$/.test(digits) ? Number.parseInt(digits || "0", 8) : undefined;
};

/** Attributes of pax: each is its own length in bytes, a space, `key=value` and a line feed. */
export const readPaxAttributes = (bytes: Buffer): ReadonlyMap<string, string> => {
  const attributes = new Map<string, string>();
  for (let start = 0; start < bytes.length; ) {
    const space = bytes.indexOf(0x20, start);
    const length = space === -1 ? 0 : Number(bytes.toString("latin1", start, space));
    if (!(length > 0)) break;
    const [, key = "", value = ""] =
      /^([^=]*)=(.*)$/s.exec(bytes.toString("utf8", space + 1, start + length - 1)) ?? [];
    attributes.set(key, value);
    start += length;
  }
  return attributes;
};
