import { AWARD_COLUMNS, awards } from "../engine/awards.ts";
import type { CommandBody } from "./command.ts";

export const awardsCommand: CommandBody = {
  selects: true,
  examples: ["lotbook awards", "lotbook awards --format csv"],
  columns: AWARD_COLUMNS,
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.answer(awards(register, selection));
    return 0;
  },
};
