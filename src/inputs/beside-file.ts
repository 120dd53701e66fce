import { closeSync, constants, fstatSync, lstatSync, openSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { chunksFrom } from "./read-file.ts";
import { leadsOutside, type NamedFile, noRegularFile, type Refusal, type Surroundings } from "./surroundings.ts";
import { reading } from "./system-error.ts";

/**
 * The surroundings of a file on disk: the folder that it lies in, or of a link the folder that the real file lies in.
 * Nothing is worked out before something is asked for.
 */
export const besideFile = (path: string): Surroundings => {
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

/** The folder as people know it; that of a link's real file from the present folder, where the link was named from there. */
const folderOf = (path: string): string => {
  if (!isLink(path)) return dirname(path);
  const real = dirname(realPath(path, path));
  return isAbsolute(path) ? real : relative(realPath(".", path), real) || ".";
};

const isLink = (path: string): boolean =>
  reading(path, () => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true);

const realPath = (path: string, about: string): string => reading(about, () => realpathSync(path));

/** A folder that a link leads to could be hidden, too: `.git` holds passwords. */
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

// Windows knows neither.
const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** Opens a file that may have become a link, or a pipe, which would not open before somebody writes. */
const openRegular = (file: string): number => {
  const descriptor = openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  if (fstatSync(descriptor).isFile()) return descriptor;
  closeSync(descriptor);
  throw new Error("it is no longer a regular file");
};
