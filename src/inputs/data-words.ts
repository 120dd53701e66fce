export const BUILTIN_REGISTER = "builtin:cloud-i";

/** Whether a path is the address of a server, and not a file. lotbook connects only to servers that the user names. */
export const isServer = (path: string): boolean => /^clickhouse(?:\+http)?:\/\//i.test(path);

/** The file by which a folder is known to be a store. */
export const MANIFEST = "manifest.json";

const ENDING = /\.(?:ya?ml|jsonl?|xml|csv|xlsx|ods|xls|zip|t?gz|tar|parquet|store)$/i;
/** A word that begins in one of these ways can only name a path. */
const ROOTED = /^(?:-$|git:|builtin:|[a-z][a-z+]+:\/\/|[a-z]:[\\/]|\.{1,2}(?:[\\/]|$)|~?\/)/i;
const ROOTED_ON_WINDOWS = /^(?:[a-z]:|\\)/i;
/** How a query begins: with a clause, a text in quotes, or the name of another query. */
const ASKING = /^(?:[-(!]|NOT\s)*(?:["'@:]|[^\s()",:=<>\\/.]+\s*(?:[:=<>(]|!=))/;

/**
 * Whether a word of the command line names data: `surely`, by how it begins or ends, or `perhaps`, by a separator in
 * it, which ids of lots have, too. Undefined for a word of a query.
 */
export const namesData = (word: string, platform: string): "surely" | "perhaps" | undefined => {
  const isWindows = platform === "win32";
  if (ROOTED.test(word) || (isWindows && ROOTED_ON_WINDOWS.test(word))) return "surely";
  if (ASKING.test(word)) return undefined;
  if (ENDING.test(word)) return "surely";
  return (isWindows ? /[\\/]/ : /\//).test(word) ? "perhaps" : undefined;
};

/** A file or folder as it was at a revision: `git:HEAD~3:contracts/harbour.yaml`. */
interface GitPath {
  readonly revision: string;
  /** From the top of the repository, or from the current folder if it begins with `./` or `../`; empty for the top. */
  readonly path: string;
}

// A colon within braces belongs to the revision: HEAD^{/fix: the harbour}.
const FORM = /^git:((?:\{[^}]*\}|[^:{])*):(.*)$/s;

export const parseGitPath = (text: string): GitPath | undefined => {
  const [, revision, path] = FORM.exec(text) ?? [];
  return revision === undefined || path === undefined ? undefined : { revision, path };
};
