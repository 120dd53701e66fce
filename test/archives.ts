import { crc32, deflateRawSync } from "node:zlib";
import { packTar } from "modern-tar";

/** What is in an archive, by name, in its order. */
export type Packed = Readonly<Record<string, string | Buffer>>;

export const tarOf = async (files: Packed): Promise<Buffer> => {
  const entries = Object.entries(files).map(([name, content]) => {
    const body = Buffer.from(content);
    return { header: { name, size: body.length, mtime: new Date(0) }, body };
  });
  return Buffer.from(await packTar(entries));
};

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const UTF8_NAMES = 0x800;
const STORED = 0;
const DEFLATED = 8;

/** Fields of two bytes (numbers) and of four (bigints), one after the other. */
const fields = (...values: readonly (number | bigint)[]): Buffer =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(typeof value === "bigint" ? 4 : 2);
      if (typeof value === "bigint") bytes.writeUInt32LE(Number(value));
      else bytes.writeUInt16LE(value);
      return bytes;
    }),
  );

export interface ZipOptions {
  /** Bits that each entry's flags have, too: 1 for encrypted ones. */
  readonly flags?: number;
  /** Whether files are put in as they are. */
  readonly stored?: boolean;
  /** Whether the lengths stand behind each file, as where archives are written while they are made. */
  readonly descriptors?: boolean;
}

const SIZES_BEHIND = 0x08;
const DESCRIPTOR_MARK = 0x08074b50;

export const zipOf = (files: Packed, { flags = 0, stored = false, descriptors = false }: ZipOptions = {}): Buffer => {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const [path, body] = [Buffer.from(name), Buffer.from(content)];
    const packed = stored ? body : deflateRawSync(body);
    const bits = UTF8_NAMES | flags | (descriptors ? SIZES_BEHIND : 0);
    const kind = fields(20, bits, stored ? STORED : DEFLATED, 0, 0x21);
    const sizes = fields(BigInt(crc32(body)), BigInt(packed.length), BigInt(body.length));
    const common = Buffer.concat([kind, sizes, fields(path.length, 0)]);
    const head = descriptors ? Buffer.concat([kind, fields(0n, 0n, 0n, path.length, 0)]) : common;
    const behind = descriptors ? Buffer.concat([fields(BigInt(DESCRIPTOR_MARK)), sizes]) : Buffer.alloc(0);
    const entry = Buffer.concat([fields(BigInt(LOCAL_HEADER)), head, path, packed, behind]);
    central.push(fields(BigInt(CENTRAL_HEADER), 20), common, fields(0, 0, 0, 0n, BigInt(offset)), path);
    local.push(entry);
    offset += entry.length;
  }
  const count = local.length;
  const directory = Buffer.concat(central);
  const end = fields(BigInt(END), 0, 0, count, count, BigInt(directory.length), BigInt(offset), 0);
  return Buffer.concat([...local, directory, end]);
};
