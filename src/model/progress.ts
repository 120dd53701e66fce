/** How far the reading of files has come. Most are read twice: first to see what is in them. */
export interface Progress {
  /** Files read so far, those in archives each by itself. */
  readonly files: number;
  readonly bytes: number;
  /** How many bytes there are to read in all. */
  readonly total: number;
}
