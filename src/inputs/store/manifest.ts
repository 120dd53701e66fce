import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../model/errors.ts";
import { isServer, MANIFEST } from "../data-words.ts";
import { filesAt, isUnreadable } from "../folders.ts";
import { inputFileOf, readChunks } from "../read-file.ts";
import { unlessRefused } from "../system-error.ts";

/**
 * What a manifest calls this kind of folder, and the version of its form. Another version is refused, never guessed at.
 */
export const STORE_FORMAT = "lotbook-store";
export const STORE_VERSION = 11;

/** A file that a store was made of. */
export interface IndexedInput {
  readonly name: string;
  /** Its size and hash; undefined for what is not a file on disk. */
  readonly bytes: number | undefined;
  readonly sha256: string | undefined;
}

/** What a store says of itself. */
export interface Manifest {
  readonly format: typeof STORE_FORMAT;
  readonly version: number;
  /** The version of lotbook that wrote it. */
  readonly lotbook: string;
  /** The day for which its figures hold, if they depend on one. */
  readonly day: string;
  readonly inputs: readonly IndexedInput[];
  readonly counts: { readonly contracts: number; readonly lots: number };
  /** How many rows each part of each table has. */
  readonly tables: Readonly<Record<string, readonly number[]>>;
  /** Whether a contract may be a call-off of another. If so, one of a family cannot be understood by itself. */
  readonly mayCallOff: boolean;
  /** Whether it was made of notices, too. Their contracts have sources and suppliers that nobody declared. */
  readonly hasNotices: boolean;
  /** Whether it keeps all that it was made of, so that more can be added to it. */
  readonly isWhole: boolean;
}

const MOST_BYTES = 64 * 2 ** 20;

/**
 * The manifest of a folder that is a store; undefined for any other folder. Throws InputError for a store of another
 * version, and for one whose manifest is damaged.
 */
export const manifestIn = (folder: string): Manifest | undefined => {
  const written = writtenIn(folder);
  if (written === undefined) return undefined;
  const file = join(folder, MANIFEST);
  const { version } = written;
  if (version === STORE_VERSION && isManifest(written)) return written;
  throw typeof version !== "number" || version === STORE_VERSION
    ? new InputError(`${file} is damaged`, "make the store anew: lotbook index … -o FOLDER")
    : new InputError(
        `${folder} is a store of version ${version}, and this lotbook reads version ${STORE_VERSION}`,
        "make it anew: lotbook index … -o FOLDER",
      );
};

/** Whether a folder is a store, of whatever version, and however damaged it is. */
export const isStore = (folder: string): boolean => writtenIn(folder) !== undefined;

const BEGINNING = new RegExp(`^\\s*\\{\\s*"format":\\s*"${STORE_FORMAT}"`);

const writtenIn = (folder: string): Readonly<Record<string, unknown>> | undefined => {
  const file = join(folder, MANIFEST);
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || stats.size > MOST_BYTES) return undefined;
  const text = readFileSync(file, "utf8");
  if (!text.includes(`"${STORE_FORMAT}"`)) return undefined;
  // A manifest that was cut short still shows that the folder is a store.
  const begun = BEGINNING.test(text) ? { format: STORE_FORMAT } : undefined;
  const written: unknown = unlessRefused(() => JSON.parse(text)) ?? begun;
  return isObject(written) && written["format"] === STORE_FORMAT ? written : undefined;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isManifest = (value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Manifest =>
  typeof value["lotbook"] === "string" &&
  typeof value["day"] === "string" &&
  Array.isArray(value["inputs"]) &&
  isObject(value["counts"]) &&
  isObject(value["tables"]) &&
  Object.values(value["tables"]).every((rows) => Array.isArray(rows) && rows.every(Number.isSafeInteger)) &&
  typeof value["mayCallOff"] === "boolean" &&
  typeof value["hasNotices"] === "boolean" &&
  typeof value["isWhole"] === "boolean";

/** The files behind paths, each with its size and hash. What is not a file on disk has only its name. */
export const indexedInputs = (paths: readonly string[]): readonly IndexedInput[] =>
  paths.flatMap((path) =>
    path === "-" || /^(git|builtin):/.test(path) || isServer(path)
      ? [{ name: path, bytes: undefined, sha256: undefined }]
      : filesAt(path).flatMap((found) => (isUnreadable(found) ? [] : [fingerprintOf(found.path)])),
  );

const fingerprintOf = (path: string): IndexedInput => {
  const { file: name, bytes, sha256 } = inputFileOf(path, readChunks(path));
  return { name, bytes, sha256 };
};
