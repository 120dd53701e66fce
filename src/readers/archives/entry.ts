/** A file in an archive. */
export interface Entry {
  /** As the archive writes it; never used as a path. */
  readonly name: string;
  /** To be read once at most, and before the next entry is asked for. */
  readonly bytes: AsyncIterable<Buffer>;
}
