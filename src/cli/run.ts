import { main } from "./main.ts";
import { processIo } from "./process-io.ts";

/** What the executable does. The exit code is set, not forced, so that nothing written is lost. */
export const run = async (): Promise<void> => {
  process.exitCode = await main(process.argv.slice(2), processIo());
};
