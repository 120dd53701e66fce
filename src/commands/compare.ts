import { COMPARE_COLUMNS, compare } from "../engine/compare.ts";
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
    const { register, selection } = await call.ask();
    await call.answer(compare(register, selection, { all: call.flag("all") }));
    return 0;
  },
};
