import { CONTRACT_COLUMNS, contracts } from "../engine/contracts.ts";
import type { CommandBody } from "./command.ts";

export const contractsCommand: CommandBody = {
  selects: true,
  examples: [
    "lotbook contracts",
    "lotbook contracts --fields contract,term,firmEnd,latestEnd",
    "lotbook contracts --fields contract,state,renewalsLeft --at 2018-03-01",
  ],
  columns: CONTRACT_COLUMNS,
  run: async (call) => {
    const { register, selection } = await call.ask();
    await call.answer(contracts(register, selection));
    return 0;
  },
};
