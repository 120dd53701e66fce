import type { Whereabouts } from "../inputs/own-data.ts";
import type { WatchForSignals } from "../writers/write-fully.ts";

export interface Sink {
  /** Writes everything, waiting for a slow reader. Throws ClosedPipe where the reader of an answer has left. */
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
  readonly rows?: number | undefined;
}

/** Where the answer goes, which may be other than text. */
export interface AnswerSink extends Sink {
  readonly writeBytes: (bytes: Uint8Array) => void;
}

export interface Pager {
  /** Throws ClosedPipe where its reader has left. */
  readonly write: (text: string) => void;
  readonly end: () => Promise<void>;
}

/** All that a run of the program touches outside itself. */
export interface Io {
  readonly stdin: () => AsyncIterable<Uint8Array>;
  /** What standard input is: a file that was redirected, a pipe, or something that nobody would read unasked. */
  readonly input: () => "file" | "pipe" | "other";
  /** Whether standard input is a pipe in which something waits to be read. It stays there. */
  readonly pipeHolds: () => Promise<boolean>;
  readonly stdout: AnswerSink;
  readonly stderr: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** How to start a program that shows an answer page by page; undefined where there is none of that name. */
  readonly findPager: (command: readonly string[]) => Promise<(() => Pager) | undefined>;
  readonly whereabouts: () => Whereabouts;
  readonly watchForSignals: WatchForSignals;
  /** Milliseconds since some moment, to tell how long things take. */
  readonly now: () => number;
}
