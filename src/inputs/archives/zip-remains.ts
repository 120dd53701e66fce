import { crc32, inflateRawSync } from "node:zlib";
import { textOfName } from "../bytes.ts";
import { type Entry, knownNames } from "./entry.ts";
import { type ArchiveProblem, type Budget, changed, damaged } from "./limits.ts";

const LOCAL_HEADER = 0x04034b50;
const HEADER_BYTES = 30;
const DESCRIPTOR = 0x08;
const ENCRYPTED = 0x01;
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
 * The files of a zip archive that ends too early: its list of contents, which stands at the end, is lost, but each file
 * has a header before it. Of the file that is cut, the bytes give the problem.
 */
export function* zipRemains(bytes: Buffer, problem: ArchiveProblem, budget: Budget): Generator<Entry> {
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
  if (at + HEADER_BYTES > bytes.length || bytes.readUInt32LE(at) !== LOCAL_HEADER) return undefined;
  const flags = bytes.readUInt16LE(at + 6);
  const nameEnd = at + HEADER_BYTES + bytes.readUInt16LE(at + 26);
  const described = (flags & DESCRIPTOR) === 0;
  return {
    name: textOfName(bytes.subarray(at + HEADER_BYTES, nameEnd)),
    method: bytes.readUInt16LE(at + 8),
    encrypted: (flags & ENCRYPTED) !== 0,
    compressedSize: described ? bytes.readUInt32LE(at + 18) : undefined,
    checksum: described ? bytes.readUInt32LE(at + 14) : undefined,
    start: nameEnd + bytes.readUInt16LE(at + 28),
  };
};

/** What a file holds, or what is wrong with it alone, and where it ends; undefined where that is not there any more. */
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
  try {
    // Asked for `info`, it gives what did the work beside the buffer; its types know only the buffer.
    const result: unknown = inflateRawSync(packed, { info: true, maxOutputLength });
    if (!isObject(result) || !isObject(result["engine"]) || !Buffer.isBuffer(result["buffer"])) return undefined;
    return { content: result["buffer"], consumed: Number(result["engine"]["bytesWritten"]) };
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const DESCRIPTOR_BYTES = [16, 12, 24, 20];

/** Behind a file of unknown length stand its checksum and lengths, of four or eight bytes, with or without a mark. */
const descriptorEnd = (bytes: Buffer, end: number): number =>
  end + (DESCRIPTOR_BYTES.find((length) => localFileAt(bytes, end + length) !== undefined) ?? bytes.length);
