/**
 * Lets Stryker judge a part of the mutants, drawn by a seed: where to judge all takes hours, some dozens of a room tell
 * how many survive. `LOTBOOK_MUTANTS=0.02 npm run mutation -- --checkers sample --mutate 'src/model/**'` draws one in
 * fifty of those that tests reach, and `LOTBOOK_SEED=2` others. Those left out are told as errors of compilation, which
 * count for nothing; mutants that no test reaches are told in full.
 */
import { createHash } from "node:crypto";
import { relative } from "node:path";

const { LOTBOOK_MUTANTS: share = "1", LOTBOOK_SEED: seed = "1" } = process.env;

/** Whether a mutant is among those drawn; by what it is, so that it does not matter what is mutated besides. */
const isDrawn = ({ fileName, location: { start, end }, replacement }) => {
  const identity = [
    seed,
    relative(process.cwd(), fileName),
    start.line,
    start.column,
    end.line,
    end.column,
    replacement,
  ];
  return createHash("sha256").update(identity.join("\n")).digest().readUInt32BE() < Number(share) * 2 ** 32;
};

const judge = (mutant) =>
  isDrawn(mutant) ? { status: "passed" } : { status: "compileError", reason: "it was not drawn" };

const checker = {
  init: async () => {},
  group: async (mutants) => [mutants.map(({ id }) => id)],
  check: async (mutants) => Object.fromEntries(mutants.map((mutant) => [mutant.id, judge(mutant)])),
};

export const strykerPlugins = [{ kind: "Checker", name: "sample", factory: () => checker }];
