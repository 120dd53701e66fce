import { ByteReader } from "./byte-reader.ts";
import type { Entry } from "./entry.ts";
import { ArchiveProblem, type Budget, damaged, endsTooEarly } from "./limits.ts";
import { BLOCK_BYTES, isZeroBlock, readPaxAttributes, readTarHeader, type TarHeader } from "./tar-header.ts";

/** The files in a tar archive; links, folders and devices are passed over. */
export async function* tarEntries(chunks: AsyncIterable<Buffer>, budget: Budget): AsyncGenerator<Entry> {
  const reader = new ByteReader(chunks);
  try {
    for (let header = await nextHeader(reader); header !== undefined; header = await nextHeader(reader)) {
      budget.addEntry();
      const body = new Body(reader, header.size);
      if (header.type === "0" || header.type === "7") yield { name: header.name, bytes: body };
      await body.skip();
    }
  } finally {
    await reader.close();
  }
}

/** The header of the next entry, with what the blocks before it say of it; undefined at the end of the archive. */
const nextHeader = async (reader: ByteReader): Promise<TarHeader | undefined> => {
  let name: string | undefined;
  let size: number | undefined;
  for (;;) {
    const block = await reader.take(BLOCK_BYTES);
    if (block.length < BLOCK_BYTES) throw endsTooEarly();
    if (isZeroBlock(block)) return undefined;
    const header = readTarHeader(block);
    if (header === undefined) throw damaged();
    if (!"xgLK".includes(header.type)) return { ...header, name: name ?? header.name, size: size ?? header.size };
    const said = await saidBy(header, reader);
    if (header.type === "L") name = said.toString("utf8").replace(/\0.*$/s, "");
    if (header.type !== "x") continue;
    const attributes = readPaxAttributes(said);
    name = attributes.get("path") ?? name;
    size = attributes.has("size") ? Number(attributes.get("size")) : size;
  }
};

const MAX_SAID_BYTES = 2 ** 20;

/** What an entry that only describes others holds. */
const saidBy = async ({ size }: TarHeader, reader: ByteReader): Promise<Buffer> => {
  if (size > MAX_SAID_BYTES) throw new ArchiveProblem("a name in it is too long", "unpack it yourself");
  const said = await reader.take(size);
  await reader.take(paddingOf(size));
  return said;
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
