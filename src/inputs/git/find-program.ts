import { posix, win32 } from "node:path";

export interface ProgramPlaces {
  readonly platform: NodeJS.Platform;
  /** What the environment says: folders to look in. */
  readonly path: string | undefined;
  /** What Windows takes for programs: `.COM;.EXE;.BAT`. */
  readonly extensions: string | undefined;
  readonly folder: string | undefined;
  readonly isProgram: (file: string) => boolean;
}

/** Those that Windows starts without a shell. */
const STARTED_BY_ITSELF: ReadonlySet<string> = new Set([".com", ".exe"]);

/**
 * The folders of PATH that mean the same wherever one stands. An empty or relative one, and the current folder itself,
 * may hold programs of whoever filled that folder: they are left out.
 */
export const programFolders = ({ platform, path = "", folder }: Omit<ProgramPlaces, "isProgram">): string[] => {
  const isWindows = platform === "win32";
  const { delimiter, normalize } = isWindows ? win32 : posix;
  const plain = (name: string): string => {
    const trimmed = normalize(name).replace(isWindows ? /(?<!^[A-Za-z]:)[\\/]+$/ : /(?<=.)\/+$/, "");
    return isWindows ? trimmed.toLowerCase() : trimmed;
  };
  const here = folder === undefined ? undefined : plain(folder);
  return path
    .split(delimiter)
    .map((entry) => (isWindows ? entry.replace(/^"(.*)"$/, "$1") : entry))
    .filter((entry) => isFixed(entry, isWindows) && plain(entry) !== here);
};

/** On Windows `\tools` depends on the current drive, and `C:tools` on the current folder there. */
const isFixed = (entry: string, isWindows: boolean): boolean =>
  isWindows ? /^(?:[A-Za-z]:[\\/]|\\\\[^\\/])/.test(entry) : entry.startsWith("/");

/** The program of a name, by its whole path; undefined where no folder of PATH has it. */
export const findProgram = (name: string, places: ProgramPlaces): string | undefined => {
  const isWindows = places.platform === "win32";
  const { join } = isWindows ? win32 : posix;
  const extensions = isWindows ? windowsExtensions(places.extensions) : [""];
  return programFolders(places)
    .flatMap((folder) => extensions.map((extension) => join(folder, `${name}${extension}`)))
    .find(places.isProgram);
};

const windowsExtensions = (written: string | undefined): readonly string[] => {
  const named = (written ?? "").split(";").map((extension) => extension.trim().toLowerCase());
  const usable = named.filter((extension) => STARTED_BY_ITSELF.has(extension));
  return usable.length > 0 ? usable : [...STARTED_BY_ITSELF];
};
