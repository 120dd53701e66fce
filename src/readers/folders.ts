import { readdirSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../model/errors.ts";
import { explainSystemError } from "./system-error.ts";

/** A file to read. */
export interface FoundFile {
  readonly path: string;
  /** In bytes; undefined for what is no regular file and cannot be read twice: a pipe. */
  readonly size: number | undefined;
  /** Whether the user named it; one that was found in a folder may be something else than data. */
  readonly named: boolean;
}

/**
 * The file of a path; of a folder, the files in it and in its folders, in the order of their names. Hidden files are
 * left out, and a folder that links lead to again is read once.
 */
export const filesAt = (path: string): readonly FoundFile[] => {
  const stats = statOf(path);
  if (!stats.isDirectory()) return [{ path, named: true, size: stats.isFile() ? stats.size : undefined }];
  return filesIn(path, new Set([idOf(stats)]));
};

const statOf = (path: string): Stats => {
  try {
    return statSync(path);
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`, "check the path");
  }
};

/** Undefined for a link that leads nowhere. */
const statOfFound = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${explainSystemError(error)}`);
  }
};

const idOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

const filesIn = (folder: string, seen: Set<string>): FoundFile[] =>
  visibleNames(folder).flatMap((name) => {
    const path = join(folder, name);
    const stats = statOfFound(path);
    if (stats?.isFile()) return [{ path, named: false, size: stats.size }];
    if (!stats?.isDirectory() || seen.has(idOf(stats))) return [];
    seen.add(idOf(stats));
    return filesIn(path, seen);
  });

const visibleNames = (folder: string): string[] => {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith("."))
      .sort();
  } catch (error) {
    throw new InputError(`cannot read ${folder}: ${explainSystemError(error)}`);
  }
};
