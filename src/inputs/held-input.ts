import { type Finding, InputError } from "../model/errors.ts";
import type { Given, Progress } from "../model/input-file.ts";
import { addAll } from "../model/lists.ts";
import { decodeUtf8, encodingFinding, slicesOf, tooLarge, withoutMark } from "./bytes.ts";
import { contentNamed, contentOfChunks, type KnownContent } from "./content.ts";
import type { StoreInput } from "./store/store-input.ts";
import { NO_SURROUNDINGS, type Surroundings } from "./surroundings.ts";
import { noText } from "./text-blocks.ts";

interface ByteSource {
  /** What findings call it. */
  readonly file: string;
  /** Its bytes, from the beginning at each call. Each chunk is valid only until the next is asked for. */
  readonly chunks: () => Iterable<Buffer>;
  readonly size: number;
}

/**
 * What one file holds: a YAML text, a register in JSON Lines, or notices and what they are packed in. Or a folder that
 * is a store.
 */
export type Input = YamlInput | LinesInput | NoticeInput | StoreInput;

interface YamlInput {
  readonly kind: "yaml";
  readonly file: string;
  readonly chunks: () => Iterable<Buffer>;
  /** Whether the user named it: then it must be a register. */
  readonly named: boolean;
  readonly text: string;
  readonly surroundings: Surroundings;
}

export interface LinesInput extends ByteSource {
  readonly kind: "lines";
  readonly surroundings: Surroundings;
}

/** An input whose reading is counted. As most inputs are read twice, twice its size is expected. */
export const metered = (input: Input, meter: Meter | undefined): Input => {
  if (meter === undefined || input.kind === "yaml" || input.kind === "store") return input;
  meter.expect(2 * input.size);
  return { ...input, chunks: () => meter.count(input.chunks()), ...(input.kind === "notices" && { meter }) };
};

export interface NoticeInput extends ByteSource {
  readonly kind: "notices";
  readonly content: Exclude<KnownContent, "yaml" | "register-lines" | "other">;
  /** Where it can be opened; undefined for bytes that are only in memory, as from a pipe. */
  readonly path: string | undefined;
  /** Whether the user named it: then it must be what lotbook reads. */
  readonly named: boolean;
  /**
   * Set for an archive in a folder that holds nothing but archives, and called if it has no data. Throws InputError
   * once none of them has any.
   */
  readonly noteEmpty?: (archive: string) => void;
  readonly kept: Buffer | undefined;
  /** Reads all of a small file again, in one go. */
  readonly whole?: () => Buffer;
  /** The surroundings of the file itself. What is packed in it has others. */
  readonly surroundings?: Surroundings;
  /** Counts what is read other than by `chunks`; undefined if nobody asks for progress. */
  readonly meter?: Meter;
}

export const MAX_YAML_BYTES = 32 * 2 ** 20;
/** Names of files that lotbook reads, or would read if they were packed otherwise. */
export const DATA_NAME = /\.(?:ya?ml|jsonl|ndjson|json|xml|csv|gz|tgz|zip|tar)$/i;

export interface HeldFile {
  readonly bytes: Buffer;
  readonly file: string;
  /** Its own name, if it was compressed under another. */
  readonly name?: string;
  /** Where it came from, unless that was a pipe. */
  readonly surroundings?: Surroundings;
  readonly named?: boolean;
  /** Whether it comes from an archive, in which it was already taken for a register. */
  readonly packed?: boolean;
}

export const inputOf = (held: HeldFile, findings: Finding[]): readonly Input[] => {
  const { bytes, file, name = file, surroundings = NO_SURROUNDINGS, named = true, packed = false } = held;
  const content = contentNamed(contentOfChunks(slicesOf(bytes)), { name, named: named || packed }, bytes.length === 0);
  const chunks = () => [bytes];
  const source = { file, surroundings, size: bytes.length, chunks };
  if (content === "register-lines") return [{ kind: "lines", ...source }];
  if (content === "yaml") return yamlInput({ bytes, file, surroundings, named }, findings);
  if (content === "other") return [];
  return [{ kind: "notices", content, path: undefined, named, kept: bytes, ...source }];
};

/**
 * Whether a text is the map of an import. People keep such maps beside their registers, and they are read only where an
 * import names them.
 */
const isImportMap = (text: string): boolean =>
  /^columns:/m.test(text) && !/^(?:sources|suppliers|contracts):/m.test(text);

export const yamlInput = (
  { bytes, file, surroundings, named }: Required<Omit<HeldFile, "packed" | "name">>,
  findings: Finding[],
): readonly Input[] => {
  if (bytes.length > MAX_YAML_BYTES) throw tooLarge(file, MAX_YAML_BYTES);
  const decoded = decodeUtf8(bytes);
  if (decoded === undefined) {
    findings.push(encodingFinding(bytes, file, 1));
    return [];
  }
  const text = withoutMark(decoded);
  if (!named && isImportMap(text)) return [];
  const nul = text.indexOf("\0");
  if (nul === -1) return [{ kind: "yaml", file, chunks: () => [bytes], named, text, surroundings }];
  findings.push(noText(text, nul, { file, firstLine: 1 }));
  return [];
};

/** Counts what is read, and reports progress. */
export class Meter {
  readonly #tell: (progress: Progress) => void;
  #files = 0;
  #bytes = 0;
  #total = 0;

  constructor(tell: (progress: Progress) => void) {
    this.#tell = tell;
  }

  expect(bytes: number): void {
    this.#total += bytes;
  }

  passBytes(bytes: number): void {
    this.#bytes += bytes;
    this.#tell({ files: this.#files, bytes: Math.min(this.#bytes, this.#total), total: this.#total });
  }

  passFile(): void {
    this.#files++;
  }

  /** The same chunks, counted as they are read. */
  *count(chunks: Iterable<Buffer>): Generator<Buffer> {
    for (const chunk of chunks) {
      this.passBytes(chunk.length);
      yield chunk;
    }
  }
}

interface Held {
  readonly file: string;
  readonly bytes: Buffer;
}

/**
 * Opens the texts and bytes that are given. Registers find their ledgers among them, by their names. Nothing is read
 * from anywhere else.
 */
export const openGiven = (given: readonly Given[], findings: Finding[]): Input[] => {
  const held = given.map((one, index) => heldOf(one, given.length === 1 ? "" : ` ${index + 1}`));
  const surroundings = surroundingsOf(held);
  const inputs: Input[] = [];
  for (const { file, bytes } of held)
    if (!isLedger(file, bytes, held)) addAll(inputs, inputOf({ file, bytes, surroundings }, findings));
  return inputs;
};

const heldOf = (one: Given, number: string): Held => ({
  file: one.name ?? `<data${number}>`,
  bytes: "text" in one ? Buffer.from(one.text) : bufferOf(one.bytes),
});

/** The same bytes, not a copy. */
const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/**
 * Whether a table is the ledger of a register, which then names it. Any other table is an input of its own, and
 * refused.
 */
const isLedger = (file: string, bytes: Buffer, all: readonly Held[]): boolean =>
  contentNamed(contentOfChunks(slicesOf(bytes)), { name: file, named: true }, false) === "csv" &&
  all.some((other) => other.file !== file && other.bytes.includes(file));

const surroundingsOf = (held: readonly Held[]): Surroundings => {
  if (held.length === 1) return NO_SURROUNDINGS;
  return {
    expect: (name) => name,
    open: async (name) => {
      const found = held.find(({ file }) => file === name);
      if (found === undefined) throw new InputError(`cannot read ${name}: it is not among the data that were given`);
      return { chunks: () => slicesOf(found.bytes) };
    },
  };
};
