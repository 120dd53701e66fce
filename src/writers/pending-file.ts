/**
 * A file is whole or not there. A draft is written beside it and takes its place at the end. `target.ts` tells files
 * from pipes and devices, which are written to directly. Signals are handled between two pieces of work
 * (`write-fully.ts`). `test/faults/` makes each call of the file system fail, one after the other, in everything that
 * writes or reads. At full length it also kills processes there.
 */

import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
} from "node:fs";
import { dirname } from "node:path";
import { explainSystemError, systemErrorCode, unlessRefused } from "../inputs/system-error.ts";
import { OutputError } from "../model/errors.ts";
import {
  differ,
  type FileState,
  type FileTarget,
  type StreamTarget,
  stateOf,
  type Target,
  targetOf,
} from "./target.ts";
import {
  cannotWrite,
  letSignalsIn,
  NO_WATCH,
  nameTaken,
  type WatchForSignals,
  writeForReader,
  writeFully,
} from "./write-fully.ts";

const DRAFT_PREFIX = ".lotbook-";

/** The temporary file that takes the place of the target at the end. */
interface Draft {
  readonly path: string;
  readonly descriptor: number;
  open: boolean;
}

/**
 * A file that is written as a whole or not at all. Its content goes to a draft in the same folder, which at the end
 * takes the file's place with the same owner and permissions. Links to the file stay. A file that has several names,
 * belongs to somebody else, may not be written to, or changed after its target was looked up is refused, because
 * replacing it would lose something. Every failure is thrown as an OutputError, and the draft is removed.
 */
export class PendingFile {
  #target: FileTarget;
  readonly #replaced: string | undefined;
  #draft: Draft | undefined;
  #written = false;

  /** `replaced` is the text from which the new content was made, if any. The file must still hold it at the end. */
  constructor(target: FileTarget, replaced?: string) {
    this.#target = target;
    this.#replaced = replaced;
    this.#attempt(() => {
      this.#target = { ...target, before: target.before && withoutOldDrafts(target.path, target.before) };
      if (this.#target.before !== undefined) refuseLoss(target.path, this.#target.before);
    });
  }

  /** Whether the file has its new content. */
  get isWritten(): boolean {
    return this.#written;
  }

  write(piece: string | Uint8Array): void {
    this.#attempt(() => writeFully(this.#begun().descriptor, piece));
  }

  /** Puts the draft in the place of the file, or gives it the name that was free. */
  commit(): void {
    this.#attempt(() => {
      const draft = this.#begun();
      fsyncSync(draft.descriptor);
      close(draft);
      this.#settle(draft);
    });
    this.#draft = undefined;
    this.#written = true;
    this.#syncFolder();
  }

  /** Removes the draft. */
  discard(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft === undefined) return;
    // What failed before may fail again. The file itself was never touched.
    unlessRefused(() => close(draft));
    unlessRefused(() => unlinkSync(draft.path));
  }

  #begun(): Draft {
    this.#draft ??= this.#begin();
    return this.#draft;
  }

  #begin(): Draft {
    const { path, before } = this.#target;
    // The draft has a short name of its own, because the file's name may already be as long as names can be.
    const draftPath = `${dirname(path)}/${DRAFT_PREFIX}${Math.random().toString(36).slice(2, 10)}`;
    const descriptor = openSync(draftPath, "wx", before === undefined ? 0o666 : 0o600);
    const draft = { path: draftPath, descriptor, open: true };
    this.#draft = draft;
    if (before !== undefined) passOn(before, descriptor);
    return draft;
  }

  #settle(draft: Draft): void {
    const { name, path, before } = this.#target;
    if (before === undefined) {
      takeFreeName(draft.path, path);
    } else {
      const changed =
        (this.#replaced !== undefined && !holds(path, this.#replaced)) ||
        differ(stateOf(path), before) ||
        differ(statSync(name, { bigint: true }), before);
      if (changed)
        throw new OutputError(
          `cannot write ${name}: it changed meanwhile`,
          "nothing is overwritten: run lotbook again",
        );
      renameSync(draft.path, path);
    }
  }

  /** Syncs the folder, so that the new name lasts, too. */
  #syncFolder(): void {
    try {
      syncFolder(dirname(this.#target.path));
    } catch (error) {
      throw new OutputError(
        `${this.#target.name} is written, but may not last if the machine stops: ${explainSystemError(error)}`,
      );
    }
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.discard();
      throw error instanceof OutputError ? error : cannotWrite(this.#target.name, error);
    }
  }
}

/** Closes the draft only once, even if that fails: by then its descriptor may belong to another file. */
const close = (draft: Draft): void => {
  if (!draft.open) return;
  draft.open = false;
  closeSync(draft.descriptor);
};

/**
 * Removes drafts that are second names of the file. A process leaves one if it is killed just after giving its draft
 * the file's name.
 */
const withoutOldDrafts = (path: string, before: FileState): FileState => {
  if (before.nlink === 1n) return before;
  const drafts = readdirSync(dirname(path)).filter((name) => name.startsWith(DRAFT_PREFIX));
  for (const draft of drafts.map((name) => `${dirname(path)}/${name}`)) {
    const { dev, ino } = stateOf(draft);
    if (dev === before.dev && ino === before.ino) unlinkSync(draft);
  }
  return stateOf(path);
};

/**
 * Throws if replacing the file would lose something. A file with other names would be parted from them. A folder may
 * allow replacing a file that itself may not be written to.
 */
const refuseLoss = (path: string, before: FileState): void => {
  if (before.nlink > 1n) {
    throw new Error(`it has ${before.nlink} names (hard links), and only this one would change`);
  }
  accessSync(path, constants.W_OK);
};

/** Gives a new file the owner and the permissions of the one whose place it takes. */
const passOn = ({ uid, gid, mode }: FileState, descriptor: number): void => {
  const own = fstatSync(descriptor, { bigint: true });
  if (own.uid !== uid || own.gid !== gid) {
    try {
      fchownSync(descriptor, Number(uid), Number(gid));
    } catch (error) {
      if (systemErrorCode(error) !== "EPERM") throw error;
      throw new Error("it belongs to another user or group, and would become yours");
    }
  }
  fchmodSync(descriptor, Number(mode) & 0o7777);
};

/** Gives the draft its name in one step. Throws if the name is taken. */
const takeFreeName = (draftPath: string, path: string): void => {
  try {
    linkSync(draftPath, path);
  } catch (error) {
    if (systemErrorCode(error) === "EEXIST") throw error;
    renameTo(draftPath, path);
    return;
  }
  unlinkSync(draftPath);
};

/** Does the same on file systems without hard links. */
const renameTo = (draftPath: string, path: string): void => {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) throw nameTaken();
  renameSync(draftPath, path);
};

const BYTE_ORDER_MARK = Buffer.from("\uFEFF");

/** Whether a file has this text, apart from a byte order mark, which reading leaves out. */
const holds = (path: string, text: string): boolean => {
  const bytes = readFileSync(path);
  const marked = bytes.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return bytes.subarray(marked ? BYTE_ORDER_MARK.length : 0).equals(Buffer.from(text));
};

/** The errors of file systems that cannot sync a folder. */
const UNKNOWN_TO_FOLDERS = ["EINVAL", "ENOTSUP", "EPERM", "EBADF"];

/** Syncs a folder if it can be opened. Not every folder that can be written to can be, and on Windows none can. */
const syncFolder = (folder: string): void => {
  const descriptor = unlessRefused(() => openSync(folder, "r"));
  if (descriptor === undefined) return;
  try {
    fsyncSync(descriptor);
  } catch (error) {
    if (!UNKNOWN_TO_FOLDERS.includes(systemErrorCode(error))) throw error;
  } finally {
    closeSync(descriptor);
  }
};

/** The content to write, as pieces of text or bytes. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * Writes pieces to a file as a whole or not at all, even if the program is interrupted. For a pipe or device, they are
 * written as they come. Throws OutputError, Interrupted, and ClosedPipe if the reader has left.
 */
export const writeWhole = async (
  to: string | Target,
  pieces: Pieces,
  watch: WatchForSignals = NO_WATCH,
): Promise<void> => {
  const target = typeof to === "string" ? targetOf(to) : to;
  await (target.kind === "file" ? writeFile(target, pieces, watch) : writeStream(target, pieces));
};

const writeFile = async (target: FileTarget, pieces: Pieces, watchForSignals: WatchForSignals): Promise<void> => {
  const pending = new PendingFile(target);
  const watch = watchForSignals();
  const untouched = () => `${target.name} ${target.before === undefined ? "is not written" : "stays as it was"}`;
  try {
    for await (const piece of pieces) {
      pending.write(piece);
      await letSignalsIn(watch, untouched);
    }
    pending.commit();
    await letSignalsIn(watch, () => `${target.name} is written`);
  } finally {
    pending.discard();
    watch.end();
  }
};

/**
 * Writes to a pipe or device. Signals end the program as usual: there is nothing to tidy up, and a write that waits for
 * a reader could not notice them.
 */
const writeStream = async ({ name, descriptor }: StreamTarget, pieces: Pieces): Promise<void> => {
  if (descriptor !== undefined) return await writePieces(descriptor, pieces, name);
  const opened = attempt(name, () => openSync(name, constants.O_WRONLY));
  try {
    await writePieces(opened, pieces, name);
  } catch (error) {
    unlessRefused(() => closeSync(opened));
    throw error;
  }
  attempt(name, () => closeSync(opened));
};

const writePieces = async (descriptor: number, pieces: Pieces, name: string): Promise<void> => {
  for await (const piece of pieces) writeForReader(descriptor, piece, name);
};

const attempt = <Result>(name: string, action: () => Result): Result => {
  try {
    return action();
  } catch (error) {
    throw cannotWrite(name, error);
  }
};
