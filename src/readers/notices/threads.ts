/** The threads that may read a file. */
export interface Threads {
  /** The program of a thread, which answers questions about the part that is its `workerData`. */
  readonly script: string;
  readonly count: () => Promise<number>;
  /** Smaller files are read faster than threads start. */
  readonly leastBytes: number;
}
