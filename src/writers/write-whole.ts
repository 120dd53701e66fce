import { PendingFile } from "./pending-file.ts";

/** Has something done before an interruption ends the program; gives a function that calls that off. */
export type OnInterrupt = (tidy: () => void) => () => void;

/** Lets what waits to be done be done, such as what an interruption asks for. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Writes texts into a file that comes to be whole or not at all, also where the program is interrupted. Throws
 * OutputError where it cannot be written.
 */
export const writeWhole = async (
  file: string,
  texts: AsyncIterable<string> | Iterable<string>,
  onInterrupt: OnInterrupt = () => () => {},
): Promise<void> => {
  const pending = new PendingFile(file);
  const callOff = onInterrupt(() => pending.discard());
  try {
    for await (const text of texts) {
      pending.write(text);
      await nextTurn();
    }
    pending.replace();
  } finally {
    pending.discard();
    callOff();
  }
};
