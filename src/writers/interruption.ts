import { UserError } from "../model/errors.ts";

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

/** The program was asked to end while it wrote files; says what became of them. */
export class Interrupted extends UserError {
  override readonly exitCode: number;

  constructor({ exitCode }: Interruption, what: string) {
    super(`interrupted: ${what}`);
    this.exitCode = exitCode;
  }
}

/** Lets signals arrive; throws {@link Interrupted} where one did, with what became of the files. */
export const letSignalsIn = async (watch: Watch, what: () => string): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
  const interruption = watch.interruption();
  if (interruption !== undefined) throw new Interrupted(interruption, what());
};
