import { CONVERSIONS, type Command } from "./command.ts";

export const convertCommand: Command = {
  name: "convert",
  summary: "writes what was read as a register to go on with, or for other programs",
  options: [
    {
      flags: "--to <form>",
      description: "yaml (also when left out) or jsonl: a register; csv: a row for each supplier of a lot",
      choices: CONVERSIONS,
    },
    { flags: "--output <file>", description: "into this file, as a whole or not at all (default: standard output)" },
  ],
  selects: true,
  examples: [
    "lotbook convert",
    "lotbook convert --to csv supplier:atos",
    "lotbook convert --to jsonl contract:cloud-i",
  ],
  run: async (call) => {
    const to = CONVERSIONS.find((name) => name === call.text("to")) ?? "yaml";
    await call.convert(to, await call.ask());
    return 0;
  },
};
