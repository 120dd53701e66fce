import { SOURCE_COLUMNS, sources } from "../engine/sources.ts";
import type { CommandBody } from "./command.ts";

export const sourcesCommand: CommandBody = {
  selects: false,
  examples: ["lotbook sources"],
  columns: SOURCE_COLUMNS,
  run: async (call) => {
    await call.answer(sources(await call.open()));
    return 0;
  },
};
