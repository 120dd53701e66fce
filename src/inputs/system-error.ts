import { InputError, UsageError } from "../model/errors.ts";

/** The system's name for what went wrong: `ENOENT`; empty for any other error. */
export const systemErrorCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

export type SystemError = Error & { readonly syscall: string };

/** Whether it was the system that refused; libraries give codes to errors of their own, too. */
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

/** What the system has against a file or stream, in words. */
export const explainSystemError = (error: unknown): string =>
  WORDS.get(systemErrorCode(error)) ?? (error instanceof Error ? error.message : String(error));

/** What a call gives, of the system or of what reads a text; undefined where it throws. */
export const unlessRefused = <T>(call: () => T): T | undefined => {
  try {
    return call();
  } catch {
    return undefined;
  }
};

/** What a call of the system gives that reads something of a path. Throws an InputError where it fails. */
export const reading = <T>(path: string, call: () => T, hint?: string): T => {
  try {
    return call();
  } catch (error) {
    throw unreadable(path, error, hint);
  }
};

/** What is read is named, but for the user and password of an address that was taken for it. */
export const unreadable = (path: string, error: unknown, hint?: string): InputError =>
  new InputError(`cannot read ${path.replace(/^([a-z][a-z+]*:\/\/).*@/is, "$1")}: ${explainSystemError(error)}`, hint);

/** A package that people install beside lotbook; what cannot be asked without it is told where it is not there. */
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
