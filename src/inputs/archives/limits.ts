import type { Meter } from "../held-input.ts";

/** How much may come out of one input, whatever it says of itself. */
export interface Limits {
  /** Bytes of one document, which is held in memory. */
  readonly documentBytes: number;
  readonly bytes: number;
  readonly entries: number;
  /** How many times longer what comes out may be, from 16 MiB on: out of one stream of packed bytes, and of the whole input. */
  readonly ratio: number;
  /** Archives within archives; a `.tar.gz` is two. */
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

/** Why an archive, or a file in it, cannot be read further. Thrown, and caught, by those who read archives. */
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

/** Of bytes whose checksum is not the one that was packed with them. */
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

/** What has come out of one input so far. Each method throws an {@link ArchiveProblem} where that is too much. */
export class Budget {
  readonly limits: Limits;
  readonly #inputBytes: number;
  /** What counts the bytes that are read from the input itself, where they are not read in order. */
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

  /** Counts bytes that were unpacked: so many now, so many from this one compressed stream, which has so many itself. */
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
