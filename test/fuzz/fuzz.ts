/**
 * `npm run fuzz -- [--seconds n] [--seed n] [--count n] [--only name,name]`: makes trials until the time is over, or so
 * many of each, and stops at the first fault. Then it prints the command that makes it again, and where its input lies.
 *
 * What two forms say is the same: registers, ledgers, queries, notices and archives are made by a seed, written in all
 * their forms, and the answers held against each other. They are changed anywhere, too, and what then cannot be read must
 * be refused in order. The suite tries a few.
 */
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Fault } from "./trial.ts";
import { TRIALS, tryOnce } from "./trials.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string" },
    count: { type: "string" },
    only: { type: "string", default: Object.keys(TRIALS).join() },
  },
});

const numberOf = (option: "seconds" | "seed" | "count", otherwise: number): number => {
  const number = Number(values[option] ?? otherwise);
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${option} is not a number`);
  return number;
};

const trialsNamed = (names: string) =>
  names.split(",").map((name) => {
    const trial = TRIALS[name];
    if (trial === undefined) throw new Error(`there is no ${name}; there are ${Object.keys(TRIALS).join(", ")}`);
    return { name, trial };
  });

const keepInput = (error: unknown, name: string): void => {
  const fault = error instanceof Error ? error.cause : undefined;
  if (!(fault instanceof Fault)) return;
  const file = join(tmpdir(), `lotbook-fuzz-${name}`);
  writeFileSync(file, fault.input);
  console.error(`its input: ${file}`);
};

const run = async (): Promise<void> => {
  const first = numberOf("seed", Date.now() % 2 ** 31);
  const count = numberOf("count", Number.MAX_SAFE_INTEGER);
  const until = performance.now() + numberOf("seconds", 60) * 1000;
  const trials = trialsNamed(values.only);
  const results = { answered: 0, refused: 0 };
  console.log(`seed ${first}: ${trials.map(({ name }) => name).join(", ")}`);
  for (let index = 0; index < count && performance.now() < until; index++) {
    for (const { name, trial } of trials) {
      try {
        results[await tryOnce(name, trial, first + index)]++;
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        keepInput(error, name);
        process.exitCode = 1;
        return;
      }
    }
  }
  console.log(`no fault: ${results.answered} answered, ${results.refused} refused`);
};

await run();
