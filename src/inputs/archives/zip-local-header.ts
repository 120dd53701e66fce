import { type LocalFileHeader, parseExtraFields, type Entry as ZipEntry } from "yauzl";
import { ArchiveProblem } from "./limits.ts";

const ENCRYPTED = 0x01;
const SIZES_BEHIND = 0x08;
const LARGE = 0xffffffff;
const LARGE_SIZES = 0x0001;

/** Throws where the header before a file says something else of it than the list of contents. */
export const checkLocalHeader = (listed: ZipEntry, local: LocalFileHeader): void => {
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

/** The name that counts before that of the header, as it is written. */
const otherName = (fields: ZipEntry["extraFields"]): string | undefined =>
  fields.find(({ id }) => id === UNICODE_NAME)?.data.toString("latin1");

/** The size of a file, and that of its packed bytes. */
const sizesOf = ({ uncompressedSize, compressedSize, extraField }: LocalFileHeader): readonly [number, number] => {
  if (uncompressedSize !== LARGE && compressedSize !== LARGE) return [uncompressedSize, compressedSize];
  const sizes = parseExtraFields(extraField).find(({ id }) => id === LARGE_SIZES)?.data;
  if (sizes === undefined || sizes.length < 16) return [uncompressedSize, compressedSize];
  return [Number(sizes.readBigUInt64LE(0)), Number(sizes.readBigUInt64LE(8))];
};
