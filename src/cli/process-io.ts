import { closeSync, constants, fstatSync, openSync, realpathSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import type { Whereabouts } from "../inputs/own-data.ts";
import { explainSystemError, systemErrorCode } from "../inputs/system-error.ts";
import { InputError } from "../model/errors.ts";
import { ClosedPipe, type Watch, writeForReader } from "../writers/write-fully.ts";
import type { Io, Pager, Sink } from "./io.ts";
import { pagerStarter } from "./pager.ts";

/**
 * Whether a descriptor may be a terminal, which is a character device other than the null device. Only then is it worth
 * loading what can tell its size. Windows has no such devices.
 */
const mayBeTerminal = (descriptor: number): boolean => {
  try {
    const stats = fstatSync(descriptor);
    return stats.isCharacterDevice() && !isNullDevice(stats.rdev);
  } catch {
    return false;
  }
};

const isNullDevice = (device: number): boolean => statSync("/dev/null", { throwIfNoEntry: false })?.rdev === device;

const isWindows = process.platform === "win32";

const writeAnswer = (piece: string | Uint8Array): void => writeForReader(1, piece, "the answer");

/** Writes to standard error. If nobody reads messages any more, the exit code still tells. */
const writeMessage = (text: string): void => {
  try {
    writeForReader(2, text, "to standard error");
  } catch (error) {
    if (!(error instanceof ClosedPipe)) throw error;
  }
};

/**
 * Node's stream for a descriptor, which knows whether it is a terminal. Getting it loads what terminals and sockets
 * need.
 */
const streamOf = (descriptor: 1 | 2) => process[descriptor === 1 ? "stdout" : "stderr"];

/**
 * The size that a terminal states. Terminals that were never told their size say 0: those of containers, of jobs, of
 * `script`.
 */
const sizeOf = (told: number | undefined): number | undefined => (told === 0 ? undefined : told);

/**
 * Writes straight to the descriptor: starting up without the stream classes is faster, a slow reader holds the program
 * back instead of filling its memory, and an error is known where it happens.
 */
const sinkOf = (descriptor: 1 | 2): Sink => {
  const stream = isWindows || mayBeTerminal(descriptor) ? streamOf(descriptor) : undefined;
  const isTerminal = stream?.isTTY === true;
  const plain = descriptor === 1 ? writeAnswer : writeMessage;
  return {
    // A console of Windows takes bytes for letters of its code page; the stream gives it letters.
    write:
      isWindows && isTerminal
        ? (text) => {
            stream.write(text);
          }
        : plain,
    isTerminal,
    columns: isTerminal ? sizeOf(stream.columns) : undefined,
    rows: isTerminal ? sizeOf(stream.rows) : undefined,
  };
};

/** The errors of reading from a file or a pipe that is open for writing. */
const NOT_FOR_READING = ["EBADF", "ENOTCONN"];

/** Standard input. Throws InputError for what Node cannot read, which would otherwise seem empty. */
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

const input = (): "file" | "pipe" | "other" => {
  try {
    const stats = fstatSync(0);
    if (stats.isFile()) return "file";
    return stats.isFIFO() ? "pipe" : "other";
  } catch {
    return "other";
  }
};

const PATIENCE_MS = 5;

/**
 * Whether standard input is a pipe that holds data. A stream without room for what it reads notices data and leaves it
 * to others, because a loop of the shell may share the pipe. On Linux, the pipe is also opened for writing, so that its
 * end is not taken for data. Elsewhere it counts how much data the system says there is, if it says so.
 */
const pipeHolds = async (): Promise<boolean> => {
  if (process.platform !== "linux") return fstatSync(0).size > 0;
  const { Socket } = await import("node:net");
  let writing: number | undefined;
  try {
    writing = openSync("/proc/self/fd/0", constants.O_WRONLY | constants.O_NONBLOCK);
    return await new Promise((resolve) => {
      const onread = { buffer: new Uint8Array(0), callback: () => true };
      const options = { fd: 0, readable: true, writable: false, onread };
      const socket = new Socket(options);
      const settle = (holds: boolean): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(holds);
      };
      const timer = setTimeout(() => settle(false), PATIENCE_MS);
      socket.on("error", () => settle(true));
      socket.read(0);
    });
  } catch {
    return false;
  } finally {
    if (writing !== undefined) closeSync(writing);
  }
};

const whereabouts = (): Whereabouts => {
  const { geteuid, env } = process;
  const sudoer = geteuid?.() === 0 ? Number.parseInt(env["SUDO_UID"] ?? "", 10) : Number.NaN;
  return {
    folder: orNothing(() => process.cwd()),
    home: orNothing(() => realpathSync((isWindows ? undefined : env["HOME"]) ?? homedir())),
    users: geteuid === undefined ? [] : [geteuid(), ...(Number.isNaN(sudoer) ? [] : [sudoer])],
  };
};

/** The result of a call to the system; undefined if it refuses. */
const orNothing = <T>(call: () => T): T | undefined => {
  try {
    return call();
  } catch {
    return undefined;
  }
};

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

const inPath = async (name: string): Promise<string | undefined> => {
  if (/[\\/]/.test(name)) return undefined;
  const { findProgram, programPlaces } = await import("../inputs/git/ask-git.ts");
  return findProgram(name, programPlaces());
};

/** Finds a pager in PATH, never in the current folder, or by its whole path. */
const findPager = async ([name = "", ...args]: readonly string[]): Promise<(() => Pager) | undefined> => {
  const program = isAbsolute(name) ? name : await inPath(name);
  return program === undefined ? undefined : await pagerStarter(program, args, process.env);
};

export const processIo = (): Io => ({
  stdin,
  input,
  pipeHolds,
  stdout: { ...sinkOf(1), writeBytes: writeAnswer },
  stderr: sinkOf(2),
  env: process.env,
  platform: process.platform,
  findPager,
  whereabouts,
  watchForSignals,
  now: () => performance.now(),
});
