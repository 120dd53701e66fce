import { ARCHIVE_TRIALS } from "./archives.ts";
import { LEDGER_TRIALS } from "./ledgers.ts";
import { NOTICE_TRIALS } from "./notices.ts";
import { PIECE_TRIALS } from "./pieces.ts";
import { QUERY_TRIALS } from "./queries.ts";
import { REGISTER_TRIALS } from "./registers.ts";
import type { Trial } from "./trial.ts";

/** All that is tried, by the names that `npm run fuzz -- --only` takes. */
export const TRIALS: Readonly<Record<string, Trial>> = {
  ...REGISTER_TRIALS,
  ...LEDGER_TRIALS,
  ...QUERY_TRIALS,
  ...ARCHIVE_TRIALS,
  ...NOTICE_TRIALS,
  ...PIECE_TRIALS,
};

/** In milliseconds of the processor, for a machine may be busy with other things. */
const TOO_LONG = 5_000;

/** Makes one trial; its error names the seed that makes it again. */
export const tryOnce = async (name: string, trial: Trial, seed: number): ReturnType<Trial> => {
  const begin = process.cpuUsage();
  const result = await trial(seed).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`npm run fuzz -- --only ${name} --seed ${seed} --count 1\n${reason}`, { cause: error });
  });
  const { user, system } = process.cpuUsage(begin);
  const took = (user + system) / 1000;
  if (took > TOO_LONG) throw new Error(`npm run fuzz -- --only ${name} --seed ${seed} --count 1\ntook ${took} ms`);
  return result;
};
