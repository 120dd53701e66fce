import { diff } from "../engine/diff/diff.ts";
import { DIFF_COLUMNS } from "../engine/diff/diff-row.ts";
import { UsageError } from "../model/errors.ts";
import type { Register } from "../records/register.ts";
import type { Call, CommandBody } from "./command.ts";

export const diffCommand: CommandBody = {
  argument: {
    name: "[registers...]",
    description: "two of them: files, folders or git:REVISION:path; or one, to compare it with git's HEAD",
  },
  words: "files",
  selects: false,
  examples: [
    "lotbook diff examples/harbour-2023.yaml examples/harbour.yaml",
    "lotbook diff examples/harbour-2023.yaml examples/harbour.yaml --format markdown",
  ],
  columns: DIFF_COLUMNS,
  run: async (call) => {
    const [before, after] = await registersOf(call);
    const report = diff(before, after);
    await call.answer(report);
    return report.count() === 0 ? 0 : 1;
  },
};

const registersOf = async (call: Call): Promise<readonly [Register, Register]> => {
  const { paths, named } = call.ownData();
  const [first = "", second, ...more] = named ? paths : [];
  if (more.length > 0)
    throw new UsageError("diff compares two registers", "name two, or one to compare with git's HEAD");
  if (second !== undefined) return [await call.open({ paths: [first] }), await call.open({ paths: [second] })];
  return [await call.open({ paths, committed: true }), await call.open({ paths })];
};
