import { safeText } from "./safe-text.ts";
import type { Measure } from "./text-width.ts";

const INDENT = "    ";
const USUAL = 100;
const LEAST = 1;

/** The letters around a place, so many at most, in two parts: those before it and those from it on. */
const around = (line: string, place: number, most: number): readonly [before: string, after: string] => {
  const from = line.length <= most ? 0 : Math.max(0, place - Math.floor(most / 2));
  const rest = from + most < line.length ? "…" : "";
  return [
    `${INDENT}${from > 0 ? "…" : ""}${safeText(line.slice(from, place))}`,
    `${safeText(line.slice(place, from + most))}${rest}`,
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
