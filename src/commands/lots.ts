import { LOT_COLUMNS, lots } from "../engine/lots.ts";
import type { Command } from "./command.ts";

export const lotsCommand: Command = {
  name: "lots",
  summary: "what each lot is, its ceiling, and who holds it",
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
