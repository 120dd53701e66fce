import fc from "fast-check";
import { randomRegister, type WrittenRegister } from "../random-register.ts";
import { diceFrom, messyYaml } from "../writers/messy-yaml.ts";
import { mutantBytes } from "./mutants.ts";
import { answersTo, ask, Fault, sameAnswers, type Trial } from "./trial.ts";

export const registerFrom = (seed: number): WrittenRegister => {
  const [register] = fc.sample(randomRegister, { seed, numRuns: 1 });
  if (register === undefined) throw new Error("no register");
  return register;
};

const linesOf = (register: WrittenRegister): Buffer =>
  Buffer.from(
    Object.values(register)
      .flat()
      .map((record) => `${JSON.stringify(record)}\n`)
      .join(""),
  );

const yamlOf = (register: WrittenRegister, seed: number): Buffer =>
  Buffer.from(messyYaml({ ...register }, diceFrom(seed)).text);

const isRefused = async (input: Buffer): Promise<boolean> => (await ask(["lots", "--data", "-"], input)).exitCode !== 0;

/** A few of the random registers contradict themselves; whatever they are written in, they do. */
const refusedAlike = async (register: WrittenRegister, seed: number): ReturnType<Trial> => {
  for (const input of [Buffer.from(JSON.stringify(register)), yamlOf(register, seed)])
    if (!(await isRefused(input))) throw new Fault("refused as JSON Lines only", input);
  return "refused";
};

/** One register, written as JSON Lines, JSON and YAML, laid out, and converted: all answer alike. */
const formats: Trial = async (seed) => {
  const register = registerFrom(seed);
  const lines = linesOf(register);
  if (await isRefused(lines)) return await refusedAlike(register, seed);
  const expected = await answersTo(lines);
  const convert = async (input: Buffer, ...to: readonly string[]) =>
    Buffer.from((await ask(["convert", "--data", "-", ...to], input)).stdout);
  const yaml = yamlOf(register, seed);
  const forms = {
    JSON: Buffer.from(JSON.stringify(register, null, seed % 3)),
    YAML: yaml,
    "YAML, laid out": Buffer.from((await ask(["fmt", "-"], yaml)).stdout),
    "converted to YAML": await convert(lines),
    "converted to JSON Lines": await convert(yaml, "--to", "jsonl"),
  };
  for (const [form, input] of Object.entries(forms)) sameAnswers(form, expected, await answersTo(input), input);
  return "answered";
};

/** A text that may be broken: it is refused with a place, or its answers survive being written anew. */
const tryText = async (input: Buffer, converted: readonly string[]): ReturnType<Trial> => {
  const checked = await ask(["check", "-", "--json"], input);
  const { exitCode, stderr } = await ask(["total", "--data", "-"], input);
  if (exitCode !== 0) {
    if (checked.exitCode === 0) throw new Fault(`check finds no error, and total does: ${stderr}`, input);
    if (!/^\S+:\d+:\d+: |^lotbook: /m.test(stderr)) throw new Fault(`no place: ${stderr}`, input);
    return "refused";
  }
  const again = await ask(["convert", "--data", "-", ...converted], input);
  const written = Buffer.from(again.stdout);
  sameAnswers("written anew", await answersTo(input), await answersTo(written), input);
  return "answered";
};

export const REGISTER_TRIALS: Readonly<Record<string, Trial>> = {
  formats,
  yaml: async (seed) => await tryText(mutantBytes([yamlOf(registerFrom(seed), seed)], seed), ["--to", "jsonl"]),
  lines: async (seed) => await tryText(mutantBytes([linesOf(registerFrom(seed))], seed), []),
};
