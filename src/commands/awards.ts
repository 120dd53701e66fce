import { AWARD_COLUMNS, awards } from "../engine/awards.ts";
import type { Command } from "./command.ts";

export const awardsCommand: Command = {
  name: "awards",
  summary: "the seats: one row for each supplier of each lot",
  selects: true,
  examples: ["lotbook awards", "lotbook awards --format csv"],
  columns: AWARD_COLUMNS,
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.answer(awards(register, selection));
    return 0;
  },
};
