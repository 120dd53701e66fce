/** A file that an answer was read from, with what identifies its bytes. */
export interface InputFile {
  /** The name that the user gave it. For a file in a folder it follows from the folder's name. */
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Data that are given directly instead of by a path: a text, or bytes as a file has them. */
export type Given = {
  /**
   * The name that messages use, and registers that name it as their ledger. Its ending counts as that of a file does.
   */
  readonly name?: string;
} & ({ readonly text: string } | { readonly bytes: Uint8Array });

/** How far the reading of files has come. Most are read twice: first to see what is in them. */
export interface Progress {
  readonly files: number;
  readonly bytes: number;
  readonly total: number;
}

export interface FileLayout {
  readonly file: string;
  readonly state: "changed" | "unchanged" | "other";
  /** The laid-out text of standard input, which has no file to write it to. Undefined for files. */
  readonly printed: string | undefined;
}
