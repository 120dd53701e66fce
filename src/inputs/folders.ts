import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, readlinkSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { InputError } from "../model/errors.ts";
import { didYouMean, nearest } from "../model/nearest.ts";
import { textOfName } from "./bytes.ts";
import { systemErrorCode, unlessRefused, unreadable } from "./system-error.ts";

export interface FoundFile {
  readonly path: string;
  /** In bytes; undefined for what is not a regular file, such as a pipe, which cannot be read twice. */
  readonly size: number | undefined;
  /** Whether the user named it. A file that was found in a folder may be something other than data. */
  readonly named: boolean;
}

export interface Unreadable {
  readonly path: string;
  readonly error: InputError;
}

export const isUnreadable = (found: FoundFile | Unreadable): found is Unreadable => "error" in found;

/**
 * The file at a path or, for a folder, the files in it and in its subfolders, in the order of their names. What cannot
 * be read stands among them in its place. Hidden files are left out, and a folder to which several links lead is read
 * once. Links are followed within the folder only: whoever made it could lead to any file of the machine. Throws
 * InputError if nothing can be read at the path itself.
 */
export const filesAt = (path: string): readonly (FoundFile | Unreadable)[] => {
  const stats = statOfNamed(path);
  if (!stats.isDirectory()) return [{ path, named: true, size: stats.isFile() ? stats.size : undefined }];
  const found: (FoundFile | Unreadable)[] = [];
  const seen = new Set<string>();
  const trying = <T>(at: string, call: () => T): T | undefined => {
    try {
      return call();
    } catch (error) {
      found.push({ path: at, error: error instanceof InputError ? error : unreadable(at, error) });
      return undefined;
    }
  };
  const read = (folder: string, own: Stats): void => {
    if (seen.has(idOf(own))) return;
    seen.add(idOf(own));
    for (const name of trying(folder, () => visibleNames(folder)) ?? []) add(join(folder, name.text), name);
  };
  const add = (at: string, { valid, isLink }: Name): void => {
    const own = trying(at, () => {
      const there = statOf(at, valid);
      if (isLink && leadsAstray(at, path)) throw new InputError(`cannot read ${at}: ${ASTRAY}`, NAME_HINT);
      return there;
    });
    if (own?.isDirectory()) read(at, own);
    else if (own !== undefined) found.push({ path: at, named: false, size: own.size });
  };
  read(path, stats);
  return found;
};

const statOfNamed = (path: string): Stats => {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, error, hintAt(path, error));
  }
};

const hintAt = (path: string, error: unknown): string => {
  // Node writes this character for every byte of an argument that is not UTF-8.
  if (path.includes("\ufffd")) return "names that are not UTF-8 cannot be read; rename it";
  if (/^[a-z][a-z+]+:\/\//i.test(path)) return "lotbook opens no connection: download it, and name the file";
  const near = systemErrorCode(error) === "ENOENT" ? nearPaths(path) : [];
  const isOfWindows = hasDrive(path) && sep === "/";
  return (
    didYouMean(near) ?? (isOfWindows ? "this is how Windows writes a path; here, folders begin at /" : "check the path")
  );
};

const idOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

export const RENAME_HINT = "rename it, or leave it out with --skip-bad";

const ASTRAY = "it is a link that leads out of the folder, or to a hidden file";
const NAME_HINT = "name what it leads to by itself, or leave it out with --skip-bad";

/**
 * Whether a link leads out of a folder, or to something hidden in it: `.git` holds passwords. `..data`, as Kubernetes
 * has it, does not count as hidden.
 */
const leadsAstray = (link: string, folder: string): boolean => {
  const way = wayTo(link, folder);
  return isOut(way) || way.split(sep).some((segment) => /^\.[^.]/.test(segment));
};

const statOf = (path: string, valid: boolean): Stats => {
  if (!valid) throw new InputError(`cannot read ${path}: its name is not UTF-8`, RENAME_HINT);
  const stats = statOfFound(path);
  if (stats.isFile() || stats.isDirectory()) return stats;
  throw new InputError(`cannot read ${path}: it is neither a file nor a folder`);
};

const statOfFound = (path: string): Stats => {
  try {
    return statSync(path);
  } catch (error) {
    const target = systemErrorCode(error) === "ENOENT" ? unlessRefused(() => readlinkSync(path)) : undefined;
    if (target === undefined) throw error;
    throw new InputError(`cannot read ${path}: it is a link to ${target}, which is not there`);
  }
};

interface Name {
  readonly text: string;
  readonly valid: boolean;
  readonly isLink: boolean;
}

const HIDDEN = 0x2e;

/**
 * The names of what is not hidden in a folder. They are read as bytes, to know those that are not UTF-8: read as texts,
 * these would name no file.
 */
const visibleNames = (folder: string): readonly Name[] =>
  readdirSync(folder, { encoding: "buffer", withFileTypes: true })
    .filter(({ name }) => name[0] !== HIDDEN)
    .map((entry) => ({ text: textOfName(entry.name), valid: isUtf8(entry.name), isLink: entry.isSymbolicLink() }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));

const MOST_NAMES = 10_000;

/**
 * The paths that may have been meant by one that leads nowhere, nearest first. A path in the style of Windows is looked
 * for in the style of this system.
 */
export const nearPaths = (path: string): readonly string[] => {
  if (sep === "\\" || !path.includes("\\")) return nearHere(path);
  const here = slashed(path);
  return existsSync(here) ? [here] : nearHere(here);
};

const hasDrive = (path: string): boolean => /^[a-z]:[\\/]/i.test(path);

/** A path of Windows with slashes. Linux under Windows has its drives at `/mnt`. */
const slashed = (path: string): string =>
  path.replaceAll("\\", "/").replace(/^([a-z]):\/+/i, (_, drive: string) => `/mnt/${drive.toLowerCase()}/`);

const nearHere = (path: string): readonly string[] => {
  const folder = nearestFolder(dirname(path));
  const [missing = "", ...rest] = relative(folder, path).split(sep);
  const start = /^\.[\\/]+/.exec(path)?.[0] ?? "";
  return nearest(missing, namesIn(folder)).map((name) => {
    const whole = join(folder, name, rest.join(sep));
    return start + shownPath(existsSync(whole) ? whole : join(folder, name));
  });
};

const nearestFolder = (folder: string): string => {
  const outer = dirname(folder);
  return outer === folder || isFolder(folder) ? folder : nearestFolder(outer);
};

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** A path as it is shown: a folder ends with a separator. What the system refuses to look at is shown as a file. */
const shownPath = (path: string): string => (unlessRefused(() => isFolder(path)) ? path + sep : path);

const namesIn = (folder: string): readonly string[] =>
  (unlessRefused(() => readdirSync(folder)) ?? []).slice(0, MOST_NAMES);

/** The relative path from a folder to what a path leads to, with all links resolved. Throws where there is nothing. */
const wayTo = (path: string, folder: string): string => relative(realpathSync(folder), realpathSync(path));

/** Whether a relative path leads out of its folder. */
const isOut = (way: string): boolean => isAbsolute(way) || way.split(sep).includes("..");

/**
 * Whether a path leads, through links, out of a folder. False for a path that leads to nothing, which is reported
 * later.
 */
export const leadsOut = (path: string, folder: string): boolean =>
  unlessRefused(() => isOut(wayTo(path, folder))) ?? false;
