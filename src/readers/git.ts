import { spawnSync } from "node:child_process";
import { InputError } from "../model/errors.ts";
import { tooLarge } from "./bytes.ts";
import { type GitPath, parseGitPath } from "./git-path.ts";
import { explainSystemError } from "./system-error.ts";

/** A file as it was at a revision. */
export interface GitFile {
  /** `git:HEAD:contracts/harbour.yaml`. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Whether the user named it; one that was found in a folder may be something else than data. */
  readonly named: boolean;
}

const MOST_BYTES = 1024 * 2 ** 20;

/** What git answers; undefined where it says no. It is run without a shell, asks no other machine, and changes nothing. */
const askGit = (argv: readonly string[], about: string, input?: string): Buffer | undefined => {
  const asked = ["--no-pager", "-c", "protocol.allow=never", ...argv];
  const { error, status, stdout, stderr } = spawnSync("git", asked, { input, maxBuffer: MOST_BYTES });
  if (error !== undefined) throw explainFailure(error, about);
  if (status === 0) return stdout;
  const [reason = ""] = /(?<=^fatal: ).*/m.exec(stderr.toString("utf8")) ?? [];
  if (/not a git repository|dubious ownership/.test(reason)) throw new InputError(`cannot read ${about}: ${reason}`);
  return undefined;
};

const explainFailure = (error: Error, about: string): InputError => {
  const code = "code" in error ? error.code : undefined;
  if (code === "ENOBUFS") return tooLarge(about, MOST_BYTES);
  const reason = code === "ENOENT" ? "git is not installed" : explainSystemError(error);
  return new InputError(`cannot read ${about}: ${reason}`, "paths that begin with git: are read through git");
};

const lineOf = (answer: Buffer): string => answer.toString("utf8").trimEnd();

/** The id of the object that a path names. */
const resolve = ({ revision, path }: GitPath, about: string): string => {
  const isOption = revision === "" || revision.startsWith("-");
  const known = isOption ? undefined : askGit(["rev-parse", "--quiet", "--verify", `${revision}^{tree}`], about);
  if (known === undefined) {
    const hint = "a revision is a commit, branch or tag: git:HEAD~1:contracts, git:v1.0:contracts/harbour.yaml";
    throw new InputError(`cannot read ${about}: git knows no revision "${revision}"`, hint);
  }
  // Of a folder git wants no slash at its end, but for the present one.
  const plain = /^\.\/*$/.test(path) ? "./" : path.replace(/\/+$/, "");
  const object = askGit(["rev-parse", "--quiet", "--verify", `${revision}:${plain}`], about);
  if (object !== undefined) return lineOf(object);
  const hint = "paths count from the top of the repository; ./ stands for this folder";
  throw new InputError(`cannot read ${about}: there is no such file or folder at that revision`, hint);
};

const blobs = (objects: readonly string[], about: string): readonly Buffer[] => {
  const answer = askGit(["cat-file", "--batch"], about, objects.map((object) => `${object}\n`).join(""));
  let start = 0;
  return objects.map((object) => {
    const end = answer?.indexOf("\n", start) ?? -1;
    const [, size] = /^\S+ blob (\d+)$/.exec(answer?.toString("latin1", start, end) ?? "") ?? [];
    if (answer === undefined || size === undefined)
      throw new InputError(`cannot read ${about}: git has lost ${object}`);
    start = end + 1 + Number(size) + 1;
    return answer.subarray(end + 1, start - 1);
  });
};

/** An entry of `git ls-tree`: a regular file. */
const REGULAR = /^100\d{3} blob (\S+)\t(.+)$/s;

const isHidden = (name: string): boolean => name.startsWith(".");

/** Folder by folder in the order of their names, as folders on disk are read. */
const bySegments = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((segment, index) => segment !== b[index]);
  return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
};

const filesIn = (tree: string, about: string): readonly GitFile[] => {
  const listed = askGit(["ls-tree", "-r", "-z", "--full-tree", tree], about)?.toString("utf8") ?? "";
  const entries = listed.split("\0").flatMap((line) => {
    const [, object, name = ""] = REGULAR.exec(line) ?? [];
    const segments = name.split("/");
    return object === undefined || segments.some(isHidden) ? [] : [{ object, name, segments }];
  });
  entries.sort((a, b) => bySegments(a.segments, b.segments));
  const contents = blobs(
    entries.map(({ object }) => object),
    about,
  );
  const folder = /[:/]$/.test(about) ? about : `${about}/`;
  return contents.map((bytes, index) => ({ path: folder + (entries[index]?.name ?? ""), bytes, named: false }));
};

/**
 * The file that a path names at its revision, or the files in that folder and in its folders; hidden files, links and
 * submodules are left out. Throws InputError where git, the revision or the path are not there.
 */
export const gitFilesAt = (path: string): readonly GitFile[] => {
  const named = parseGitPath(path);
  if (named === undefined) throw new InputError(`${path} names no revision`, "write git:REVISION:path");
  const object = resolve(named, path);
  const kind = askGit(["cat-file", "-t", object], path);
  if (kind !== undefined && lineOf(kind) === "tree") return filesIn(object, path);
  return blobs([object], path).map((bytes) => ({ path, bytes, named: true }));
};
