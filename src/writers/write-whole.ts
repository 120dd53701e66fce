import { closeSync, constants, openSync } from "node:fs";
import { PendingFile } from "./pending-file.ts";
import { type FileTarget, type StreamTarget, type Target, targetOf } from "./target.ts";
import { cannotWrite, letSignalsIn, NO_WATCH, type WatchForSignals, writeForReader } from "./write-fully.ts";

/** What is to be written, piece by piece: text, or bytes. */
export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * Writes pieces into a file that comes to be whole or not at all, also where the program is interrupted; into a pipe or
 * device, as they come. Throws OutputError, Interrupted, and ClosedPipe where nobody reads on.
 */
export const writeWhole = async (
  to: string | Target,
  pieces: Pieces,
  watch: WatchForSignals = NO_WATCH,
): Promise<void> => {
  const target = typeof to === "string" ? targetOf(to) : to;
  await (target.kind === "file" ? writeFile(target, pieces, watch) : writeStream(target, pieces));
};

const writeFile = async (target: FileTarget, pieces: Pieces, watchForSignals: WatchForSignals): Promise<void> => {
  const pending = new PendingFile(target);
  const watch = watchForSignals();
  const untouched = () => `${target.name} ${target.before === undefined ? "is not written" : "stays as it was"}`;
  try {
    for await (const piece of pieces) {
      pending.write(piece);
      await letSignalsIn(watch, untouched);
    }
    pending.commit();
    await letSignalsIn(watch, () => `${target.name} is written`);
  } finally {
    pending.discard();
    watch.end();
  }
};

/** Signals end it as ever: there is nothing to tidy up, and what waits for a reader could not hear of them. */
const writeStream = async ({ name, descriptor }: StreamTarget, pieces: Pieces): Promise<void> => {
  if (descriptor !== undefined) return await writePieces(descriptor, pieces, name);
  const opened = attempt(name, () => openSync(name, constants.O_WRONLY));
  try {
    await writePieces(opened, pieces, name);
  } catch (error) {
    closeQuietly(opened);
    throw error;
  }
  attempt(name, () => closeSync(opened));
};

const writePieces = async (descriptor: number, pieces: Pieces, name: string): Promise<void> => {
  for await (const piece of pieces) writeForReader(descriptor, piece, name);
};

const attempt = <Result>(name: string, action: () => Result): Result => {
  try {
    return action();
  } catch (error) {
    throw cannotWrite(name, error);
  }
};

/** After an error that says more. */
const closeQuietly = (descriptor: number): void => {
  try {
    closeSync(descriptor);
  } catch {}
};
