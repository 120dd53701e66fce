import { posix } from "node:path";
import { InputError } from "../../model/errors.ts";
import { LIMITS } from "../archives/entry.ts";
import { slicesOf, tooLarge } from "../bytes.ts";
import { parseGitPath } from "../data-words.ts";
import { RENAME_HINT, type Unreadable } from "../folders.ts";
import { MAX_YAML_BYTES } from "../held-input.ts";
import { leadsOutside, type NamedFile, noRegularFile, type Refusal, type Surroundings } from "../surroundings.ts";
import { askGit, MOST_BYTES } from "./ask-git.ts";
import { type Astray, type Followed, GitTree, readBlobs, sizesOf, type TreeEntry } from "./git-tree.ts";

interface GitFile {
  /** `git:HEAD:contracts/harbour.yaml`. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Whether the user named it. A file that was found in a folder may be something other than data. */
  readonly named: boolean;
  readonly surroundings: Surroundings;
}

const REVISIONS = "a revision is a commit, branch or tag: git:HEAD~1:contracts, git:v1.0:contracts/harbour.yaml";
const PATHS = "paths count from the top of the repository; ./ stands for this folder";

const textOf = (answer: Buffer): string => answer.toString("utf8").replace(/\r?\n$/, "");

const treeAt = (revision: string, about: string): GitTree => {
  const isOption = revision === "" || revision.startsWith("-");
  const asked = ["rev-parse", "--quiet", "--verify", `${revision}^{tree}`];
  const tree = isOption ? undefined : askGit(asked, about);
  if (tree !== undefined) return new GitTree(textOf(tree), about);
  throw new InputError(`cannot read ${about}: git knows no revision "${revision}"`, REVISIONS);
};

/** A path from the top of the repository; undefined for one that leaves it. */
const fromTop = (path: string, about: string): string | undefined => {
  const isRelative = /^\.{1,2}(?:\/|$)/.test(path);
  const prefix = isRelative ? textOf(askGit(["rev-parse", "--show-prefix"], about) ?? Buffer.alloc(0)) : "";
  const whole = posix.normalize(`${prefix}${path}`).replace(/(?<=.)\/+$/, "");
  if (/^(?:\/|\.\.(?:\/|$))/.test(whole)) return undefined;
  return whole === "." ? "" : whole;
};

interface Listed {
  /** What people call it. */
  readonly shown: string;
  /** Where it really stands. */
  readonly found: Followed;
  /** Whether a link led there. */
  readonly isLink: boolean;
}

const find = (tree: GitTree, path: string, about: string): Listed => {
  const whole = fromTop(path, about);
  const found = whole === undefined ? "outside" : tree.follow(whole);
  if (typeof found === "object") return { shown: about, found, isLink: found.path !== whole };
  throw new InputError(`cannot read ${about}: ${ASTRAY[found]}`, PATHS);
};

const ASTRAY: Readonly<Record<Astray, string>> = {
  nowhere: "there is no such file or folder at that revision",
  outside: "it leads out of the repository",
  circle: "its links lead in a circle",
};

const LINK_ASTRAY: Readonly<Record<Astray, string>> = {
  nowhere: "nothing is where it leads",
  outside: "it leads out of the repository",
  circle: "it leads to itself",
};

const besideGitFile = (tree: GitTree, revision: string, { found, shown, isLink }: Listed): Surroundings => {
  const folder = posix.dirname(found.path);
  const file = isLink ? found.path : shown.slice(`git:${revision}:`.length);
  const expect = (name: string): string =>
    `git:${revision}:${file.slice(0, file.lastIndexOf("/") + 1)}${posix.normalize(name)}`;
  return { expect, open: async (name) => openBeside(tree, folder, name, expect(name)) };
};

const openBeside = (tree: GitTree, folder: string, name: string, about: string): NamedFile | Refusal => {
  const found = tree.follow(posix.join(folder, name));
  if (found === "outside") return leadsOutside(name);
  if (typeof found === "string") throw new InputError(`cannot read ${about}: ${ASTRAY[found]}`);
  const { entry, path } = found;
  // The path of what lies outside begins with `..`, which is hidden, too.
  if (posix.relative(folder, path).split("/").some(isHidden)) return leadsOutside(name);
  if (entry.kind !== "file") return noRegularFile(name);
  return { chunks: () => slicesOf(readBlob(entry, about)) };
};

/**
 * How many bytes a file may have, by its name. A file that is not named as YAML is told by its content, which is held
 * in memory: it may be as long as any document.
 */
const mostBytes = (name: string): number => (/\.ya?ml$/i.test(name) ? MAX_YAML_BYTES : LIMITS.documentBytes);

const readBlob = ({ object, path }: TreeEntry, about: string): Buffer => {
  const sizes = sizesOf([object], about);
  if ((sizes.get(object) ?? 0) > mostBytes(path)) throw tooLarge(about, mostBytes(path));
  return readBlobs(sizes, about).get(object) ?? Buffer.alloc(0);
};

const REFUSALS: Readonly<Partial<Record<TreeEntry["kind"], readonly [why: string, hint?: string]>>> = {
  submodule: ["it is another repository (a submodule)"],
  misnamed: ["its name is not UTF-8", RENAME_HINT],
  nameless: ["its name cannot be a file's: a checkout has it elsewhere, or not at all", RENAME_HINT],
  repeated: ["another file of this name stands before it", RENAME_HINT],
  unknown: ["it is of an unknown kind"],
};

const refusalOf = ({ kind }: TreeEntry, shown: string): InputError | undefined => {
  const [why, hint] = REFUSALS[kind] ?? [];
  return why === undefined ? undefined : new InputError(`cannot read ${shown}: ${why}`, hint);
};

const isHidden = (name: string): boolean => name.startsWith(".");

/**
 * How many files a listing may have: this many, or this many times as many as the trees store, whichever is more. One
 * tree may stand in others very often.
 */
const MANY_FILES = 10_000;
const MOST_TIMES_LISTED = 20;

/**
 * Lists the files in a folder and in its subfolders, as on disk: in the order of their names, with links followed, and
 * no folder twice.
 */
const filesIn = (tree: GitTree, top: TreeEntry, topShown: string, unreadable: Unreadable[]): readonly Listed[] => {
  const seen = new Set<string>();
  let count = 0;
  const inFolder = (folder: TreeEntry, shown: string): readonly Listed[] => {
    if (seen.has(folder.path)) return [];
    seen.add(folder.path);
    tree.readAll(folder);
    const entries = tree.inFolder(folder);
    count += entries.length;
    if (count > Math.max(MANY_FILES, MOST_TIMES_LISTED * tree.stored)) throw repeatsItself(shown);
    return entries.flatMap((entry) => {
      const name = folder.path === "" ? entry.path : entry.path.slice(folder.path.length + 1);
      return isHidden(name) && entry.kind !== "nameless" ? [] : at(entry, shown + name);
    });
  };
  const at = (entry: TreeEntry, shown: string): readonly Listed[] => {
    const found = entry.kind === "link" ? tree.follow(entry.path) : { entry, path: entry.path };
    if (typeof found === "object" && found.entry.kind === "folder") return inFolder(found.entry, `${shown}/`);
    const error =
      typeof found === "string"
        ? new InputError(`cannot read ${shown}: it is a link, and ${LINK_ASTRAY[found]}`)
        : refusalOf(found.entry, shown);
    if (error === undefined && typeof found === "object") return [{ shown, found, isLink: entry.kind === "link" }];
    if (error !== undefined) unreadable.push({ path: shown, error });
    return [];
  };
  return inFolder(top, topShown);
};

const repeatsItself = (shown: string): InputError =>
  new InputError(
    `cannot read ${shown}: the same folders stand in it again and again`,
    `they come to more than ${MOST_TIMES_LISTED} times as many files as are stored: name one of them`,
  );

/**
 * The file that a path names at its revision or, for a folder, the files in it and in its subfolders. Links are
 * followed within the commit, and hidden files are left out. Submodules, names that are not UTF-8, files that are too
 * large and links that lead to nothing are added to `unreadable`. Throws InputError if git, the revision or the path is
 * not there, or if it is too large.
 */
export const gitFilesAt = (path: string, unreadable: Unreadable[]): readonly GitFile[] => {
  const named = parseGitPath(path);
  if (named === undefined) throw new InputError(`${path} names no revision`, "write git:REVISION:path");
  const tree = treeAt(named.revision, path);
  const only = find(tree, named.path, path);
  const { entry } = only.found;
  const refusal = refusalOf(entry, path);
  if (refusal !== undefined) throw refusal;
  const isFolder = entry.kind === "folder";
  const shown = /[:/]$/.test(path) ? path : `${path}/`;
  const files = isFolder ? filesIn(tree, entry, shown, unreadable) : [only];
  const sizes = sizesOf(objectsOf(files), path);
  const sizeOf = ({ found }: Listed): number => sizes.get(found.entry.object) ?? 0;
  const large = files.filter((file) => sizeOf(file) > mostBytes(file.found.path));
  for (const file of large) {
    const error = tooLarge(file.shown, mostBytes(file.found.path));
    if (!isFolder) throw error;
    unreadable.push({ path: file.shown, error });
  }
  const kept = large.length === 0 ? files : files.filter((file) => sizeOf(file) <= mostBytes(file.found.path));
  if (kept.reduce((sum, file) => sum + sizeOf(file), 0) > MOST_BYTES) throw tooLarge(path, MOST_BYTES);
  const wanted = new Set(objectsOf(kept));
  const contents = readBlobs(new Map([...sizes].filter(([object]) => wanted.has(object))), path);
  return kept.flatMap((file) => {
    const bytes = contents.get(file.found.entry.object);
    const surroundings = besideGitFile(tree, named.revision, file);
    return bytes === undefined ? [] : [{ path: file.shown, bytes, named: !isFolder, surroundings }];
  });
};

const objectsOf = (files: readonly Listed[]): readonly string[] => files.map(({ found }) => found.entry.object);
