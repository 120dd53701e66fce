/** The system's name for what went wrong: `ENOENT`; empty for any other error. */
export const systemErrorCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

const WORDS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "no such file or folder"],
  ["EEXIST", "it is there already"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["EISDIR", "is a folder"],
  ["ENOTDIR", "part of the path is not a folder"],
  ["EMFILE", "too many open files"],
  ["EIO", "input/output error"],
  ["ENOSPC", "no space left on device"],
]);

/** What the system has against a file or stream, in words. */
export const explainSystemError = (error: unknown): string =>
  WORDS.get(systemErrorCode(error)) ?? (error instanceof Error ? error.message : String(error));
