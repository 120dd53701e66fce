import { SHARE_MEASURES, shareColumns, shares } from "../engine/shares.ts";
import { SIMILAR_COLUMNS, similarSuppliers } from "../engine/similar-suppliers.ts";
import { SUPPLIER_COLUMNS, suppliers } from "../engine/suppliers.ts";
import { UsageError } from "../model/errors.ts";
import type { CommandBody } from "./command.ts";

export const suppliersCommand: CommandBody = {
  options: [
    {
      flags: "--similar",
      description: "list suppliers with similar names that may be the same, to start a file of aliases",
    },
    {
      flags: "--shares [of]",
      description: "rank suppliers by their share of what was awarded (default), or of what may be spent",
      choices: SHARE_MEASURES,
    },
    { flags: "--svg", description: "short for --format svg, with --shares a picture" },
  ],
  selects: true,
  examples: [
    "lotbook suppliers",
    "lotbook suppliers lot:2 -is:grouping",
    "lotbook suppliers --supplier numergy",
    "lotbook suppliers --shares ceiling",
  ],
  columns: SUPPLIER_COLUMNS,
  variants: {
    "--similar": SIMILAR_COLUMNS,
    "--shares": shareColumns("awarded"),
    "--shares ceiling": shareColumns("ceiling"),
  },
  run: async (call) => {
    const shared = call.text("shares") ?? (call.flag("shares") ? "awarded" : undefined);
    if (shared !== undefined && call.flag("similar"))
      throw new UsageError("--shares and --similar cannot be combined", "give one of them");
    const { register, selection } = await call.ask();
    if (shared !== undefined) {
      await call.answer(shares(register, selection, shared === "ceiling" ? "ceiling" : "awarded"));
      return 0;
    }
    if (call.flag("similar")) await call.answer(similarSuppliers(register, selection));
    else await call.answer(suppliers(register, selection, { sources: call.shows("sources") }));
    return 0;
  },
};
