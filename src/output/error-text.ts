import { DataError, type Finding, type InputError, InputErrors, placeOf, type UserError } from "../model/errors.ts";
import { plural } from "../model/phrases.ts";
import { QueryError } from "../query/query-error.ts";
import type { Style } from "./format.ts";
import { safeText } from "./safe-text.ts";
import { loadMeasure, type Measure } from "./text-width.ts";

const INDENT = "    ";
const USUAL = 100;
const LEAST = 1;

/** The place, moved back by one if it would cut a letter of two code units in half. */
const between = (line: string, place: number): number =>
  /[\ud800-\udbff]/.test(line.charAt(place - 1)) && /[\udc00-\udfff]/.test(line.charAt(place)) ? place - 1 : place;

/** At most `most` letters around a place, in two parts: those before it and those from it on. */
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
 * A line around a column (counted from 1), with a caret below the place. It is cut to the usual length, or to what a
 * terminal of this width shows. Empty for a blank line.
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

const MOST_FINDINGS = 200;

const findingText = ({ message, rule, hint, position }: Finding, style: Style, measure: Measure): string => {
  const where = position === undefined ? "" : `${safeText(placeOf(position))}: `;
  const shown = position === undefined ? "" : excerpt(position.text, position.column, measure);
  const advice = adviceText(hint, style);
  return `${where}${style.warning(safeText(message))} [${rule}]\n${shown}${advice}`;
};

const adviceText = (hint: string | undefined, style: Style): string =>
  hint === undefined ? "" : `  ${style.dim(`hint: ${safeText(hint)}`)}\n`;

/** Findings, each with its place, the line and a caret. If there are very many, only the first. */
export const findingsText = async (findings: readonly Finding[], style: Style): Promise<string> => {
  const shown = findings.slice(0, MOST_FINDINGS);
  if (shown.length === 0) return "";
  const measure = await loadMeasure();
  return shown.map((finding) => findingText(finding, style, measure)).join("");
};

/** What a user reads about an error: what is wrong, where, and what to do. */
export const errorText = async (error: UserError, style: Style): Promise<string> => {
  if (error instanceof DataError) {
    const { length: count } = error.findings;
    const more = count > MOST_FINDINGS ? `; the first ${MOST_FINDINGS} are shown` : "";
    return `${await findingsText(error.findings, style)}lotbook: ${plural(count, "error")} in the data${more}\n`;
  }
  if (error instanceof InputErrors) return inputErrorsText(error.errors, style);
  const advice = adviceText(error.hint, style);
  const [inside, shown] = error instanceof QueryError ? await placeInQuery(error) : ["", ""];
  return `lotbook: ${inside}${style.warning(safeText(error.message))}\n${shown}${advice}`;
};

/** All inputs that cannot be read. A hint that several in a row share is given once, below them. */
const inputErrorsText = (errors: readonly InputError[], style: Style): string => {
  const shown = errors.slice(0, MOST_FINDINGS);
  const lines = shown.map(({ message, hint }, index) => {
    const advice = hint === shown[index + 1]?.hint ? "" : adviceText(hint, style);
    return `lotbook: ${style.warning(safeText(message))}\n${advice}`;
  });
  const more = errors.length > MOST_FINDINGS ? `; the first ${MOST_FINDINGS} are shown` : "";
  return `${lines.join("")}lotbook: ${errors.length} inputs cannot be read${more}\n`;
};

/** Where a query is wrong, and the query with a caret. No line of a query file is shown, because it may be any file. */
const placeInQuery = async (error: QueryError): Promise<readonly [place: string, shown: string]> => {
  if (error.place !== undefined) return [`${safeText(error.place)}: `, ""];
  const shown = excerpt(error.query, error.offset + 1, await loadMeasure());
  return [error.named === undefined ? "" : `in ${safeText(error.named)}: `, shown];
};
