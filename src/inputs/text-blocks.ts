import { type Finding, findingOf, withoutLine } from "../model/errors.ts";
import { positionsIn } from "../syntax/plain.ts";
import { decodeUtf8, encodingFinding } from "./bytes.ts";
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
 * The text of a file, a block of whole lines at a time, without its byte order mark. Reports bytes that are no text and
 * lines without end, and gives nothing after them.
 */
export function* textBlocks(chunks: Iterable<Buffer>, file: string, findings: Finding[]): Generator<TextBlock> {
  let firstLine = 1;
  for (const block of blocksOf(chunks, () => findings.push(endlessLine(file, firstLine)))) {
    const text = decodeUtf8(block);
    if (text === undefined) {
      findings.push(encodingFinding(block, file, firstLine));
      return;
    }
    const nul = text.indexOf("\0");
    if (nul !== -1) {
      findings.push(noText(text, nul, { file, firstLine }));
      return;
    }
    yield { text: firstLine === 1 && text.startsWith("\uFEFF") ? text.slice(1) : text, firstLine };
    firstLine += linesEndingIn(text);
  }
}
