import { main } from "./main.ts";
import { processIo, signalOfExit } from "./process-io.ts";

/** The files that the program loads later take the errors from here. */
export * from "../model/errors.ts";

/**
 * What the executable does. The exit code is set, not forced, so that nothing written is lost. If a signal was the
 * reason, the process ends by it, as shells expect. The first process of a container may end with no more than the
 * code.
 */
export const run = async (): Promise<void> => {
  const exitCode = await main(process.argv.slice(2), processIo());
  process.exitCode = exitCode;
  const signal = signalOfExit(exitCode);
  if (signal !== undefined && process.platform !== "win32") process.kill(process.pid, signal);
};
