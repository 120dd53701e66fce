import { safeText } from "./safe-text.ts";
import type { Measure } from "./text-width.ts";

const INDENT = "    ";
const USUAL = 100;
const LEAST = 1;

/** A place between two letters: one that would cut a letter of two code units in half is moved before it. */
const between = (line: string, place: number): number =>
  /[\ud800-\udbff]/.test(line.charAt(place - 1)) && /[\udc00-\udfff]/.test(line.charAt(place)) ? place - 1 : place;

/** The letters around a place, so many at most, in two parts: those before it and those from it on. */
const around = (line: string, place: number, most: number): readonly [before: string, after: string] => {
  const from = line.length <= most ? 0 : between(line, Math.max(0, place - Math.floor(most / 2)));
  const to = between(line, from + most);
  const rest = to < line.length ? "…" : "";
  return [
    `${INDENT}${from > 0 ? "…" : ""}${safeText(line.slice(from, place))}`,
    `${safeText(line.slice(place, to))}${rest}`,
  ];
};

/**
 * A line around a column (from 1), cut to what is usual, or to what a terminal of that width shows, with a caret under the
 * place; nothing of a line that is blank.
 */
export const excerpt = (line: string, column: number, measure: Measure, width = Number.POSITIVE_INFINITY): string => {
  if (line.trim() === "") return "";
  let most = USUAL;
  let [before, after] = around(line, column - 1, most);
  // Wide letters, and those that are shown by their codes, take more cells than one.
  while (measure(before + after) > width && most > LEAST) {
    most = Math.floor(most * 0.9);
    [before, after] = around(line, column - 1, most);
  }
  return `${before}${after}\n${" ".repeat(measure(before))}^\n`;
};
