/** Runs programs and says how long they took and how much memory they held at most. */
import { execFileSync, spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { fileURLToPath } from "node:url";

// Where this variable is set, every start of Node 20 reads certificates, which makes each ratio look better than it is.
const { NODE_EXTRA_CA_CERTS: _certificates, ...inherited } = process.env;

const PEAK = fileURLToPath(new URL("peak.cjs", import.meta.url));

const run = ({ command, args, output, environment = {} }) => {
  const stdout = output === undefined ? "ignore" : openSync(output, "w");
  const begin = process.hrtime.bigint();
  const ended = spawnSync(command, args, {
    env: { ...inherited, ...environment },
    stdio: ["ignore", stdout, "pipe", "pipe"],
  });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (output !== undefined) closeSync(stdout);
  if (ended.status !== 0) {
    const said = ended.error?.message ?? `exit code ${ended.status}: ${String(ended.stderr).slice(0, 500)}`;
    throw new Error(`${command} ${args.join(" ")}: ${said}`);
  }
  return { milliseconds, channel: String(ended.output[3]) };
};

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The median wall time of each program in milliseconds; they take turns, so that what disturbs one disturbs all. */
export const timeInTurns = (programs, rounds) => {
  const times = programs.map(() => []);
  for (let round = 0; round < rounds; round++) {
    programs.forEach((program, index) => {
      times[index].push(run(program).milliseconds);
    });
  }
  return times.map(median);
};

/** The most memory that a Node program held, in MiB. */
export const peakMemory = (program) =>
  Number(run({ ...program, args: ["--require", PEAK, ...program.args] }).channel) / 1024;

/** What a program prints. */
export const outputOf = ({ command, args }) => execFileSync(command, args, { encoding: "utf8", env: inherited });

/** A program's version, which some tell as an error, or undefined where it is not installed. */
export const versionOf = (command) => {
  const { status, stdout, stderr } = spawnSync(command, ["--version"], { encoding: "utf8", env: inherited });
  return status === 0 ? (stdout || stderr).split("\n")[0] : undefined;
};
