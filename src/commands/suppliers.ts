import { SUPPLIER_COLUMNS, suppliers } from "../engine/suppliers.ts";
import type { Command } from "./command.ts";

export const suppliersCommand: Command = {
  name: "suppliers",
  summary: "how many lots each supplier holds, alone and shared",
  selects: true,
  examples: ["lotbook suppliers", "lotbook suppliers lot:2 -is:grouping", "lotbook suppliers --supplier numergy"],
  columns: SUPPLIER_COLUMNS,
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.answer(suppliers(register, selection));
    return 0;
  },
};
