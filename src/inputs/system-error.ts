import { InputError, UsageError } from "../model/errors.ts";

/** The system's code for what went wrong, such as `ENOENT`; empty for an error without a code. */
export const systemErrorCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

export type SystemError = Error & { readonly syscall: string };

/** Whether the system refused. A code alone does not tell: libraries give codes to errors of their own, too. */
export const isSystemError = (error: unknown): error is SystemError =>
  error instanceof Error && "syscall" in error && typeof error.syscall === "string";

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
  ["ENFILE", "too many open files"],
  ["ELOOP", "its links lead in a circle"],
  ["ENAMETOOLONG", "the path is too long"],
  ["ESTALE", "the network's copy of it is gone"],
  ["ENOTCONN", "the network is not connected"],
  ["EBUSY", "it is in use"],
  ["ETIMEDOUT", "it took too long"],
  ["EBADF", "it is not open for this"],
  ["ENXIO", "nothing is at its other end"],
  ["ENODEV", "the device is not there"],
  ["ENOSPC", "no space left on device"],
]);

/** Why the system refused a file or stream, in words. */
export const explainSystemError = (error: unknown): string =>
  WORDS.get(systemErrorCode(error)) ?? (error instanceof Error ? error.message : String(error));

/** The result of a call, or undefined if it throws. */
export const unlessRefused = <T>(call: () => T): T | undefined => {
  try {
    return call();
  } catch {
    return undefined;
  }
};

/** The result of a call that asks the system about a path. Throws InputError if the call fails. */
export const reading = <T>(path: string, call: () => T, hint?: string): T => {
  try {
    return call();
  } catch (error) {
    throw unreadable(path, error, hint);
  }
};

/** The error for a path that cannot be read. If an address was taken for a path, its user and password are left out. */
export const unreadable = (path: string, error: unknown, hint?: string): InputError =>
  new InputError(`cannot read ${path.replace(/^([a-z][a-z+]*:\/\/).*@/is, "$1")}: ${explainSystemError(error)}`, hint);

/**
 * Loads a package that people install beside lotbook. Throws UsageError, which begins with `absent`, if it is not
 * installed, and InputError if it cannot be loaded.
 */
export const loadPeer = async <T>(
  load: () => Promise<T>,
  { called, name, absent }: { readonly called: string; readonly name: string; readonly absent: string },
): Promise<T> => {
  try {
    return await load();
  } catch (error) {
    if (/^(?:ERR_)?MODULE_NOT_FOUND$/.test(systemErrorCode(error)))
      throw new UsageError(`${absent}, which is not installed`, `install it beside lotbook: npm install ${name}`);
    throw new InputError(`${called} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
};
