import { DataError, type Finding } from "../model/errors.ts";
import { countOfKind } from "../model/other-document.ts";
import type { Assumption, PassedOver } from "../model/publication.ts";
import { errorText } from "../output/error-text.ts";
import type { Style, Surface } from "../output/format.ts";
import { paragraph } from "../output/paragraph.ts";
import { safeText } from "../output/safe-text.ts";
import type { Register } from "../records/register.ts";

const MOST_WARNINGS = 20;
const MOST_RULES = 3;

/**
 * What the reader of an answer must know of the notices behind it: what was assumed, and what could not be read, unless
 * the answer itself tells.
 */
export const remarksOn = async (register: Register, surface: NoteSurface, told: boolean): Promise<string> => {
  const { style } = surface;
  const assumptions = told || surface.quiet ? [] : register.assumptions();
  const shown = surface.everyNote ? assumptions : assumptions.slice(0, MOST_RULES);
  const assumed = shown.map((assumption) => assumptionText(assumption, surface));
  const findings = told ? [] : register.findings();
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity !== "error");
  const refused = errors.length === 0 ? "" : (await errorText(new DataError(errors), style)) + leftOut(style);
  const hidden = !surface.everyNote && (shown.length < assumptions.length || shown.some(({ count }) => count > 1));
  const all = hidden
    ? notesText([`${otherRules(assumptions.slice(shown.length))}--notes shows every one`], surface)
    : "";
  const passedOver = surface.quiet ? "" : passedOverText(register.passedOver(), surface);
  return [passedOver, ...assumed, all, warningsText(warnings, style), refused].join("");
};

/** `4 more rules assumed something (N2, R-MAX …); `. */
const otherRules = (others: readonly Assumption[]): string => {
  if (others.length === 0) return "";
  const rules = others.map(({ rule }) => rule).join(", ");
  return `${others.length} more ${others.length === 1 ? "rule was" : "rules were"} applied (${rules}); `;
};

/** What was found and tells of no award: `passed over: 412 contract notices, 3 design contests`. */
const passedOverText = (kinds: readonly PassedOver[], surface: NoteSurface): string => {
  if (kinds.length === 0) return "";
  const counts = kinds.map((kind) => countOfKind(kind, kind.count)).join(", ");
  const set = (line: string): string => line.replace(/^passed over:/, (words) => surface.style.dim(words));
  return paragraph(`passed over: ${counts}`, surface, set);
};

/** What was assumed by a rule: where first, and how often; or each of them. */
const assumptionText = ({ rule, first, count }: Assumption, surface: NoteSurface): string => {
  const lines = first.map(({ file, text }) => `${file}: ${text} [${rule}]`);
  const [one] = lines;
  if (surface.everyNote) return notesText(lines, surface);
  return one === undefined ? "" : notesText([count > 1 ? `${one}, and ${count - 1} more` : one], surface);
};

/** Where notes are shown: they are broken at words, for they are longer than terminals are wide. */
type NoteSurface = Pick<Surface, "style" | "width"> & {
  readonly everyNote?: boolean;
  readonly quiet?: boolean;
};

/** What the reader of an answer must know of it, a note each. */
export const notesText = (notes: readonly string[], surface: NoteSurface): string => {
  const set = (line: string): string => line.replace(/^note:/, (word) => surface.style.dim(word));
  return notes.map((note) => paragraph(`note: ${note}`, surface, set)).join("");
};

/** Each warning with its place, and how many there are; of very many the first. */
export const warningsText = (warnings: readonly Finding[], style: Style): string => {
  if (warnings.length === 0) return "";
  const lines = warnings.slice(0, MOST_WARNINGS).map(({ message, rule, position }) => {
    const where = position === undefined ? "" : `${safeText(position.file)}:${position.line}:${position.column}: `;
    return `${style.warning("warning:")} ${where}${safeText(message)} [${rule}]\n`;
  });
  const count = `${warnings.length} warning${warnings.length === 1 ? "" : "s"}`;
  const shown = warnings.length > lines.length ? `; the first ${lines.length} are shown` : "";
  return `${lines.join("")}lotbook: ${count}: what could not be read is left out of the answer${shown}\n`;
};

const leftOut = (style: Style): string =>
  `  ${style.dim("hint: what could not be read is left out of the answer; --skip-bad makes that a warning")}\n`;
