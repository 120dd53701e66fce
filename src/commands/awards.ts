import { AWARD_COLUMNS, awards } from "../engine/awards.ts";
import { answering, type CommandBody } from "./command.ts";

export const awardsCommand: CommandBody = {
  selects: true,
  examples: ["lotbook awards", "lotbook awards --format csv"],
  columns: AWARD_COLUMNS,
  run: answering(awards),
};
