import { closeSync, constants, openSync } from "node:fs";
import { letSignalsIn, NO_WATCH, type WatchForSignals } from "./interruption.ts";
import { PendingFile } from "./pending-file.ts";
import { type FileTarget, type StreamTarget, type Target, targetOf } from "./target.ts";
import { cannotWrite, writeForReader } from "./write-fully.ts";

export type Texts = AsyncIterable<string> | Iterable<string>;

/**
 * Writes texts into a file that comes to be whole or not at all, also where the program is interrupted; into a pipe or
 * device, as they come. Throws OutputError, Interrupted, and ClosedPipe where nobody reads on.
 */
export const writeWhole = async (
  to: string | Target,
  texts: Texts,
  watch: WatchForSignals = NO_WATCH,
): Promise<void> => {
  const target = typeof to === "string" ? targetOf(to) : to;
  await (target.kind === "file" ? writeFile(target, texts, watch) : writeStream(target, texts));
};

const writeFile = async (target: FileTarget, texts: Texts, watchForSignals: WatchForSignals): Promise<void> => {
  const pending = new PendingFile(target);
  const watch = watchForSignals();
  const untouched = () => `${target.name} ${target.before === undefined ? "is not written" : "stays as it was"}`;
  try {
    for await (const text of texts) {
      pending.write(text);
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
const writeStream = async ({ name, descriptor }: StreamTarget, texts: Texts): Promise<void> => {
  if (descriptor !== undefined) return await writeTexts(descriptor, texts, name);
  const opened = attempt(name, () => openSync(name, constants.O_WRONLY));
  try {
    await writeTexts(opened, texts, name);
  } catch (error) {
    closeQuietly(opened);
    throw error;
  }
  attempt(name, () => closeSync(opened));
};

const writeTexts = async (descriptor: number, texts: Texts, name: string): Promise<void> => {
  for await (const text of texts) writeForReader(descriptor, text, name);
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
