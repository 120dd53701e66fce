import { RULES, type RuleId, type Severity } from "./rule.ts";

/** Where something stands in an input. Line and column count from 1, the column in UTF-16 code units. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** The beginning of a file, for findings about the file as a whole. */
export const beginningOf = (file: string): Position => ({ file, line: 1, column: 1, text: "" });

/** `register.yaml:12:5`. */
export const placeOf = ({ file, line, column }: Position): string => `${file}:${line}:${column}`;

/** Something that is wrong with the data, or worth knowing about them. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly position?: Position;
  /** The id of the contract that is left out because of this finding. */
  readonly leftOut?: string;
}

/**
 * The finding without the text of its line. The line of a file that may hold no data would show what nobody asked to be
 * shown.
 */
export const withoutLine = (finding: Finding): Finding =>
  finding.position === undefined ? finding : { ...finding, position: { ...finding.position, text: "" } };

export const findingOf = (rule: RuleId, message: string, position?: Position, hint?: string): Finding => ({
  rule,
  severity: RULES[rule],
  message,
  ...(hint !== undefined && { hint }),
  ...(position !== undefined && { position }),
});

/**
 * Drops findings that say the same of the same place: orders under a call-off are read for its framework agreement,
 * too.
 */
const each = (findings: readonly Finding[]): readonly Finding[] => {
  const said = new Set<string>();
  return findings.filter(({ position, rule, message }) => {
    if (position === undefined) return true;
    const id = JSON.stringify([position.file, position.line, position.column, rule, message]);
    return !said.has(id) && said.add(id);
  });
};

/**
 * Findings file by file as they were read, and down each file. Those without a place come first, and repetitions are
 * dropped.
 */
export const inReadingOrder = (findings: readonly Finding[]): readonly Finding[] => {
  const files = new Map<string | undefined, number>([[undefined, 0]]);
  for (const { position } of findings) if (!files.has(position?.file)) files.set(position?.file, files.size);
  const rank = ({ position }: Finding): number => Number(files.get(position?.file));
  const place = ({ position }: Finding) => [position?.line ?? 0, position?.column ?? 0] as const;
  return [...each(findings)].sort((a, b) => {
    const [lineA, columnA] = place(a);
    const [lineB, columnB] = place(b);
    return rank(a) - rank(b) || lineA - lineB || columnA - columnB;
  });
};

/** A mistake that the user can mend. It has a message, often a hint, and an exit code of its own. */
export class UserError extends Error {
  readonly exitCode: number = 2;
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** Unknown command, option, field or value. */
export class UsageError extends UserError {}

/** An input that is missing or cannot be read. */
export class InputError extends UserError {
  override readonly exitCode: number = 66;
}

/** A server that did not answer, or not completely. It may answer if it is asked again. */
export class NoAnswerError extends InputError {
  override readonly exitCode = 69;
}

/** Several input errors, in reading order. The message has a line for each. */
export class InputErrors extends InputError {
  readonly errors: readonly InputError[];

  constructor(errors: readonly InputError[], hint?: string) {
    super(errors.map(({ message }) => message).join("\n"), hint);
    this.errors = errors;
  }
}

/** An answer that could not be written. */
export class OutputError extends UserError {
  override readonly exitCode = 74;
}

/** Data that break the rules of their format. It has every finding of every file, in reading order. */
export class DataError extends UserError {
  override readonly exitCode = 65;
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    super(findings.map((finding) => finding.message).join("\n"));
    this.findings = inReadingOrder(findings);
  }
}

/** Where a record was read. Positions inside it are looked up only when a finding needs one. */
export interface Origin {
  /** The position of a place inside the record, given by keys and indexes. An empty path is the record itself. */
  readonly locate: (path: readonly (string | number)[], part?: "key" | "value") => Position;
}
