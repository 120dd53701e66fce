import { realpathSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";

/** The way from a folder to what a path leads to, both without links. Throws where there is nothing. */
export const wayTo = (path: string, folder: string): string => relative(realpathSync(folder), realpathSync(path));

/** Whether a way leads out of its folder. */
export const isOut = (way: string): boolean => isAbsolute(way) || way.split(sep).includes("..");

/** Whether a path leads, through links, to something that does not lie below a folder. What leads to nothing is told later. */
export const leadsOut = (path: string, folder: string): boolean => {
  try {
    return isOut(wayTo(path, folder));
  } catch {
    return false;
  }
};
