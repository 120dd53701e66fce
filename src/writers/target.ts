import { fstatSync, lstatSync, readdirSync, readlinkSync, type Stats, statSync } from "node:fs";
import { basename, dirname, isAbsolute } from "node:path";
import { systemErrorCode, unlessRefused } from "../inputs/system-error.ts";
import { UsageError } from "../model/errors.ts";
import { cannotWrite, nameTaken } from "./write-fully.ts";

/** Where output goes. */
export type Target = FileTarget | StreamTarget;

/** A regular file, or a free name for one. It is written as a whole or not at all. */
export interface FileTarget {
  readonly kind: "file";
  /** As the user wrote it. */
  readonly name: string;
  /**
   * Where the name leads, through links. It stays relative if they are, because the path of the working folder may be
   * too long, or gone.
   */
  readonly path: string;
  /** The state of the file that is there already. */
  readonly before: FileState | undefined;
}

/**
 * A device, a pipe, or a descriptor that the process was given, such as by the name /dev/stdout. It is written to
 * directly and not replaced.
 */
export interface StreamTarget {
  readonly kind: "stream";
  readonly name: string;
  /** Set if it is open already. */
  readonly descriptor: number | undefined;
}

/** The properties by which a file is recognised as the same and unchanged. */
export type FileState = Readonly<Record<(typeof STATE)[number], bigint>>;
const STATE = ["dev", "ino", "mode", "uid", "gid", "nlink", "size", "mtimeNs"] as const;

export const STANDARD_OUTPUT: StreamTarget = { kind: "stream", name: "-", descriptor: 1 };

/** Where a name leads. Throws UsageError for an empty name, and OutputError if nothing can be written there. */
export const targetOf = (name: string): Target => {
  if (name === "") throw new UsageError("the file to write has no name");
  try {
    // The system follows the links first: it may forbid some that could be read and followed by hand.
    const stats = orNothing(() => statSync(name, { bigint: true }));
    const path = followLinks(name);
    if (typeof path === "number") return openedAs(name, path);
    if (stats?.isDirectory()) throw new Error("it is a folder");
    if (stats !== undefined && !stats.isFile()) return { kind: "stream", name, descriptor: undefined };
    const before = orNothing(() => stateOf(path));
    if (before?.dev !== stats?.dev || before?.ino !== stats?.ino)
      throw new Error("it is a file that has lost its name");
    return { kind: "file", name, path, before };
  } catch (error) {
    throw cannotWrite(name, error);
  }
};

/** Like {@link targetOf}. Throws OutputError if there is a file already. */
export const freeTargetOf = (name: string): Target => {
  const target = targetOf(name);
  if (target.kind === "file" && target.before !== undefined) throw cannotWrite(name, nameTaken());
  return target;
};

/** The state of what a path names. For a link, it is that of the link itself. */
export const stateOf = (path: string): FileState => lstatSync(path, { bigint: true });

export const differ = (one: FileState | undefined, other: FileState | undefined): boolean =>
  STATE.some((field) => one?.[field] !== other?.[field]);

const openedAs = (name: string, descriptor: number): StreamTarget => {
  if (fstatSync(descriptor).isDirectory()) throw new Error("it is a folder");
  return { kind: "stream", name, descriptor };
};

const MOST_LINKS = 40;

/**
 * The path at the end of all links, whether anything is there or not, or the descriptor of this process that a link
 * stands for.
 */
const followLinks = (name: string): string | number => {
  let path = name;
  for (let links = 0; links <= MOST_LINKS; links++) {
    const descriptor = descriptorNamed(path);
    if (descriptor !== undefined) return allowed(descriptor, links > 0);
    if (isOfOtherProcess(path)) throw new Error("it is what another process has open");
    if (orNothing(() => lstatSync(path))?.isSymbolicLink() !== true) return path;
    const next = readlinkSync(path);
    // Joined as text, because only the system knows where `..` leads.
    path = isAbsolute(next) ? next : `${dirname(path)}/${next}`;
  }
  throw new Error("it leads through too many links");
};

/** Folders whose names are the numbers of this process's descriptors. */
const DESCRIPTOR_FOLDERS = ["/dev/fd", "/proc/self/fd"];

const descriptorNamed = (path: string): number | undefined => {
  if (!/^\d+$/.test(basename(path))) return undefined;
  const folder = orNothing(() => statSync(dirname(path)));
  const isOne = DESCRIPTOR_FOLDERS.some((name) => {
    const known = orNothing(() => statSync(name));
    return known !== undefined && known.dev === folder?.dev && known.ino === folder.ino;
  });
  return isOne ? Number(basename(path)) : undefined;
};

const STANDARD_ERROR = 2;

/**
 * Returns a descriptor that may be written to, and throws for others. Node has some open for its own work, and would
 * take what is written there for its own. A link may be a stranger's, so it may lead to the three standard descriptors
 * only.
 */
const allowed = (descriptor: number, byLink: boolean): number => {
  if (descriptor > STANDARD_ERROR && (byLink || isOwn(descriptor)))
    throw new Error("it leads to what this program has open for itself");
  return descriptor;
};

const isOwn = (descriptor: number): boolean => {
  const stats = fstatSync(descriptor);
  // This process has only one end of a pipe to another process.
  if (stats.isFIFO()) return endsOf(stats).length > 1;
  return !stats.isFile() && !stats.isSocket() && !stats.isCharacterDevice();
};

/** The descriptors of this process that stand for the same file or pipe. */
const endsOf = ({ dev, ino }: Pick<Stats, "dev" | "ino">): readonly number[] =>
  readdirSync("/dev/fd")
    .map(Number)
    .filter((one) => {
      // The list was itself read through a descriptor, which is closed by now.
      const stats = unlessRefused(() => fstatSync(one));
      return stats?.dev === dev && stats.ino === ino;
    });

/**
 * Whether a path names what another process has open. That process writes on even if the file has no name, so replacing
 * the file would lose what it writes.
 */
const isOfOtherProcess = (path: string): boolean => /^\/proc\/\d+\/(task\/\d+\/)?fd\/\d+$/.test(path);

/** The result, or undefined if nothing is there. */
const orNothing = <Found>(look: () => Found): Found | undefined => {
  try {
    return look();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
};
