import { similarSuppliers } from "../engine/similar-suppliers.ts";
import { UsageError } from "../model/errors.ts";
import type { Register } from "../records/register.ts";
import type { CommandBody } from "./command.ts";

const FORMS = ["yaml", "jsonl"] as const;

export const importCommand: CommandBody = {
  argument: {
    name: "[files...]",
    description: "spreadsheets, XLSX, ODS or CSV; - for standard input",
    offers: "files",
  },
  options: [
    {
      flags: "--map <file>",
      description: "says what their columns are; without it, only headings that leave no doubt are read",
      offers: "files",
    },
    { flags: "--suggest", description: "write such a map from the headings, and mark what is unsure" },
    { flags: "--to <format>", description: "yaml (the default) or jsonl", choices: FORMS },
  ],
  words: "names",
  takes: ["output"],
  selects: false,
  examples: [
    "lotbook import examples/sheet.csv --suggest",
    "lotbook import examples/sheet.csv --map examples/sheet-map.yaml --quiet",
  ],
  run: async (call) => {
    if (call.args.length === 0)
      throw new UsageError("import needs a spreadsheet", "lotbook import register.xlsx --suggest");
    if (call.flag("suggest")) {
      await call.suggestMap(call.args);
      return 0;
    }
    const { register, notes } = await call.importSheets(call.args);
    await call.writeRegister(register, [...notes, ...(await proposals(register))]);
    return 0;
  },
};

const MOST_PROPOSED = 5;

/** Suppliers that may be the same, which is for people to decide (T2). */
const proposals = async (register: Register): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const batch of similarSuppliers(register).batches)
    for (const { name, evidence } of batch) found.push(`${name} may be the same supplier as ${evidence.join("; ")}`);
  const more = found.length - MOST_PROPOSED;
  const rest = `${more} more suppliers may be the same as others: lotbook suppliers --similar`;
  return more > 0 ? [...found.slice(0, MOST_PROPOSED), rest] : found;
};
