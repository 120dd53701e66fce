import { dirname, join, posix } from "node:path";

/** A file or folder as it was at a revision: `git:HEAD~3:contracts/harbour.yaml`. */
export interface GitPath {
  readonly revision: string;
  /** From the top of the repository, or from the present folder where it begins with `./` or `../`; empty for the top. */
  readonly path: string;
}

// A colon within braces belongs to the revision: HEAD^{/fix: the harbour}.
const FORM = /^git:((?:\{[^}]*\}|[^:{])*):(.*)$/s;

/** Reads `git:REV:path`; undefined for any other path. */
export const parseGitPath = (text: string): GitPath | undefined => {
  const [, revision, path] = FORM.exec(text) ?? [];
  return revision === undefined || path === undefined ? undefined : { revision, path };
};

/** A file that is named from the folder of another, which may lie at a revision. */
export const pathBeside = (file: string, name: string): string => {
  const at = parseGitPath(file);
  if (at === undefined) return join(dirname(file), name);
  return `git:${at.revision}:${posix.join(posix.dirname(at.path), name)}`;
};
