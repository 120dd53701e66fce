import { parseGitPath } from "../inputs/data-words.ts";
import type { Input } from "../inputs/held-input.ts";
import { openPaths, STDIN_NAME } from "../inputs/inputs.ts";
import { DataError, type Finding, InputError, OutputError } from "../model/errors.ts";
import type { FileLayout } from "../model/input-file.ts";
import { addAll } from "../model/lists.ts";
import { layOutRegister } from "./lay-out-register.ts";
import { PendingFile } from "./pending-file.ts";
import { targetOf } from "./target.ts";
import { letSignalsIn, NO_WATCH, type WatchForSignals } from "./write-fully.ts";

export interface FormatOptions {
  readonly check?: boolean;
  /** Opens what the path `-` reads from. */
  readonly stdin?: () => AsyncIterable<Uint8Array>;
  /** Takes a finding for each thing in a folder that cannot be read; without it, that is an error. */
  readonly skipped?: Finding[];
  /** Keeps signals from ending the program in the middle of a file. */
  readonly watch?: WatchForSignals;
}

interface LaidOut extends FileLayout {
  readonly before: string;
  readonly text: string;
}

/**
 * Lays out YAML registers, files or folders of them, in one way: keys in the order of the format, two spaces a level,
 * every comment kept. Each file is written as a whole, and only if it changes; none where any of them cannot be read.
 * Throws {@link DataError} with all findings, InputError and OutputError, which says how many were written before.
 */
export const formatRegisters = async (
  paths: readonly string[],
  { check = false, stdin, skipped, watch = NO_WATCH }: FormatOptions = {},
): Promise<readonly FileLayout[]> => {
  const findings: Finding[] = [];
  const files: LaidOut[] = [];
  for (const input of await openPaths(paths, stdin, findings, skipped)) {
    const laidOut = await layOut(input, findings);
    if (laidOut !== undefined) files.push(laidOut);
  }
  if (findings.length > 0) throw new DataError(findings);
  const changed = files.filter(({ state, printed }) => state === "changed" && printed === undefined);
  if (!check && changed.length > 0) await writeAll(openAll(changed), watch);
  return files;
};

const layOut = async (input: Input, findings: Finding[]): Promise<LaidOut | undefined> => {
  const { file } = input;
  if (input.kind !== "yaml") return { file, state: "other", printed: undefined, before: "", text: "" };
  const result = await layOutRegister(input.text, file);
  if ("findings" in result) {
    addAll(findings, result.findings);
    return undefined;
  }
  const { text } = result;
  const state = text === input.text ? "unchanged" : "changed";
  return { file, state, printed: file === STDIN_NAME ? text : undefined, before: input.text, text };
};

interface Rewriting {
  readonly pending: PendingFile;
  readonly text: string;
}

/** Looks at all files before any is written: what can be refused is refused now. One that has two paths is written once. */
const openAll = (files: readonly LaidOut[]): readonly Rewriting[] => {
  const byFile = new Map<string, Rewriting>();
  for (const { file, before, text } of files) {
    if (parseGitPath(file) !== undefined) {
      throw new InputError(`${file} is a file as it was, and cannot be written`, "fmt --check only looks");
    }
    const target = targetOf(file);
    if (target.kind === "stream" || target.before === undefined) {
      throw new OutputError(`cannot write ${file}: it is no regular file`, "lotbook fmt - prints the layout");
    }
    const id = `${target.before.dev}:${target.before.ino}`;
    if (!byFile.has(id)) byFile.set(id, { pending: new PendingFile(target, before), text });
  }
  return [...byFile.values()];
};

/** Between two files, a signal may end it; files that are written stay so, and how many they are is told. */
const writeAll = async (files: readonly Rewriting[], watchForSignals: WatchForSignals): Promise<void> => {
  const watch = watchForSignals();
  const howFar = () => {
    const done = files.filter(({ pending }) => pending.isWritten).length;
    return `formatted ${done} of ${files.length} file${files.length === 1 ? "" : "s"}`;
  };
  try {
    for (const { pending, text } of files) {
      await letSignalsIn(watch, howFar);
      pending.write(text);
      pending.commit();
    }
    await letSignalsIn(watch, howFar);
  } catch (error) {
    if (!(error instanceof OutputError) || files.length === 1) throw error;
    throw new OutputError(`${error.message}; ${howFar()}`, error.hint);
  } finally {
    watch.end();
  }
};
