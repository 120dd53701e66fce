/** What the system has against a file or stream, in words. */
export const explainSystemError = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const words: Record<string, string> = {
    ENOENT: "no such file or folder",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EISDIR: "is a folder",
    ENOTDIR: "part of the path is not a folder",
    EMFILE: "too many open files",
    EIO: "input/output error",
    ENOSPC: "no space left on device",
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
};
