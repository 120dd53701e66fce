import { DataError, type Finding, placeOf, type UserError } from "../model/errors.ts";
import { excerpt } from "../output/excerpt.ts";
import type { Style } from "../output/format.ts";
import { safeText } from "../output/safe-text.ts";
import { loadMeasure, type Measure } from "../output/text-width.ts";
import { QueryError } from "../query/query-error.ts";

const MOST_FINDINGS = 200;

const findingText = ({ message, rule, hint, position }: Finding, style: Style, measure: Measure): string => {
  const where = position === undefined ? "" : `${safeText(placeOf(position))}: `;
  const shown = position === undefined ? "" : excerpt(position.text, position.column, measure);
  const advice = hint === undefined ? "" : `  ${style.dim(`hint: ${safeText(hint)}`)}\n`;
  return `${where}${style.warning(safeText(message))} [${rule}]\n${shown}${advice}`;
};

/** Findings, each with its place, the line and a caret; of very many the first. */
export const findingsText = async (findings: readonly Finding[], style: Style): Promise<string> => {
  const shown = findings.slice(0, MOST_FINDINGS);
  if (shown.length === 0) return "";
  const measure = await loadMeasure();
  return shown.map((finding) => findingText(finding, style, measure)).join("");
};

/** What a user reads about an error: what is wrong, where, and what to do. */
export const errorText = async (error: UserError, style: Style): Promise<string> => {
  if (error instanceof DataError) {
    const count = error.findings.length;
    const more = count > MOST_FINDINGS ? `; the first ${MOST_FINDINGS} are shown` : "";
    return `${await findingsText(error.findings, style)}lotbook: ${count} error${count === 1 ? "" : "s"} in the data${more}\n`;
  }
  const advice = error.hint === undefined ? "" : `  ${style.dim(`hint: ${safeText(error.hint)}`)}\n`;
  const [inside, shown] = error instanceof QueryError ? await placeInQuery(error) : ["", ""];
  return `lotbook: ${inside}${style.warning(safeText(error.message))}\n${shown}${advice}`;
};

/** Where a query is wrong, and the query with a caret; of a file, which may be any, no line is shown. */
const placeInQuery = async (error: QueryError): Promise<readonly [place: string, shown: string]> => {
  if (error.place !== undefined) return [`${safeText(error.place)}: `, ""];
  const shown = excerpt(error.query, error.offset + 1, await loadMeasure());
  return [error.named === undefined ? "" : `in ${safeText(error.named)}: `, shown];
};
