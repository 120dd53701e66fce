import type { Progress } from "../model/input-file.ts";
import type { Piece, Surface } from "../output/format.ts";
import { safeLines, safeText } from "../output/safe-text.ts";
import { type Pieces, writeWhole } from "../writers/pending-file.ts";
import { STANDARD_OUTPUT, type Target, targetOf } from "../writers/target.ts";
import type { AnswerSink, Io, Sink } from "./io.ts";
import { colorOption, excelOption, flagOption, type ParsedOptions, textOption } from "./options.ts";
import { type PagedSink, pagedSink } from "./pager.ts";
import { styleFor, wantsColor } from "./style.ts";

export const safeLinesOf = (text: string): string => text.split("\n").map(safeText).join("\n");

/**
 * Where an answer goes: into the file that `--output` names, or to standard output, page by page if it is longer than
 * the screen. Until the answer begins, a line on the terminal tells how far the reading has come.
 */
export class AnswerWriter {
  readonly #io: Io;
  readonly #options: ParsedOptions;
  readonly #progress: ProgressLine | undefined;
  readonly #paged: PagedSink | undefined;
  readonly #output: OutputBuffer;

  private constructor(
    options: ParsedOptions,
    io: Io,
    progress: ProgressLine | undefined,
    paged: PagedSink | undefined,
  ) {
    this.#io = io;
    this.#options = options;
    this.#progress = progress;
    this.#paged = paged;
    this.#output = new OutputBuffer(
      paged === undefined ? io.stdout : { ...io.stdout, write: (text) => paged.write(text) },
      () => progress?.wipe(),
    );
  }

  static async start(options: ParsedOptions, io: Io): Promise<AnswerWriter> {
    const progress = wantsProgress(io) ? new ProgressLine(io.stderr, io.now) : undefined;
    const paged = flagOption(options, "no-pager") ? undefined : await pagedSink(io, () => progress?.stop());
    return new AnswerWriter(options, io, progress, paged);
  }

  get progress(): ProgressLine | undefined {
    return this.#progress;
  }

  /** The file that the answer is written to; undefined for standard output. */
  get file(): string | undefined {
    const file = textOption(this.#options, "output");
    return file === "-" ? undefined : file;
  }

  get isShown(): boolean {
    return this.#io.stdout.isTerminal && this.file === undefined;
  }

  async surface(): Promise<Surface> {
    return {
      width: this.isShown ? this.#io.stdout.columns : undefined,
      style: await styleFor(wantsColor(colorOption(this.#options), this.#io.env, this.isShown)),
      terminal: this.isShown,
      raw: flagOption(this.#options, "raw"),
      excel: excelOption(this.#options),
    };
  }

  /** Writes an answer, as a whole or not at all where it goes into a file. */
  async put(pieces: Pieces, target: Target = this.#target()): Promise<void> {
    if (target.kind === "file" || target.descriptor !== STANDARD_OUTPUT.descriptor)
      return await writeWhole(target, pieces, this.#io.watchForSignals);
    for await (const piece of pieces) this.#output.write(piece);
  }

  #target(): Target {
    return this.file === undefined ? STANDARD_OUTPUT : targetOf(this.file);
  }

  /** Prints a text for programs as it is, and for people made safe. */
  print(text: string): void {
    this.#output.write(this.#io.stdout.isTerminal ? safeLinesOf(text) : text);
  }

  /** Says something to people, who may read it in the log of a build server. */
  say(text: string): void {
    this.#output.write(safeLines(safeLinesOf(text)));
  }

  wipe(): void {
    this.#progress?.wipe();
  }

  async end(): Promise<void> {
    this.#output.flush();
    await this.#paged?.end();
  }

  /** Ends an answer that an error has cut off. What the buffer still holds stays unwritten. */
  async abort(): Promise<void> {
    this.wipe();
    await this.#paged?.end();
  }
}

/** The progress line is written over and over, so it needs a terminal that can wipe it. */
const wantsProgress = ({ stderr, env }: Io): boolean => stderr.isTerminal && env["TERM"] !== "dumb";

const FLUSH_LENGTH = 1 << 16;

/** Gathers small pieces of text into large writes. Bytes are passed on at once. */
export class OutputBuffer {
  readonly #sink: AnswerSink;
  readonly #beforeWriting: () => void;
  #text = "";

  constructor(sink: AnswerSink, beforeWriting: () => void = () => {}) {
    this.#sink = sink;
    this.#beforeWriting = beforeWriting;
  }

  write(piece: Piece): void {
    if (typeof piece === "string") {
      this.#text += piece;
      if (this.#text.length >= FLUSH_LENGTH) this.flush();
    } else {
      this.flush();
      this.#beforeWriting();
      this.#sink.writeBytes(piece);
    }
  }

  flush(): void {
    const text = this.#text;
    this.#text = "";
    if (text === "") return;
    this.#beforeWriting();
    this.#sink.write(text);
  }
}

const PATIENCE_MS = 1000;
const INTERVAL_MS = 200;
const MEGABYTE = 1e6;

/** One line on a terminal that says how far a long reading has come; it is wiped before anything else is written. */
export class ProgressLine {
  readonly #sink: Sink;
  readonly #now: () => number;
  readonly #begin: number;
  #nextAt: number;
  #shown = false;

  constructor(sink: Sink, now: () => number) {
    this.#sink = sink;
    this.#now = now;
    this.#begin = now();
    this.#nextAt = this.#begin + PATIENCE_MS;
  }

  show(progress: Progress): void {
    const now = this.#now();
    if (now < this.#nextAt) return;
    this.#nextAt = now + INTERVAL_MS;
    this.#shown = true;
    const text = progressText(progress, (now - this.#begin) / 1000);
    this.#sink.write(`\r${text.slice(0, (this.#sink.columns ?? 80) - 1)}\u001b[K`);
  }

  stop(): void {
    this.wipe();
    this.#nextAt = Number.POSITIVE_INFINITY;
  }

  wipe(): void {
    if (this.#shown) this.#sink.write("\r\u001b[K");
    this.#shown = false;
  }
}

/** `1,204 files, 62 of 120 MB, 40 MB/s, 2 s left`. */
const progressText = ({ files, bytes, total }: Progress, seconds: number): string => {
  const rate = bytes / seconds;
  const counted = files === 0 ? "" : `${grouped(files)} file${files === 1 ? "" : "s"}, `;
  const read = `${megabytes(bytes)} of ${megabytes(total)} MB`;
  return `${counted}${read}, ${megabytes(rate)} MB/s, ${Math.ceil((total - bytes) / rate)} s left`;
};

const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

const megabytes = (bytes: number): string => grouped(Math.round(bytes / MEGABYTE));
