import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry as ZipEntry, type ZipFile } from "yauzl";
import { readSmall, sizeOf } from "../read-file.ts";
import { isSystemError, unreadable } from "../system-error.ts";
import { type Entry, KnownNames, linkProblem, passedOver } from "./entry.ts";
import { ArchiveProblem, type Budget, changed, damaged, endsTooEarly, followed, unknownPacking } from "./limits.ts";
import { ZipLayout } from "./zip-layout.ts";
import { checkLocalHeader } from "./zip-local-header.ts";
import { zipRemains } from "./zip-remains.ts";

// Names are decoded here: the library would refuse a whole archive for one name with "../" in it, which is only shown.
// Lengths are compared here: the library would stop at the first entry whose own do not fit each other.
const OPTIONS = { lazyEntries: true, decodeStrings: false, validateEntrySizes: false };

/**
 * The files in a zip archive, which is a file or held in memory. Its list of contents stands at its end; where that is
 * missing, the files that are there are given before the problem is thrown.
 */
export async function* zipEntries(archive: string | Buffer, budget: Budget): AsyncGenerator<Entry> {
  const zip = await openZip(archive);
  if (zip instanceof ArchiveProblem) {
    const bytes = bytesOfArchive(archive);
    if (bytes !== undefined) yield* zipRemains(bytes, zip, budget);
    throw zip;
  }
  yield* new ListedZip(zip, archive, budget).entries();
}

/** The archive, or the problem that it ends too early; throws any other. */
const openZip = async (archive: string | Buffer): Promise<ZipFile | ArchiveProblem> => {
  try {
    return await (typeof archive === "string" ? openPromise(archive, OPTIONS) : fromBufferPromise(archive, OPTIONS));
  } catch (error) {
    if (error instanceof Error && /signature not found/.test(error.message)) return endsTooEarly();
    throw zipProblem(error, archive);
  }
};

const MAX_REMAINS_BYTES = 2 ** 30;

/** An archive as bytes; undefined where it is too large to be held in memory. */
const bytesOfArchive = (archive: string | Buffer): Buffer | undefined => {
  if (typeof archive !== "string") return archive;
  return sizeOf(archive) > MAX_REMAINS_BYTES ? undefined : readSmall(archive);
};

/** An archive that is read by its list of contents. */
class ListedZip {
  readonly #zip: ZipFile;
  readonly #archive: string | Buffer;
  readonly #budget: Budget;
  readonly #names = new KnownNames();
  readonly #layout: ZipLayout;
  /** The last file whose own header was read. */
  #headed: ZipEntry | undefined;

  constructor(zip: ZipFile, archive: string | Buffer, budget: Budget) {
    this.#zip = zip;
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
        if (!isFolder(entry, name)) yield this.#names.entry(name, bytes);
        // What nobody read may hold something else, too.
        if (this.#headed !== entry) await this.#readHeader(entry);
      }
      this.#layout.check();
    } catch (error) {
      throw zipProblem(error, this.#archive);
    } finally {
      this.#zip.close();
    }
  }

  /** What a file holds. Throws where that is not what the list of contents says of it. */
  async *#bytesOf(entry: ZipEntry): AsyncGenerator<Buffer> {
    if (entry.isEncrypted()) throw new ArchiveProblem("it is encrypted", "unpack it yourself");
    let [length, checksum] = [0, 0];
    try {
      for await (const chunk of await this.#open(entry)) {
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

  async #open(entry: ZipEntry): Promise<Readable> {
    await this.#readHeader(entry);
    return await this.#zip.openReadStreamPromise(entry);
  }

  /** Throws where the header before a file says something else of it than the list of contents. */
  async #readHeader(entry: ZipEntry): Promise<void> {
    this.#headed = entry;
    const local = await this.#zip.readLocalFileHeaderPromise(entry);
    checkLocalHeader(entry, local);
    this.#layout.addStart(entry, local.fileDataStart);
  }
}

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: ZipEntry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

/** Nothing takes so many bytes where it is packed. */
const PACKED_NOTHING_BYTES = 2;

/** A folder holds nothing by itself; what does is a file, whatever its name. */
const isFolder = ({ uncompressedSize, compressedSize }: ZipEntry, name: string): boolean =>
  name.endsWith("/") && uncompressedSize === 0 && compressedSize <= PACKED_NOTHING_BYTES;

const LINK = 0o120000;
const KIND = 0o170000;
/** The systems whose archives say in the upper half of the attributes what kind of file it is. */
const UNIX: ReadonlySet<number> = new Set([3, 19]);

const isLink = ({ versionMadeBy, externalFileAttributes }: ZipEntry): boolean =>
  UNIX.has(versionMadeBy >>> 8) && ((externalFileAttributes >>> 16) & KIND) === LINK;

/** What the library complains of, or the system, in other words. */
const zipProblem = (error: unknown, archive: string | Buffer): unknown => {
  if (typeof archive === "string" && isSystemError(error)) return unreadable(archive, error);
  if (error instanceof ArchiveProblem || !(error instanceof Error)) return error;
  if (/truncated|unexpected EOF|overflows file bounds/.test(error.message)) return endsTooEarly();
  if (/extra bytes/.test(error.message)) return followed();
  return /unsupported|not supported/.test(error.message) ? unknownPacking() : damaged();
};
