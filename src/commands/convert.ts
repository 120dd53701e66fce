import { CONVERSIONS, type CommandBody } from "./command.ts";

export const convertCommand: CommandBody = {
  options: [
    {
      flags: "-f, --format <name>",
      description:
        "yaml (the default) or jsonl: a register; csv: a row for each supplier of a lot; ocds: a release package; xlsx: a workbook with a sheet for contracts, lots, seats and sources; parquet: the folder that index writes, of what is asked for",
      offers: CONVERSIONS,
    },
    { flags: "--to <format>", description: "the same as --format", hidden: true },
    {
      flags: "--ocid-prefix <prefix>",
      description: "with --format ocds: the publisher's registered prefix, ocds-a1b2c3",
    },
    { flags: "--uri <uri>", description: "with --format ocds: where the package will be published" },
    { flags: "--publisher <name>", description: "with --format ocds: who publishes it" },
  ],
  selects: true,
  examples: [
    "lotbook convert",
    "lotbook convert --format csv supplier:atos",
    "lotbook convert --format jsonl contract:cloud-i",
    "lotbook convert --format parquet --output atos.store supplier:atos",
    "lotbook convert --format ocds --ocid-prefix ocds-a1b2c3 --publisher Example --uri https://example.org/awards.json",
  ],
  run: async (call) => {
    await call.convert();
    return 0;
  },
};
