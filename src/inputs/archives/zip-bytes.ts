import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { Readable } from "node:stream";
import { RandomAccessReader } from "yauzl";
import { CHUNK_BYTES } from "../bytes.ts";
import { unlessRefused } from "../system-error.ts";

type Done = (error: Error | null) => void;

/**
 * The bytes of a zip archive, which are asked for in any order. They are read synchronously: most archives hold many
 * small files, and waiting for each of them takes longer than reading it.
 */
export class ZipBytes extends RandomAccessReader {
  readonly #source: Source;

  /** Throws the system's error if a file cannot be opened. */
  constructor(archive: string | Buffer) {
    super();
    this.#source = typeof archive === "string" ? new OpenFile(archive) : new Held(archive);
  }

  get size(): number {
    return this.#source.size;
  }

  /** Up to `length` bytes, fewer only if the archive ends before. They are valid until others are asked for. */
  at(from: number, length: number): Buffer {
    return this.#source.at(from, length);
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, done: Done): void {
    const error = this.#copy(buffer.subarray(offset, offset + length), position);
    queueMicrotask(() => done(error));
  }

  #copy(buffer: Buffer, position: number): Error | null {
    try {
      const isWhole = this.at(position, buffer.length).copy(buffer) === buffer.length;
      return isWhole ? null : new Error("unexpected EOF");
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#chunks(start, end), { objectMode: false });
  }

  *#chunks(start: number, end: number): Generator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = Buffer.from(this.at(at, Math.min(CHUNK_BYTES, end - at)));
      if (chunk.length === 0) return;
      at += chunk.length;
      yield chunk;
    }
  }

  /** Closes the file once all is read. Throws the system's error if that fails. */
  finish(): void {
    this.#source.close();
  }

  /**
   * Closes the file for the library, if reading has ended early. An error is not thrown here, because why reading ended
   * is reported anyway.
   */
  override close(done: Done): void {
    unlessRefused(() => this.#source.close());
    queueMicrotask(() => done(null));
  }
}

interface Source {
  readonly size: number;
  readonly at: (from: number, length: number) => Buffer;
  readonly close: () => void;
}

class Held implements Source {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get size(): number {
    return this.#bytes.length;
  }

  at(from: number, length: number): Buffer {
    return this.#bytes.subarray(from, from + length);
  }

  close(): void {}
}

/** How many windows are kept: one where the files stand, and one in the list of contents. */
const WINDOWS = 2;

interface Window {
  readonly from: number;
  readonly bytes: Buffer;
}

/** An archive on disk. It reads more than is asked for, since what is asked for next mostly follows. */
class OpenFile implements Source {
  readonly #descriptor: number;
  readonly size: number;
  #windows: readonly Window[] = [];
  #isOpen = true;

  constructor(path: string) {
    this.#descriptor = openSync(path, "r");
    this.size = fstatSync(this.#descriptor).size;
  }

  at(from: number, length: number): Buffer {
    const holds = (window: Window) => window.from <= from && from + length <= window.from + window.bytes.length;
    const window = this.#windows.find(holds) ?? this.#read(from, Math.max(length, CHUNK_BYTES));
    this.#windows = [window, ...this.#windows.filter((other) => other !== window)].slice(0, WINDOWS);
    return window.bytes.subarray(from - window.from, from - window.from + length);
  }

  #read(from: number, most: number): Window {
    const bytes = Buffer.allocUnsafe(most);
    let length = 0;
    for (let more = 1; more > 0 && length < most; length += more)
      more = readSync(this.#descriptor, bytes, length, most - length, from + length);
    return { from, bytes: bytes.subarray(0, length) };
  }

  close(): void {
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    if (wasOpen) closeSync(this.#descriptor);
  }
}
