/** A file that an answer was read from, by its bytes. */
export interface InputFile {
  /** What the user calls it; of a folder's files what follows from that. */
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Data that are given themselves, not by a path: a text, or bytes as a file has them. */
export type Given = {
  /** What messages call it, and registers that name it as their ledger; its ending counts as that of a file does. */
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
  /** The laid out text of what came from standard input, and so lies in no file. */
  readonly printed: string | undefined;
}
