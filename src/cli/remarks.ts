import { DataError, type Finding, placeOf } from "../model/errors.ts";
import { type Assumption, countOfKind, type PassedOver } from "../model/publication.ts";
import { errorText } from "../output/error-text.ts";
import type { Style, Surface } from "../output/format.ts";
import { safeText } from "../output/safe-text.ts";
import { paragraph } from "../output/text-width.ts";
import type { Register } from "../records/register.ts";

const MOST_WARNINGS = 20;
const MOST_RULES = 3;

/**
 * What the reader of an answer must know of the notices behind it: what was assumed, and what could not be read. `told`
 * says that the answer itself tells that.
 */
export const remarksOn = async (
  register: Pick<Register, "assumptions" | "findings" | "passedOver">,
  surface: NoteSurface,
  told: boolean,
): Promise<string> => {
  const { style } = surface;
  const assumptions = told || surface.quiet ? [] : register.assumptions();
  const assumed = surface.everyNote ? everyNote(assumptions) : assumptionNotes(assumptions);
  const findings = told ? [] : register.findings();
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity !== "error");
  const refused = errors.length === 0 ? "" : (await errorText(new DataError(errors), style)) + leftOut(style);
  const passedOver = surface.quiet ? "" : passedOverText(register.passedOver(), surface);
  return [passedOver, notesText(assumed, surface), warningsText(warnings, style), refused].join("");
};

const everyNote = (assumptions: readonly Assumption[]): readonly string[] => assumptions.flatMap(placeTexts);

/**
 * For each rule, where it was applied first and how often. If there are many, only which rules were applied most often:
 * the first places are no better than others.
 */
const assumptionNotes = (assumptions: readonly Assumption[]): readonly string[] => {
  if (assumptions.length > MOST_RULES) return [manyRules(assumptions)];
  const notes = assumptions.flatMap((assumption) => {
    const [one] = placeTexts(assumption);
    return one === undefined ? [] : [assumption.count > 1 ? `${one}, and ${assumption.count - 1} more` : one];
  });
  return assumptions.some(({ count }) => count > 1) ? [...notes, "--notes shows every one"] : notes;
};

/** `15 rules decided what the notices leave open, most often R-WIN (43), T10 (20), N2 (7); --notes shows every case`. */
const manyRules = (assumptions: readonly Assumption[]): string => {
  const most = [...assumptions].sort((a, b) => b.count - a.count).slice(0, MOST_RULES);
  const named = most.map(({ rule, count }) => `${rule} (${count})`).join(", ");
  return `${assumptions.length} rules decided what the notices leave open, most often ${named}; --notes shows every case`;
};

const placeTexts = ({ rule, first }: Assumption): readonly string[] =>
  first.map(({ file, text }) => `${file}: ${text} [${rule}]`);

/** The notices that were found and tell of no award: `passed over: 412 contract notices, 3 design contests`. */
const passedOverText = (kinds: readonly PassedOver[], surface: NoteSurface): string => {
  if (kinds.length === 0) return "";
  const counts = kinds.map((kind) => countOfKind(kind, kind.count)).join(", ");
  const set = (line: string): string => line.replace(/^passed over:/, (words) => surface.style.dim(words));
  return paragraph(`passed over: ${counts}`, surface, set);
};

/** Where notes are shown. Notes are broken between words, because they are longer than terminals are wide. */
type NoteSurface = Pick<Surface, "style" | "width"> & {
  readonly everyNote?: boolean;
  readonly quiet?: boolean;
};

export const notesText = (notes: readonly string[], surface: NoteSurface): string => {
  const set = (line: string): string => line.replace(/^note:/, (word) => surface.style.dim(word));
  return notes.map((note) => paragraph(`note: ${note}`, surface, set)).join("");
};

/**
 * The warnings with their places, and how many there are. Those that are alike are shown once, and of very many only
 * the first.
 */
export const warningsText = (warnings: readonly Finding[], style: Style): string => {
  if (warnings.length === 0) return "";
  const alike = new Map<string, number>();
  for (const { message, rule, position } of warnings) {
    const where = position === undefined ? "" : `${safeText(placeOf(position))}: `;
    const line = `${where}${safeText(message)} [${rule}]`;
    alike.set(line, (alike.get(line) ?? 0) + 1);
  }
  const lines = [...alike].slice(0, MOST_WARNINGS).map(([line, times]) => {
    return `${style.warning("warning:")} ${line}${times > 1 ? `, ${times} times` : ""}\n`;
  });
  const count = `${warnings.length} warning${warnings.length === 1 ? "" : "s"}`;
  const shown = alike.size > lines.length ? `; the first ${lines.length} are shown` : "";
  return `${lines.join("")}lotbook: ${count}: what could not be read is left out of the answer${shown}\n`;
};

const leftOut = (style: Style): string =>
  `  ${style.dim("hint: what could not be read is left out of the answer; --skip-bad makes that a warning")}\n`;
