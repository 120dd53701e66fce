import { isUtf8 } from "node:buffer";
import { InputError } from "../../model/errors.ts";
import { textOfName } from "../bytes.ts";
import { askGit } from "./ask-git.ts";

/** What a commit has under a path. Of the last five kinds, nothing can be read. */
export interface TreeEntry {
  readonly kind: "file" | "folder" | "link" | "submodule" | "misnamed" | "nameless" | "repeated" | "unknown";
  readonly object: string;
  /** From the top of the repository; empty for the top itself. */
  readonly path: string;
}

interface StoredEntry extends Omit<TreeEntry, "path"> {
  readonly name: string;
}

/** The kinds of entries, by the first two digits of their modes. */
const KINDS: Readonly<Record<string, TreeEntry["kind"]>> = {
  "40": "folder",
  "10": "file",
  "12": "link",
  "16": "submodule",
};

/** Names that no file can have where a commit is checked out: other programs take them for paths, or refuse them. */
const NAMELESS = /\/|^\.{0,2}$/;

const SPACE = 0x20;

/**
 * The entries of a tree as git stores it. Each is its mode, a space, its name, a NUL and the bytes of the id of its
 * object.
 */
const entriesOf = (tree: Buffer, objectBytes: number): readonly StoredEntry[] => {
  const entries: StoredEntry[] = [];
  const names = new Set<string>();
  for (let at = 0; at < tree.length; ) {
    const space = tree.indexOf(SPACE, at);
    const nul = tree.indexOf(0, space);
    const name = tree.subarray(space + 1, nul);
    const object = tree.toString("hex", nul + 1, nul + 1 + objectBytes);
    const text = textOfName(name);
    const kind = names.has(text) ? "repeated" : kindOf(tree.toString("latin1", at, space), name, text);
    names.add(text);
    entries.push({ kind, object, name: text });
    at = nul + 1 + objectBytes;
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
};

/**
 * The kind of an entry. As texts, names that are not UTF-8 could be taken for others, so what has such a name is not
 * read.
 */
const kindOf = (mode: string, name: Buffer, text: string): TreeEntry["kind"] => {
  if (!isUtf8(name)) return "misnamed";
  return NAMELESS.test(text) ? "nameless" : (KINDS[mode.slice(0, 2)] ?? "unknown");
};

/**
 * How many entries all trees together may have, and how deep they may lie in each other. git itself goes no deeper than
 * 4096.
 */
const MOST_ENTRIES = 1_000_000;
const MOST_DEPTH = 100;
const LONGEST_LINK_BYTES = 1 << 16;

/** All that a commit holds, by paths from the top. Each of its trees is read once, however often it stands in others. */
export class GitTree {
  readonly #root: Omit<TreeEntry, "path">;
  readonly #about: string;
  readonly #trees = new Map<string, readonly StoredEntry[]>();
  /** How many entries the trees that were read have. */
  stored = 0;

  constructor(object: string, about: string) {
    this.#root = { kind: "folder", object };
    this.#about = about;
  }

  /** What a path leads to, with links followed in the tree only. */
  follow(path: string): Followed | Astray {
    const ahead = path.split("/").reverse();
    const done: string[] = [];
    let links = 0;
    for (let segment = ahead.pop(); segment !== undefined; segment = ahead.pop()) {
      if (segment === "" || segment === ".") continue;
      if (segment === "..") {
        if (done.pop() === undefined) return "outside";
        continue;
      }
      const entry = this.#entryAt([...done, segment].join("/"));
      if (entry === undefined) return "nowhere";
      if (entry.kind !== "link") {
        done.push(segment);
        continue;
      }
      const target = this.#linkText(entry);
      if (target.startsWith("/")) return "outside";
      if (++links > MOST_LINKS) return "circle";
      for (const step of target.split("/").reverse()) ahead.push(step);
    }
    const entry = this.#entryAt(done.join("/"));
    return entry === undefined ? "nowhere" : { entry, path: done.join("/") };
  }

  inFolder({ object, path }: TreeEntry): readonly TreeEntry[] {
    const prefix = path === "" ? "" : `${path}/`;
    return this.#tree(object).map(({ name, ...entry }) => ({ ...entry, path: prefix + name }));
  }

  /** Reads all trees below a folder, one level at a time, except those that are hidden. */
  readAll({ object }: TreeEntry): void {
    let objects = [object];
    for (let depth = 0; objects.length > 0; depth++) {
      if (depth > MOST_DEPTH) throw this.#tooDeep();
      this.#read(objects.filter((each) => !this.#trees.has(each)));
      const inner = objects.flatMap((each) => this.#tree(each)).filter(isVisibleFolder);
      objects = [...new Set(inner.map((entry) => entry.object))].filter((each) => !this.#trees.has(each));
    }
  }

  #entryAt(path: string): TreeEntry | undefined {
    const segments = path === "" ? [] : path.split("/");
    if (segments.length > MOST_DEPTH) throw this.#tooDeep();
    let entry = this.#root;
    for (const segment of segments) {
      const found = entry.kind === "folder" ? this.#tree(entry.object).find(({ name }) => name === segment) : undefined;
      if (found === undefined) return undefined;
      entry = found;
    }
    return { kind: entry.kind, object: entry.object, path };
  }

  #linkText({ object }: TreeEntry): string {
    const size = sizesOf([object], this.#about).get(object) ?? 0;
    // No name has a NUL in it, so this one leads nowhere.
    if (size > LONGEST_LINK_BYTES) return "\0";
    return readObjects("blob", [object], this.#about)[0]?.toString("utf8") ?? "";
  }

  #tree(object: string): readonly StoredEntry[] {
    if (!this.#trees.has(object)) this.#read([object]);
    return this.#trees.get(object) ?? [];
  }

  #read(objects: readonly string[]): void {
    for (const [index, tree] of readObjects("tree", objects, this.#about).entries()) {
      const object = objects[index] ?? "";
      const entries = entriesOf(tree, object.length / 2);
      this.stored += entries.length;
      if (this.stored > MOST_ENTRIES) throw this.#tooMuch(`holds more than ${MOST_ENTRIES} files and folders`);
      this.#trees.set(object, entries);
    }
  }

  #tooDeep(): InputError {
    return this.#tooMuch(`has folders more than ${MOST_DEPTH} deep`);
  }

  #tooMuch(what: string): InputError {
    return new InputError(`cannot read ${this.#about}: it ${what}`, "name a folder of it that holds less");
  }
}

const isVisibleFolder = ({ kind, name }: StoredEntry): boolean => kind === "folder" && !name.startsWith(".");

export interface Followed {
  readonly entry: TreeEntry;
  /** Where it really stands, from the top. */
  readonly path: string;
}

/** Why a path leads to nothing: there is nothing, it leaves the tree, or its links lead in a circle. */
export type Astray = "nowhere" | "outside" | "circle";

const MOST_LINKS = 40;

const listed = (objects: Iterable<string>): string => [...objects].map((object) => `${object}\n`).join("");

export const sizesOf = (objects: Iterable<string>, about: string): ReadonlyMap<string, number> => {
  const unlike = new Set(objects);
  if (unlike.size === 0) return new Map();
  const lines = (askGit(["cat-file", "--batch-check"], about, listed(unlike))?.toString("latin1") ?? "").split("\n");
  return new Map(
    [...unlike].map((object, index) => {
      const [, size] = /^\S+ [a-z]+ (\d+)$/.exec(lines[index] ?? "") ?? [];
      if (size === undefined) throw notHere(object, about);
      return [object, Number(size)];
    }),
  );
};

const readObjects = (type: "blob" | "tree", objects: readonly string[], about: string): readonly Buffer[] => {
  if (objects.length === 0) return [];
  const answer = askGit(["cat-file", "--batch"], about, listed(objects));
  const form = new RegExp(`^\\S+ ${type} (\\d+)$`);
  let start = 0;
  return objects.map((object) => {
    const end = answer?.indexOf("\n", start) ?? -1;
    const [, size] = form.exec(answer?.toString("latin1", start, end) ?? "") ?? [];
    if (answer === undefined || size === undefined) throw notHere(object, about);
    start = end + 1 + Number(size) + 1;
    return answer.subarray(end + 1, start - 1);
  });
};

/** How many bytes git is asked for at a time. They are held twice for a while. */
const BYTES_AT_ONCE = 64 * 2 ** 20;

export const readBlobs = (sizes: ReadonlyMap<string, number>, about: string): ReadonlyMap<string, Buffer> => {
  const contents = new Map<string, Buffer>();
  const read = (objects: readonly string[]): void => {
    for (const [index, bytes] of readObjects("blob", objects, about).entries())
      contents.set(objects[index] ?? "", bytes);
  };
  let [ahead, length]: [string[], number] = [[], 0];
  for (const [object, size] of sizes) {
    if (length + size > BYTES_AT_ONCE) {
      read(ahead);
      [ahead, length] = [[], 0];
    }
    ahead.push(object);
    length += size;
  }
  read(ahead);
  return contents;
};

const notHere = (object: string, about: string): InputError =>
  new InputError(
    `cannot read ${about}: this clone does not hold ${object}`,
    `where the clone is partial, lotbook fetches nothing: git cat-file -p ${object} does`,
  );
