import { UsageError } from "../model/errors.ts";
import { countOfKind } from "../model/publication.ts";
import { DIALECTS } from "../model/stored-table.ts";
import type { CommandBody } from "./command.ts";

export const storeLine = (
  folder: string,
  { contracts, lots }: { readonly contracts: number; readonly lots: number },
): string => {
  const counted = [
    countOfKind({ one: "a contract", many: "contracts" }, contracts),
    countOfKind({ one: "a lot", many: "lots" }, lots),
  ];
  return `${folder}: ${counted.join(", ")}\n`;
};

export const indexCommand: CommandBody = {
  argument: { name: "[paths...]", description: "registers, notices, folders and archives of them" },
  words: "files",
  takes: ["data", "day", "output"],
  options: [{ flags: "--add", description: "to the store that is there, without reading again what it was made of" }],
  selects: false,
  examples: ["lotbook index data/cloud-i.yaml --output cloud-i.store"],
  run: async (call) => {
    const folder = call.text("output");
    if (folder === undefined || folder === "-")
      throw new UsageError("a store is a folder", "name it: lotbook index notices/ --output ted.store");
    if (call.flag("add") && call.text("prefer") !== undefined)
      throw new UsageError(
        "a store believes its sources in the order in which it was made",
        "leave --prefer out, or --add",
      );
    call.say(storeLine(folder, await call.index(folder, call.flag("add"))));
    return 0;
  },
};

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
