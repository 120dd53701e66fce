import { SIMILAR_COLUMNS, similarSuppliers } from "../engine/similar-suppliers.ts";
import { SUPPLIER_COLUMNS, suppliers } from "../engine/suppliers.ts";
import type { CommandBody } from "./command.ts";

export const suppliersCommand: CommandBody = {
  options: [
    {
      flags: "--similar",
      description: "instead: those whose names are alike and that may be one, for a file of aliases",
    },
  ],
  selects: true,
  examples: ["lotbook suppliers", "lotbook suppliers lot:2 -is:grouping", "lotbook suppliers --supplier numergy"],
  columns: SUPPLIER_COLUMNS,
  variants: { "--similar": SIMILAR_COLUMNS },
  run: async (call) => {
    const { register, selection } = await call.ask();
    if (call.flag("similar")) await call.answer(similarSuppliers(register, selection));
    else await call.answer(suppliers(register, selection));
    return 0;
  },
};
