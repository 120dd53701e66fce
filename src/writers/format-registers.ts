import { DataError, type Finding, InputError } from "../model/errors.ts";
import type { FileLayout } from "../model/file-layout.ts";
import { parseGitPath } from "../readers/git/git-path.ts";
import { type Input, openPaths, STDIN_NAME } from "../readers/inputs.ts";
import { layOutRegister } from "./lay-out-register.ts";
import { PendingFile } from "./pending-file.ts";

export interface FormatOptions {
  /** Whether to write nothing, and only tell what would change. */
  readonly check?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** Takes a finding for each thing in a folder that cannot be read; without it, that is an error. */
  readonly skipped?: Finding[];
}

/** A file before it is written. */
interface LaidOut extends FileLayout {
  readonly text: string;
}

/**
 * Lays out YAML registers, files or folders of them, in one way: keys in the order of the format, two spaces a level,
 * every comment kept. Each file is written as a whole, and only if it changes; none where any of them cannot be read.
 * Throws {@link DataError} with all findings, InputError and OutputError.
 */
export const formatRegisters = async (
  paths: readonly string[],
  { check = false, stdin, skipped }: FormatOptions = {},
): Promise<readonly FileLayout[]> => {
  const findings: Finding[] = [];
  const files: LaidOut[] = [];
  for (const input of await openPaths(paths, stdin, findings, skipped)) {
    const laidOut = await layOut(input, findings);
    if (laidOut !== undefined) files.push(laidOut);
  }
  if (findings.length > 0) throw new DataError(findings);
  if (!check) for (const file of files) if (file.state === "changed" && file.printed === undefined) replace(file);
  return files;
};

const layOut = async (input: Input, findings: Finding[]): Promise<LaidOut | undefined> => {
  const { file } = input;
  if (input.kind !== "yaml") return { file, state: "other", printed: undefined, text: "" };
  const result = await layOutRegister(input.text, file);
  if ("findings" in result) {
    for (const finding of result.findings) findings.push(finding);
    return undefined;
  }
  const { text } = result;
  const state = text === input.text ? "unchanged" : "changed";
  return { file, state, printed: file === STDIN_NAME ? text : undefined, text };
};

const replace = ({ file, text }: LaidOut): void => {
  if (parseGitPath(file) !== undefined) {
    throw new InputError(`${file} is a file as it was, and cannot be written`, "fmt --check only looks");
  }
  const pending = new PendingFile(file);
  pending.write(text);
  pending.replace();
};
