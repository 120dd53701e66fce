import { AWARD_COLUMNS, awards } from "../engine/awards.ts";
import type { Command } from "./command.ts";

export const awardsCommand: Command = {
  name: "awards",
  summary: "the seats: one row for each supplier of each lot",
  selects: true,
  examples: ["lotbook awards", "lotbook awards --format csv"],
  columns: AWARD_COLUMNS,
  run: async (call) => {
    await call.answer(awards(await call.open(), call.selection));
    return 0;
  },
};
