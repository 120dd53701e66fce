import { isAscii, isUtf8 } from "node:buffer";
import { type Finding, findingOf, withoutLine } from "../model/errors.ts";
import { positionsIn } from "../syntax/plain.ts";
import { encodingFinding } from "./bytes.ts";
import { looksLikeRegister } from "./content.ts";
import { blocksOf, MAX_LINE_BYTES } from "./line-blocks.ts";

/** Some whole lines of a file. */
export interface TextBlock {
  readonly text: string;
  /** The number of its first line, from 1. */
  readonly firstLine: number;
}

const LINE_FEED = 10;

/** How many lines end in a text, or in the part of it before an offset. */
export const linesEndingIn = (text: string, end = text.length): number => {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; count++)
    at = text.charCodeAt(at + 1) === LINE_FEED ? at + 1 : text.indexOf("\n", at + 1);
  return count;
};

const endlessLine = (file: string, line: number): Finding => ({
  rule: "F9",
  severity: "error",
  message: `a line is longer than ${MAX_LINE_BYTES / 2 ** 20} MiB`,
  hint: "write one record per line",
  position: { file, line, column: 1, text: "" },
});

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
 * The bytes of a file, a block of whole lines at a time, all of which are text. Reports bytes that are none and lines
 * without end, by the line on which the next block begins, and gives nothing after them.
 */
export function* soundBlocks(
  chunks: Iterable<Buffer>,
  file: string,
  findings: Finding[],
  lineNow: () => number,
): Generator<Buffer> {
  for (const block of blocksOf(chunks, () => findings.push(endlessLine(file, lineNow())))) {
    if (!isUtf8(block)) {
      findings.push(encodingFinding(block, file, lineNow()));
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

/** The text of a block, without the byte order mark of the first. */
export const textOf = (block: Buffer, firstLine: number): string => {
  const text = block.toString(isAscii(block) ? "latin1" : "utf8");
  return firstLine === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text;
};

/** The text of such blocks, each with the number of its first line. */
export function* textBlocks(chunks: Iterable<Buffer>, file: string, findings: Finding[]): Generator<TextBlock> {
  let firstLine = 1;
  for (const block of soundBlocks(chunks, file, findings, () => firstLine)) {
    const text = textOf(block, firstLine);
    yield { text, firstLine };
    firstLine += linesEndingIn(text);
  }
}
