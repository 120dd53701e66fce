import { fstatSync, statSync } from "node:fs";
import { explainSystemError, systemErrorCode } from "../inputs/system-error.ts";
import { InputError } from "../model/errors.ts";
import type { Watch } from "../writers/interruption.ts";
import { ClosedPipe, writeForReader } from "../writers/write-fully.ts";
import type { Io, Sink } from "./io.ts";

/** A terminal is a character device other than the null device; only then is it worth loading what can tell its size. */
const mayBeTerminal = (descriptor: number): boolean => {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && !isNullDevice(stats.rdev);
  } catch {
    return false;
  }
};

/** Never on Windows, which has no such path. */
const isNullDevice = (device: number): boolean => statSync("/dev/null", { throwIfNoEntry: false })?.rdev === device;

const writeAnswer = (piece: string | Uint8Array): void => writeForReader(1, piece, "the answer");

/** Where nobody reads messages any more, the exit code still tells. */
const writeMessage = (text: string): void => {
  try {
    writeForReader(2, text, "to standard error");
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error;
  }
};

/**
 * Writes straight to the descriptor: starting up without the stream classes is faster, a slow reader holds the program
 * back instead of filling its memory, and an error is known where it happens.
 */
const sinkOf = (descriptor: 1 | 2): Sink => {
  const terminal = mayBeTerminal(descriptor) && process[descriptor === 1 ? "stdout" : "stderr"].isTTY === true;
  return {
    write: descriptor === 1 ? writeAnswer : writeMessage,
    isTerminal: terminal,
    columns: terminal ? process[descriptor === 1 ? "stdout" : "stderr"].columns : undefined,
  };
};

/** What reading gives from a file and from a pipe that are open for writing. */
const NOT_FOR_READING = ["EBADF", "ENOTCONN"];

/** Standard input as the system has it: what Node cannot read would seem empty. */
async function* stdin(): AsyncGenerator<Uint8Array> {
  try {
    const stats = fstatSync(0);
    if (stats.isDirectory()) throw new Error("it is a folder");
    if (stats.isBlockDevice()) throw new Error("it is a disk");
    yield* process.stdin;
  } catch (error) {
    const wrongWay = NOT_FOR_READING.includes(systemErrorCode(error));
    throw new InputError(
      `cannot read standard input: ${wrongWay ? "it is not open for reading" : explainSystemError(error)}`,
    );
  }
}

/** What asks the program to end: a terminal that closes, the user, the system. */
const SIGNALS = [
  { signal: "SIGHUP", exitCode: 129 },
  { signal: "SIGINT", exitCode: 130 },
  { signal: "SIGTERM", exitCode: 143 },
] as const;

/** The signal that an exit code tells of. */
export const signalOfExit = (exitCode: number): NodeJS.Signals | undefined =>
  SIGNALS.find((known) => known.exitCode === exitCode)?.signal;

const watchForSignals = (): Watch => {
  let first: (typeof SIGNALS)[number] | undefined;
  const note = (name: NodeJS.Signals): void => {
    first ??= SIGNALS.find(({ signal }) => signal === name);
  };
  for (const { signal } of SIGNALS) process.on(signal, note);
  return {
    interruption: () => first,
    end: () => {
      for (const { signal } of SIGNALS) process.off(signal, note);
    },
  };
};

/** The streams and environment of this process. */
export const processIo = (): Io => ({
  stdin,
  stdout: { ...sinkOf(1), writeBytes: writeAnswer },
  stderr: sinkOf(2),
  env: process.env,
  watchForSignals,
  now: () => performance.now(),
});
