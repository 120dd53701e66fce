import type { Progress } from "../model/input-file.ts";
import type { Sink } from "./io.ts";

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
