import { CONVERSIONS, type CommandBody } from "./command.ts";

export const convertCommand: CommandBody = {
  options: [
    {
      flags: "--to <form>",
      description:
        "yaml (also when left out) or jsonl: a register; csv: a row for each supplier of a lot; ocds: a release package; xlsx: a workbook with a sheet for contracts, lots, seats and sources",
      choices: CONVERSIONS,
    },
    { flags: "--output <file>", description: "into this file, as a whole or not at all (default: standard output)" },
    { flags: "--ocid-prefix <prefix>", description: "with --to ocds: the publisher's registered prefix, ocds-a1b2c3" },
    { flags: "--uri <uri>", description: "with --to ocds: where the package will be published" },
    { flags: "--publisher <name>", description: "with --to ocds: who publishes it" },
  ],
  selects: true,
  examples: [
    "lotbook convert",
    "lotbook convert --to csv supplier:atos",
    "lotbook convert --to jsonl contract:cloud-i",
    "lotbook convert --to ocds --ocid-prefix ocds-a1b2c3 --publisher Example --uri https://example.org/awards.json",
  ],
  run: async (call) => {
    await call.convert(CONVERSIONS.find((name) => name === call.text("to")) ?? "yaml");
    return 0;
  },
};
