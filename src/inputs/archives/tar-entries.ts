import { textOfName } from "../folders.ts";
import { ByteReader } from "./byte-reader.ts";
import { type Entry, KnownNames, linkProblem, passedOver } from "./entry.ts";
import { ArchiveProblem, type Budget, damaged, endsTooEarly, followed } from "./limits.ts";
import {
  BLOCK_BYTES,
  isZeroBlock,
  readPaxAttributes,
  readTarHeader,
  sparseGoesOn,
  type TarHeader,
} from "./tar-header.ts";

/** The files in a tar archive; of links and of what is no whole file by itself the bytes give the problem. */
export async function* tarEntries(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Entry> {
  const reader = new ByteReader(chunks);
  const names = new KnownNames();
  try {
    for (let header = await nextHeader(reader); header !== undefined; header = await nextHeader(reader)) {
      budget.addEntry();
      const body = new Body(reader, header.size);
      const problem = problemOf(header);
      if (problem !== undefined) yield names.entry(header.name, passedOver(problem));
      else if (!isFolder(header)) yield names.entry(header.name, body);
      await body.skip();
    }
    await checkEnd(reader);
  } finally {
    await reader.close();
  }
}

/** Folders, lists of what a folder held, and names of archives. */
const WITHOUT_CONTENT: ReadonlySet<string> = new Set(["5", "D", "V"]);
/** Archives of old write folders as files whose names end so. */
const isFolder = ({ type, name, size }: TarHeader): boolean =>
  WITHOUT_CONTENT.has(type) || (size === 0 && name.endsWith("/"));
const FILES: ReadonlySet<string> = new Set(["0", "7"]);
const LINKS: ReadonlySet<string> = new Set(["1", "2"]);
const DEVICES: ReadonlySet<string> = new Set(["3", "4", "6"]);

/** An entry with what the blocks before it say of it. */
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

/** The header of the next entry, with what the blocks before it say of it; undefined at the end of the archive. */
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

/** Links, devices and folders have no bytes; programs do not agree on what follows those that claim to. */
const sized = (header: Described): Described => {
  if (header.size === 0 || FILES.has(header.type)) return header;
  if (LINKS.has(header.type) || DEVICES.has(header.type) || header.type === "5") throw damaged();
  return header;
};

const MAX_SAID_BYTES = 2 ** 20;

/** What an entry that only describes others holds. */
const saidBy = async ({ size }: TarHeader, reader: ByteReader): Promise<Buffer> => {
  if (size > MAX_SAID_BYTES) throw new ArchiveProblem("a name in it is too long", "unpack it yourself");
  const said = await reader.take(size);
  if (said.length < size) throw endsTooEarly();
  await reader.take(paddingOf(size));
  return said;
};

/** What stands before an entry and describes it. */
class Description {
  #name: string | undefined;
  #target: string | undefined;
  #size: number | undefined;
  #sparse = false;
  /** Whether nothing was said of an entry that is to come. */
  ofNothing = true;

  add(type: string, said: Buffer): void {
    if (type !== "g") this.ofNothing = false;
    if (type === "L") this.#name = textBefore(said);
    if (type === "K") this.#target = textBefore(said);
    if (type === "x") this.#addAttributes(said);
    // For all entries to come: nothing that is read here is said so.
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

/** After the first block of zeros of the two that end an archive: nothing but zeros may follow. */
const checkEnd = async (reader: ByteReader): Promise<void> => {
  let length = 0;
  for await (const piece of reader.pieces(Number.POSITIVE_INFINITY)) {
    if (piece.some((byte) => byte !== 0)) throw followed();
    length += piece.length;
  }
  if (length >= BLOCK_BYTES) return;
  throw new ArchiveProblem("the end of its end is missing", "is it complete?", { warning: true });
};

/** Entries begin on whole blocks. */
const paddingOf = (size: number): number => (BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES;

/** What is left of an entry's bytes. */
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

  /** Goes to the next entry. */
  async skip(): Promise<void> {
    for await (const _ of this);
    await this.#reader.take(this.#padding);
  }
}
