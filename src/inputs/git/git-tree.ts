import { isUtf8 } from "node:buffer";
import { InputError } from "../../model/errors.ts";
import { textOfName } from "../folders.ts";
import { askGit } from "./ask-git.ts";
import { type Astray, type Followed, followLinks } from "./follow-links.ts";

/** What a commit has under a path. */
export interface TreeEntry {
  readonly kind: "file" | "folder" | "link" | "submodule" | "misnamed";
  readonly object: string;
  /** From the top of the repository; empty for the top itself. */
  readonly path: string;
}

const KINDS: Readonly<Record<string, TreeEntry["kind"]>> = {
  "04": "folder",
  "10": "file",
  "12": "link",
  "16": "submodule",
};

const LISTED = /^(\d\d)\d{4} \S+ (\S+)\t(.+)$/s;

const listTree = (argv: readonly string[], about: string): readonly TreeEntry[] => {
  const listed = askGit(["ls-tree", "-z", "--full-tree", ...argv], about)?.toString("latin1") ?? "";
  return listed.split("\0").flatMap((line) => {
    const [, mode = "", object = "", path = ""] = LISTED.exec(line) ?? [];
    const kind = KINDS[mode];
    return kind === undefined ? [] : [named({ kind, object }, Buffer.from(path, "latin1"))];
  });
};

/** Unlike names that are no UTF-8 could be taken for one as texts: what has one is not read. */
const named = ({ kind, object }: Omit<TreeEntry, "path">, path: Buffer): TreeEntry => {
  return { kind: isUtf8(path) ? kind : "misnamed", object, path: textOfName(path) };
};

const nameOf = ({ path }: TreeEntry): string => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/** All that a commit holds, by paths from the top. */
export class GitTree {
  readonly #root: TreeEntry;
  /** What is read, as people know it. */
  readonly #about: string;
  readonly #known = new Map<string, TreeEntry | undefined>();
  /** What stands in folders, by their paths, as far as they were listed. */
  readonly #listed = new Map<string, TreeEntry[]>();

  constructor(object: string, about: string) {
    this.#root = { kind: "folder", object, path: "" };
    this.#about = about;
    this.#known.set("", this.#root);
  }

  /** What a path leads to, links followed. */
  follow(path: string): Followed<TreeEntry> | Astray {
    // git finds at once what has no link on its way.
    const direct = this.#entryAt(path);
    if (direct !== undefined && direct.kind !== "link") return { entry: direct, path };
    return followLinks(path, {
      entryAt: (at) => this.#entryAt(at),
      linkOf: (entry) => (entry.kind === "link" ? this.#linkText(entry) : undefined),
    });
  }

  /** What a folder holds, in the order of names. */
  inFolder(folder: TreeEntry): readonly TreeEntry[] {
    if (!this.#listed.has(folder.path)) this.#list(folder);
    return this.#listed.get(folder.path) ?? [];
  }

  #entryAt(path: string): TreeEntry | undefined {
    if (!this.#known.has(path))
      this.#known.set(
        path,
        listTree([this.#root.object, "--", path], this.#about).find((entry) => entry.path === path),
      );
    return this.#known.get(path);
  }

  #linkText({ object }: TreeEntry): string {
    return readBlobs([object], this.#about)[0]?.toString("utf8") ?? "";
  }

  /** Lists a folder and all below it at once. */
  #list(folder: TreeEntry): void {
    this.#listed.set(folder.path, []);
    const prefix = folder.path === "" ? "" : `${folder.path}/`;
    const entries = listTree(["-r", "-t", folder.object], this.#about).map((entry) => {
      return { ...entry, path: prefix + entry.path };
    });
    entries.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    for (const entry of entries) {
      this.#known.set(entry.path, entry);
      if (entry.kind === "folder") this.#listed.set(entry.path, []);
    }
    for (const entry of entries) this.#listed.get(folderOf(entry.path))?.push(entry);
  }
}

/** What objects hold that are files or links. */
export const readBlobs = (objects: readonly string[], about: string): readonly Buffer[] => {
  if (objects.length === 0) return [];
  const answer = askGit(["cat-file", "--batch"], about, objects.map((object) => `${object}\n`).join(""));
  let start = 0;
  return objects.map((object) => {
    const end = answer?.indexOf("\n", start) ?? -1;
    const [, size] = /^\S+ blob (\d+)$/.exec(answer?.toString("latin1", start, end) ?? "") ?? [];
    if (answer === undefined || size === undefined) throw notHere(object, about);
    start = end + 1 + Number(size) + 1;
    return answer.subarray(end + 1, start - 1);
  });
};

const notHere = (object: string, about: string): InputError =>
  new InputError(
    `cannot read ${about}: this clone does not hold ${object}`,
    `where the clone is partial, lotbook fetches nothing: git cat-file -p ${object} does`,
  );
