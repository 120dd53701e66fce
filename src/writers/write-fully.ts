import { writeSync } from "node:fs";
import { explainSystemError, systemErrorCode } from "../inputs/system-error.ts";
import { OutputError, UserError } from "../model/errors.ts";

const PAUSE_MS = 5;

/** Thrown when the reader of the output has left. This is no error, and there is nothing to report. */
export class ClosedPipe extends Error {}

/** The error for what cannot be written, with the system's reason. */
export const cannotWrite = (what: string, error: unknown): OutputError => {
  const taken = systemErrorCode(error) === "EEXIST";
  const hint = taken ? "nothing is overwritten: choose another name" : undefined;
  return new OutputError(`cannot write ${what}: ${explainSystemError(error)}`, hint);
};

/** The system's own error for a name that is taken. */
export const nameTaken = (): Error => Object.assign(new Error(), { code: "EEXIST" });

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
};

/**
 * Writes all of a piece straight to a descriptor. If the descriptor takes nothing more for now, it waits and tries
 * again. Throws the system's own error.
 */
export const writeFully = (descriptor: number, piece: string | Uint8Array): void => {
  const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      if (systemErrorCode(error) !== "EAGAIN") throw error;
      pause();
    }
  }
};

/**
 * Like {@link writeFully}, for output that others may be reading. Throws ClosedPipe if the reader has left, and
 * OutputError.
 */
export const writeForReader = (descriptor: number, piece: string | Uint8Array, what: string): void => {
  try {
    writeFully(descriptor, piece);
  } catch (error) {
    throw systemErrorCode(error) === "EPIPE" ? new ClosedPipe() : cannotWrite(what, error);
  }
};

/** A signal that asks the program to end, and the exit code that tells of it. */
export interface Interruption {
  readonly signal: string;
  readonly exitCode: number;
}

/** Keeps signals from ending the program at once, so that it can tidy up. */
export interface Watch {
  readonly interruption: () => Interruption | undefined;
  /** From here on, signals end the program again. */
  readonly end: () => void;
}

export type WatchForSignals = () => Watch;

export const NO_WATCH: WatchForSignals = () => ({ interruption: () => undefined, end: () => {} });

/** Thrown when the program was asked to end while it wrote files. The message says what became of them. */
export class Interrupted extends UserError {
  override readonly exitCode: number;

  constructor({ exitCode }: Interruption, what: string) {
    super(`interrupted: ${what}`);
    this.exitCode = exitCode;
  }
}

/** Lets signals arrive. If one did, throws {@link Interrupted} with what became of the files. */
export const letSignalsIn = async (watch: Watch, what: () => string): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  const interruption = watch.interruption();
  if (interruption !== undefined) throw new Interrupted(interruption, what());
};
