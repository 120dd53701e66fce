import {
  closeSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";

/** What writing a file asks of the system; each throws the system's own error. */
export interface FileSystem {
  /** The file that a path leads to, through links. */
  readonly realPath: (path: string) => string;
  readonly stat: (path: string) => { readonly mode: number; readonly isFile: () => boolean };
  /** Opens a file that must not be there yet; gives its descriptor. */
  readonly create: (path: string) => number;
  readonly setMode: (descriptor: number, mode: number) => void;
  /** Gives how many bytes it took. */
  readonly write: (descriptor: number, bytes: Uint8Array, offset: number) => number;
  /** Waits until all that was written lies on the disk. */
  readonly sync: (descriptor: number) => void;
  readonly close: (descriptor: number) => void;
  /** Puts a file in the place of another at once. */
  readonly rename: (from: string, to: string) => void;
  /** Gives a file a second name; fails where the name is taken. */
  readonly link: (from: string, to: string) => void;
  readonly remove: (path: string) => void;
}

export const NODE_FILE_SYSTEM: FileSystem = {
  realPath: realpathSync,
  stat: statSync,
  create: (path) => openSync(path, "wx"),
  setMode: fchmodSync,
  write: writeSync,
  sync: fsyncSync,
  close: closeSync,
  rename: renameSync,
  link: linkSync,
  remove: unlinkSync,
};
