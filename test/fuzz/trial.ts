import type { Outcome } from "../cases/case-file.ts";
import { runInProcess, type World } from "../cases/run-in-process.ts";

/** What became of one trial: whether the program answered, or refused its input in order. */
export type Result = "answered" | "refused";

/** Tries one input, the same for the same seed; throws a {@link Fault}, or whatever the program throws. */
export type Trial = (seed: number) => Promise<Result>;

/** What the program did wrong, with the input that makes it do so. */
export class Fault extends Error {
  readonly input: string | Buffer;

  constructor(message: string, input: string | Buffer) {
    super(message);
    this.input = input;
  }
}

const IN_ORDER: readonly number[] = [0, 1, 2, 65, 66];

/** Runs the program on an input; what is no answer and no refusal in order is a fault. */
export const ask = async (argv: readonly string[], input: Buffer, world: World = {}): Promise<Outcome> => {
  const outcome = await runInProcess(argv, { ...world, input });
  const { exitCode, stderr } = outcome;
  if (!IN_ORDER.includes(exitCode)) throw new Fault(`${argv.join(" ")}: exit ${exitCode}: ${stderr}`, input);
  if (/^ +at .+:\d+:\d+\)?$|undefined|\[object Object\]/m.test(stderr.replace(/^ {4}.*$/gm, "")))
    throw new Fault(`${argv.join(" ")}: a message that is none: ${stderr}`, input);
  if (exitCode >= 65 && stderr === "") throw new Fault(`${argv.join(" ")}: exit ${exitCode} without a word`, input);
  return outcome;
};

const AT = ["--data", "-", "--at", "2017-03"];

/** Questions whose answers together tell nearly all that a register says, wherever it stood. */
const QUESTIONS: readonly (readonly string[])[] = [
  ["lots", "--json", ...AT],
  ["awards", "--json", ...AT],
  ["contracts", "--json", ...AT],
  ["total", "--by", "supplier", "--json", ...AT],
  ["headroom", "--json", ...AT],
  ["compare", "--all", "--sort", "record", "--json", ...AT],
];

/** What a register answers. */
export const answersTo = async (input: Buffer): Promise<readonly string[]> => {
  const answers: string[] = [];
  for (const argv of QUESTIONS) {
    const { exitCode, stdout, stderr } = await ask(argv, input);
    if (exitCode !== 0) throw new Fault(`${argv.join(" ")}: exit ${exitCode}: ${stderr}`, input);
    answers.push(stdout);
  }
  return answers;
};

/** Holds the answers of two texts that say the same against each other. */
export const sameAnswers = (what: string, one: readonly string[], other: readonly string[], input: Buffer): void => {
  const place = one.findIndex((answer, index) => answer !== other[index]);
  if (place !== -1) throw new Fault(`${what}: unlike answers:\n${one[place]}\n${other[place]}`, input);
};
