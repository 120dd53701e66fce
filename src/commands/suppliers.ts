import { SUPPLIER_COLUMNS, suppliers } from "../engine/suppliers.ts";
import type { Command } from "./command.ts";

export const suppliersCommand: Command = {
  name: "suppliers",
  summary: "how many lots each supplier holds, alone and shared",
  selects: true,
  examples: ["lotbook suppliers", "lotbook suppliers --lot 2", "lotbook suppliers --supplier numergy"],
  columns: SUPPLIER_COLUMNS,
  run: async (call) => {
    await call.answer(suppliers(await call.open(), call.selection));
    return 0;
  },
};
