import { LOT_COLUMNS, lots } from "../engine/lots.ts";
import type { CommandBody } from "./command.ts";

export const lotsCommand: CommandBody = {
  selects: true,
  examples: [
    "lotbook lots",
    "lotbook lots --lot 2 --json",
    "lotbook lots service:paas ceiling:10M..",
    "lotbook lots supplier:atos --sort -ceiling",
  ],
  columns: LOT_COLUMNS,
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.answer(lots(register, selection));
    return 0;
  },
};
