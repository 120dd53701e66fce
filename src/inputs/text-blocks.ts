import { isAscii, isUtf8 } from "node:buffer";
import { type Finding, findingOf, type Position, withoutLine } from "../model/errors.ts";
import { positionsIn } from "../syntax/plain.ts";
import { type EncodingHint, encodingFinding, LINE_FEED, wideEncodingOf, withoutMark } from "./bytes.ts";
import { looksLikeRegister } from "./content.ts";

export interface TextBlock {
  readonly text: string;
  /** The number of its first line, from 1. */
  readonly firstLine: number;
}

/** How many lines end in a text, or in the part of it before an offset. */
export const linesEndingIn = (text: string, end = text.length): number => {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; count++)
    at = text.charCodeAt(at + 1) === LINE_FEED ? at + 1 : text.indexOf("\n", at + 1);
  return count;
};

const endlessLine = (file: string, line: number): Finding => {
  const message = `a line is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB`;
  return findingOf("F9", message, { file, line, column: 1, text: "" }, "write one record per line");
};

/** The finding for a NUL character at an offset. */
export const noText = (
  text: string,
  offset: number,
  { file, firstLine }: { file: string; firstLine: number },
): Finding => {
  const position = positionsIn(text, file, firstLine)(offset);
  const finding = findingOf("F9", "the file has a NUL character: it is no text", position, "is it the right file?");
  return looksLikeRegister(text) ? finding : withoutLine(finding);
};

/**
 * Cuts the bytes of a file into blocks of whole lines, all of which are text. Bytes that are not text and lines that
 * are too long are reported, and nothing follows them. `lineNow` tells the line on which the next block begins.
 */
export function* soundBlocks(
  chunks: Iterable<Buffer>,
  file: string,
  findings: Finding[],
  lineNow: () => number,
  hint?: EncodingHint,
): Generator<Buffer> {
  for (const block of blocksOf(chunks, () => findings.push(endlessLine(file, lineNow())))) {
    if (!isUtf8(block) || (lineNow() === 1 && wideEncodingOf(block) !== undefined)) {
      findings.push(encodingFinding(block, file, lineNow(), hint));
      return;
    }
    if (block.includes(0)) {
      const text = block.toString();
      findings.push(noText(text, text.indexOf("\0"), { file, firstLine: lineNow() }));
      return;
    }
    yield block;
  }
}

/** The text of a block, without the byte order mark of a file's first block. */
export const textOf = (block: Buffer, firstLine: number): string => {
  const text = block.toString(isAscii(block) ? "latin1" : "utf8");
  return firstLine === 1 ? withoutMark(text) : text;
};

export function* textBlocks(chunks: Iterable<Buffer>, file: string, findings: Finding[]): Generator<TextBlock> {
  let firstLine = 1;
  for (const block of soundBlocks(chunks, file, findings, () => firstLine)) {
    const text = textOf(block, firstLine);
    yield { text, firstLine };
    firstLine += linesEndingIn(text);
  }
}

const MAX_LINE_BYTES = 64 * 2 ** 20;

/** Cuts chunks of bytes into blocks of whole lines. A block is valid as long as the chunk that it ends in. */
export class LineBlocks {
  #rest: Buffer[] = [];
  #restBytes = 0;

  get tooLong(): boolean {
    return this.#restBytes > MAX_LINE_BYTES;
  }

  get isAmidLine(): boolean {
    return this.#restBytes > 0;
  }

  /** The lines that end in the chunk; undefined where none does. */
  add(chunk: Buffer): Buffer | undefined {
    const end = chunk.lastIndexOf(LINE_FEED) + 1;
    const block = end === 0 ? undefined : this.#joined(chunk.subarray(0, end));
    if (end < chunk.length) {
      this.#rest.push(Buffer.from(chunk.subarray(end)));
      this.#restBytes += chunk.length - end;
    }
    return block;
  }

  #joined(end: Buffer): Buffer {
    if (this.#rest.length === 0) return end;
    const block = Buffer.concat([...this.#rest, end]);
    [this.#rest, this.#restBytes] = [[], 0];
    return block;
  }

  finish(): Buffer | undefined {
    return this.#rest.length === 0 ? undefined : Buffer.concat(this.#rest);
  }
}

/** Cuts chunks into blocks of whole lines. Calls `tooLong` for a line that is too long, and reads nothing after it. */
export function* blocksOf(chunks: Iterable<Buffer>, tooLong: () => void): Generator<Buffer> {
  const blocks = new LineBlocks();
  for (const chunk of chunks) {
    // The line that began in the chunk before comes by itself, so that the others need not be copied to follow it.
    const first = blocks.isAmidLine ? chunk.indexOf(LINE_FEED) + 1 : 0;
    for (const part of first === 0 ? [chunk] : [chunk.subarray(0, first), chunk.subarray(first)]) {
      const block = blocks.add(part);
      if (block !== undefined) yield block;
    }
    if (blocks.tooLong) return tooLong();
  }
  const last = blocks.finish();
  if (last !== undefined) yield last;
}

/** How many mistakes of one file are reported. More would fill the memory, and nobody would read them. */
export const MOST_FINDINGS = 10_000;

/** The finding that the rest of a file was not read, with the position where reading stopped. */
export const readNoFurther = (file: string, position?: Position): Finding =>
  findingOf(
    "F1",
    `more than ${MOST_FINDINGS} mistakes: the rest of ${file} was not read`,
    position,
    "fix the first ones, and ask again",
  );
