import { createRequire } from "node:module";
import { join } from "node:path";

/** A call of the file system, and the path that it touches. */
export interface FileCall {
  readonly name: string;
  readonly path: string;
}

/** What goes wrong. */
export interface Plan {
  /** Only calls that touch this folder are numbered and go wrong. */
  readonly folder: string;
  /** Only calls of this name, such as `linkSync`, are numbered and go wrong. */
  readonly only?: string;
  /** The number of the call that goes wrong, from 1; none where it is left out. */
  readonly at?: number;
  /** Whether the call throws, the process ends without another step, or a signal comes in the middle. */
  readonly mode?: "fail" | "kill" | "signal";
  /** The signal that comes; an immortal process outlives it where nothing watches for it, as the first of a container. */
  readonly signal?: NodeJS.Signals;
  readonly immortal?: boolean;
  /** The error of the system. */
  readonly code?: string;
  /** So many bytes a read or a write takes at most. */
  readonly most?: number;
  /** Sees each call before it is made: what is on the disk then is what a process leaves that is killed here. */
  readonly before?: (call: FileCall & { readonly number: number }) => void;
}

interface Faults {
  /** From here on, calls may go wrong; `end` puts all right, and gives the calls. */
  readonly begin: (plan: Plan) => { readonly end: () => readonly FileCall[] };
}

/** Is plain JavaScript, for a process can load it before the program. */
export const FAULTS_SCRIPT = join(import.meta.dirname, "faults.cjs");

const faults: Faults = createRequire(import.meta.url)(FAULTS_SCRIPT);

/** Runs something while the file system goes wrong as planned. */
export const withFaults = async <Result>(
  plan: Plan,
  run: () => Promise<Result> | Result,
): Promise<{ readonly result: Result; readonly calls: readonly FileCall[] }> => {
  const { end } = faults.begin(plan);
  let result: Result;
  let calls: readonly FileCall[];
  try {
    result = await run();
  } finally {
    calls = end();
  }
  return { result, calls };
};
