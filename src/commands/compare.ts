import { COMPARE_COLUMNS, compare } from "../engine/compare.ts";
import { UsageError } from "../model/errors.ts";
import type { CommandBody } from "./command.ts";

export const compareCommand: CommandBody = {
  options: [{ flags: "--all", description: "the facts on which sources agree, too" }],
  selects: true,
  examples: [
    "lotbook compare",
    "lotbook compare lot:2 --all",
    "lotbook compare --prefer digit --fields record,fact,difference",
  ],
  columns: COMPARE_COLUMNS,
  run: async (call) => {
    if (call.paths.length === 2 && call.args.length === 0)
      throw new UsageError(
        "compare asks where the sources of one register differ; two registers are compared by diff",
        "lotbook diff old.yaml new.yaml; --data for each takes them for one register",
      );
    const { register, selection } = await call.ask({ besideNotices: true });
    await call.answer(compare(register, selection, { all: call.flag("all") }));
    return 0;
  },
};
