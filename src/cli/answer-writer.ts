import type { Surface } from "../output/format.ts";
import { safeLines, safeText } from "../output/safe-text.ts";
import { STANDARD_OUTPUT, type Target, targetOf } from "../writers/target.ts";
import { type Pieces, writeWhole } from "../writers/write-whole.ts";
import type { Io } from "./io.ts";
import { colorOption, excelOption, flagOption, type ParsedOptions, textOption } from "./options.ts";
import { OutputBuffer } from "./output-buffer.ts";
import { type PagedSink, pagedSink } from "./pager.ts";
import { ProgressLine } from "./progress-line.ts";
import { styleFor, wantsColor } from "./style.ts";

export const safeLinesOf = (text: string): string => text.split("\n").map(safeText).join("\n");

/**
 * Where an answer goes: into the file that `--output` names, or to standard output, page by page where it is longer than the
 * screen. Until it begins, a line on the terminal tells how far the reading has come.
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

  /** Takes the line of progress off the terminal. */
  wipe(): void {
    this.#progress?.wipe();
  }

  async end(): Promise<void> {
    this.#output.flush();
    await this.#paged?.end();
  }

  /** Ends what an error has cut: what is held back stays unwritten. */
  async abort(): Promise<void> {
    this.wipe();
    await this.#paged?.end();
  }
}

/** A line that is written over and over is for terminals that can wipe it. */
const wantsProgress = ({ stderr, env }: Io): boolean => stderr.isTerminal && env["TERM"] !== "dumb";
