import { joined, LINE_FEED, textOfName } from "../bytes.ts";
import {
  ArchiveProblem,
  type Budget,
  damaged,
  type Entry,
  endsTooEarly,
  followed,
  knownNames,
  linkProblem,
  passedOver,
} from "./entry.ts";

/**
 * The files in a tar archive. For links, and for what is not a whole file by itself, reading the bytes throws the
 * problem.
 */
export async function* tarEntries(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Entry> {
  const reader = new ByteReader(chunks);
  const entryOf = knownNames();
  try {
    for (let header = await nextHeader(reader); header !== undefined; header = await nextHeader(reader)) {
      budget.addEntry();
      const body = new Body(reader, header.size);
      const problem = problemOf(header);
      if (problem !== undefined) yield entryOf(header.name, passedOver(problem));
      else if (!isFolder(header)) yield entryOf(header.name, body);
      await body.skip();
    }
    await checkEnd(reader);
  } finally {
    await reader.close();
  }
}

/** The types of folders, of lists of what a folder held, and of names of archives. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set(["5", "D", "V"]);
/** Old archives write folders as files whose names end in a slash. */
const isFolder = ({ type, name, size }: TarHeader): boolean =>
  WITHOUT_CONTENT.has(type) || (size === 0 && name.endsWith("/"));
const FILES: ReadonlySet<string> = new Set(["0", "7"]);
const LINKS: ReadonlySet<string> = new Set(["1", "2"]);
const DEVICES: ReadonlySet<string> = new Set(["3", "4", "6"]);

interface Described extends TarHeader {
  readonly sparse: boolean;
}

const problemOf = ({ type, name, target, sparse, size }: Described): ArchiveProblem | undefined => {
  const [unpack, pack] = ["unpack it yourself", "pack the file itself"];
  if (sparse) return new ArchiveProblem("it is a sparse file, and its holes are left out", unpack);
  if (LINKS.has(type)) return linkProblem(name, target);
  if (DEVICES.has(type)) return new ArchiveProblem("it is a device or a pipe", pack, { warning: true });
  if (type === "M") return new ArchiveProblem("it begins in another archive", "put the archives together");
  const isOddName = type === "V" && size > 0;
  if (FILES.has(type) || (WITHOUT_CONTENT.has(type) && !isOddName)) return undefined;
  return new ArchiveProblem(`it is of an unknown kind: "${type}"`, unpack);
};

/**
 * The header of the next entry, with what the blocks before it say of the entry. Undefined at the end of the archive.
 */
const nextHeader = async (reader: ByteReader): Promise<Described | undefined> => {
  const before = new Description();
  for (;;) {
    const block = await reader.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw endsTooEarly();
    if (isZeroBlock(block)) {
      if (before.ofNothing) return undefined;
      throw endsTooEarly();
    }
    const header = readTarHeader(block);
    if (header === undefined) throw damaged();
    if (header.type === "X" || "xgLKN".includes(header.type)) before.add(header.type, await saidBy(header, reader));
    else {
      for (let goesOn = header.goesOn; goesOn; ) goesOn = sparseGoesOn(await reader.take(BLOCK_BYTES));
      return sized(before.applyTo(header));
    }
  }
};

/**
 * Throws an ArchiveProblem for a link, device or folder that claims to have bytes. Programs do not agree on what
 * follows it.
 */
const sized = (header: Described): Described => {
  if (header.size === 0 || FILES.has(header.type)) return header;
  if (LINKS.has(header.type) || DEVICES.has(header.type) || header.type === "5") throw damaged();
  return header;
};

const MAX_SAID_BYTES = 2 ** 20;

const saidBy = async ({ size }: TarHeader, reader: ByteReader): Promise<Buffer> => {
  if (size > MAX_SAID_BYTES) throw new ArchiveProblem("a name in it is too long", "unpack it yourself");
  const said = await reader.take(size);
  if (said.length < size) throw endsTooEarly();
  await reader.take(paddingOf(size));
  return said;
};

class Description {
  #name: string | undefined;
  #target: string | undefined;
  #size: number | undefined;
  #sparse = false;
  /** Whether no block has said anything of an entry that is still to come. */
  ofNothing = true;

  add(type: string, said: Buffer): void {
    if (type !== "g") this.ofNothing = false;
    if (type === "L") this.#name = textBefore(said);
    if (type === "K") this.#target = textBefore(said);
    if (type === "x") this.#addAttributes(said);
    // These attributes hold for all entries to come. Those that are read here may not be given so.
    if (type === "g" && namesEntries(attributesIn(said))) throw unreadableKind();
    if (type === "N" || type === "X") throw unreadableKind();
  }

  #addAttributes(said: Buffer): void {
    const attributes = attributesIn(said);
    this.#name = attributes.get("GNU.sparse.name") ?? attributes.get("path") ?? this.#name;
    this.#target = attributes.get("linkpath") ?? this.#target;
    this.#sparse ||= [...attributes.keys()].some(isSparse);
    const size = attributes.get("size");
    if (size === undefined) return;
    if (!/^\d{1,16}$/.test(size) || !Number.isSafeInteger(Number(size))) throw damaged();
    this.#size = Number(size);
  }

  applyTo(header: TarHeader): Described {
    return {
      ...header,
      name: this.#name ?? header.name,
      target: this.#target ?? header.target,
      size: this.#size ?? header.size,
      sparse: this.#sparse || header.type === "S",
    };
  }
}

const unreadableKind = (): ArchiveProblem =>
  new ArchiveProblem("it is written in a way that cannot be read", "unpack it yourself");

const isSparse = (key: string): boolean => key.startsWith("GNU.sparse.");

const namesEntries = (attributes: ReadonlyMap<string, string>): boolean =>
  [...attributes.keys()].some((key) => key === "path" || key === "size" || key === "linkpath" || isSparse(key));

const attributesIn = (said: Buffer): ReadonlyMap<string, string> => {
  const attributes = readPaxAttributes(said);
  if (attributes === undefined) throw damaged();
  return attributes;
};

const textBefore = (bytes: Buffer): string => {
  const nul = bytes.indexOf(0);
  return textOfName(nul === -1 ? bytes : bytes.subarray(0, nul));
};

/**
 * Reads on after the first of the two blocks of zeros that end an archive. Throws an ArchiveProblem if anything but
 * zeros follows, or as a warning if the second block is not whole.
 */
const checkEnd = async (reader: ByteReader): Promise<void> => {
  let length = 0;
  for await (const piece of reader.pieces(Number.POSITIVE_INFINITY)) {
    if (piece.some((byte) => byte !== 0)) throw followed();
    length += piece.length;
  }
  if (length >= BLOCK_BYTES) return;
  throw new ArchiveProblem("the end of its end is missing", "is it complete?", { warning: true });
};

const paddingOf = (size: number): number => (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;

class Body implements AsyncIterable<Buffer> {
  readonly #reader: ByteReader;
  readonly #padding: number;
  #left: number;
  #problem: ArchiveProblem | undefined;

  constructor(reader: ByteReader, size: number) {
    this.#reader = reader;
    this.#left = size;
    this.#padding = paddingOf(size);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const piece of this.#reader.pieces(this.#left)) {
      this.#left -= piece.length;
      yield piece;
    }
    if (this.#left === 0) return;
    this.#problem ??= endsTooEarly();
    throw this.#problem;
  }

  async skip(): Promise<void> {
    for await (const _ of this);
    await this.#reader.take(this.#padding);
  }
}

/** The header of an entry: POSIX ustar, with the extensions of GNU tar and pax. */
interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** `0` for a file, `x` for pax attributes of the next entry, `L` for its long name. */
  readonly type: string;
  readonly target: string;
  readonly goesOn: boolean;
}

const BLOCK_BYTES = 512;
const CHECKSUM = { start: 148, end: 156 };

export const isZeroBlock = (block: Buffer): boolean => block.every((byte) => byte === 0);

/**
 * Reads the header of an entry. Undefined if the block is not a header: its checksum is wrong, or its size is not a
 * number.
 */
export const readTarHeader = (block: Buffer): TarHeader | undefined => {
  const size = numberIn(block, 124, 136);
  if (size === undefined || numberIn(block, CHECKSUM.start, CHECKSUM.end) !== checksumOf(block)) return undefined;
  const prefix = textIn(block, 257, 263) === "ustar" ? textIn(block, 345, 500) : "";
  const name = textIn(block, 0, 100);
  // Old archives write files as type NUL.
  const type = textIn(block, 156, 157) || "0";
  const path = prefix === "" ? name : `${prefix}/${name}`;
  return { name: path, size, type, target: textIn(block, 157, 257), goesOn: type === "S" && block[482] === 1 };
};

const sparseGoesOn = (block: Buffer): boolean => block[504] === 1;

const checksumOf = (block: Buffer): number => {
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= CHECKSUM.start && index < CHECKSUM.end ? 0x20 : byte;
  return sum;
};

const textIn = (block: Buffer, start: number, end: number): string => {
  const nul = block.indexOf(0, start);
  return textOfName(block.subarray(start, nul === -1 || nul > end ? end : nul));
};

/**
 * An octal number. A larger one is written in bytes, behind a first byte whose highest bit is set. Undefined if it is
 * neither.
 */
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
 * Reads attributes of pax. Each is its own length in bytes, a space, `key=value` and a line feed. Undefined if they are
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

class ByteReader {
  readonly #source: AsyncIterator<Buffer>;
  #chunk: Buffer = Buffer.alloc(0);
  #failure: unknown;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes, fewer only where the source ends. */
  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.pieces(length)) parts.push(part);
    return joined(parts);
  }

  /** The next bytes as they come; as many as were asked for, unless the source ends. */
  async *pieces(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0; ) {
      if (this.#chunk.length === 0) {
        const { done, value } = await this.#next();
        if (done === true) return;
        this.#chunk = value;
      }
      const piece = this.#chunk.subarray(0, left);
      this.#chunk = this.#chunk.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
  }

  /** Throws an error of the source again at each call: a source that has failed would say that it has ended. */
  async #next(): Promise<IteratorResult<Buffer>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.#source.next();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
