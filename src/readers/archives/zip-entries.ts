import { readFileSync, statSync } from "node:fs";
import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry as ZipEntry, type ZipFile } from "yauzl";
import type { Entry } from "./entry.ts";
import { ArchiveProblem, type Budget, damaged, endsTooEarly } from "./limits.ts";
import { zipRemains } from "./zip-remains.ts";

// Names are decoded here: the library would refuse a whole archive for one name with "../" in it, which is only shown.
const OPTIONS = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true };

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
  yield* listedEntries(zip, archive, budget);
}

async function* listedEntries(zip: ZipFile, archive: string | Buffer, budget: Budget): AsyncGenerator<Entry> {
  try {
    for await (const entry of zip.eachEntry()) {
      budget.addEntry();
      if (typeof archive === "string") budget.meter?.passBytes(entry.compressedSize);
      const name = nameOf(entry);
      if (!name.endsWith("/")) yield { name, bytes: bytesOf(zip, entry, budget) };
    }
  } catch (error) {
    throw zipProblem(error);
  } finally {
    zip.close();
  }
}

/** The archive, or the problem that it ends too early; throws any other. */
const openZip = async (archive: string | Buffer): Promise<ZipFile | ArchiveProblem> => {
  try {
    return await (typeof archive === "string" ? openPromise(archive, OPTIONS) : fromBufferPromise(archive, OPTIONS));
  } catch (error) {
    if (error instanceof Error && /signature not found/.test(error.message)) return endsTooEarly();
    throw zipProblem(error);
  }
};

const MAX_REMAINS_BYTES = 2 ** 30;

/** An archive as bytes; undefined where it is too large to be held in memory. */
const bytesOfArchive = (archive: string | Buffer): Buffer | undefined => {
  if (typeof archive !== "string") return archive;
  return statSync(archive).size > MAX_REMAINS_BYTES ? undefined : readFileSync(archive);
};

const nameOf = ({ generalPurposeBitFlag, fileNameRaw, extraFields }: ZipEntry): string =>
  getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);

async function* bytesOf(zip: ZipFile, entry: ZipEntry, budget: Budget): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new ArchiveProblem("it is encrypted", "unpack it yourself");
  let length = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      length += chunk.length;
      budget.addBytes(chunk.length, length, entry.compressedSize);
      yield chunk;
    }
  } catch (error) {
    throw zipProblem(error);
  }
}

/** What the library complains of, in other words. */
const zipProblem = (error: unknown): unknown => {
  if (error instanceof ArchiveProblem || !(error instanceof Error)) return error;
  if (/truncated|unexpected EOF|overflows file bounds/.test(error.message)) return endsTooEarly();
  return /unsupported|not supported/.test(error.message)
    ? new ArchiveProblem("it is packed in a way that cannot be read", "unpack it yourself")
    : damaged();
};
