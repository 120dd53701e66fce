import { DIALECTS } from "../model/stored-table.ts";
import type { CommandBody } from "./command.ts";

export const sqlCommand: CommandBody = {
  argument: { name: "[store]", description: "a store; DuckDB then reads its files as they are" },
  words: "files",
  takes: ["output"],
  options: [{ flags: "--dialect <engine>", description: "whose SQL to write (default: duckdb)", choices: DIALECTS }],
  selects: false,
  examples: ["lotbook sql", "lotbook sql --dialect postgres"],
  run: async (call) => {
    await call.printSql(DIALECTS.find((dialect) => dialect === call.text("dialect")) ?? "duckdb");
    return 0;
  },
};
