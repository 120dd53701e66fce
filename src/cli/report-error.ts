import { DataError, type Finding, type UserError } from "../model/errors.ts";
import type { Style } from "../output/format.ts";
import { safeText } from "../output/safe-text.ts";
import { loadMeasure } from "../output/text-width.ts";
import { QueryError } from "../query/query-error.ts";

const EXCERPT = 100;
const MOST_FINDINGS = 200;

/** The line around the column, cut to what a terminal shows, with a caret under the place. */
const excerpt = async (line: string, column: number): Promise<string> => {
  const from = Math.max(0, column - 1 - EXCERPT / 2);
  const before = `${from > 0 ? "…" : ""}${safeText(line.slice(from, column - 1))}`;
  const after = line.slice(column - 1, from + EXCERPT);
  const rest = from + EXCERPT < line.length ? "…" : "";
  const measure = await loadMeasure();
  return `    ${before}${safeText(after)}${rest}\n    ${" ".repeat(measure(before))}^\n`;
};

const findingText = async ({ message, rule, hint, position }: Finding, style: Style): Promise<string> => {
  const where = position === undefined ? "" : `${safeText(position.file)}:${position.line}:${position.column}: `;
  const shown =
    position === undefined || position.text.trim() === "" ? "" : await excerpt(position.text, position.column);
  const advice = hint === undefined ? "" : `  ${style.dim(`hint: ${safeText(hint)}`)}\n`;
  return `${where}${style.warning(safeText(message))} [${rule}]\n${shown}${advice}`;
};

/** What a user reads about an error: what is wrong, where, and what to do. */
export const errorText = async (error: UserError, style: Style): Promise<string> => {
  if (error instanceof DataError) {
    const shown = error.findings.slice(0, MOST_FINDINGS);
    const texts: string[] = [];
    for (const finding of shown) texts.push(await findingText(finding, style));
    const count = error.findings.length;
    const more = count > shown.length ? `; the first ${shown.length} are shown` : "";
    return `${texts.join("")}lotbook: ${count} error${count === 1 ? "" : "s"} in the data${more}\n`;
  }
  const advice = error.hint === undefined ? "" : `  ${style.dim(`hint: ${safeText(error.hint)}`)}\n`;
  const [name, place] =
    error instanceof QueryError ? [error.named, await excerpt(error.query, error.offset + 1)] : [undefined, ""];
  const inside = name === undefined ? "" : `in ${safeText(name)}: `;
  return `lotbook: ${inside}${style.warning(safeText(error.message))}\n${place}${advice}`;
};
