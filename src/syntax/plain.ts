/**
 * Positions are worked out on demand: a record can say where its parts stand, and is asked only for a finding. So good
 * data pay nothing for good errors.
 */

import { type Finding, findingOf, type Origin, type Position } from "../model/errors.ts";
import type { RuleId } from "../model/rule.ts";

/**
 * A record as its file wrote it, before any meaning is read into it: every single value is the text that was written.
 */
export type Plain = string | null | PlainList | PlainMap;
type PlainList = readonly Plain[];
export interface PlainMap {
  readonly [key: string]: Plain;
}

export type Path = readonly (string | number)[];

/** The part of a map's entry that is meant. */
export type Part = "key" | "value";

/** A parsed text that can still say where each of its parts stands. */
export interface PlainDocument extends Origin {
  readonly value: Plain;
}

/** A rule broken at a place that is known by its path only. */
export interface Issue {
  readonly rule: RuleId;
  readonly message: string;
  readonly hint: string | undefined;
  readonly path: Path;
  readonly part: Part;
}

/** A rule broken at a place that is known by its offset in the text. */
export interface TextIssue {
  readonly rule: RuleId;
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
}

export const findingAt = (
  { rule, message, hint, offset }: TextIssue,
  positionAt: (offset: number) => Position,
): Finding => ({ ...findingOf(rule, message, positionAt(offset), hint), severity: "error" });

export const MAX_DEPTH = 64;

export const tooDeepAt = (offset: number, hint: string): TextIssue => ({
  rule: "F9",
  message: `nested more than ${MAX_DEPTH} levels deep`,
  hint,
  offset,
});

export const keyTwiceAt = (offset: number, key: string): TextIssue => ({
  rule: "F4",
  message: `the key "${key}" stands twice in one map`,
  hint: "keep one of them",
  offset,
});

export const isList = (value: Plain): value is PlainList => Array.isArray(value);

export const isMap = (value: Plain): value is PlainMap => typeof value === "object" && value !== null && !isList(value);

/**
 * Finds the line and column of offsets in a text, and the text of the line. The text itself begins at `firstLine` and
 * `firstColumn` of the file.
 */
export const positionsIn = (
  text: string,
  file: string,
  firstLine = 1,
  firstColumn = 1,
): ((offset: number) => Position) => {
  // Counted once, on the first question: a text may have as many mistakes as lines.
  let starts: readonly number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    const index = lineOf(starts, offset);
    const start = starts[index] ?? 0;
    const next = starts[index + 1];
    const line = text.slice(start, next === undefined ? undefined : next - 1);
    return {
      file,
      line: firstLine + index,
      column: offset - start + (index === 0 ? firstColumn : 1),
      text: line.endsWith("\r") ? line.slice(0, -1) : line,
    };
  };
};

const lineStarts = (text: string): number[] => {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
};

/** The last line that starts at the offset or before it. */
const lineOf = (starts: readonly number[], offset: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
};
