import { createHash } from "node:crypto";
import { posix } from "node:path";
import { DATA_NAME, type Meter } from "../held-input.ts";

/** How much may come out of one input, whatever it says of itself. */
export interface Limits {
  /** Bytes of one document, which is held in memory. */
  readonly documentBytes: number;
  readonly bytes: number;
  readonly entries: number;
  /**
   * How many times longer than its packed bytes the content may be, from 16 MiB on. This holds for each packed stream,
   * and for the whole input.
   */
  readonly ratio: number;
  /** How deep archives may stand in archives. A `.tar.gz` is two deep. */
  readonly depth: number;
}

const MIB = 2 ** 20;

export const LIMITS: Limits = {
  documentBytes: 256 * MIB,
  bytes: 64 * 1024 * MIB,
  entries: 5_000_000,
  ratio: 500,
  depth: 5,
};

const RATIO_FROM_BYTES = 16 * MIB;

/** Why an archive, or a file in it, cannot be read further. What reads archives throws it, and catches it. */
export class ArchiveProblem extends Error {
  readonly hint: string;
  readonly final: boolean;
  readonly severity: "error" | "warning";

  constructor(
    message: string,
    hint: string,
    { final = false, warning = false }: { readonly final?: boolean; readonly warning?: boolean } = {},
  ) {
    super(message);
    this.hint = hint;
    this.final = final;
    this.severity = warning ? "warning" : "error";
  }
}

export const endsTooEarly = (): ArchiveProblem => new ArchiveProblem("it ends too early", "is it complete?");

export const damaged = (): ArchiveProblem => new ArchiveProblem("it is damaged", "fetch it again");

/** The problem of bytes whose checksum is not the one that was packed with them. */
export const changed = (): ArchiveProblem =>
  new ArchiveProblem("it is damaged: its checksum is not that of its bytes", "fetch it again");

export const unknownPacking = (name?: string): ArchiveProblem =>
  new ArchiveProblem(
    name === undefined ? "it is packed in a way that cannot be read" : `it is packed by ${name}, which cannot be read`,
    "unpack it; gzip, zip and tar can be read",
  );

export const followed = (): ArchiveProblem =>
  new ArchiveProblem("something stands after its end that does not belong to it", "fetch it again, or cut it off");

const tooMuch = (message: string): ArchiveProblem =>
  new ArchiveProblem(message, "unpack it yourself if you trust it", { final: true });

/** Counts what has come out of one input so far. Each method throws an {@link ArchiveProblem} if that is too much. */
export class Budget {
  readonly limits: Limits;
  readonly #inputBytes: number;
  /** Counts the bytes that are read from the input itself, if they are not read in order. */
  readonly meter: Meter | undefined;
  #bytes = 0;
  #entries = 0;

  constructor(limits: Limits, inputBytes: number, meter?: Meter) {
    this.limits = limits;
    this.#inputBytes = inputBytes;
    this.meter = meter;
  }

  addEntry(): void {
    if (++this.#entries > this.limits.entries) throw tooMuch(`it holds more than ${this.limits.entries} files`);
  }

  /**
   * Counts `length` bytes that were just unpacked. So far, `unpacked` bytes came from their stream, out of `compressed`
   * bytes.
   */
  addBytes(length: number, unpacked: number, compressed: number): void {
    this.#bytes += length;
    if (this.#bytes > this.limits.bytes) throw tooMuch(`it unpacks to more than ${this.limits.bytes} bytes`);
    if (this.#isBomb(unpacked, compressed) || this.#isBomb(this.#bytes, this.#inputBytes))
      throw tooMuch(`it unpacks to more than ${this.limits.ratio} times its length`);
  }

  #isBomb(unpacked: number, compressed: number): boolean {
    return unpacked > RATIO_FROM_BYTES && unpacked > this.limits.ratio * compressed;
  }

  checkDepth(depth: number): void {
    if (depth > this.limits.depth) throw tooMuch(`it is packed more than ${this.limits.depth} times over`);
  }

  checkDocument(length: number): void {
    if (length <= this.limits.documentBytes) return;
    throw new ArchiveProblem(
      `it is longer than ${this.limits.documentBytes / MIB} MiB`,
      "write it as JSON Lines, or in parts",
    );
  }
}

export interface Entry {
  /** The name as the archive writes it; never used as a path. */
  readonly name: string;
  /** To be read once at most, and before the next entry is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
}

export async function* passedOver(problem: ArchiveProblem): AsyncGenerator<Buffer> {
  yield* [];
  throw problem;
}

/**
 * The problem of a link, which is not followed wherever it leads. It is an error for a name of data, since something is
 * missing then, and otherwise a warning.
 */
export const linkProblem = (name: string, target?: string): ArchiveProblem => {
  const where = target === undefined || target === "" ? "" : ` to ${target}`;
  return new ArchiveProblem(`it is a link${where}, and links in archives are not followed`, "pack the file itself", {
    warning: !DATA_NAME.test(name),
  });
};

const LONGEST_KEPT = 200;

/** The path to which other programs unpack a name: `./a.yaml`, `/a.yaml` and `b/../a.yaml` are one file. */
const pathOf = (name: string): string => posix.normalize(`/${name.replaceAll("\\", "/")}`);

/**
 * Whether a name can be a file's. It cannot if it is empty, if it is a folder's, or if it has a NUL, at which it ends
 * for some programs and not for others.
 */
const namesFile = (name: string): boolean => !/\0|(?:^|[\\/])\.{0,2}$/.test(name);

/**
 * Makes entries of an archive's files, and remembers their names. For a name that cannot be a file's, or that comes
 * again, reading the bytes throws an ArchiveProblem: other programs find no file there, or keep only one of them.
 */
export const knownNames = (): ((name: string, bytes: AsyncIterable<Buffer>) => Entry) => {
  const names = new Set<string>();
  const faultOf = (name: string): ArchiveProblem | undefined => {
    if (!namesFile(name))
      return new ArchiveProblem("it has content, but its name cannot be a file's", "pack it under another name");
    const path = pathOf(name);
    const kept = path.length > LONGEST_KEPT ? createHash("sha256").update(path).digest("base64") : path;
    if (names.has(kept))
      return new ArchiveProblem("another file of this name stands before it", "the first was read; remove one");
    names.add(kept);
    return undefined;
  };
  return (name, bytes) => {
    const problem = faultOf(name);
    return { name, bytes: problem === undefined ? bytes : passedOver(problem) };
  };
};
