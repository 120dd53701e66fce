import { LOT_COLUMNS, lots } from "../engine/lots.ts";
import { answering, type CommandBody } from "./command.ts";

export const lotsCommand: CommandBody = {
  selects: true,
  examples: [
    "lotbook lots",
    "lotbook lots --lot 2 --json",
    "lotbook lots service:paas ceiling:10M..",
    "lotbook lots supplier:atos --sort -ceiling",
  ],
  columns: LOT_COLUMNS,
  run: answering(lots),
};
