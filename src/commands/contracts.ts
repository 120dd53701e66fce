import { CONTRACT_COLUMNS, contracts } from "../engine/contracts.ts";
import type { Command } from "./command.ts";

export const contractsCommand: Command = {
  name: "contracts",
  summary: "who buys, until when, and up to how much",
  selects: true,
  examples: ["lotbook contracts", "lotbook contracts --fields contract,term,firmEnd,latestEnd"],
  columns: CONTRACT_COLUMNS,
  run: async (call) => {
    await call.answer(contracts(await call.open(), call.selection));
    return 0;
  },
};
