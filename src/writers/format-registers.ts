import { STDIN_NAME } from "../inputs/bytes.ts";
import { parseGitPath } from "../inputs/data-words.ts";
import type { Input } from "../inputs/held-input.ts";
import { openPaths } from "../inputs/inputs.ts";
import { DataError, type Finding, InputError, OutputError } from "../model/errors.ts";
import type { FileLayout } from "../model/input-file.ts";
import type { JsonSchema } from "../model/json-schema.ts";
import { addAll } from "../model/lists.ts";
import { plural } from "../model/phrases.ts";
import { registerSchema } from "../records/register.ts";
import { showingLines } from "../register/read-register.ts";
import { listsOf } from "../register/records.ts";
import { isList, isMap, type Plain } from "../syntax/plain.ts";
import type { commentsIn, Remark, YamlEntry, YamlItem, YamlList, YamlMap, YamlTree } from "../syntax/yaml-tree.ts";
import { PendingFile } from "./pending-file.ts";
import { printYaml } from "./print-yaml.ts";
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
 * Lays out YAML registers, given as files or folders, in one way: keys in the order of the format, two spaces a level,
 * every comment kept. Each file is written as a whole, and only if its layout changes. None is written if any of them
 * cannot be read. Throws {@link DataError} with all findings, InputError, and OutputError, which says how many files
 * were written before.
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

/**
 * Checks all files before any is written, so that whatever must be refused is refused first. A file that was given by
 * two paths is written once.
 */
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

/**
 * Writes the files. A signal may end this between two of them. Those already written stay written, and the error says
 * how many they are.
 */
const writeAll = async (files: readonly Rewriting[], watchForSignals: WatchForSignals): Promise<void> => {
  const watch = watchForSignals();
  const howFar = () => {
    const done = files.filter(({ pending }) => pending.isWritten).length;
    return `formatted ${done} of ${plural(files.length, "file")}`;
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

/**
 * The text of a YAML register in the one layout, or the findings that keep it from being a register. The new text says
 * the same and keeps every comment. JSON, which is YAML in brackets, comes back as it is.
 */
export const layOutRegister = async (
  text: string,
  file: string,
): Promise<{ readonly text: string } | { readonly findings: readonly Finding[] }> => {
  const yaml = await import("../syntax/yaml.ts");
  const plainBreaks = text.replaceAll("\r\n", "\n");
  const read = showingLines(plainBreaks, yaml.readYaml(plainBreaks, file));
  if (!("document" in read)) return read;
  const findings: Finding[] = [];
  listsOf(read.document, findings);
  if (findings.length > 0) return { findings };
  const tree = yaml.readYamlTree(plainBreaks);
  if (tree.kind !== "map" || tree.flow) return { text };
  const laidOut = printYaml(arrangeRegister(tree, registerSchema()));
  const again = yaml.readYaml(laidOut, file);
  const same = "document" in again && saysTheSame(again.document.value, read.document.value);
  if (!same || commentsOf(laidOut, yaml.commentsIn) !== commentsOf(plainBreaks, yaml.commentsIn))
    throw new Error(`laying out ${file} would change what it says, so it stays as it is`);
  return { text: text.includes("\r\n") ? laidOut.replaceAll("\n", "\r\n") : laidOut };
};

const commentsOf = (text: string, read: typeof commentsIn): string =>
  read(text)
    .map((comment) => comment.text)
    .sort()
    .join("\n");

/** Whether two texts say the same; the keys of a map may stand in another order. */
const saysTheSame = (a: Plain, b: Plain): boolean => {
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, index) => saysTheSame(item, b[index] ?? ""));
  if (!isMap(a) || !isMap(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => saysTheSame(a[key] ?? "", b[key] ?? ""));
};

/**
 * Puts the keys of every record in the order of the format, each with its comments. Keys that the format does not know
 * come last. Lists, and the claims of a fact, stay in their order, which has a meaning.
 */
const arrangeRegister = (register: YamlMap, format: JsonSchema): YamlMap => {
  const { head, spaced, body } = withoutHead(register);
  const { items, ...rest } = arrangeMap(body, format);
  const [first, ...others] = items.map((entry, index) => setSpaced(entry, index > 0 || spaced));
  if (first === undefined) return register;
  return { ...rest, items: [{ ...first, above: [...head, ...first.above] }, ...others] };
};

const arrange = (tree: YamlTree, format: JsonSchema | undefined): YamlTree => {
  switch (tree.kind) {
    case "text":
      return tree;
    case "list":
      return arrangeList(tree, formOf(format, "array")?.items);
    case "map":
      return arrangeMap(tree, formOf(format, "object"));
  }
};

const arrangeList = (list: YamlList, format: JsonSchema | undefined): YamlList => ({
  ...list,
  items: list.items.map((item) => lifted({ ...item, value: arrange(item.value, format) })),
});

/** An item begins on the line of its first key, so the comments above that key move above the item. */
const lifted = (item: YamlItem): YamlItem => {
  const { value } = item;
  const [first, ...others] = value.kind === "map" ? value.items : [];
  if (value.kind !== "map" || first === undefined || first.above.length === 0) return item;
  return {
    ...item,
    above: [...item.above, ...first.above],
    value: { ...value, items: [{ ...first, above: [] }, ...others] },
  };
};

const arrangeMap = (map: YamlMap, format: JsonSchema | undefined): YamlMap => {
  const keys = Object.keys(format?.properties ?? {});
  const claims = typeof format?.additionalProperties === "object" ? format.additionalProperties : undefined;
  const items = map.items.map((entry) => ({
    ...entry,
    value: arrange(entry.value, format?.properties?.[entry.key.value] ?? claims),
  }));
  const place = ({ key }: YamlEntry): number => (keys.includes(key.value) ? keys.indexOf(key.value) : keys.length);
  return { ...map, items: keys.length === 0 ? items : items.sort((a, b) => place(a) - place(b)) };
};

/** The schema of this type among those that a value may have. */
const formOf = (format: JsonSchema | undefined, type: "array" | "object"): JsonSchema | undefined =>
  [format, ...(format?.anyOf ?? [])].find((form) => form?.type === type);

/**
 * Splits off the comments that are about the file and not about its first key: those above the last empty line, and a
 * first line that names the schema.
 */
const withoutHead = (
  register: YamlMap,
): { readonly head: readonly Remark[]; readonly spaced: boolean; readonly body: YamlMap } => {
  const [first, ...others] = register.items;
  if (first === undefined) return { head: [], spaced: false, body: register };
  const lines = [...first.above, { text: "", spaced: first.spaced }];
  const end = Math.max(
    lines.findLastIndex(({ spaced }, index) => spaced && index > 0),
    lines.findIndex(({ text }) => !/^# *yaml-language-server:/.test(text)),
  );
  const own = { ...first, above: first.above.slice(end) };
  const body = { ...register, items: [own, ...others] };
  return { head: first.above.slice(0, end), spaced: end > 0 && lines[end]?.spaced === true, body };
};

const setSpaced = (entry: YamlEntry, spaced: boolean): YamlEntry => {
  const [first, ...others] = entry.above;
  return first === undefined ? { ...entry, spaced } : { ...entry, above: [{ ...first, spaced }, ...others] };
};
