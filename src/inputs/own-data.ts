import { lstatSync, type Stats, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { UsageError } from "../model/errors.ts";
import { leadsOut } from "./folders.ts";
import { unlessRefused } from "./system-error.ts";

/** The names that a user's own data may have, in order of preference. */
const FILES = ["contracts.yaml", "contracts.yml", "contracts.json", "contracts.jsonl"] as const;
const FOLDER = "contracts";

export interface Whereabouts {
  /** The current folder; undefined if it is gone. */
  readonly folder: string | undefined;
  readonly home: string | undefined;
  /** The user's id and, if root acts for another user, that user's. Empty if the system has no user ids. */
  readonly users: readonly number[];
}

export interface OwnData {
  readonly path: string;
  readonly others: readonly string[];
}

/**
 * Finds a user's own data, which no option names: in the current folder or in one above, up to the top of the
 * repository or the user's home. Outside both, only the current folder counts, and so it does everywhere outside the
 * home if the system cannot say whose a file is.
 * Throws UsageError for data that belong to somebody else, as git does for repositories: whoever can write into a
 * folder above could answer questions that others ask. Throws it, too, for a link that leads out of the folder or
 * repository, which may be a stranger's, and for a device or a pipe.
 */
export const findOwnData = (whereabouts: Whereabouts): OwnData | undefined => {
  const { folder, users } = whereabouts;
  if (folder === undefined) return undefined;
  const places = placesFrom(folder, whereabouts);
  for (const place of places) {
    const [first, ...others] = dataIn(place);
    if (first === undefined) continue;
    const shown = (name: string): string => relative(folder, join(place, name)) || ".";
    refuseForeign(join(place, first), shown(first), users);
    if (leadsOut(join(place, first), places.at(-1) ?? place))
      throw notUnasked(`${shown(first)} is a link that leads out of this folder or repository`, shown(first));
    if (isStream(join(place, first))) throw notUnasked(`${shown(first)} is a device or a pipe`, shown(first));
    return { path: shown(first), others: others.map((name) => shown(name) + (name === FOLDER ? sep : "")) };
  }
  return undefined;
};

const placesFrom = (folder: string, { home, users }: Whereabouts): readonly string[] => {
  const all = [folder];
  for (let place = folder; place !== dirname(place); place = dirname(place)) all.push(dirname(place));
  const top = all.findIndex((place) => place === home || isThere(join(place, ".git")));
  const mayLookAbove = users.length > 0 || all.some((place) => place === home);
  return mayLookAbove ? all.slice(0, top + 1 || 1) : [folder];
};

const isThere = (path: string): boolean => statsAt(path, lstatSync) !== undefined;

const statsAt = (path: string, stat: typeof lstatSync): Stats | undefined =>
  unlessRefused(() => stat(path, { throwIfNoEntry: false }));

/**
 * The names of the user's own data that a folder has. A link that leads to nothing counts, and so does a pipe: they are
 * reported, not passed over.
 */
const dataIn = (place: string): readonly string[] => [
  ...FILES.filter((name) => {
    const stats = statsAt(join(place, name), statSync);
    return stats === undefined ? isThere(join(place, name)) : !stats.isDirectory();
  }),
  ...(statsAt(join(place, FOLDER), statSync)?.isDirectory() ? [FOLDER] : []),
];

/** Throws UsageError if the file, or a link to it, is somebody else's. */
const refuseForeign = (path: string, shown: string, users: readonly number[]): void => {
  const owners = [statsAt(path, lstatSync), statsAt(path, statSync)].flatMap((stats) => (stats ? [stats.uid] : []));
  if (users.length === 0 || owners.every((owner) => users.includes(owner))) return;
  throw notUnasked(`${shown} belongs to another user`, shown);
};

const isStream = (path: string): boolean => {
  const stats = statsAt(path, statSync);
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
};

const notUnasked = (why: string, shown: string): UsageError =>
  new UsageError(
    `${why}, and is read only if you name it`,
    `if you trust it, name it: --data ${shown}; builtin:cloud-i is the register that lotbook ships`,
  );
