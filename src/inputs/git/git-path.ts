/** A file or folder as it was at a revision: `git:HEAD~3:contracts/harbour.yaml`. */
interface GitPath {
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
