/** A file that an answer was read from, by its bytes. */
export interface InputFile {
  /** What the user calls it; of a folder's files what follows from that. */
  readonly file: string;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}
