import { closeSync, constants, existsSync, fstatSync, lstatSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { beginningOf, type Finding, findingOf, InputError, InputErrors } from "../model/errors.ts";
import { addAll } from "../model/lists.ts";
import { CHUNK_BYTES, holdsNoData, readStdin, STDIN_NAME } from "./bytes.ts";
import { contentNamed, contentOfChunks, isArchive } from "./content.ts";
import { MANIFEST } from "./data-words.ts";
import { type FoundFile, filesAt, isUnreadable, type Unreadable } from "./folders.ts";
import { type Input, inputOf, MAX_YAML_BYTES, yamlInput } from "./held-input.ts";
import { chunksFrom, readChunks, readSmall, readWhole } from "./read-file.ts";
import type { StoreInput } from "./store/store-input.ts";
import { leadsOutside, type NamedFile, noRegularFile, type Refusal, type Surroundings } from "./surroundings.ts";
import { reading } from "./system-error.ts";

/** The size of the chunks in which a file is read to tell what it holds. For most files, one chunk is enough. */
const HEAD_BYTES = 4096;
const MAX_PIPE_BYTES = 1024 * 2 ** 20;

/**
 * Opens what all paths name. `-` is standard input, and `git:REV:path` is a file or folder as it was at a revision.
 * What cannot be read in folders is added to `skipped`. Without `skipped` it is thrown, as is a path that cannot be
 * opened: as InputError, or as InputErrors for several.
 */
export const openPaths = async (
  paths: readonly string[],
  stdin: (() => AsyncIterable<Uint8Array>) | undefined,
  findings: Finding[],
  skipped?: Finding[],
): Promise<Input[]> => {
  const inputs: Input[] = [];
  const missing: InputError[] = [];
  const unreadable: Unreadable[] = [];
  const mayKeep = allowance();
  // Standard input can be read only once. Named twice, it is two inputs all the same, as any file is.
  let held: Promise<Buffer> | undefined;
  const readOnce = (): Promise<Buffer> => (held ??= readStdin(stdin, MAX_PIPE_BYTES));
  for (const path of paths) {
    try {
      addAll(inputs, await openPath(path, { stdin: readOnce, findings, unreadable, mayKeep }));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      missing.push(error);
    }
  }
  refuse([...missing, ...(skipped === undefined ? unreadable.map(skippable) : [])]);
  for (const each of unreadable) skipped?.push(skippedFinding(each));
  return inputs;
};

/** Keeps each register once, even where several paths or links lead to it. Each repetition adds a finding (F7). */
export const registersOnce = (inputs: readonly Input[], findings: Finding[]): readonly Input[] => {
  const read = new Map<string, string>();
  return inputs.filter(({ kind, file }) => {
    if (kind !== "yaml" && kind !== "lines") return true;
    const real = existsSync(file) ? realPath(file, file) : file;
    const earlier = read.get(real);
    if (earlier === undefined) read.set(real, file);
    else
      findings.push(findingOf("F7", `this file is read twice, also as ${earlier}`, beginningOf(file), "name it once"));
    return earlier === undefined;
  });
};

interface Opening {
  readonly stdin: () => Promise<Buffer>;
  readonly findings: Finding[];
  readonly unreadable: Unreadable[];
  readonly mayKeep: (bytes: number) => boolean;
}

const openPath = async (path: string, opening: Opening): Promise<readonly Input[]> => {
  const { stdin, findings } = opening;
  if (path.startsWith("git:")) return await openGitPath(path, opening);
  if (path === "-") return inputOf({ bytes: await stdin(), file: STDIN_NAME }, findings);
  const store = await storeIn(path);
  return store === undefined ? openFiles(path, opening) : [store];
};

/** The store in a folder, if it is one. What reads stores is loaded only where a folder looks like one. */
const storeIn = async (path: string): Promise<StoreInput | undefined> =>
  existsSync(join(path, MANIFEST)) ? (await import("./store/store-input.ts")).storeAt(path) : undefined;

const refuse = (errors: readonly InputError[]): void => {
  const [first, ...others] = errors;
  if (first !== undefined) throw others.length === 0 ? first : new InputErrors(errors);
};

const skippable = ({ error }: Unreadable): InputError =>
  error.hint === undefined ? new InputError(error.message, SKIP_HINT) : error;

const SKIP_HINT = "--skip-bad leaves out what cannot be read";

const skippedFinding = ({ path, error }: Unreadable): Finding => ({
  ...findingOf("F9", error.message, beginningOf(path), error.hint),
  severity: "warning",
});

/**
 * The inputs that a path leads to. Of a folder, these are the files that lotbook knows by their content or by their
 * names. Throws InputError for a folder without any.
 */
const openFiles = (path: string, opening: Opening): readonly Input[] => {
  const inputs = filesAt(path).flatMap((found) => openFound(found, opening));
  return opening.findings.length + opening.unreadable.length > 0 ? inputs : someOf(inputs, path);
};

const openFound = (found: FoundFile | Unreadable, { findings, unreadable, mayKeep }: Opening): readonly Input[] => {
  if (isUnreadable(found)) {
    unreadable.push(found);
    return [];
  }
  try {
    return openFile(found, findings, mayKeep);
  } catch (error) {
    if (found.named || !(error instanceof InputError)) throw error;
    unreadable.push({ path: found.path, error });
    return [];
  }
};

/** Like {@link openFiles}, but through git. What reads through git is loaded only here. */
const openGitPath = async (path: string, { findings, unreadable }: Opening): Promise<readonly Input[]> => {
  const { gitFilesAt } = await import("./git/git-files.ts");
  const inputs = gitFilesAt(path, unreadable).flatMap((file) => inputOf({ ...file, file: file.path }, findings));
  return findings.length + unreadable.length > 0 ? inputs : someOf(inputs, path);
};

const someOf = (inputs: readonly Input[], path: string): readonly Input[] => {
  const folder = `the folder ${path}`;
  if (inputs.length === 0) throw holdsNoData(folder);
  const archives = inputs.filter((input) => input.kind === "notices" && !input.named && isArchive(input.content));
  if (archives.length < inputs.length) return inputs;
  // An archive may be read more than once, and counts once. If none of them holds data, neither does the folder.
  const empty = new Set<string>();
  const noteEmpty = (archive: string): void => {
    if (empty.add(archive).size === archives.length) throw holdsNoData(folder);
  };
  return archives.map((archive) => ({ ...archive, noteEmpty }));
};

const MOST_KEPT_BYTES = 16 * 2 ** 20;

/**
 * Says of each next file of notices whether its bytes may stay in memory, so that it need not be opened again. All of
 * them together may have up to {@link MOST_KEPT_BYTES}.
 */
const allowance = (): ((bytes: number) => boolean) => {
  let left = MOST_KEPT_BYTES;
  return (bytes) => {
    left -= bytes;
    return left >= 0;
  };
};

const openFile = (found: FoundFile, findings: Finding[], mayKeep: Opening["mayKeep"]): readonly Input[] => {
  const { path, named, size } = found;
  if (size === undefined) return inputOf({ bytes: readWhole(path, MAX_PIPE_BYTES), file: path }, findings);
  const surroundings = besideFile(path);
  const bytes = size < CHUNK_BYTES ? readSmall(path) : undefined;
  const told = contentOfChunks(bytes === undefined ? readChunks(path, HEAD_BYTES) : [bytes]);
  const content = contentNamed(told, { name: path, named }, size === 0);
  const source = { file: path, surroundings, size, chunks: () => readChunks(path) };
  if (content === "register-lines") return [{ kind: "lines", ...source }];
  if (content === "other") return [];
  if (content !== "yaml") {
    const kept = bytes !== undefined && mayKeep(size) ? bytes : undefined;
    const whole = bytes === undefined ? {} : { whole: () => readSmall(path) };
    return [{ kind: "notices", content, path, named, kept, ...whole, ...source }];
  }
  return yamlInput({ bytes: bytes ?? readWhole(path, MAX_YAML_BYTES), file: path, surroundings, named }, findings);
};

/**
 * The surroundings of a file on disk: its folder or, for a link, the folder of the file that it leads to. The folder is
 * worked out only when a file in it is asked for.
 */
const besideFile = (path: string): Surroundings => {
  let folder: string | undefined;
  const pathOf = (name: string): string => {
    folder ??= folderOf(path);
    return join(folder, name);
  };
  return {
    expect: pathOf,
    onDisk: pathOf,
    open: async (name) => openWithin(dirname(pathOf("_")), name, pathOf(name)),
  };
};

/**
 * The folder of a file, as people know it. For a link it is the folder of the real file, relative to the current folder
 * if the link was named so.
 */
const folderOf = (path: string): string => {
  if (!isLink(path)) return dirname(path);
  const real = dirname(realPath(path, path));
  return isAbsolute(path) ? real : relative(realPath(".", path), real) || ".";
};

const isLink = (path: string): boolean =>
  reading(path, () => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true);

const realPath = (path: string, about: string): string => reading(about, () => realpathSync(path));

/**
 * Whether a file lies in a folder or below it, and neither it nor a folder on the way is hidden. A link could lead to
 * something hidden, such as `.git`, which holds passwords.
 */
const isWithin = (folder: string, file: string): boolean => {
  const path = relative(folder, file);
  return path !== "" && !isAbsolute(path) && path.split(sep).every((segment) => !segment.startsWith("."));
};

const openWithin = (folder: string, name: string, about: string): NamedFile | Refusal => {
  const file = realPath(join(folder, name), about);
  if (!isWithin(realPath(folder, about), file)) return leadsOutside(name);
  if (!reading(about, () => statSync(file)).isFile()) return noRegularFile(name);
  return { chunks: () => chunksFrom(() => openRegular(file), about) };
};

// Windows has neither O_NOFOLLOW nor O_NONBLOCK.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/**
 * Opens a regular file. In the meantime it may have become a link, or a pipe, which would not open before somebody
 * writes to it. Throws an error for both.
 */
const openRegular = (file: string): number => {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new Error("it is no longer a regular file");
};
