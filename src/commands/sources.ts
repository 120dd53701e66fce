import { SOURCE_COLUMNS, sources } from "../engine/sources.ts";
import type { Command } from "./command.ts";

export const sourcesCommand: Command = {
  name: "sources",
  summary: "what each source states, and how they agree",
  selects: false,
  examples: ["lotbook sources"],
  columns: SOURCE_COLUMNS,
  run: async (call) => {
    await call.answer(sources(await call.open()));
    return 0;
  },
};
