export const BUILTIN_REGISTER = "builtin:cloud-i";

/** Whether a path is the address of a server, and no file: lotbook connects to it where the user names it, and nowhere else. */
export const isServer = (path: string): boolean => /^clickhouse(?:\+http)?:\/\//i.test(path);

/** The file by which a folder is known to be a store. */
export const MANIFEST = "manifest.json";

const ENDING = /\.(?:ya?ml|jsonl?|xml|csv|xlsx|ods|xls|zip|t?gz|tar|parquet|store)$/i;
/** What begins with a place to start from, names a path and nothing else. */
const ROOTED = /^(?:-$|git:|builtin:|[a-z][a-z+]+:\/\/|[a-z]:[\\/]|\.{1,2}(?:[\\/]|$)|~?\/)/i;
const ROOTED_ON_WINDOWS = /^(?:[a-z]:|\\)/i;
/** How a clause of a query begins, or a text in quotes, or the name of a query. */
const ASKING = /^(?:[-(!]|NOT\s)*(?:["'@:]|[^\s()",:=<>\\/.]+\s*(?:[:=<>(]|!=))/;

/**
 * Whether a word of the command line names data: `surely`, by where it begins or how it ends, or `perhaps`, by a separator
 * in it, as the ids of lots have one, too; undefined for a word of a query.
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
  /** From the top of the repository, or from the present folder where it begins with `./` or `../`; empty for the top. */
  readonly path: string;
}

// A colon within braces belongs to the revision: HEAD^{/fix: the harbour}.
const FORM = /^git:((?:\{[^}]*\}|[^:{])*):(.*)$/s;

export const parseGitPath = (text: string): GitPath | undefined => {
  const [, revision, path] = FORM.exec(text) ?? [];
  return revision === undefined || path === undefined ? undefined : { revision, path };
};
