import { DataError, type Finding } from "../model/errors.ts";
import type { Assumption } from "../model/publication.ts";
import type { Register } from "../model/register.ts";
import type { Style } from "../output/format.ts";
import { safeText } from "../output/safe-text.ts";
import { errorText } from "./report-error.ts";

const MOST_WARNINGS = 20;

/**
 * What the reader of an answer must know of the notices behind it: what was assumed, and what could not be read, unless
 * the answer itself tells.
 */
export const remarksOn = async (register: Register, style: Style, told: boolean): Promise<string> => {
  const assumed = (told ? [] : register.assumptions()).map((assumption) => assumptionText(assumption, style));
  const findings = told ? [] : register.findings();
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity !== "error");
  const refused = errors.length === 0 ? "" : (await errorText(new DataError(errors), style)) + leftOut(style);
  return [...assumed, warningsText(warnings, style), refused].join("");
};

const assumptionText = ({ rule, first, count }: Assumption, style: Style): string => {
  const lines = first.map(({ file, text }) => `${safeText(file)}: ${safeText(text)}`);
  const more = count > first.length ? [`and ${count - first.length} more`] : [];
  return [...lines, ...more].map((line) => `${style.dim("note:")} ${line} [${rule}]\n`).join("");
};

/** What was noticed in writing an answer. */
export const notesText = (notes: readonly string[], style: Style): string =>
  notes.map((note) => `${style.dim("note:")} ${safeText(note)}\n`).join("");

const warningsText = (warnings: readonly Finding[], style: Style): string => {
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
