import { posix } from "node:path";
import { InputError } from "../../model/errors.ts";
import { slicesOf } from "../bytes.ts";
import { RENAME_HINT, type Unreadable } from "../folders.ts";
import { leadsOutside, type NamedFile, noRegularFile, type Refusal, type Surroundings } from "../surroundings.ts";
import { askGit } from "./ask-git.ts";
import type { Astray, Followed } from "./follow-links.ts";
import { parseGitPath } from "./git-path.ts";
import { GitTree, readBlobs, type TreeEntry } from "./git-tree.ts";

/** A file as it was at a revision. */
interface GitFile {
  /** `git:HEAD:contracts/harbour.yaml`. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Whether the user named it; one that was found in a folder may be something else than data. */
  readonly named: boolean;
  /** The folder that it really lies in, in the same commit. */
  readonly surroundings: Surroundings;
}

const REVISIONS = "a revision is a commit, branch or tag: git:HEAD~1:contracts, git:v1.0:contracts/harbour.yaml";
const PATHS = "paths count from the top of the repository; ./ stands for this folder";

const textOf = (answer: Buffer): string => answer.toString("utf8").replace(/\r?\n$/, "");

/** All that the commit of a revision holds. */
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

/** A file to read. */
interface Listed {
  /** What people call it. */
  readonly shown: string;
  /** Where it really stands. */
  readonly found: Followed<TreeEntry>;
  /** Whether a link led there. */
  readonly isLink: boolean;
}

/** What a user names. */
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

/** What lies at a revision in the folder that a file really lies in. */
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
  // What lies outside begins with `..`, which is hidden, too.
  if (posix.relative(folder, path).split("/").some(isHidden)) return leadsOutside(name);
  if (entry.kind !== "file") return noRegularFile(name);
  return { chunks: () => readBlobs([entry.object], about).flatMap((bytes) => [...slicesOf(bytes)]) };
};

/** Why there is nothing to read in what a tree names; undefined for a file. */
const refusalOf = ({ kind }: TreeEntry, shown: string): InputError | undefined => {
  if (kind === "submodule") return new InputError(`cannot read ${shown}: it is another repository (a submodule)`);
  if (kind === "misnamed") return new InputError(`cannot read ${shown}: its name is not UTF-8`, RENAME_HINT);
  return undefined;
};

const isHidden = (name: string): boolean => name.startsWith(".");

/** Lists folders as those on disk are: in the order of names, links followed, and no folder twice. */
class Listing {
  readonly #tree: GitTree;
  readonly #unreadable: Unreadable[];
  readonly #seen = new Set<string>();

  constructor(tree: GitTree, unreadable: Unreadable[]) {
    this.#tree = tree;
    this.#unreadable = unreadable;
  }

  filesIn(folder: TreeEntry, shown: string): readonly Listed[] {
    if (this.#seen.has(folder.path)) return [];
    this.#seen.add(folder.path);
    return this.#tree.inFolder(folder).flatMap((entry) => {
      const name = entry.path.slice(entry.path.lastIndexOf("/") + 1);
      return isHidden(name) ? [] : this.#filesAt(entry, shown + name);
    });
  }

  #filesAt(entry: TreeEntry, shown: string): readonly Listed[] {
    const found = entry.kind === "link" ? this.#tree.follow(entry.path) : { entry, path: entry.path };
    if (typeof found === "string") {
      const error = new InputError(`cannot read ${shown}: it is a link, and ${LINK_ASTRAY[found]}`);
      this.#unreadable.push({ path: shown, error });
      return [];
    }
    if (found.entry.kind === "folder") return this.filesIn(found.entry, `${shown}/`);
    const error = refusalOf(found.entry, shown);
    if (error === undefined) return [{ shown, found, isLink: entry.kind === "link" }];
    this.#unreadable.push({ path: shown, error });
    return [];
  }
}

/**
 * The file that a path names at its revision, or the files in that folder and in its folders, links within the commit
 * followed; hidden files are left out. Submodules, names that are no UTF-8 and links that lead to nothing are added to
 * what is unreadable. Throws InputError where git, the revision or the path are not there.
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
  const files = isFolder ? new Listing(tree, unreadable).filesIn(entry, shown) : [only];
  const contents = readBlobs(
    files.map((file) => file.found.entry.object),
    path,
  );
  return files.flatMap((file, index) => {
    const bytes = contents[index];
    const surroundings = besideGitFile(tree, named.revision, file);
    return bytes === undefined ? [] : [{ path: file.shown, bytes, named: !isFolder, surroundings }];
  });
};
