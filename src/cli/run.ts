import { main } from "./main.ts";
import { processIo } from "./process-io.ts";

/** For the files that the program loads later. */
export * from "../model/errors.ts";

/** What the executable does. The exit code is set, not forced, so that nothing written is lost. */
export const run = async (): Promise<void> => {
  process.exitCode = await main(process.argv.slice(2), processIo());
};
