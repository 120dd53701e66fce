import { LOT_COLUMNS, lots } from "../engine/lots.ts";
import type { Command } from "./command.ts";

export const lotsCommand: Command = {
  name: "lots",
  summary: "what each lot is, its ceiling, and who holds it",
  selects: true,
  examples: ["lotbook lots", "lotbook lots --lot 2 --json", "lotbook lots --supplier atos --sort -ceiling"],
  columns: LOT_COLUMNS,
  run: async (call) => {
    await call.answer(lots(await call.open(), call.selection));
    return 0;
  },
};
