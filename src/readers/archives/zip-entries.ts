import { fromBufferPromise, getFileNameLowLevel, openPromise, type Entry as ZipEntry, type ZipFile } from "yauzl";
import type { Entry } from "./entry.ts";
import { ArchiveProblem, type Budget, damaged, endsTooEarly } from "./limits.ts";

// Names are decoded here: the library would refuse a whole archive for one name with "../" in it, which is only shown.
const OPTIONS = { lazyEntries: true, decodeStrings: false, validateEntrySizes: true };

/** The files in a zip archive, which is a file or held in memory: its list of contents stands at its end. */
export async function* zipEntries(archive: string | Buffer, budget: Budget): AsyncGenerator<Entry> {
  const zip = await openZip(archive);
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

const openZip = async (archive: string | Buffer): Promise<ZipFile> => {
  try {
    return await (typeof archive === "string" ? openPromise(archive, OPTIONS) : fromBufferPromise(archive, OPTIONS));
  } catch (error) {
    throw zipProblem(error);
  }
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
