import type { Position } from "../model/errors.ts";

/**
 * A record as its file wrote it, before any meaning is read into it. YAML gives texts, lists and maps only.
 * JSON read at full speed also gives numbers, which may have lost digits: see {@link Decoding.inexact}.
 */
export type Plain = string | number | boolean | null | PlainList | PlainMap;
export type PlainList = readonly Plain[];
export interface PlainMap {
  readonly [key: string]: Plain;
}

export type Path = readonly (string | number)[];

/** Of a map entry either its key or its value. */
export type Part = "key" | "value";

/** A parsed text that can still say where each of its parts stands. */
export interface PlainDocument {
  readonly value: Plain;
  readonly locate: (path: Path, part: Part) => Position;
}

/** A rule broken at a place that is known by its path only. */
export interface Issue {
  readonly rule: string;
  readonly message: string;
  readonly hint: string | undefined;
  readonly path: Path;
  readonly part: Part;
}

/** A rule broken at a place that is known by its offset in the text. */
export interface TextIssue {
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
}

export const MAX_DEPTH = 64;

export const isList = (value: Plain): value is PlainList => Array.isArray(value);

export const isMap = (value: Plain): value is PlainMap => typeof value === "object" && value !== null && !isList(value);

/** The line and column of an offset, and the line's text. `firstLine` is the number of the text's first line. */
export const positionAt = (text: string, offset: number, file: string, firstLine = 1): Position => {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const lineEnd = text.indexOf("\n", lineStart);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd).replace(/\r$/, "");
  const breaks = before.split("\n").length - 1;
  return {
    file,
    line: firstLine + breaks,
    column: offset - lineStart + 1,
    text: line,
  };
};
