import { fstatSync, statSync, writeSync } from "node:fs";
import { OutputError } from "../model/errors.ts";
import { explainSystemError, systemErrorCode } from "../readers/system-error.ts";
import { ClosedPipe, type Io, type Sink } from "./io.ts";

const PAUSE_MS = 5;

/** A terminal is a character device other than the null device; only then is it worth loading what can tell its size. */
const mayBeTerminal = (descriptor: number): boolean => {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && stats.rdev !== statSync("/dev/null").rdev;
  } catch {
    return false;
  }
};

const pause = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
};

/**
 * Writes straight to the descriptor: starting up without the stream classes is faster, a slow reader holds the program
 * back instead of filling its memory, and an error is known where it happens.
 */
const writeFully = (descriptor: number, text: string): void => {
  const bytes = Buffer.from(text, "utf8");
  let written = 0;
  while (written < bytes.length) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      const code = systemErrorCode(error);
      if (code === "EPIPE") throw new ClosedPipe();
      if (code !== "EAGAIN") throw new OutputError(`cannot write the answer: ${explainSystemError(error)}`);
      pause();
    }
  }
};

const sinkOf = (descriptor: 1 | 2): Sink => {
  const terminal = mayBeTerminal(descriptor) && process[descriptor === 1 ? "stdout" : "stderr"].isTTY === true;
  return {
    write: (text) => writeFully(descriptor, text),
    isTerminal: terminal,
    columns: terminal ? process[descriptor === 1 ? "stdout" : "stderr"].columns : undefined,
  };
};

const INTERRUPTIONS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Tidies up, then lets the signal end the process as it would have done. */
const onInterrupt = (tidy: () => void): (() => void) => {
  const stop = (signal: NodeJS.Signals): void => {
    tidy();
    callOff();
    process.kill(process.pid, signal);
  };
  const callOff = (): void => {
    for (const signal of INTERRUPTIONS) process.off(signal, stop);
  };
  for (const signal of INTERRUPTIONS) process.on(signal, stop);
  return callOff;
};

/** The streams and environment of this process. */
export const processIo = (): Io => ({
  stdin: () => process.stdin,
  stdout: sinkOf(1),
  stderr: sinkOf(2),
  env: process.env,
  onInterrupt,
  now: () => performance.now(),
});
