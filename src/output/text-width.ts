import { addAll } from "../model/lists.ts";
import type { Surface } from "./format.ts";
import { safeText } from "./safe-text.ts";

const NARROW = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2026\u2264\u2265\u2500\u2588\u2591]*$/;

export type Measure = (text: string) => number;

/** Whether every character takes one cell: ASCII, Latin letters with their diacritics, and the signs that tables use. */
export const isNarrow = (text: string): boolean => NARROW.test(text);

/** The measure for texts: simply their length if all are narrow. */
export const measureOf = async (areNarrow: boolean): Promise<Measure> =>
  areNarrow ? (text) => text.length : await loadMeasure();

export const loadMeasure = async (): Promise<Measure> => {
  const { graphemeWidth } = await import("./grapheme-width.ts");
  return (text) => (isNarrow(text) ? text.length : graphemeWidth(text));
};

const splitGraphemes = (text: string): string[] =>
  isNarrow(text) ? text.split("") : [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);

/** Breaks a text into lines of at most `width` cells, between words where it can, inside a word where it must. */
export const wrap = (text: string, width: number, measure: Measure): string[] => {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const joined = line === "" ? word : `${line} ${word}`;
    if (measure(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = measure(word) <= width ? [word] : breakWord(word, width, measure);
    addAll(lines, pieces.slice(0, -1));
    line = pieces[pieces.length - 1] ?? "";
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
};

const breakWord = (word: string, width: number, measure: Measure): string[] => {
  const pieces: string[] = [];
  let piece = "";
  let used = 0;
  for (const grapheme of splitGraphemes(word)) {
    const cells = measure(grapheme);
    if (used + cells > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      used = 0;
    }
    piece += grapheme;
    used += cells;
  }
  return [...pieces, piece];
};

/** A text of at most `width` cells: a longer one ends in `…`. */
export const cutTo = (text: string, width: number, measure: Measure): string => {
  if (measure(text) <= width) return text;
  const kept: string[] = [];
  let used = 1;
  for (const grapheme of splitGraphemes(text)) {
    used += measure(grapheme);
    if (used > width) break;
    kept.push(grapheme);
  }
  return `${kept.join("").trimEnd()}…`;
};

/** A sentence from the program on lines of its own, as wide as the surface. */
export const paragraph = (text: string, { width }: Pick<Surface, "width">, set: (text: string) => string): string =>
  wrap(safeText(text), width ?? Number.POSITIVE_INFINITY, (part) => part.length)
    .map((line) => `${set(line)}\n`)
    .join("");
