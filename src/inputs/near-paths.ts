import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { nearest } from "../model/nearest.ts";

const MOST_NAMES = 10_000;

/** The paths that may have been meant by one where nothing is, nearest first; of one that Windows writes so, as it is here. */
export const nearPaths = (path: string): readonly string[] => {
  if (sep === "\\" || !path.includes("\\")) return nearHere(path);
  const here = slashed(path);
  return existsSync(here) ? [here] : nearHere(here);
};

/** Whether a path begins with a drive of Windows. */
export const hasDrive = (path: string): boolean => /^[a-z]:[\\/]/i.test(path);

/** Linux beside Windows has its drives at `/mnt`. */
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

/** The folder itself, or the innermost of those around it that is there. */
const nearestFolder = (folder: string): string => {
  const outer = dirname(folder);
  return outer === folder || isFolder(folder) ? folder : nearestFolder(outer);
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** What links lead to in vain, or nobody may see, is nothing to name. */
const shownPath = (path: string): string => {
  try {
    return isFolder(path) ? path + sep : path;
  } catch {
    return path;
  }
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).slice(0, MOST_NAMES);
  } catch {
    return [];
  }
};
