import type { Readable } from "node:stream";
import { crc32, inflateRawSync } from "node:zlib";
import {
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  type LocalFileHeader,
  parseExtraFields,
  type Entry as ZipEntry,
  type ZipFile,
} from "yauzl";
import { textOfName } from "../bytes.ts";
import { readSmall, sizeOf } from "../read-file.ts";
import { isSystemError, unlessRefused, unreadable } from "../system-error.ts";
import {
  ArchiveProblem,
  type Budget,
  changed,
  damaged,
  type Entry,
  endsTooEarly,
  followed,
  knownNames,
  linkProblem,
  passedOver,
  unknownPacking,
} from "./entry.ts";
import { ZipBytes } from "./zip-bytes.ts";

// Names are decoded here: the library would refuse a whole archive for one name with "../" in it, which is only shown.
// Sizes are compared here: the library would stop at the first entry whose sizes do not fit each other.
const OPTIONS = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false, autoClose: false };

/**
 * The files in a zip archive, given by its path or as bytes. Its list of contents stands at its end. If that is
 * missing, the files that are there are yielded before the problem is thrown.
 */
export async function* zipEntries(archive: string | Buffer, budget: Budget): AsyncGenerator<Entry> {
  const opened = await openZip(archive);
  if (opened instanceof ArchiveProblem) {
    const bytes = bytesOfArchive(archive);
    if (bytes !== undefined) yield* zipRemains(bytes, opened, budget);
    throw opened;
  }
  yield* new ListedZip(opened, archive, budget).entries();
}

interface OpenZip {
  readonly zip: ZipFile;
  readonly bytes: ZipBytes;
}

/** Opens an archive. Returns the problem if it ends too early, and throws any other. */
const openZip = async (archive: string | Buffer): Promise<OpenZip | ArchiveProblem> => {
  let bytes: ZipBytes | undefined;
  try {
    bytes = new ZipBytes(archive);
    return { zip: await fromRandomAccessReaderPromise(bytes, bytes.size, OPTIONS), bytes };
  } catch (error) {
    bytes?.close(() => {});
    if (error instanceof Error && /signature not found/.test(error.message)) return endsTooEarly();
    throw zipProblem(error, archive);
  }
};

const MAX_REMAINS_BYTES = 2 ** 30;

/** An archive as bytes; undefined if it is too large to be held in memory. */
const bytesOfArchive = (archive: string | Buffer): Buffer | undefined => {
  if (typeof archive !== "string") return archive;
  return sizeOf(archive) > MAX_REMAINS_BYTES ? undefined : readSmall(archive);
};

/**
 * The most bytes, packed and unpacked, of files that are unpacked at once. For most files, a stream takes longer than
 * all the rest.
 */
const MOST_AT_ONCE = 2 ** 22;

class ListedZip {
  readonly #zip: ZipFile;
  readonly #bytes: ZipBytes;
  readonly #archive: string | Buffer;
  readonly #budget: Budget;
  readonly #entryOf = knownNames();
  readonly #layout: ZipLayout;
  /** The last file whose own header was read. */
  #headed: ZipEntry | undefined;

  constructor({ zip, bytes }: OpenZip, archive: string | Buffer, budget: Budget) {
    this.#zip = zip;
    this.#bytes = bytes;
    this.#archive = archive;
    this.#budget = budget;
    this.#layout = new ZipLayout(zip);
  }

  async *entries(): AsyncGenerator<Entry> {
    try {
      for await (const entry of this.#zip.eachEntry()) {
        this.#budget.addEntry();
        this.#layout.add(entry);
        if (typeof this.#archive === "string") this.#budget.meter?.passBytes(entry.compressedSize);
        const name = nameOf(entry);
        const bytes = isLink(entry) ? passedOver(linkProblem(name)) : this.#bytesOf(entry);
        if (!isFolder(entry, name)) yield this.#entryOf(name, bytes);
        // The header of a file is checked even if nobody read the file: it may say something else.
        if (this.#headed !== entry) await this.#readHeader(entry);
      }
      this.#layout.check();
      this.#bytes.finish();
    } catch (error) {
      throw zipProblem(error, this.#archive);
    } finally {
      this.#zip.close();
    }
  }

  /** The bytes of a file. Throws an ArchiveProblem if they are not what the list of contents says. */
  async *#bytesOf(entry: ZipEntry): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) throw new ArchiveProblem("it is encrypted", "unpack it yourself");
    let [length, checksum] = [0, 0];
    try {
      for await (const chunk of await this.#unpacked(entry)) {
        length += chunk.length;
        checksum = crc32(chunk, checksum);
        this.#budget.addBytes(chunk.length, length, entry.compressedSize);
        yield chunk;
      }
    } catch (error) {
      throw zipProblem(error, this.#archive);
    }
    if (checksum !== entry.crc32 || length !== entry.uncompressedSize) throw changed();
  }

  async #unpacked(entry: ZipEntry): Promise<readonly Buffer[] | Readable> {
    const start = await this.#readHeader(entry);
    const whole = this.#atOnce(entry, start);
    return whole === undefined ? await this.#zip.openReadStreamPromise(entry) : [whole];
  }

  /**
   * All bytes of a small file. Undefined for a larger one, or if something is wrong: reading it as a stream then says
   * what.
   */
  #atOnce({ compressionMethod, compressedSize, uncompressedSize }: ZipEntry, start: number): Buffer | undefined {
    if (Math.max(compressedSize, uncompressedSize) > MOST_AT_ONCE) return undefined;
    const packed = this.#bytes.at(start, compressedSize);
    if (packed.length < compressedSize) return undefined;
    if (compressionMethod === STORED) return Buffer.from(packed);
    return compressionMethod === DEFLATED ? tryInflate(packed, Math.max(uncompressedSize, 1))?.content : undefined;
  }

  /**
   * Reads the header before a file. Returns where its bytes begin. Throws an ArchiveProblem if the header says
   * something else than the list of contents.
   */
  async #readHeader(entry: ZipEntry): Promise<number> {
    this.#headed = entry;
    const local = await this.#zip.readLocalFileHeaderPromise(entry);
    checkLocalHeader(entry, local);
    this.#layout.addStart(entry, local.fileDataStart);
    return local.fileDataStart;
  }
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: ZipEntry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

/** How many bytes empty content takes when it is packed. */
const PACKED_NOTHING_BYTES = 2;

/** Whether an entry is a folder, which holds nothing by itself. What holds something is a file, whatever its name. */
const isFolder = ({ uncompressedSize, compressedSize }: ZipEntry, name: string): boolean =>
  name.endsWith("/") && uncompressedSize === 0 && compressedSize <= PACKED_NOTHING_BYTES;

const LINK = 0o120000;
const KIND = 0o170000;
/** The systems (Unix, macOS) whose archives say in the upper half of the attributes what kind of file it is. */
const UNIX: ReadonlySet<number> = new Set([3, 19]);

const isLink = ({ versionMadeBy, externalFileAttributes }: ZipEntry): boolean =>
  UNIX.has(versionMadeBy >>> 8) && ((externalFileAttributes >>> 16) & KIND) === LINK;

const zipProblem = (error: unknown, archive: string | Buffer): unknown => {
  if (typeof archive === "string" && isSystemError(error)) return unreadable(archive, error);
  if (error instanceof ArchiveProblem || !(error instanceof Error)) return error;
  if (/truncated|unexpected EOF|overflows file bounds/.test(error.message)) return endsTooEarly();
  if (/extra bytes/.test(error.message)) return followed();
  return /unsupported|not supported/.test(error.message) ? unknownPacking() : damaged();
};

/** The length of a header with a name of one letter: fewer bytes cannot hide a file. */
const LEAST_FILE_BYTES = 31;
const LOCAL_HEADER_BYTES = 30;
const MOST_EXTRA_BYTES = 0xffff;
const ENCRYPTED = 0x01;
/** A flag: a descriptor with its checksum and its sizes stands behind the file. */
const SIZES_BEHIND = 0x08;
const DESCRIPTOR_BYTES = 24;
const END_BYTES = 22;
/** The length of the two records more that the end of a large archive has. */
const LARGE_END_BYTES = 76;

/**
 * Which bytes of an archive its list of contents accounts for. If it leaves bytes out, or has two files share the same,
 * one archive can hold different files for different programs.
 */
class ZipLayout {
  readonly #zip: ZipFile;
  readonly #end: number;
  readonly #files: { readonly from: number; to: number; slack: number }[] = [];

  constructor(zip: ZipFile) {
    this.#zip = zip;
    this.#end = cursorOf(zip);
  }

  /** Adds a file of which only the list of contents was read: its own header may be longer. */
  add(entry: ZipEntry): void {
    const from = entry.relativeOffsetOfLocalHeader;
    const to = from + LOCAL_HEADER_BYTES + entry.fileNameLength + entry.compressedSize;
    this.#files.push({ from, to, slack: MOST_EXTRA_BYTES + DESCRIPTOR_BYTES });
  }

  /** Notes where the bytes of the last file begin, once its own header was read. */
  addStart({ compressedSize, generalPurposeBitFlag }: ZipEntry, start: number): void {
    const file = this.#files.at(-1);
    if (file === undefined) return;
    file.to = start + compressedSize;
    file.slack = (generalPurposeBitFlag & SIZES_BEHIND) === 0 ? 0 : DESCRIPTOR_BYTES;
  }

  check(): void {
    const listEnd = this.#zip.fileSize - END_BYTES - this.#zip.comment.length;
    const rest = listEnd - cursorOf(this.#zip);
    if (rest !== 0 && rest !== LARGE_END_BYTES) throw new ArchiveProblem(UNLISTED, HINT);
    let [end, slack] = [0, 0];
    for (const file of this.#files.sort((a, b) => a.from - b.from)) {
      if (file.from < end) throw new ArchiveProblem("two of its files share the same bytes", HINT);
      if (file.from - end >= LEAST_FILE_BYTES + slack) throw new ArchiveProblem(UNLISTED, HINT);
      [end, slack] = [file.to, file.slack];
    }
    if (this.#end - end >= LEAST_FILE_BYTES + slack) throw new ArchiveProblem(UNLISTED, HINT);
  }
}

const UNLISTED = "it has bytes that its list of contents does not name";
const HINT = "other programs may find other files in it; fetch it again";

/** Where the next entry of the list of contents stands. The types of the library say that it is a boolean. */
const cursorOf = ({ readEntryCursor }: ZipFile): number => Number(readEntryCursor);

const LARGE = 0xffffffff;
const LARGE_SIZES = 0x0001;

/** Throws an ArchiveProblem if the header before a file says something else of it than the list of contents. */
const checkLocalHeader = (listed: ZipEntry, local: LocalFileHeader): void => {
  const differing = differenceOf(listed, local);
  if (differing === undefined) return;
  throw new ArchiveProblem(
    `its own header and the archive's list of contents differ in ${differing}`,
    "other programs may find another file here; fetch it again",
  );
};

const differenceOf = (listed: ZipEntry, local: LocalFileHeader): string | undefined => {
  const isEncrypted = (flags: number): boolean => (flags & ENCRYPTED) !== 0;
  if (!local.fileName.equals(listed.fileNameRaw)) return "its name";
  if (otherName(listed.extraFields) !== otherName(parseExtraFields(local.extraField))) return "its name";
  if (local.compressionMethod !== listed.compressionMethod) return "how it is packed";
  if (isEncrypted(local.generalPurposeBitFlag) !== isEncrypted(listed.generalPurposeBitFlag)) return "how it is packed";
  const known = (value: number): boolean => value !== 0 || (local.generalPurposeBitFlag & SIZES_BEHIND) === 0;
  if (known(local.crc32) && local.crc32 !== listed.crc32) return "its checksum";
  const [size, packedSize] = sizesOf(local);
  if (known(size) && size !== listed.uncompressedSize) return "its size";
  return known(packedSize) && packedSize !== listed.compressedSize ? "its size" : undefined;
};

const UNICODE_NAME = 0x7075;

const otherName = (fields: ZipEntry["extraFields"]): string | undefined =>
  fields.find(({ id }) => id === UNICODE_NAME)?.data.toString("latin1");

const sizesOf = ({ uncompressedSize, compressedSize, extraField }: LocalFileHeader): readonly [number, number] => {
  if (uncompressedSize !== LARGE && compressedSize !== LARGE) return [uncompressedSize, compressedSize];
  const sizes = parseExtraFields(extraField).find(({ id }) => id === LARGE_SIZES)?.data;
  if (sizes === undefined || sizes.length < 16) return [uncompressedSize, compressedSize];
  return [Number(sizes.readBigUInt64LE(0)), Number(sizes.readBigUInt64LE(8))];
};

const LOCAL_HEADER = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface LocalFile {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  /** Undefined where it stands behind the file instead. */
  readonly compressedSize: number | undefined;
  /** Undefined where it stands behind the file instead. */
  readonly checksum: number | undefined;
  readonly start: number;
}

/**
 * The files of a zip archive that ends too early. Its list of contents, which stands at the end, is lost, but each file
 * has a header before it. Reading the bytes of the file that is cut throws the problem.
 */
function* zipRemains(bytes: Buffer, problem: ArchiveProblem, budget: Budget): Generator<Entry> {
  const entryOf = knownNames();
  for (let at = 0; ; ) {
    const file = localFileAt(bytes, at);
    if (file === undefined) return;
    budget.addEntry();
    const unpacked = unpack(bytes, file, budget);
    const content = checked(file, unpacked?.content ?? problem);
    if (!file.name.endsWith("/") || !Buffer.isBuffer(content) || content.length > 0)
      yield entryOf(file.name, oneChunk(content));
    if (unpacked === undefined) return;
    at = unpacked.end;
  }
}

const checked = ({ checksum }: LocalFile, content: Buffer | ArchiveProblem): Buffer | ArchiveProblem =>
  checksum !== undefined && Buffer.isBuffer(content) && crc32(content) !== checksum ? changed() : content;

async function* oneChunk(content: Buffer | ArchiveProblem): AsyncGenerator<Buffer> {
  if (!Buffer.isBuffer(content)) throw content;
  yield content;
}

const localFileAt = (bytes: Buffer, at: number): LocalFile | undefined => {
  if (at + LOCAL_HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL_HEADER) return undefined;
  const flags = bytes.readUInt16LE(at + 6);
  const nameEnd = at + LOCAL_HEADER_BYTES + bytes.readUInt16LE(at + 26);
  const described = (flags & SIZES_BEHIND) === 0;
  return {
    name: textOfName(bytes.subarray(at + LOCAL_HEADER_BYTES, nameEnd)),
    method: bytes.readUInt16LE(at + 8),
    encrypted: (flags & ENCRYPTED) !== 0,
    compressedSize: described ? bytes.readUInt32LE(at + 18) : undefined,
    checksum: described ? bytes.readUInt32LE(at + 14) : undefined,
    start: nameEnd + bytes.readUInt16LE(at + 28),
  };
};

/**
 * The content of a file, or what is wrong with it alone, and where it ends. Undefined if its end is not there any more,
 * or cannot be told.
 */
const unpack = (
  bytes: Buffer,
  { method, encrypted, compressedSize, start }: LocalFile,
  budget: Budget,
): { readonly content: Buffer | ArchiveProblem; readonly end: number } | undefined => {
  const end = compressedSize === undefined ? undefined : start + compressedSize;
  if (end !== undefined && end > bytes.length) return undefined;
  if (end !== undefined && method === STORED && !encrypted) return { content: bytes.subarray(start, end), end };
  if (method !== DEFLATED || encrypted) return end === undefined ? undefined : { content: damaged(), end };
  const inflated = inflate(bytes.subarray(start, end), budget);
  if (inflated === undefined) return end === undefined ? undefined : { content: damaged(), end };
  return { content: inflated.content, end: end ?? descriptorEnd(bytes, start + inflated.consumed) };
};

const inflate = (packed: Buffer, budget: Budget): Inflated | undefined => {
  const inflated = tryInflate(packed, budget.limits.documentBytes);
  if (inflated !== undefined) budget.addBytes(inflated.content.length, inflated.content.length, inflated.consumed);
  return inflated;
};

interface Inflated {
  readonly content: Buffer;
  readonly consumed: number;
}

const tryInflate = (packed: Buffer, maxOutputLength: number): Inflated | undefined => {
  // With `info`, it returns the engine that did the work beside the buffer. Its types know only the buffer.
  const result: unknown = unlessRefused(() => inflateRawSync(packed, { info: true, maxOutputLength }));
  if (!isObject(result) || !isObject(result["engine"]) || !Buffer.isBuffer(result["buffer"])) return undefined;
  return { content: result["buffer"], consumed: Number(result["engine"]["bytesWritten"]) };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const DESCRIPTOR_LENGTHS = [16, 12, 24, 20];

/**
 * The end of the descriptor behind a file of unknown length, which has its checksum and its sizes, of four or eight
 * bytes each, with or without a mark before them. It is taken to end where another file begins.
 */
const descriptorEnd = (bytes: Buffer, end: number): number =>
  end + (DESCRIPTOR_LENGTHS.find((length) => localFileAt(bytes, end + length) !== undefined) ?? bytes.length);
