import { basename, dirname, join } from "node:path";
import { OutputError } from "../model/errors.ts";
import { explainSystemError, systemErrorCode } from "../readers/system-error.ts";
import { type FileSystem, NODE_FILE_SYSTEM } from "./file-system.ts";

/** What is written until the file takes its place. */
interface Draft {
  /** The file whose place it takes: where the path leads, through links. */
  readonly target: string;
  /** Whether that file was there when the writing began. */
  readonly replaces: boolean;
  readonly path: string;
  readonly descriptor: number;
  open: boolean;
}

/**
 * A file that comes to be whole or not at all: what is written goes to a draft in the same folder, which takes the
 * place of the wanted file at the end. Whatever the system has against it is thrown as an OutputError, and the draft is
 * removed.
 */
export class PendingFile {
  readonly #path: string;
  readonly #files: FileSystem;
  #draft: Draft | undefined;

  constructor(path: string, files: FileSystem = NODE_FILE_SYSTEM) {
    this.#path = path;
    this.#files = files;
  }

  write(text: string): void {
    this.#attempt(({ descriptor }) => {
      const bytes = Buffer.from(text, "utf8");
      for (let written = 0; written < bytes.length; ) written += this.#files.write(descriptor, bytes, written);
    });
  }

  /** Puts what was written in the place of the file, be it there or not. A link stays, and so do the permissions. */
  replace(): void {
    this.#finish(({ path, target }) => this.#files.rename(path, target));
  }

  /** Makes what was written a new file; throws where one of the name is there. */
  create(): void {
    this.#finish((draft) => {
      if (this.#linked(draft)) this.#files.remove(draft.path);
      else this.#files.rename(draft.path, draft.target);
    });
  }

  /** Forgets what was written. */
  discard(): void {
    const draft = this.#draft;
    this.#draft = undefined;
    if (draft === undefined) return;
    // What failed before may fail again; the file itself was never touched.
    for (const tidy of [() => this.#close(draft), () => this.#files.remove(draft.path)]) {
      try {
        tidy();
      } catch {}
    }
  }

  /** Gives the draft the name at once, unless it is taken; false where the file system knows no second names. */
  #linked({ path, target, replaces }: Draft): boolean {
    try {
      this.#files.link(path, target);
      return true;
    } catch (error) {
      if (replaces || systemErrorCode(error) === "EEXIST") throw error;
      return false;
    }
  }

  #finish(settle: (draft: Draft) => void): void {
    this.#attempt((draft) => {
      this.#files.sync(draft.descriptor);
      this.#close(draft);
      settle(draft);
    });
    this.#draft = undefined;
  }

  /** Closes the draft once, also where that fails: its descriptor may by then be another file's. */
  #close(draft: Draft): void {
    if (!draft.open) return;
    draft.open = false;
    this.#files.close(draft.descriptor);
  }

  #attempt(action: (draft: Draft) => void): void {
    try {
      this.#draft ??= this.#begin();
      action(this.#draft);
    } catch (error) {
      this.discard();
      const taken = systemErrorCode(error) === "EEXIST";
      throw new OutputError(
        `cannot write ${this.#path}: ${explainSystemError(error)}`,
        taken ? "nothing is overwritten: choose another name" : undefined,
      );
    }
  }

  #begin(): Draft {
    const before = this.#existing();
    const target = before?.target ?? this.#path;
    const path = join(dirname(target), `.${basename(target)}.${Math.random().toString(36).slice(2)}`);
    const draft = { target, replaces: before !== undefined, path, descriptor: this.#files.create(path), open: true };
    this.#draft = draft;
    if (before !== undefined) this.#files.setMode(draft.descriptor, before.mode);
    return draft;
  }

  #existing(): { readonly target: string; readonly mode: number } | undefined {
    try {
      const target = this.#files.realPath(this.#path);
      const stats = this.#files.stat(target);
      if (!stats.isFile()) throw new Error("it is no regular file");
      return { target, mode: stats.mode };
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }
}
