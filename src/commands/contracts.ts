import { CONTRACT_COLUMNS, contracts } from "../engine/contracts.ts";
import { answering, type CommandBody } from "./command.ts";

export const contractsCommand: CommandBody = {
  selects: true,
  examples: [
    "lotbook contracts",
    "lotbook contracts --fields contract,term,firmEnd,latestEnd",
    "lotbook contracts --fields contract,state,renewalsLeft --at 2018-03-01",
  ],
  columns: CONTRACT_COLUMNS,
  run: answering(contracts),
};
